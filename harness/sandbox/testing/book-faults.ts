/** Whether the contract side's books hold together by themselves: charges, wallets, invoices. */
import { addDays } from '../../domain/billing-period.ts';
import { add, type Decimal, isNegative, isZero, multiply, subtract, sum, ZERO } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { BookPeriod, Charge, Contract, Invoice, Wallet } from '../contract-book/book.ts';
import type { Ledger } from '../contract-book/ledger.ts';
import { overageChargeOf, overageOf } from '../world/figures.ts';
import { inForceOn, itemsOf, turnsOf } from './plan-items.ts';

export const allowanceOf = ({ starting, increase, decrease }: Wallet): Decimal =>
  subtract(add(starting, increase), decrease);

/** Of its periods, charges and wallets. */
export function contractFaults(ledger: Ledger, contract: Contract): string[] {
  const ordered = [...contract.periods].sort((a, b) => (a.start < b.start ? -1 : 1));
  const gaps = ordered
    .slice(1)
    .filter((period, index) => addDays(ordered[index]?.end ?? period.end, 1) !== period.start);
  return [
    ...gaps.map(({ start }) => `a gap before ${start}`),
    ...ordered.slice(-3).flatMap((period) => {
      const charges = ledger.charges(contract, period);
      return [
        ...charges.flatMap((charge) => chargeFaults(contract, period, charge, charges)),
        ...ledger.wallets(contract, period).flatMap((wallet) => walletFaults(wallet, charges)),
      ];
    }),
  ];
}

const alike = (a: Charge, b: Charge): boolean =>
  a.product.sku === b.product.sku && orgsOf(a.parts.map(({ org }) => org)) === orgsOf(b.parts.map(({ org }) => org));
const orgsOf = (orgs: readonly { readonly id: string }[]): string =>
  orgs
    .map(({ id }) => id)
    .sort()
    .join(' ');

/** Each charge by itself, or with the correction beside it; and a plan of its own states its rate. */
function chargeFaults(contract: Contract, period: BookPeriod, charge: Charge, charges: readonly Charge[]): string[] {
  const { currency, rate, holding, parts } = charge;
  const where = `${charge.product.sku} in ${period.start}`;
  const line = charges.filter((each) => alike(each, charge) && each.holding === holding);
  const corrected = line.some((each) => each.parts.some(({ actual }) => isNegative(actual)));
  const free = holding.product.paidByTokens === true;
  const faults: string[] = [];
  for (const part of parts) {
    const mine = corrected ? line.flatMap((each) => each.parts.filter(({ org }) => org === part.org)) : [part];
    const figures = {
      committed: sum(mine.map(({ prepaid }) => prepaid)),
      included: sum(mine.map(({ included }) => included ?? ZERO)),
      actual: sum(mine.map(({ actual }) => actual)),
    };
    const overage = sum(mine.map((each) => each.overage));
    if (overage !== (free ? ZERO : overageOf(figures))) faults.push(`overage arithmetic of ${where}`);
    if (part.overageCharge !== overageChargeOf(part.overage, rate, currency))
      faults.push(`charge arithmetic of ${where}`);
  }
  const own = contract.plans.filter((plan) => plan.holding === holding && plan.product.sku === charge.product.sku);
  const named = own.filter(({ orgs }) => orgs.length === 0 || parts.every(({ org }) => orgs.includes(org)));
  const items = named.flatMap(itemsOf);
  const rates = items.filter((item) => turnsOf(period, items).some((day) => inForceOn(day, item)));
  if (!rates.some(({ overagePrice }) => overagePrice === rate)) faults.push(`no plan states the rate of ${where}`);
  return faults;
}

