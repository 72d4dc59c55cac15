/**
 * Invoice lines against the charges that they bill. Neither says which of a charge's two amounts a line stands for
 * (its overage, or the fee for its commitment), so a line agrees if it bills either, or both at once.
 */

import { ascending, rollup } from 'd3-array';
import type { IsoDate } from '../../domain/billing-period.ts';
import type { InvoiceLine } from '../../domain/contract-side.ts';
import {
  absolute,
  add,
  compareDecimals,
  type Decimal,
  decimal,
  isZero,
  multiply,
  subtract,
  sum,
  ZERO,
} from '../../domain/decimal.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import type { Statement } from '../../domain/finding.ts';
import { minorUnit, toMinorUnit } from '../../domain/money.ts';
import { productKey } from '../../domain/side.ts';
import { EQUAL } from '../outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from '../rule.ts';
import { committedFee } from './invariant-arithmetic.ts';
import { type ExaminedCharge, examinedCharges } from './invariant-charges.ts';
import { breaks, cannotSay, orZero, stated, unreadableAmong } from './invariant-outcome.ts';
import { type Examination, examinationOf, Observer } from './invariant-scope.ts';

interface Billed {
  readonly invoiceId: string;
  readonly line: InvoiceLine;
}

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  for (const [charge, billed] of billedCharges(examination)) {
    if (charge.orgs.length > 1) {
      const subject = `charge ${charge.scope.subject}`;
      yield observer.observe({ ...charge.scope, subject }, judgeTogether(charge, billed));
      continue;
    }
    const together = agreesTogether(charge, billed);
    for (const { invoiceId, line } of billed) {
      const subject = `line ${line.id ?? 'without id'} of invoice ${invoiceId}`;
      yield observer.observe({ ...charge.scope, subject }, together ? EQUAL : judgeLine(charge, line));
    }
  }
}

/** Charges by organisation, SKU and billing period. */
function chargesByPlace(examination: Examination): ReadonlyMap<string, readonly ExaminedCharge[]> {
  const placed = examinedCharges(examination).flatMap((charge) => {
    const { sku } = charge.charge;
    const { period } = charge.scope;
    if (sku === null || period === null) return [];
    return charge.orgs.map(({ id }) => ({ charge, key: keyOf(id, sku, period.start, period.end) }));
  });
  return rollup(
    placed,
    (own) => own.map(({ charge }) => charge),
    ({ key }) => key,
  );
}

/** The lines of each charge that is the only one of its product for their organisation in exactly their period. */
function billedCharges(examination: Examination): ReadonlyMap<ExaminedCharge, readonly Billed[]> {
  const candidates = chargesByPlace(examination);
  const found = linesOf(examination).flatMap((billed) => {
    const { org, sku, start, end } = billed.line;
    if (org === null || sku === null) return [];
    const [charge, ...others] = candidates.get(keyOf(org.id, sku, knownValue(start), knownValue(end))) ?? [];
    return charge === undefined || others.length > 0 ? [] : [{ charge, billed }];
  });
  return rollup(
    found,
    (own) => own.map(({ billed }) => billed),
    ({ charge }) => charge,
  );
}

const keyOf = (org: string, sku: string, start: IsoDate | null, end: IsoDate | null): string =>
  `${org}|${productKey(sku)}|${start}|${end}`;

function linesOf({ sides }: Examination): Billed[] {
  return sides.contract.invoices
    .flatMap(({ id, lines }) => (lines ?? []).map((line) => ({ invoiceId: id, line })))
    .sort((a, b) => ascending(sortKey(a), sortKey(b)));
}

const sortKey = ({ invoiceId, line }: Billed): string =>
  `${invoiceId}\n${line.id ?? ''}\n${orZero(line.amount)}\n${line.org?.id ?? ''}`;

/** What lines of a charge may bill; `complete` is false where an amount of the charge is not known. */
interface Amounts {
  readonly overage: Decimal | null;
  readonly fee: Decimal | null;
  readonly currency: string | null;
}

function amountsOf(examined: ExaminedCharge): Amounts {
  const { charge, line } = examined;
  const currency = knownValue(line === null ? charge.currency : line.currency);
  const fee = committedFee(examined);
  return {
    overage: charge.overageCharge.state === 'unreadable' ? null : orZero(charge.overageCharge),
    fee: fee === null || currency === null ? fee : toMinorUnit(fee, currency),
    currency,
  };
}

