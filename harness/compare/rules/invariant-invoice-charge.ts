/**
 * Invoice lines against the charges that they bill. Each amount of a charge (its overage, the fee for its commitment) can be
 * billed once; neither side says which a line stands for, so the lines of one place together must be made of such amounts.
 */

import type { PlanItem } from '../../domain/contract-side.ts';
import {
  absolute,
  compareDecimals,
  type Decimal,
  decimal,
  isNegative,
  multiply,
  negate,
  subtract,
  sum,
  ZERO,
} from '../../domain/decimal.ts';
import { knownValue } from '../../domain/figure.ts';
import type { Statement } from '../../domain/finding.ts';
import { minorUnit, toMinorUnit } from '../../domain/money.ts';
import { UnitWords } from '../scope/units.ts';
import type { ExaminedCharge } from './invariant-charges.ts';
import { breaks, cannotSay, orZero, stated, unreadableAmong } from './invariant-outcome.ts';
import { type Examination, examinationOf, Observer } from './invariant-scope.ts';
import { type Billable, type Billables, billablesOf, committedFees, selectionsOf } from './invoice-billables.ts';
import { type BilledLine, type Place, placementsOf } from './invoice-places.ts';
import { EQUAL } from './outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from './rule.ts';

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  const units = new UnitWords(sides.policy.units);
  const { places, oneTime, strays } = placementsOf(examination);
  for (const place of places) {
    const [first] = place.charges;
    if (first === undefined) continue;
    if (place.lines.length > 0) {
      yield observer.observe(
        { ...first.scope, subject: `invoices of ${first.scope.subject}` },
        judgePlace(place, units),
      );
    }
    for (const one of place.longer) {
      yield observer.observe({ ...first.scope, subject: nameOf(one) }, judgeLonger(place, one));
    }
  }
  const used = new Set<PlanItem>();
  for (const one of oneTime) yield observer.observe(scopeOf(one, examination), judgeOneTime(one, one.items, used));
  for (const one of strays) {
    const reason = `nobody can say what the invoice line of ${orZero(one.line.amount)} bills: ${one.why}`;
    yield observer.observe(scopeOf(one, examination), cannotSay('contract', stated(one.line.amount), reason));
  }
}

const nameOf = ({ invoice, line }: BilledLine): string => `line ${line.id ?? 'without id'} of invoice ${invoice.id}`;

const scopeOf = (one: BilledLine, examination: Examination) =>
  examination.scope({
    side: 'contract',
    subject: nameOf(one),
    orgs: one.line.org === null ? [] : [one.line.org],
    sku: one.line.sku,
  });

function judgePlace({ charges, lines }: Place, units: UnitWords): Outcome {
  const billables = billablesOf(charges);
  const statement = statementFor(lines);
  const unclear = unclearLine(lines, billables);
  if (unclear !== null) return cannotSay('contract', statement, unclear);
  const other = lines.find(
    ({ invoice }) => billables.currency !== null && knownValue(invoice.currency) !== billables.currency,
  );
  if (other !== undefined) {
    const sentence = `${nameOf(other)} bills in ${knownValue(other.invoice.currency)}, the charge in ${billables.currency}`;
    return breaks('contract', statement, null, sentence);
  }
  const unit = unitApart(charges, lines, units);
  if (unit !== null) return breaks('contract', statement, null, unit);
  return againstSelections(lines, billables, statement);
}

function unclearLine(lines: readonly BilledLine[], { currency }: Billables): string | null {
  for (const { invoice, line } of lines) {
    const unreadable = unreadableAmong({
      'amount of a line': line.amount,
      quantity: line.quantity,
      'invoice currency': invoice.currency,
    });
    if (unreadable !== null) return unreadable;
    if (line.amount.state === 'absent') return `${nameOf({ invoice, line })} states no amount`;
    if (currency !== null && invoice.currency.state === 'absent') return `invoice ${invoice.id} states no currency`;
  }
  return null;
}

function unitApart(charges: readonly ExaminedCharge[], lines: readonly BilledLine[], units: UnitWords): string | null {
  const own = charges.flatMap(({ charge, line }) => knownValue(line?.unit ?? charge.unit) ?? []);
  for (const one of lines) {
    const unit = knownValue(one.line.unit);
    const other = unit === null ? undefined : own.find((each) => !units.same(each, unit));
    if (other !== undefined) return `${nameOf(one)} counts in ${unit}, the charge in ${other}`;
  }
  return null;
}

function statementFor(lines: readonly BilledLine[]): Statement {
  const [first, ...more] = lines;
  if (first !== undefined && more.length === 0) return stated(first.line.amount);
  const value = sum(lines.map(({ line }) => orZero(line.amount)));
  return { value, raw: null, at: first?.line.amount.at ?? null, derivation: `sum of ${lines.length} invoice lines` };
}

