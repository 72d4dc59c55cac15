import { counted, grouped } from '../../words/common.ts';
import { ownMismatches } from '../../words/finding.ts';
import type { ReportData } from '../data.ts';
import { CauseMoney } from './causes.tsx';

const MOST = 3;

function Causes({ data: { result } }: { data: ReportData }) {
  const { rootCauses, unexplained } = result;
  return (
    <>
      <ol class="answer-list">
        {rootCauses.slice(0, MOST).map((cause) => (
          <li key={`${cause.id} ${cause.sku}`}>
            <a href={`#q=${encodeURIComponent(`cause:${cause.id}`)}`}>{cause.title}</a>{' '}
            <span class="muted">
              {grouped(cause.explains)} of {grouped(cause.of)}
            </span>{' '}
            <span class="answer-money">
              <CauseMoney cause={cause} most={2} />
            </span>
          </li>
        ))}
      </ol>
      <p class="remark">
        {rootCauses.length > MOST && (
          <>
            <a href="#causes">All {counted(rootCauses.length, 'cause')}</a>
            {unexplained > 0 && ' · '}
          </>
        )}
        {unexplained > 0 && `${counted(unexplained, 'mismatch', 'mismatches')} without a known cause`}
      </p>
    </>
  );
}

/** Where no cause is known: the rules that are broken most often. */
function BrokenRules({ data: { findings } }: { data: ReportData }) {
  const counts = new Map<string, number>();
  for (const { rule } of ownMismatches(findings)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rules = [...counts].sort((a, b) => b[1] - a[1]);
  if (rules.length === 0) return <p class="muted">No mismatch to explain.</p>;
  return (
    <>
      <p class="lead muted">No known cause explains them. Most often:</p>
      <ol class="answer-list">
        {rules.slice(0, MOST).map(([rule, count]) => (
          <li key={rule}>
            <a href={`#q=${encodeURIComponent(`rule:${rule}`)}`}>{rule}</a> <span class="muted">{grouped(count)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** The costliest causes, for the first screen. */
export function Why({ data }: { data: ReportData }) {
  return (
    <section class="card why" aria-labelledby="why">
      <h2 id="why">Why</h2>
      {data.result.rootCauses.length > 0 ? <Causes data={data} /> : <BrokenRules data={data} />}
    </section>
  );
}
