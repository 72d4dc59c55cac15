/** What the charges of one place may be billed for, each amount once, and what any selection of those amounts makes. */
import { usablePeriod } from '../../domain/contract-period.ts';
import { add, type Decimal, multiply, ZERO } from '../../domain/decimal.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import { toMinorUnit } from '../../domain/money.ts';
import { isInForce } from '../pairs/plan-terms.ts';
import type { ExaminedCharge } from './invariant-charges.ts';
import { orZero } from './invariant-outcome.ts';
import { plansOfCharge } from './plan-groups.ts';

/** One thing that can be billed once. */
export interface Billable {
  readonly what: string;
  /** More than one where its plans state several prices in the period: any of them may be billed. */
  readonly amounts: readonly Decimal[];
  readonly quantity: Decimal;
  /** Parts of it that were rounded by themselves: a fee of several organisations; an overage charge is stated as it is. */
  readonly parts: number;
}

export interface Billables {
  readonly all: readonly Billable[];
  readonly currency: string | null;
  /** Why not every amount of the charges is known; null if all are. */
  readonly open: string | null;
}

export function billablesOf(charges: readonly ExaminedCharge[]): Billables {
  const currencies = new Set(
    charges.flatMap(({ charge, line }) => knownValue(line?.currency ?? charge.currency) ?? []),
  );
  const [currency = null] = currencies;
  const all: Billable[] = [];
  let open: string | null = currencies.size > 1 ? 'its charges state several currencies' : null;
  for (const examined of charges) {
    const { overageCharge, overageQuantity, prepaid } = examined.charge;
    if (overageCharge.state === 'unreadable') open ??= 'its overage charge cannot be read';
    else if (orZero(overageCharge) !== ZERO) {
      all.push({ what: 'overage', amounts: [orZero(overageCharge)], quantity: orZero(overageQuantity), parts: 0 });
    }
    const fees = committedFees(examined);
    if (fees === null) open ??= 'its fee for its commitment is not known';
    else if (fees.some((fee) => fee !== ZERO)) {
      const amounts = currency === null ? fees : fees.map((fee) => toMinorUnit(fee, currency));
      const parts = examined.orgs.length > 1 ? examined.orgs.length : 0;
      all.push({ what: `${orZero(prepaid)} committed`, amounts, quantity: orZero(prepaid), parts });
    }
  }
  return { all, currency, open };
}

/**
 * What the charge's commitment may cost for the period, unrounded: at each price that its plans state for some day of it.
 * Null where its quantity or a price is not known.
 */
export function committedFees(examined: ExaminedCharge): readonly Decimal[] | null {
  const { prepaid } = examined.charge;
  if (prepaid.state === 'unreadable') return null;
  const quantity = orZero(prepaid);
  if (quantity === ZERO) return [ZERO];
  const prices = pricesOf(examined, quantity);
  if (prices.length === 0 || prices.some(({ state }) => state !== 'known')) return null;
  return [...new Set(prices.flatMap((price) => (price.state === 'known' ? [multiply(quantity, price.value)] : [])))];
}

/** Of the plans that commit to just this quantity, if there are such; else of all plans of the charge. */
function pricesOf(examined: ExaminedCharge, quantity: Decimal): readonly Figure[] {
  const span = usablePeriod(examined.period);
  const { line } = examined;
  if (span === null || line === null) return [];
  if (line.planned === null || line.planned.committed.length < 2) return [line.committedRate];
  const items = plansOfCharge(examined)
    .flatMap((plan) => plan.items)
    .filter((item) => !item.oneTime && isInForce(item, span));
  const own = items.filter((item) => knownValue(item.quantity) === quantity);
  return (own.length > 0 ? own : items).map(({ price }) => price);
}

/** More selections than these are not tried. */
const MOST_SELECTIONS = 4096;

export interface Selection {
  readonly amount: Decimal;
  readonly quantity: Decimal;
  readonly parts: number;
}

/** What any selection of the amounts makes, each used once; null if there are too many to try. */
export function selectionsOf(all: readonly Billable[]): readonly Selection[] | null {
  const count = all.reduce((product, { amounts }) => product * (amounts.length + 1), 1);
  if (count > MOST_SELECTIONS) return null;
  let made: readonly Selection[] = [{ amount: ZERO, quantity: ZERO, parts: 0 }];
  for (const { amounts, quantity, parts } of all) {
    const more = amounts.flatMap((amount) =>
      made.map((one) => ({
        amount: add(one.amount, amount),
        quantity: add(one.quantity, quantity),
        parts: one.parts + parts,
      })),
    );
    made = made.concat(more);
  }
  return made;
}
