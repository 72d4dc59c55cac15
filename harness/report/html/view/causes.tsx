import type { RunResult } from '../../../domain/run-result.ts';
import { counted, grouped } from '../../words/common.ts';
import type { ReportData } from '../data.ts';
import { amountsOn, type CauseAmount, unexplainedMoney } from '../picture-data/cause-money.ts';
import { Amounts } from './amounts.tsx';

type Cause = RunResult['rootCauses'][number];

export const CauseMoney = ({ cause, most = MOST_AMOUNTS }: { cause: Cause; most?: number }) => (
  <Amounts money={cause.moneyAtRisk} most={most} />
);

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

/** In pixels. */
const WIDTH = 56;

/** A bar on the scale of its currency, and the amount. */
function Bar({ bar: { currency, amount, direction, share } }: { bar: CauseAmount }) {
  return (
    <li class={direction === 'over-billed' ? 'over' : 'under'}>
      <svg
        class={direction === 'over-billed' ? 'bar-over' : 'bar-under'}
        width={Math.max(1, share * WIDTH).toFixed(1)}
        height="8"
        aria-hidden="true"
      />{' '}
      <span class="bar-figure">
        {direction === 'over-billed' ? '▲' : '▼'} {currency} {grouped(amount)}
      </span>{' '}
      {direction}
    </li>
  );
}

function Bars({ amounts }: { amounts: readonly CauseAmount[] }) {
  if (amounts.length === 0) return <p class="muted cause-bars">no money</p>;
  return (
    <ul class="cause-bars">
      {amounts.map((bar) => (
        <Bar key={bar.currency + bar.direction} bar={bar} />
      ))}
    </ul>
  );
}

function CauseRow({ cause, data, amounts }: { cause: Cause; data: ReportData; amounts: readonly CauseAmount[] }) {
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
      <Bars amounts={amounts} />
    </li>
  );
}

/** Named hypotheses under which mismatches disappear, one row each with its money; nothing at all where there is none. */
export function Causes({ data }: { data: ReportData }) {
  const { result } = data;
  if (result.rootCauses.length === 0) return null;
  const amountsIn = amountsOn(result);
  return (
    <section class="card causes" aria-labelledby="causes">
      <h2 id="causes" tabIndex={-1}>
        Root causes
      </h2>
      <p class="explained">
        The costliest first. A bar is on the scale of its own currency; amounts of two currencies are never compared.
      </p>
      <ol class="cause-list">
        {result.rootCauses.map((cause) => (
          <CauseRow key={keyOf(cause)} cause={cause} data={data} amounts={amountsIn(cause.moneyAtRisk)} />
        ))}
        {result.unexplained > 0 && (
          <li class="cause">
            <a class="cause-title" href={`#q=${encodeURIComponent('cause:none')}`}>
              Not explained
            </a>{' '}
            <span class="cause-scope">
              {counted(result.unexplained, 'mismatch', 'mismatches')} not explained by any of them.
            </span>{' '}
            <Bars amounts={amountsIn(unexplainedMoney(result))} />
          </li>
        )}
      </ol>
    </section>
  );
}
