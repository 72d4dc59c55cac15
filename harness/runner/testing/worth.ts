/**
 * What a cent more in a money field is worth by the readings of the bills, worked out from the bodies alone: without pairs,
 * readings and bills of the comparison.
 */
import { add, type Decimal, isNegative, isZero, maximum, multiply, ONE, subtract, ZERO } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { StatementLine } from '../../domain/verdict.ts';
import { isJsonObject, type JsonValue } from '../../sources/json-value.ts';
import { CENT, decimalIn, type MoneyField, orgOf, textIn } from './cents.ts';
import type { BodyAt, WorldBodies } from './world-bodies.ts';

type Body = { [key: string]: JsonValue };

export type Worth =
  /** The bill of this side of this line moves by so much, and a finding tells it. */
  | { readonly kind: 'moves'; readonly side: 'legacy' | 'contract'; readonly line: StatementLine; readonly by: Decimal }
  /** No bill moves, and a finding tells it. */
  | { readonly kind: 'stands' }
  /** Nothing to tell, and no bill moves: out of scope, or nothing is billed at it. */
  | { readonly kind: 'nothing' }
  /** Which price is billed is a choice among several, or nobody knows the bill: only the books must balance. */
  | { readonly kind: 'open' };

const OPEN: Worth = { kind: 'open' };
const STANDS: Worth = { kind: 'stands' };
const NOTHING: Worth = { kind: 'nothing' };

export interface Books {
  readonly bodies: WorldBodies;
  readonly statement: readonly StatementLine[];
}

/** @param isAlone the cent stands in this one body, not in others that state the same record */
export function worthOf(field: MoneyField, isAlone: boolean, books: Books): Worth {
  if (field.record === 'charge') return chargeWorth(field, books);
  if (field.record === 'wallet') return walletWorth(field, books);
  if (field.record === 'invoice' || field.record === 'invoice-line') return STANDS;
  if (field.record === 'partner-answer') return NOTHING;
  if (field.record === 'plan-item') {
    // The contract by id is what is billed.
    return isAlone && /\/contracts(\?.*)?$/.test(field.path) ? STANDS : planWorth(field, books);
  }
  if (field.record === 'partner-row' && isAlone) return books.bodies.isOpenPeriod(field.path) ? STANDS : NOTHING;
  return rowWorth(field, books);
}

/** Rows of the usage API that state a quantity of a product which the statement knows, and that no line of it bills. */
export function unbilledRows({ bodies, statement }: Books): readonly BodyAt[] {
  const isOfProduct = ({ owner }: BodyAt, line: StatementLine): boolean =>
    named(line.partNumber, textIn(owner['partNumber']));
  return bodies.rows.filter((row) => {
    const lines = statement.filter((line) => isOfProduct(row, line));
    const isUsed = ['prepayQuantity', 'usageQuantity'].some((name) => !isZero(decimalIn(row.owner[name]) ?? ZERO));
    const isBilled = lines.some(({ orgs }) => orgs.some(({ id }) => id.toLowerCase() === orgOf(row.path)));
    return isUsed && lines.length > 0 && !isBilled;
  });
}

const skuOf = (owner: Body): string => (isJsonObject(owner['product']) ? textIn(owner['product']['sku']) : '');

const orgsOf = (owner: Body): string[] => {
  const orgs = Array.isArray(owner['organizations']) ? owner['organizations'] : [];
  return orgs.flatMap((org) => (isJsonObject(org) ? [textIn(org['id'])] : []));
};

const shares = (some: readonly string[], others: readonly string[]): boolean => some.some((id) => others.includes(id));

const named = (list: string, name: string): boolean => list.split(', ').some((one) => textIn(one) === name);

const isWithin = ({ period }: StatementLine, start: string, end: string): boolean =>
  period !== null && period.start <= start && start <= period.end && end <= dayAfter(period.end);

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** The line of the statement that a charge or a wallet belongs to; null: none; undefined: it does not say enough. */
function lineOf(owner: Body, path: string, { bodies, statement }: Books): StatementLine | null | undefined {
  const [sku, orgs, span] = [skuOf(owner), orgsOf(owner), bodies.spanOf(path)];
  if (sku === '' || orgs.length === 0 || span === null) return undefined;
  const own = statement.filter(
    (line) =>
      named(line.sku, sku) &&
      shares(
        orgs,
        line.orgs.map(({ id }) => id.toLowerCase()),
      ) &&
      isWithin(line, span.start, span.end),
  );
  return own.length > 1 ? undefined : (own[0] ?? null);
}

