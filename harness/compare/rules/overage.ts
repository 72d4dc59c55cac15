/** Overage: what was used beyond commitment and allowance, and what it costs. */
import {
  absolute,
  compareDecimals,
  type Decimal,
  decimal,
  multiply,
  negate,
  subtract,
  ZERO,
} from '../../domain/decimal.ts';
import type { Figure } from '../../domain/figure.ts';
import type { Line } from '../../domain/line.ts';
import { minorUnit, toMinorUnit } from '../../domain/money.ts';
import { mayBeFree, openUse } from '../pairs/bill.ts';
import { overageOf } from '../pairs/overage.ts';
import type { Pair } from '../pairs/pair.ts';
import { isNothing, valueIn } from '../pairs/reading.ts';
import type { SideReading } from '../pairs/side-reading.ts';
import { onBothSides } from './both-sides.ts';
import { agreed, EQUAL, notComparable } from './outcome.ts';
import { compareAmounts } from './quantity.ts';
import type { Outcome, PairRule, Parent } from './rule.ts';

/** Where legacy may bill nothing for the use (a trial, a ramp) and nobody says: not comparable; expected only if the contract side bills it. */
export function undecidedUse(legacy: SideReading, contract: SideReading, pair: Pair): Outcome | null {
  const open = openUse(pair, legacy);
  if (open === null) return null;
  const { why } = open;
  const bills = !isNothing(contract.overageCharge);
  const does = bills ? 'the contract side bills it' : 'the contract side bills nothing for it';
  const stated = why === 'type' ? '`trial: charged`' : `\`${why}: free\` or \`${why}: charged\``;
  const reason = `${mayBeFree(open)}, and ${does}; nobody says which is right: write ${stated} at the product ${pair.product.partNumber} in the scenario`;
  // Of a trial nothing is expected to be billed; of a type that nobody knows anything is.
  return notComparable(reason, legacy.overageCharge, contract.overageCharge, bills || why === 'type');
}

/** The scenario says that use is free, or tokens pay for it: then a contract side that bills nothing for it agrees. */
export const isUnbilledUse = (contract: SideReading, { useCosts, paidInTokens }: Pair): boolean =>
  isNothing(contract.overageCharge) &&
  (paidInTokens !== null || [...useCosts.values()].some(({ cost }) => cost === 'free'));

const overageQuantity: PairRule = {
  id: 'overage-quantity',
  category: 'overage',
  looksAt: 'pair',
  title: 'Overage quantity',
  doc: 'Computed from the legacy figures of each row by itself, max(0, actual − max(committed, included)), then added over rows and organisations; against the contract side’s `overageQuantity`. In a trial or a ramp whose use may be free, not comparable unless the product’s `trial` or `ramp` says which; so is a subscription type of another word than the vendor’s, which may be a trial, unless `trial: charged`. Falls away where the charge bills none and tokens of the same organisation and period are billed.',
  example: 'legacy 15 used of "prepayQuantity":"10" · contract "overageQuantity":15',
  rereadFigure: 'overageQuantity',
  compare: onBothSides((legacy, contract, pair) => {
    const open = undecidedUse(legacy, contract, pair);
    if (open !== null) return open;
    if (isNothing(contract.overageQuantity) && isUnbilledUse(contract, pair)) return EQUAL;
    return compareAmounts(legacy.overageQuantity, contract.overageQuantity, pair);
  }),
  follows: {
    from: ['actual-quantity', 'committed-quantity', 'included-quantity'],
    does: overageFollows,
  },
};

function overageFollows({ contractLines }: Pair, delta: Decimal | null, parents: readonly Parent[]): boolean {
  if (contractLines.every((line) => line.orgs.length === 1)) return contractLines.every(isOwnOverage);
  // Of a charge over several organisations only a difference that carries over one to one is known to follow.
  const [carried, ...more] = parents.map((parent) =>
    parent.delta === null || parent.rule === 'actual-quantity' ? parent.delta : negate(parent.delta),
  );
  return more.length === 0 && carried === delta;
}

