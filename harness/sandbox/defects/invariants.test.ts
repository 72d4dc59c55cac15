/** A defect breaks no invariant of the contract side but those that it is about. */
import { describe, expect, it } from 'vitest';
import { addDays } from '../../domain/billing-period.ts';
import { add, multiply, subtract, sum } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { BookPeriod, Charge, Contract, Invoice } from '../contract-book/book.ts';
import { Ledger } from '../contract-book/ledger.ts';
import { buildWorld } from '../world/build.ts';
import { overageChargeOf, overageOf } from '../world/figures.ts';
import { inject } from './inject.ts';
import { DEFECTS } from './registry.ts';

type Broken = Set<string>;

const inOrder = ({ periods }: Contract): readonly BookPeriod[] =>
  [...periods].sort((a, b) => (a.start < b.start ? -1 : 1));

function judgeCharges(contract: Contract, charges: readonly Charge[], broken: Broken): void {
  for (const { parts, rate, currency, product } of charges) {
    const [part] = parts;
    if (parts.length === 1 && part !== undefined) {
      const figures = { committed: part.prepaid, included: part.included, actual: part.actual };
      if (part.overage !== overageOf(figures)) broken.add('overage-arithmetic');
      if (part.overageCharge !== overageChargeOf(part.overage, rate, currency)) broken.add('charge-arithmetic');
    }
    const plans = contract.plans.filter((plan) => plan.product.sku === product.sku);
    const agreed = parts.every(({ org }) =>
      plans.some((plan) => plan.orgs.includes(org) && plan.items.some(({ overagePrice }) => overagePrice === rate)),
    );
    if (!agreed) broken.add('plan-charge-agreement');
  }
  const alike = charges.map(({ id: _id, ...rest }) => JSON.stringify([rest.product.sku, rest.parts]));
  if (new Set(alike).size < alike.length) broken.add('duplicate-charge');
}

function judgePeriods(contract: Contract, broken: Broken): void {
  const ordered = inOrder(contract);
  const whole = ordered.every((period, index) => {
    const next = ordered[index + 1];
    return next === undefined || addDays(period.end, 1) === next.start;
  });
  if (!whole) broken.add('period-contiguity');
}

/** A line of one organisation, SKU and period bills the overage or the fee of exactly one charge. */
function judgeInvoice(ledger: Ledger, { contract, amount, lines }: Invoice, broken: Broken): void {
  if (amount !== sum(lines.map((line) => line.amount))) broken.add('invoice-total');
  for (const line of lines) {
    const period = contract.periods.find(({ start, end }) => start === line.start && end === line.end);
    const charges = period === undefined ? [] : ledger.charges(contract, period);
    const mine = charges.filter(({ product }) => product.sku === line.product.sku);
    const parts = mine
      .flatMap((charge) => charge.parts.map((part) => ({ part, charge })))
      .filter(({ part }) => part.org === line.org);
    const billed = parts.some(
      ({ part, charge }) =>
        part.overageCharge === line.amount ||
        toMinorUnit(multiply(part.prepaid, charge.price), charge.currency) === line.amount,
    );
    if (!billed) broken.add('invoice-charge-agreement');
  }
}

function judge(ledger: Ledger): Broken {
  const broken: Broken = new Set();
  for (const contract of ledger.contracts) {
    judgePeriods(contract, broken);
    for (const period of inOrder(contract).slice(-3)) {
      judgeCharges(contract, ledger.charges(contract, period), broken);
      for (const { starting, increase, decrease, consumption, ending } of ledger.wallets(contract, period)) {
        const left = subtract(subtract(add(starting, increase), decrease), consumption);
        if (left !== ending) broken.add('wallet-balance');
      }
    }
  }
  for (const invoice of ledger.invoices) judgeInvoice(ledger, invoice, broken);
  return broken;
}

const brokenBy = (seed: number, orgs: number, defects: readonly string[]): string[] => {
  const world = buildWorld(seed, orgs);
  return [...judge(new Ledger(world, inject(world, defects).edits))];
};

describe('a world without defects', () => {
  it.each([1, 2, 3, 4, 5])('holds together: seed %i', (seed) => {
    expect(brokenBy(seed, 60, [])).toEqual([]);
  });
});

/** Defects that only an invariant shows. */
const SHOWN_BY_INVARIANT = [
  'charge-duplicated',
  'plan-charge-disagree',
  'period-gap',
  'period-overlap',
  'wallet-broken',
  'invoice-broken',
];

/** What breaks as a consequence. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = { 'half-rate-off': ['plan-charge-agreement'] };

describe.each(DEFECTS.map((defect) => [defect.id, defect] as const))('%s', (id, { rules }) => {
  it.each([1, 2])('breaks only what it is about: seed %i', (seed) => {
    const broken = brokenBy(seed, 90, [id]);
    expect([...rules, ...(FOLLOWS[id] ?? [])]).toEqual(expect.arrayContaining(broken));
    if (SHOWN_BY_INVARIANT.includes(id)) expect(broken).toEqual([...rules]);
  });
});