function billable({ overage, fee }: Amounts): Decimal[] {
  const each = [overage, fee].filter((amount) => amount !== null);
  return each.length === 2 ? [...each, sum(each)] : each;
}

/** All lines of one organisation's charge together bill what it says: split into parts, corrected, billed anew. */
function agreesTogether(charge: ExaminedCharge, billed: readonly Billed[]): boolean {
  if (billed.some(({ line }) => line.amount.state === 'unreadable')) return false;
  return billable(amountsOf(charge)).includes(sum(billed.map(({ line }) => orZero(line.amount))));
}

function judgeLine(charge: ExaminedCharge, { amount }: InvoiceLine): Outcome {
  const unreadable = unreadableAmong({ amount });
  if (unreadable !== null) return cannotSay('contract', stated(amount), unreadable);
  const amounts = amountsOf(charge);
  const says = orZero(amount);
  if (billable(amounts).includes(says)) return EQUAL;
  return disagree(charge, amounts, says, stated(amount), 'the invoice line bills');
}

function judgeTogether(charge: ExaminedCharge, billed: readonly Billed[]): Outcome {
  const figures: readonly Figure[] = billed.map(({ line }) => line.amount);
  const unreadable = figures
    .map((amount) => unreadableAmong({ 'amount of a line': amount }))
    .find((why) => why !== null);
  const [at = null] = figures.map((amount) => amount.at);
  if (typeof unreadable === 'string') {
    return cannotSay('contract', { value: null, raw: null, at, derivation: null }, unreadable);
  }
  const amounts = amountsOf(charge);
  const says = sum(figures.map(orZero));
  if (billable(amounts).includes(says) || isWithinRounding(says, amounts, billed.length)) {
    return EQUAL;
  }
  const statement: Statement = { value: says, raw: null, at, derivation: `sum of ${billed.length} invoice lines` };
  return disagree(charge, amounts, says, statement, `its ${billed.length} invoice lines bill`);
}

/** A fee that several organisations share is rounded for each of them: half a minor unit a line, at most. */
function isWithinRounding(says: Decimal, { fee, overage, currency }: Amounts, lines: number): boolean {
  if (fee === null || isZero(fee) || currency === null) return false;
  const most = multiply(decimal(`5e-${minorUnit(currency) + 1}`), decimal(lines));
  return [fee, add(fee, overage ?? ZERO)].some(
    (amount) => compareDecimals(absolute(subtract(says, amount)), most) <= 0,
  );
}

function disagree(
  { charge }: ExaminedCharge,
  amounts: Amounts,
  says: Decimal,
  statement: Statement,
  who: string,
): Outcome {
  const { overage, fee } = amounts;
  if (overage === null || fee === null) {
    const missing = overage === null ? 'overage charge cannot be read' : 'fee for its commitment is not known';
    return cannotSay('contract', statement, `${who} ${says}, and the charge’s ${missing}`);
  }
  const unit = amounts.currency === null ? '' : ` ${amounts.currency}`;
  const parts = [
    isZero(overage) ? null : `${overage} for overage`,
    isZero(fee) ? null : `${fee} for ${orZero(charge.prepaid)} committed`,
  ].filter((part) => part !== null);
  const words = parts.length === 0 ? 'nothing' : parts.join(' and ');
  const expected = isZero(overage) ? fee : overage;
  return breaks('contract', statement, subtract(says, expected), `${who} ${says}${unit}, the charge says ${words}`);
}

export const invoiceChargeRule: SideRule = {
  id: 'invoice-charge-agreement',
  category: 'invariant',
  looksAt: 'sides',
  title: 'Invoice lines bill what the charges say',
  doc: 'A line for one organisation, SKU and billing period is compared if exactly one charge with the same three is known: its `amount` must be the charge’s `overageCharge`, or its `prepaidQuantity` × the plan’s price (rounded half-up to the minor unit), or both together. Lines that together bill what the charge says agree too; of a charge over several organisations only their sum is compared.',
  example: 'charge "overageCharge":118.70 · invoice line of the same period "amount":94.96',
  examine,
};
