/** What a judgement leaves open that the run can still ask for. */
import type { IsoDate } from '../domain/billing-period.ts';
import type { CellStatus } from '../domain/finding.ts';
import type { Judgement } from '../domain/verdict.ts';
import { FEWEST_PAIRS } from './explain.ts';
import { MOVING_RULES } from './movement.ts';

/** Of a part of the cells: asks whatever the whole could ask, since what explains a mismatch may stand in another part. */
export type Extent = 'whole' | 'part';

/** Organisations whose actual or overage figures do not agree in a period that is still open: they may only have moved. */
export function orgsToReadAgain({ cells }: Judgement, extent: Extent = 'whole'): ReadonlySet<string> {
  const orgs = new Set<string>();
  for (const { status, rule, scope } of cells) {
    if (!isOpenQuestion(status, extent) || scope.period?.status !== 'open' || !MOVING_RULES.has(rule)) continue;
    for (const { id } of scope.orgs) orgs.add(id);
  }
  return orgs;
}

const isOpenQuestion = (status: CellStatus, extent: Extent = 'whole'): boolean =>
  status === 'mismatch' || (extent === 'part' && status === 'not-comparable');

/** First days of the periods whose use nothing explains yet, by organisation: the figures may be of the period before. */
export function periodsToLookBehind({ cells }: Judgement, extent: Extent = 'whole'): ReadonlyMap<string, IsoDate> {
  const open = cells.filter(
    ({ status, rule, rootCause }) =>
      isOpenQuestion(status, extent) && rule === 'actual-quantity' && (extent === 'part' || rootCause === null),
  );
  // Too few to name a cause.
  if (extent === 'whole' && open.length < FEWEST_PAIRS) return new Map();
  return new Map(
    open.flatMap(({ scope }) => {
      const { period } = scope;
      return period === null ? [] : scope.orgs.map(({ id }) => [id, period.start] as const);
    }),
  );
}
