import type { RunResult } from '../../../domain/run-result.ts';
import type { ReportData } from '../data.ts';
import { Amount } from './amount.tsx';
import { counted, grouped, isNothing } from './words.ts';

type Cause = RunResult['rootCauses'][number];

function CauseMoney({ cause }: { cause: Cause }) {
  const amounts = cause.moneyAtRisk.flatMap(({ currency, underBilled, overBilled }) => [
    { currency, amount: underBilled, direction: 'under-billed' },
    { currency, amount: overBilled, direction: 'over-billed' },
  ]);
  const told = amounts.filter(({ amount }) => !isNothing(amount));
  if (told.length === 0) return <span class="muted">no money</span>;
  return (
    <>
      {told.slice(0, MOST_AMOUNTS).map((money) => (
        <Amount key={money.currency + money.direction} money={money} />
      ))}
      {told.length > MOST_AMOUNTS && <span class="muted">+ {told.length - MOST_AMOUNTS} more</span>}
    </>
  );
}

/** Amounts in sight; the picture of money by cause has them all. */
const MOST_AMOUNTS = 3;

/** Of the findings that a cause explains: how many pairs and organisations they are of. */
function scopeOf(cause: Cause, data: ReportData): string {
  const explained = new Set(cause.findings);
  const orgs = new Set<string>();
  const products = new Set<string>();
  for (const { id, orgs: of, sku, partNumber } of data.findings) {
    if (!explained.has(id)) continue;
    for (const org of of) orgs.add(org.id);
    products.add(`${of.map((org) => org.id).join()} ${sku ?? partNumber}`);
  }
  return `${counted(products.size, 'pair')} at ${counted(orgs.size, 'organisation')}`;
}

function Age({ cause, known }: { cause: Cause; known: readonly string[] | null }) {
  if (known === null) return null;
  return known.includes(keyOf(cause)) ? <span>{' · known'}</span> : <strong>{' · new'}</strong>;
}

const keyOf = ({ id, sku }: Pick<Cause, 'id' | 'sku'>): string => `${id} ${sku}`;

function CauseRow({ cause, data }: { cause: Cause; data: ReportData }) {
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
        {' · '}
        {scopeOf(cause, data)}
        <Age cause={cause} known={data.causesBefore} />
      </span>{' '}
      <span class="cause-money">
        <CauseMoney cause={cause} />
      </span>
    </li>
  );
}

/** Named hypotheses under which mismatches disappear; nothing at all where there is none. */
export function Causes({ data }: { data: ReportData }) {
  const { result } = data;
  if (result.rootCauses.length === 0) return null;
  return (
    <section class="card causes" aria-labelledby="causes">
      <h2 id="causes">Root causes</h2>
      <ol class="cause-list">
        {result.rootCauses.map((cause) => (
          <CauseRow key={keyOf(cause)} cause={cause} data={data} />
        ))}
      </ol>
      {result.unexplained > 0 && (
        <p class="remark">{counted(result.unexplained, 'mismatch', 'mismatches')} not explained by any of them.</p>
      )}
    </section>
  );
}
