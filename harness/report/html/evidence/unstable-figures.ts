/** For figures that moved between two readings: what else moved in the object that holds them. */
import type { FindingEvidence } from '../../../domain/run-result.ts';
import type { ReportContext } from '../../reporter.ts';
import type { DiffLine } from '../data.ts';
import { differenceOf, plain } from './difference.ts';
import { parseBody, pointerSteps } from './excerpt.ts';

/** Findings in one page that show what moved. */
const MOST = 500;

/** The object around a pointer; null if the body is not at hand, or leads nowhere. */
function holderOf(evidence: FindingEvidence, exchanges: ReportContext['exchanges']): object | null {
  const outcome = exchanges(evidence.exchange)?.outcome;
  if (outcome?.kind !== 'answer') return null;
  let at: unknown = parseBody(outcome.body);
  for (const step of pointerSteps(evidence.pointer).slice(0, -1)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return null;
    at = (at as Record<string, unknown>)[step];
  }
  return typeof at === 'object' && at !== null && !Array.isArray(at) ? (plain(at) as object) : null;
}

export function movementsOf({ findings, exchanges }: ReportContext): Record<string, readonly DiffLine[]> {
  const movements: Record<string, readonly DiffLine[]> = {};
  let count = 0;
  for (const { id, legacy, contract } of findings) {
    const moved = [legacy, contract].find((statement) => statement?.first !== undefined);
    const evidence = moved?.evidence;
    const first = moved?.first?.evidence;
    if (evidence == null || first == null || count >= MOST) continue;
    const [before, after] = [holderOf(first, exchanges), holderOf(evidence, exchanges)];
    if (before === null || after === null) continue;
    movements[id] = differenceOf(before, after);
    count += 1;
  }
  return movements;
}