function againstSelections(lines: readonly BilledLine[], billables: Billables, statement: Statement): Outcome {
  const { all, currency, open } = billables;
  const says = sum(lines.map(({ line }) => orZero(line.amount)));
  const selections = selectionsOf(all);
  if (selections === null) {
    const reason = `${lines.length} invoice lines bill what ${all.length} amounts may make in too many ways to try`;
    return cannotSay('contract', statement, reason);
  }
  const fitting = selections.filter(({ amount, parts }) => {
    const slack = currency === null ? ZERO : multiply(decimal(`5e-${minorUnit(currency) + 1}`), decimal(parts));
    return compareDecimals(absolute(subtract(amount, says)), slack) <= 0;
  });
  const unit = currency === null ? '' : ` ${currency}`;
  const who = lines.length === 1 ? 'the invoice line bills' : `its ${lines.length} invoice lines bill`;
  if (fitting.length === 0) {
    if (open !== null) return cannotSay('contract', statement, `${who} ${says}, and of the charge ${open}`);
    const words = all.map(({ what, amounts }) => `${amounts.join(' or ')} for ${what}`).join(' and ') || 'nothing';
    const [expected = ZERO] = all.flatMap(({ amounts }) => amounts);
    const sentence = `${who} ${says}${unit}, the charge says ${words}`;
    return breaks('contract', statement, subtract(says, expected), sentence);
  }
  const counted = quantitiesOf(lines);
  // What costs nothing may be counted in any way: a trial, a free allowance.
  const isFree = lines.every(({ line }) => orZero(line.amount) === ZERO);
  if (counted.length === 0 || isFree) return EQUAL;
  const isCounted = fitting.some(({ quantity, amount }) =>
    counted.some((one) => one === quantity || (amount === says && fitsCombined(one, quantity, all))),
  );
  if (isCounted) return EQUAL;
  const expected = [...new Set(fitting.map(({ quantity }) => quantity))].join(' or ');
  const sentence = `${who} ${says}${unit}, which is for ${expected}, and ${lines.length === 1 ? 'states' : 'state'} a quantity of ${counted[0]}`;
  const quantity = lines.find(({ line }) => line.quantity.state === 'known')?.line.quantity;
  return breaks('contract', quantity === undefined ? statement : stated(quantity), null, sentence);
}

/** One line for overage and fee together may count the commitment alone. */
const fitsCombined = (counted: Decimal, whole: Decimal, all: readonly Billable[]): boolean =>
  all.length === 2 &&
  whole === sum(all.map(({ quantity }) => quantity)) &&
  all.some(({ what, quantity }) => what !== 'overage' && quantity === counted) &&
  all.some(({ what }) => what === 'overage');

/** What the lines count together; a credit counts back, whether it says so by its sign or not. None if one says nothing. */
function quantitiesOf(lines: readonly BilledLine[]): readonly Decimal[] {
  if (lines.some(({ line }) => line.quantity.state !== 'known')) return [];
  const plain = sum(lines.map(({ line }) => orZero(line.quantity)));
  const back = sum(
    lines.map(({ line }) => {
      const quantity = orZero(line.quantity);
      return isNegative(orZero(line.amount)) && !isNegative(quantity) ? negate(quantity) : quantity;
    }),
  );
  return [...new Set([plain, back])];
}

/** A line over several whole billing periods bills the fee of each. */
function judgeLonger({ charges }: Place, one: BilledLine & { readonly periods: number }): Outcome {
  const statement = stated(one.line.amount);
  const fees = charges.map((charge) => {
    const own = committedFees(charge);
    return own?.length === 1 ? (own[0] ?? null) : null;
  });
  const { currency, open } = billablesOf(charges);
  const unclear = unclearLine([one], { all: [], currency, open: null });
  if (unclear !== null) return cannotSay('contract', statement, unclear);
  if (fees.includes(null)) return cannotSay('contract', statement, open ?? 'the fee of one period is not known');
  const fee = sum(fees.flatMap((each) => each ?? []));
  const exact = multiply(fee, decimal(one.periods));
  const says = orZero(one.line.amount);
  const rounded =
    currency === null
      ? [exact]
      : [toMinorUnit(exact, currency), multiply(toMinorUnit(fee, currency), decimal(one.periods))];
  if (rounded.includes(says)) return EQUAL;
  const [expected = exact] = rounded;
  const sentence = `the invoice line bills ${says} for ${one.periods} billing periods, whose fees make ${expected}`;
  return breaks('contract', statement, subtract(says, expected), sentence);
}

/** Each one-time item is billed once. */
function judgeOneTime(one: BilledLine, items: readonly PlanItem[], used: Set<PlanItem>): Outcome {
  const { line } = one;
  const statement = stated(line.amount);
  const unreadable = unreadableAmong({ amount: line.amount, quantity: line.quantity });
  if (unreadable !== null) return cannotSay('contract', statement, unreadable);
  const says = orZero(line.amount);
  const amountOf = ({ price, quantity }: PlanItem): Decimal =>
    multiply(orZero(price), quantity.state === 'known' ? quantity.value : decimal(1));
  const item = items.find((each) => !used.has(each) && amountOf(each) === says);
  if (item !== undefined) {
    used.add(item);
    return EQUAL;
  }
  const amounts = items.map(amountOf).join(' or ');
  return breaks('contract', statement, null, `the invoice line bills ${says} once, its one-time item says ${amounts}`);
}

export const invoiceChargeRule: SideRule = {
  id: 'invoice-charge-agreement',
  category: 'invariant',
  looksAt: 'sides',
  title: 'Invoice lines bill what the charges say',
  doc: 'All lines for one organisation (or those of a shared charge), SKU and billing period together, credits taken off: their sum must be made of the amounts of the charges, each used once (`overageCharge`; `prepaidQuantity` × the plan’s price, rounded half-up to the minor unit), their quantities likewise, and their currency and unit must be the charge’s. A line over n whole billing periods is held against n fees, one of a one-time item against that. A line that cannot be placed (without SKU, organisation, dates or charge) is not comparable; one wholly outside the billing periods that were read is out of scope. An amount that no line bills yet is no mismatch.',
  example: 'charge "overageCharge":118.70 · two invoice lines of the same period "amount":118.70',
  examine,
};
