/** For each pair with something unresolved: all that both sides state of it, as one difference. */
import type { Finding } from '../../../domain/run-result.ts';
import type { Check, ReportContext } from '../../reporter.ts';
import type { DiffLine } from '../data.ts';
import { differenceOf } from './difference.ts';

/** Pairs in one page; those with the most money come first. */
const MOST_PAIRS = 2000;

const UNRESOLVED: ReadonlySet<Finding['status']> = new Set(['mismatch', 'not-comparable', 'unstable']);

export interface PairDifferences {
  readonly pairs: readonly (readonly DiffLine[])[];
  readonly pairOf: Readonly<Record<string, number>>;
}

/** What one side states, by rule. */
function stated(checks: readonly Check[], side: 'legacy' | 'contract'): Record<string, string> {
  return Object.fromEntries(
    checks.flatMap((check) => {
      const value = check[side];
      return value === null ? [] : [[check.rule, value] as const];
    }),
  );
}

export function pairDifferences({ checks, findings }: Pick<ReportContext, 'checks' | 'findings'>): PairDifferences {
  const pairById = new Map<string, string>();
  for (const { id, pair, status } of checks) if (status !== 'match') pairById.set(id, pair);
  const places = new Map<string, number>();
  const pairOf: Record<string, number> = {};
  for (const { id, status, side } of findings) {
    const pair = pairById.get(id);
    if (pair === undefined || side !== null || !UNRESOLVED.has(status)) continue;
    if (!places.has(pair) && places.size >= MOST_PAIRS) continue;
    const place = places.get(pair) ?? places.size;
    places.set(pair, place);
    pairOf[id] = place;
  }
  const byPlace = Array.from({ length: places.size }, (): Check[] => []);
  for (const check of checks) {
    const place = places.get(check.pair);
    if (place !== undefined) byPlace[place]?.push(check);
  }
  return { pairs: byPlace.map((all) => differenceOf(stated(all, 'legacy'), stated(all, 'contract'))), pairOf };
}
