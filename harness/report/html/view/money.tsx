import type { ResultMoney, RunResult } from '../../../domain/run-result.ts';
import { amountsOf, unknownMoneyWords } from '../../words/books.ts';
import { capital, grouped, isNothing, sentence } from '../../words/common.ts';

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

/** What stands beside the sums: pairs that are in none of them, and what is waived. */
function Beside({ result }: { result: RunResult }) {
  const unknown = unknownMoneyWords(result);
  const waived = amountsOf(result.moneyWaived ?? []);
  return (
    <>
      {unknown !== null && <p class="caution">{capital(unknown)}.</p>}
      {waived.length > 0 && <p class="remark">Waived, and not in these sums: {waived.join(', ')}.</p>}
    </>
  );
}

/**
 * Money at risk by currency, both directions apart; never one sum.
 * @param none what is said where there is none
 */
export function MoneyAtRisk({ result, none }: { result: RunResult; none: string }) {
  const rows = result.moneyAtRisk;
  return (
    <section class="card money" aria-labelledby="money">
      <h2 id="money">Money at risk</h2>
      {rows.length === 0 ? (
        <p class="muted">{sentence(capital(none))}</p>
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
      <Beside result={result} />
    </section>
  );
}