const numberOr = (figure: Figure, other: Decimal | null): Decimal | null =>
  figure.state === 'known' ? figure.value : figure.state === 'absent' ? other : null;

function isOwnOverage(line: Line): boolean {
  const actual = numberOr(line.actual, null);
  const committed = numberOr(line.committed, ZERO);
  const included = numberOr(line.included, ZERO);
  const overage = numberOr(line.overageQuantity, ZERO);
  return (
    actual !== null && committed !== null && included !== null && overageOf(actual, committed, included) === overage
  );
}

const overageCharge: PairRule = {
  id: 'overage-charge',
  category: 'overage',
  looksAt: 'pair',
  title: 'Overage charge',
  doc: 'Legacy overage quantity × overage rate, rounded half-up to the currency’s minor unit for each row (rounded once an organisation agrees too), then added; against the contract side’s `overageCharge`, added over all charges, those of the pieces of a cut period too. Before tax. Where the plan states several overage prices within the period, a charge that differs is not comparable: legacy’s price does not determine it.',
  example: 'legacy 5 × "overagePrice":"23.74" = 118.70 · contract "overageCharge":118.75',
  rereadFigure: 'overageCharge',
  compare: onBothSides((legacy, contract, pair) => compareCharges(legacy, contract, pair)),
  follows: {
    from: ['overage-quantity', 'overage-rate'],
    does: ({ contractLines }) => contractLines.every(chargeFollows),
  },
};

function compareCharges(legacy: SideReading, contract: SideReading, pair: Pair): Outcome {
  const open = undecidedUse(legacy, contract, pair);
  if (open !== null) return open;
  const outcome = compareAmounts(legacy.overageCharge, contract.overageCharge, { ...pair, conversion: null });
  if (outcome.kind !== 'different') return outcome;
  const bills = pair.bills;
  // The bills say whether another rounding of the same product makes the contract side's amount.
  if (bills.legacy.known && bills.contract.known && isSettledByRounding(legacy, contract, pair)) {
    return agreed(valueIn(contract.overageCharge) ?? ZERO);
  }
  if (contract.repriced !== true) return outcome;
  const reason = `the plan states several overage prices within the period, so that legacy’s price does not determine the charge (legacy makes ${valueIn(legacy.overageCharge)}, the contract side bills ${valueIn(contract.overageCharge)})`;
  return notComparable(reason, legacy.overageCharge, contract.overageCharge);
}

function isSettledByRounding(legacy: SideReading, contract: SideReading, pair: Pair): boolean {
  const byOrg = legacy.chargeByOrg === undefined ? null : valueIn(legacy.chargeByOrg);
  if (byOrg !== null && byOrg === valueIn(contract.overageCharge)) return true;
  if (pair.conversion === null) return false;
  const quantity = compareAmounts(legacy.overageQuantity, contract.overageQuantity, pair).kind === 'equal';
  return quantity && pair.contractLines.every(chargeFollows);
}

/** Over several organisations the charge is a sum of rounded parts, so it may be off by the rounding of each. */
function chargeFollows(line: Line): boolean {
  const quantity = numberOr(line.overageQuantity, ZERO);
  const rate = numberOr(line.overageRate, ZERO);
  const charge = numberOr(line.overageCharge, ZERO);
  if (quantity === null || rate === null || charge === null) return false;
  const currency = line.currency.state === 'known' ? line.currency.value : 'USD';
  const own = toMinorUnit(multiply(quantity, rate), currency);
  if (own === charge) return true;
  const slack = multiply(decimal(line.orgs.length), decimal(`1e-${minorUnit(currency)}`));
  return line.orgs.length > 1 && compareDecimals(absolute(subtract(own, charge)), slack) <= 0;
}

export const overageRules: readonly PairRule[] = [overageQuantity, overageCharge];
