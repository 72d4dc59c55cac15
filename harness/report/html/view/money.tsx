import type { ResultMoney, RunResult } from '../../../domain/run-result.ts';
import { grouped, isNothing } from './words.ts';

function Side({ amount, direction }: { amount: string; direction: 'over' | 'under' }) {
  if (isNothing(amount)) return <td class="number muted">0</td>;
  return (
    <td class="number">
      <span class={`amount ${direction}`}>
        <span class="glyph" aria-hidden="true">
          {direction === 'over' ? '▲' : '▼'}
        </span>{' '}
        {grouped(amount)}
      </span>
    </td>
  );
}

const Row = ({ money }: { money: ResultMoney }) => (
  <tr>
    <th scope="row" class="currency">
      {money.currency}
    </th>
    <Side amount={money.underBilled} direction="under" />
    <Side amount={money.overBilled} direction="over" />
  </tr>
);

/** Money at risk by currency, both directions apart; never one sum. */
export function MoneyAtRisk({ result }: { result: RunResult }) {
  const rows = result.moneyAtRisk;
  const alone = result.run.sources.legacy === null;
  return (
    <section class="card money" aria-labelledby="money">
      <h2 id="money">Money at risk</h2>
      {rows.length === 0 ? (
        <p class="muted">
          {alone
            ? 'Not judged: only the contract side was looked at.'
            : 'None was found: what could be compared bills the same.'}
        </p>
      ) : (
        <table class="plain">
          <caption class="unseen">What the contract side would bill less or more than the legacy side</caption>
          <thead>
            <tr>
              <th scope="col">Currency</th>
              <th scope="col" class="number">
                Under-billed
              </th>
              <th scope="col" class="number">
                Over-billed
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((money) => (
              <Row key={money.currency} money={money} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