function chargeWorth(field: MoneyField, books: Books): Worth {
  const line = lineOf(field.owner, field.path, books);
  if (line === undefined) return OPEN;
  if (line === null) return NOTHING;
  if (!field.name.endsWith('overageCharge') || line.contract === null) return STANDS;
  // Where its plan changes the price within the period, legacy's price says nothing of the charge.
  const isPlain =
    hasOneRowEach(line, books) && !chargesOf(line, books).some((one) => onlyItem(one, books.bodies) === null);
  return isPlain ? { kind: 'moves', side: 'contract', line, by: CENT } : OPEN;
}

function walletWorth(field: MoneyField, books: Books): Worth {
  const line = lineOf(field.owner, field.path, books);
  if (line === undefined) return OPEN;
  if (line === null) return NOTHING;
  const beside = chargesOf(line, books);
  if (beside.length > 0 || !field.name.endsWith('Charge') || line.contract === null) return STANDS;
  return { kind: 'moves', side: 'contract', line, by: CENT };
}

/** Charges that a line of the statement bills. */
function chargesOf(line: StatementLine, books: Books): readonly BodyAt[] {
  return books.bodies.charges.filter(({ owner, path }) => lineOf(owner, path, books) === line);
}

/** Several rows of one organisation may be rounded together or one by one: which of both is the contract's choice. */
function hasOneRowEach(line: StatementLine, { bodies }: Books): boolean {
  return rowsOf(line, bodies).length <= line.orgs.length;
}

const rowsOf = (line: StatementLine, bodies: WorldBodies): readonly BodyAt[] => {
  const orgs = line.orgs.map(({ id }) => id.toLowerCase());
  return bodies.rows.filter(
    ({ owner, path }) => named(line.partNumber, textIn(owner['partNumber'])) && orgs.includes(orgOf(path)),
  );
};

/** The only item of the plans of a charge; null where there are several, or where it leaves out a price, which is then borrowed. */
function onlyItem({ owner, path }: BodyAt, bodies: WorldBodies): Body | null {
  const [sku, orgs] = [skuOf(owner), orgsOf(owner)];
  const plans = bodies.plansOf(path).filter((plan) => skuOf(plan) === sku && shares(orgsOf(plan), orgs));
  const span = bodies.spanOf(path);
  const items = plans.flatMap((plan) => recurringIn(plan, span));
  const [item] = items;
  const isStated = isJsonObject(item) && 'price' in item && 'overagePrice' in item;
  return items.length === 1 && isStated ? item : null;
}

/** Items that may be in force on some day of a period: each ends when the next one of its type begins. */
function recurringIn(plan: Body, span: { readonly start: string; readonly end: string } | null): readonly Body[] {
  const items = Array.isArray(plan['items']) ? plan['items'].filter(isJsonObject) : [];
  const startOf = (item: Body): string => textIn(item['dateEffectiveStart']);
  const isOver = (item: Body): boolean => {
    if (span === null) return false;
    const end = textIn(item['dateEffectiveEnd']);
    const isFollowed = items.some(
      (next) => next['type'] === item['type'] && startOf(next) > startOf(item) && startOf(next) <= span.start,
    );
    return isFollowed || (end !== '' && end < span.start) || startOf(item) > span.end;
  };
  return items.filter((item) => !isOver(item));
}

interface Priced {
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly isOwn: boolean;
}

/** Fees are added up unrounded and rounded once. */
function feeMoves(priced: readonly Priced[], currency: string): Decimal {
  const fee = (more: Decimal): Decimal =>
    priced.reduce<Decimal>(
      (sum, { quantity, price, isOwn }) => add(sum, multiply(quantity, isOwn ? add(price, more) : price)),
      ZERO,
    );
  return subtract(toMinorUnit(fee(CENT), currency), toMinorUnit(fee(ZERO), currency));
}

