/** What the invoices of an account say, and how a defect changes their lines. */
import { add, subtract, sum } from '../../domain/decimal.ts';
import type { BookPeriod, Contract, Invoice, InvoiceLine } from '../contract-book/book.ts';
import { bookedOf, isCharged } from '../contract-book/charges.ts';
import { contractsOf } from '../contract-book/contracts.ts';
import { invoicesOf } from '../contract-book/invoices.ts';
import { type Edit, Edits } from '../edit.ts';
import type { Account, World } from '../world/facts.ts';
import type { Place } from './defect.ts';
import { figuresAt, isPositive } from './place-facts.ts';

/** The contract in force invoices the place's commitment for its open period. */
export function isInvoiced(place: Place, world: World): boolean {
  if (!isPositive(figuresAt(world, place).committed)) return false;
  const contract = contractsOf(world, place.account, new Edits()).at(-1);
  const open = contract === undefined ? undefined : openOf(contract);
  return trueLines(world, place.account).some((line) => isOf(place)(line) && line.start === open?.start);
}

/** What the contract in force is truly billed for: fees of its open period, overage of the one before. */
export function trueLines(world: World, account: Account): readonly InvoiceLine[] {
  const known = trueLinesOf.get(account);
  if (known !== undefined) return known;
  const lines = linesOf(world, account);
  trueLinesOf.set(account, lines);
  return lines;
}

/** Asked for again and again while places are looked for; an account belongs to one world. */
const trueLinesOf = new WeakMap<Account, readonly InvoiceLine[]>();

function linesOf(world: World, account: Account): readonly InvoiceLine[] {
  const nothing = new Edits();
  const contract = contractsOf(world, account, nothing).at(-1);
  if (contract === undefined) return [];
  const charges = (period: BookPeriod) => bookedOf(world, contract, period, nothing).filter(isCharged);
  return invoicesOf(world, contract, charges, nothing).flatMap(({ lines }) => lines);
}

/** Lines of the place's organisation and product. */
export const isOf =
  ({ org, holding }: Place) =>
  (line: InvoiceLine): boolean =>
    line.org === org && holding.product.skus.includes(line.product.sku);

/** The contract's open period, for which it is billed in advance. */
export const openOf = ({ periods }: Contract): BookPeriod | undefined =>
  [...periods].sort((a, b) => (a.start < b.start ? -1 : 1)).find(({ status }) => status === 'Open');

/** The period before, for which it is billed in arrears. */
export const closedOf = ({ periods }: Contract): BookPeriod | undefined =>
  [...periods].sort((a, b) => (a.start < b.start ? -1 : 1)).findLast(({ status }) => status === 'Closed');

/** Edits the lines of the contract in force; the amount of the invoice follows. */
export const linesEdit = (
  { account }: Place,
  change: (lines: readonly InvoiceLine[], invoice: Invoice) => readonly InvoiceLine[],
): Edit => ({
  account: account.index,
  invoice: (invoice) => {
    if (openOf(invoice.contract) === undefined) return invoice;
    const lines = change(invoice.lines, invoice);
    const total = (of: readonly InvoiceLine[]) => sum(of.map(({ amount }) => amount));
    return { ...invoice, lines, amount: add(invoice.amount, subtract(total(lines), total(invoice.lines))) };
  },
});