function walletFaults(wallet: Wallet, charges: readonly Charge[]): string[] {
  const { starting, increase, decrease, consumption, ending, overage, overageRate, overageCharge, currency } = wallet;
  const where = `the wallet of ${wallet.product.sku}`;
  const faults: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) faults.push(`${what} of ${where}`);
  };
  must(ending === subtract(allowanceOf(wallet), consumption), 'balance');
  must(![starting, increase, decrease, consumption, ending].some(isNegative), 'signs');
  must(overageCharge === toMinorUnit(multiply(overage, overageRate), currency) || wallet.orgs.length > 1, 'arithmetic');
  const beside = charges.filter(
    (charge) =>
      charge.product.sku === wallet.product.sku && orgsOf(charge.parts.map(({ org }) => org)) === orgsOf(wallet.orgs),
  );
  if (beside.length === 0) return faults;
  const parts = beside.flatMap((charge) => charge.parts);
  const allowed = parts.flatMap(({ included }) => (included === null ? [] : [included]));
  const allowance = allowed.length > 0 ? sum(allowed) : sum(parts.map(({ prepaid }) => prepaid));
  must(allowance === allowanceOf(wallet), 'allowance');
  must(sum(parts.map(({ actual }) => actual)) === add(consumption, overage), 'use');
  must(sum(parts.map((part) => part.overage)) === overage, 'overage');
  must(sum(parts.map((part) => part.overageCharge)) === overageCharge, 'charge');
  must(
    beside.every(({ rate }) => (rate ?? ZERO) === overageRate),
    'rate',
  );
  must(
    beside.every((charge) => charge.currency === currency && charge.product.unit === wallet.product.unit),
    'currency',
  );
  return faults;
}

/** Lines come to the fees and overage charges of the periods that they are of. */
export function invoiceFaults(ledger: Ledger, contracts: readonly Contract[]): string[] {
  const faults: string[] = [];
  for (const contract of contracts) {
    const invoices = ledger.invoices.filter((invoice) => invoice.contract.id === contract.id);
    for (const invoice of invoices) {
      if (invoice.amount !== sum(invoice.lines.map(({ amount }) => amount))) faults.push('invoice total');
    }
    for (const [key, billed] of billedBy(invoices)) {
      const due = dueOf(ledger, contract, key);
      if (billed.amount !== due.amount) faults.push(`invoice lines of ${key}: ${billed.amount}`);
      if (billed.quantity !== due.quantity) faults.push(`invoice quantity of ${key}: ${billed.quantity}`);
    }
  }
  return faults;
}

interface Billed {
  readonly amount: Decimal;
  readonly quantity: Decimal;
}

/** Fees of an open period, overage of a closed one. */
function dueOf(ledger: Ledger, contract: Contract, key: string): Billed {
  const [start = '', sku = '', org = ''] = key.split(' ');
  const period = contract.periods.find((each) => each.start === start);
  const charges = period === undefined ? [] : ledger.charges(contract, period);
  const due = charges
    .filter(({ product, price }) => product.sku === sku && (period?.status === 'Closed' || !isZero(price)))
    .flatMap((charge) => charge.parts.filter((part) => part.org.id === org).map((part) => ({ charge, part })));
  if (period?.status === 'Open') {
    const fees = due.map(({ charge, part }) => toMinorUnit(multiply(part.prepaid, charge.price), charge.currency));
    return { amount: sum(fees), quantity: sum(due.map(({ part }) => part.prepaid)) };
  }
  return {
    amount: sum(due.map(({ part }) => part.overageCharge)),
    quantity: sum(due.map(({ part }) => part.overage)),
  };
}

function billedBy(invoices: readonly Invoice[]): Map<string, Billed> {
  const billed = new Map<string, Billed>();
  for (const { start, product, org, amount, quantity } of invoices.flatMap(({ lines }) => lines)) {
    const key = `${start} ${product.sku} ${org.id}`;
    const before = billed.get(key) ?? { amount: ZERO, quantity: ZERO };
    billed.set(key, { amount: add(before.amount, amount), quantity: add(before.quantity, quantity) });
  }
  return billed;
}
