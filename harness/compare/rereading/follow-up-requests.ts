/** What a judgement leaves open that the run can still ask for. */
import type { IsoDate } from '../../domain/billing-period.ts';
import { FEWEST_PAIRS } from '../../domain/cause-ids.ts';
import type { Category, Cell, CellStatus } from '../../domain/finding.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import type { Judgement } from '../../domain/verdict.ts';

/** Of a part of the cells: asks whatever the whole could ask, since what explains a mismatch may stand in another part. */
export type Extent = 'whole' | 'part';

/** Dates and membership come from answers that are not asked for again. */
const READ_AGAIN: ReadonlySet<Category> = new Set(['coverage', 'quantity', 'overage', 'rate', 'invariant']);

/** Invoices are not asked for again. */
const OF_INVOICES: ReadonlySet<string> = new Set<RuleId>(['invoice-charge-agreement', 'invoice-total']);

/** Organisations of which something does not agree in a billing period that is still open: it may only have moved. */
export function orgsToReadAgain({ cells, outsideCoverage }: Judgement, extent: Extent = 'whole'): ReadonlySet<string> {
  const mayMove = ({ id, rule, status, category, scope }: Cell): boolean =>
    isOpenQuestion(status, extent) &&
    // What nobody could expect to compare is not comparable in the whole, too.
    !outsideCoverage.has(id) &&
    scope.period?.status === 'open' &&
    READ_AGAIN.has(category) &&
    !OF_INVOICES.has(rule);
  return new Set(cells.filter(mayMove).flatMap(({ scope }) => scope.orgs.map(({ id }) => id)));
}

const isOpenQuestion = (status: CellStatus, extent: Extent = 'whole'): boolean =>
  status === 'mismatch' || (extent === 'part' && status === 'not-comparable');

/** First days of the periods whose use nothing explains yet, by organisation: the figures may be of the period before. */
export function periodsToReadBefore({ cells }: Judgement, extent: Extent = 'whole'): ReadonlyMap<string, IsoDate> {
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
