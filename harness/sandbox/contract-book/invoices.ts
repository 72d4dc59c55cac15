/** The newest invoice of each contract: overage of its last closed period in arrears, fees of the open one in advance. */
import { addDays } from '../../domain/billing-period.ts';
import { type Decimal, isZero, multiply, sum } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { Edits } from '../edit.ts';
import { uuid, variant } from '../world/random.ts';
import type { BookPeriod, Charge, Contract, Invoice, InvoiceLine, Part } from './book.ts';

type ChargesIn = (period: BookPeriod) => readonly Charge[];

/** Null where there is nothing to bill. */
export function invoiceOf(seed: number, contract: Contract, chargesIn: ChargesIn, edits: Edits): Invoice | null {
  const ordered = [...contract.periods].sort((a, b) => (a.start < b.start ? -1 : 1));
  const closed = ordered.findLast(({ status }) => status === 'Closed');
  const open = ordered.find(({ status }) => status === 'Open');
  const lines = [
    ...(closed === undefined ? [] : overageLines(closed, chargesIn(closed))),
    ...(open === undefined ? [] : feeLines(open, chargesIn(open))),
  ];
  const date = open?.start ?? (closed === undefined ? null : addDays(closed.end, 1));
  if (lines.length === 0 || date === null) return null;
  const id = uuid(seed, 'invoice', contract.id);
  const invoice: Invoice = {
    id,
    contract,
    date,
    currency: contract.account.currency,
    paid: open === undefined || variant(seed, id, 3) === 0,
    amount: sum(lines.map(({ amount }) => amount)),
    lines: lines.map((each, index) => ({ ...each, id: uuid(seed, 'invoice-line', id, index) })),
  };
  return edits.through(contract.account, invoice, (edit, now) => edit.invoice?.(now));
}

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
      .filter((part) => !isZero(part.prepaid))
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
