import type { RunResult } from '../../../domain/run-result.ts';
import { Amount } from './amount.tsx';
import { counted, grouped } from './words.ts';

type Cause = RunResult['rootCauses'][number];

const isNothing = (amount: string): boolean => /^0*(?:\.0*)?$/.test(amount);

function CauseMoney({ cause }: { cause: Cause }) {
  const amounts = cause.moneyAtRisk.flatMap(({ currency, underBilled, overBilled }) => [
    { currency, amount: underBilled, direction: 'under-billed' },
    { currency, amount: overBilled, direction: 'over-billed' },
  ]);
  const told = amounts.filter(({ amount }) => !isNothing(amount));
  if (told.length === 0) return <span class="muted">no money</span>;
  return (
    <>
      {told.map((money) => (
        <Amount key={money.currency + money.direction} money={money} />
      ))}
    </>
  );
}

function CauseRow({ cause }: { cause: Cause }) {
  return (
    <li class="cause">
      <a class="cause-title" href={`#q=${encodeURIComponent(`cause:${cause.id}`)}`}>
        {cause.title}
      </a>{' '}
      <span class="cause-scope">
        <code>{cause.id}</code>
        {cause.sku !== null && (
          <>
            {' · '}
            <bdi>{cause.sku}</bdi>
          </>
        )}
        {' · explains '}
        {grouped(cause.explains)} of {counted(cause.of, 'mismatch', 'mismatches')}
      </span>{' '}
      <span class="cause-money">
        <CauseMoney cause={cause} />
      </span>
    </li>
  );
}

/** Named hypotheses under which mismatches disappear; nothing at all where there is none. */
export function Causes({ result }: { result: RunResult }) {
  if (result.rootCauses.length === 0) return null;
  return (
    <section class="card causes" aria-labelledby="causes">
      <h2 id="causes">Root causes</h2>
      <ol class="cause-list">
        {result.rootCauses.map((cause) => (
          <CauseRow key={`${cause.id} ${cause.sku}`} cause={cause} />
        ))}
      </ol>
      {result.unexplained > 0 && (
        <p class="remark">{counted(result.unexplained, 'mismatch', 'mismatches')} not explained by any of them.</p>
      )}
    </section>
  );
}