function planWorth(field: MoneyField, books: Books): Worth {
  const [plan] = field.around;
  const contractId = books.bodies.contractIdOf(field);
  if (plan === undefined) return OPEN;
  const billed = books.bodies.charges.filter(
    ({ owner, path }) =>
      books.bodies.contractIdIn(path) === contractId &&
      skuOf(owner) === skuOf(plan) &&
      shares(orgsOf(owner), orgsOf(plan)),
  );
  const lines = new Set(billed.map(({ owner, path }) => lineOf(owner, path, books)).filter((line) => line !== null));
  const [line] = lines;
  if (lines.size !== 1 || line === undefined) return OPEN;
  const all = chargesOf(line, books);
  const items = all.map((charge) => onlyItem(charge, books.bodies));
  const isCut = new Set(all.map(({ path }) => books.bodies.spanOf(path)?.start)).size > 1;
  if (isCut || items.includes(null)) return OPEN;
  const isBilled = billed.some(
    (charge) => onlyItem(charge, books.bodies)?.['itemNumber'] === field.owner['itemNumber'],
  );
  if (!isBilled) return NOTHING;
  if (!field.name.endsWith('.price')) {
    return billed.some(({ owner }) => decimalIn(owner['overageRate']) !== null) ? STANDS : OPEN;
  }
  const priced = all.map((charge, index) => ({
    quantity: decimalIn(charge.owner['prepaidQuantity']) ?? ZERO,
    price: decimalIn(items[index]?.['price']) ?? ZERO,
    isOwn: billed.includes(charge),
  }));
  if (priced.every(({ quantity, isOwn }) => !isOwn || isZero(quantity))) return NOTHING;
  if (line.contract === null) return STANDS;
  return { kind: 'moves', side: 'contract', line, by: feeMoves(priced, line.currency) };
}

function rowWorth(field: MoneyField, books: Books): Worth {
  const { owner, path } = field;
  const { bodies, statement } = books;
  const grouping = textIn(owner['grouping']);
  if (grouping === 'fair-use' || grouping === 'rollup-usage') return OPEN;
  if (field.record === 'partner-row' && !bodies.isOpenPeriod(path)) return NOTHING;
  const lines = statement.filter(
    (line) =>
      named(line.partNumber, textIn(owner['partNumber'])) &&
      line.orgs.some(({ id }) => id.toLowerCase() === orgOf(path)),
  );
  const [line] = lines;
  if (line === undefined) return NOTHING;
  const charges = chargesOf(line, books);
  const items = charges.map((charge) => onlyItem(charge, bodies));
  const rows = rowsOf(line, bodies);
  const isPlain =
    lines.length === 1 &&
    line.legacy !== null &&
    charges.length > 0 &&
    !items.includes(null) &&
    hasOneRowEach(line, books);
  const own = rows.find((row) => orgOf(row.path) === orgOf(path));
  if (!isPlain || own === undefined) return OPEN;
  if (field.name.endsWith('.prepayPrice')) {
    const priced = rows.map((row) => ({
      quantity: committedOf(row.owner),
      price: decimalIn(row.owner['prepayPrice']) ?? ZERO,
      isOwn: row === own,
    }));
    if (isZero(committedOf(own.owner))) return OPEN;
    return { kind: 'moves', side: 'legacy', line, by: feeMoves(priced, line.currency) };
  }
  return overageWorth(own, charges, line, books);
}

const committedOf = (row: Body): Decimal =>
  multiply(decimalIn(row['prepayQuantity']) ?? ZERO, decimalIn(row['bundleQuantity']) ?? ONE);

/** Overage beyond the commitment, or beyond the fair use where that is more, at the rate; rounded once an organisation. */
function overageWorth(own: BodyAt, charges: readonly BodyAt[], line: StatementLine, { bodies }: Books): Worth {
  const mayBeFree = bodies.mayBeFree(orgOf(own.path)) || charges.some(({ owner }) => 'tokenConversionRate' in owner);
  const rate = decimalIn(own.owner['overagePrice']);
  const allowed = maximum(committedOf(own.owner), bodies.allowanceOf(own));
  const over = subtract(decimalIn(own.owner['usageQuantity']) ?? ZERO, allowed);
  if (mayBeFree || rate === null || isNegative(over) || isZero(over)) return OPEN;
  const charge = (at: Decimal): Decimal => toMinorUnit(multiply(over, at), line.currency);
  return { kind: 'moves', side: 'legacy', line, by: subtract(charge(add(rate, CENT)), charge(rate)) };
}
