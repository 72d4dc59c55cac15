/**
 * The newest invoice of each contract: overage of its last closed period in arrears, fees of the open one in advance. What a
 * wallet alone pays is not invoiced.
 */
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import { type Decimal, decimal, divide, isZero, multiply, round, subtract, sum } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { Edits } from '../edit.ts';
import type { World } from '../world/facts.ts';
import { uuid, variant } from '../world/random.ts';
import type { BookPeriod, Charge, Contract, Invoice, InvoiceLine, Part } from './book.ts';

type ChargesIn = (period: BookPeriod) => readonly Charge[];

/** None where there is nothing to bill; more than one where they add up over credits. */
export function invoicesOf(
  { seed, today }: World,
  contract: Contract,
  chargesIn: ChargesIn,
  edits: Edits,
): readonly Invoice[] {
  const ordered = [...contract.periods].sort((a, b) => (a.start < b.start ? -1 : 1));
  const closed = ordered.findLast(({ status }) => status === 'Closed');
  const open = ordered.find(({ status }) => status === 'Open');
  const lines = [
    ...(closed === undefined ? [] : overageLines(closed, chargesIn(closed))),
    ...(open === undefined ? [] : feeLines(open, chargesIn(open))),
  ];
  const date = open?.start ?? (closed === undefined ? null : addDays(closed.end, 1));
  if (lines.length === 0 || date === null) return [];
  const id = uuid(seed, 'invoice', contract.id);
  const sheets =
    contract.account.credited === true
      ? inSheets(lines, contract.account.currency, variant(seed, `credit ${id}`, 3))
      : [lines];
  return sheets.map((sheet, place): Invoice => {
    const invoice: Invoice = {
      id: place === 0 ? id : uuid(seed, 'invoice', contract.id, place),
      contract,
      date: earlier(addDays(date, place * DAYS_BETWEEN), today),
      currency: contract.account.currency,
      paid: open === undefined || variant(seed, id, 3) === 0,
      amount: sum(sheet.map(({ amount }) => amount)),
      lines: sheet.map((each, index) => ({ ...each, id: uuid(seed, 'invoice-line', id, index + place * 1000) })),
    };
    return edits.through(contract.account, invoice, (edit, now) => edit.invoice?.(now));
  });
}

const DAYS_BETWEEN = 2;
const earlier = (a: IsoDate, b: IsoDate): IsoDate => (a < b ? a : b);

/**
 * The lines on several invoices that come to the same: one line was billed twice over and the surplus is credited; all is
 * credited and billed again; a part of what was used is billed late.
 */
function inSheets(lines: readonly Unnumbered[], currency: string, way: number): (readonly Unnumbered[])[] {
  const [first, ...others] = lines;
  if (first === undefined) return [lines];
  if (way === 0) return [[{ ...first, ...times(first, 2) }, ...others], [credit(first)]];
  if (way === 1) return [lines, lines.map(credit), lines];
  const quantity = round(divide(first.quantity, TWO), 0, 'down');
  if (isZero(quantity)) return [lines];
  const amount = toMinorUnit(divide(multiply(first.amount, quantity), first.quantity), currency);
  const early = { ...first, quantity: subtract(first.quantity, quantity), amount: subtract(first.amount, amount) };
  return [[early, ...others], [{ ...first, description: `Late ${first.description}`, quantity, amount }]];
}

const TWO = decimal(2);

const times = ({ quantity, amount }: Unnumbered, count: number): Pick<Unnumbered, 'quantity' | 'amount'> => ({
  quantity: multiply(quantity, decimal(count)),
  amount: multiply(amount, decimal(count)),
});

const credit = (line: Unnumbered): Unnumbered => ({
  ...line,
  ...times(line, -1),
  description: `Credit ${line.description}`,
});

/** A line before it has its place on the invoice. */
type Unnumbered = Omit<InvoiceLine, 'id'>;

const overageLines = (period: BookPeriod, charges: readonly Charge[]): Unnumbered[] =>
  charges.flatMap((charge) =>
    charge.parts
      .filter((part) => !isZero(part.overage))
      .map((part) => line(period, charge, part, 'Overage', part.overage, part.overageCharge)),
  );

const feeLines = (period: BookPeriod, charges: readonly Charge[]): Unnumbered[] =>
  charges.flatMap((charge) =>
    charge.parts
      .filter((part) => !isZero(part.prepaid) && !isZero(charge.price))
      .map((part) => {
        const fee = toMinorUnit(multiply(part.prepaid, charge.price), charge.currency);
        return line(period, charge, part, 'Committed', part.prepaid, fee);
      }),
  );

const line = (
  { start, end }: BookPeriod,
  { product }: Charge,
  { org }: Part,
  what: string,
  quantity: Decimal,
  amount: Decimal,
): Unnumbered => ({
  product,
  description: `${what} ${product.name}`,
  start,
  end,
  org,
  quantity,
  amount,
});
