import type { CellStatus } from '../../../domain/finding.ts';
import type { RunResult } from '../../../domain/run-result.ts';
import type { CellCounts } from '../../../domain/verdict.ts';
import { counted, grouped, totals } from '../../words/common.ts';
import { StackedBar } from './stacked-bar.tsx';
import { StatusMark } from './status-mark.tsx';

const PARTS: readonly (readonly [CellStatus, keyof CellCounts])[] = [
  ['match', 'match'],
  ['tolerated', 'tolerated'],
  ['waived', 'waived'],
  ['mismatch', 'mismatch'],
  ['unstable', 'unstable'],
  ['not-comparable', 'notComparable'],
];

const coverageOf = (result: RunResult): string | null =>
  result.gate.checks.find((check) => check.name === 'minCoverage')?.actual ?? null;

/** All checks by outcome; what was not compared stands out as such. */
export function Coverage({ result }: { result: RunResult }) {
  const { compared, all } = totals(result.cells);
  const percent = coverageOf(result);
  return (
    <section class="card coverage" aria-labelledby="coverage">
      <h2 id="coverage">Checks and coverage</h2>
      <p class="lead">
        <strong>{grouped(compared)}</strong> of {counted(all, 'check')} compared
        {percent !== null && /^\d/.test(percent) && <span class="muted"> · coverage {percent} %</span>}
      </p>
      <StackedBar parts={PARTS.map(([name, key]) => ({ name, count: result.cells[key] }))} />
      <ul class="legend">
        {PARTS.filter(([status, key]) => result.cells[key] > 0 || status === 'mismatch').map(([status, key]) => (
          <li key={status}>
            {status === 'match' || result.cells[key] === 0 ? (
              <StatusMark status={status} />
            ) : (
              <a href={`#status=${status}`}>
                <StatusMark status={status} />
              </a>
            )}{' '}
            <span class="number">{grouped(result.cells[key])}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
