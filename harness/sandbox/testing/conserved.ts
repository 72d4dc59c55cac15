/** Whether both projections of a world hold together: in process, in the books' own words, without normalisers and comparison. */
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import {
  add,
  type Decimal,
  isNegative,
  isZero,
  maximum,
  multiply,
  ONE,
  subtract,
  sum,
  ZERO,
} from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { BookPeriod, Charge, Contract, Invoice, Plan, PlanItem, Wallet } from '../contract-book/book.ts';
import { Ledger } from '../contract-book/ledger.ts';
import { Edits } from '../edit.ts';
import type { LegacyRow } from '../legacy-book/book.ts';
import { Roll } from '../legacy-book/roll.ts';
import { type Member, rowsOf, subscriptionOf } from '../legacy-book/subscription.ts';
import type { Account, Holding, Period, World } from '../world/facts.ts';
import { overageChargeOf, overageOf } from '../world/figures.ts';

/** What does not hold, in words; empty in every true world. */
export function brokenIn(world: World): string[] {
  const ledger = new Ledger(world, new Edits());
  const roll = new Roll(world, new Edits());
  const broken = world.accounts.flatMap((account) => {
    const mine = ledger.contracts.filter((contract) => contract.account === account);
    const place = (what: string): string => `account ${account.index}: ${what}`;
    return [
      ...memberFaults(world, account, roll, mine),
      ...account.periods.slice(-3).flatMap((period) => periodFaults(world, ledger, account, mine, period)),
      ...mine.flatMap((contract) => contractFaults(ledger, contract)),
      ...invoiceFaults(ledger, mine),
    ].map(place);
  });
  return [...new Set(broken)];
}

/** What one side says of one product of one organisation in one period. */
interface Said {
  readonly committed: Decimal;
  readonly included: Decimal;
  readonly actual: Decimal;
  readonly overage: Decimal;
  readonly charge: Decimal;
}

const NOTHING: Said = { committed: ZERO, included: ZERO, actual: ZERO, overage: ZERO, charge: ZERO };

const both = (a: Said, b: Said, join: (a: Decimal, b: Decimal) => Decimal): Said => ({
  committed: join(a.committed, b.committed),
  included: join(a.included, b.included),
  actual: join(a.actual, b.actual),
  overage: add(a.overage, b.overage),
  charge: add(a.charge, b.charge),
});

const addTo = (into: Map<string, Said>, key: string, said: Said, join = add): void => {
  const before = into.get(key);
  into.set(key, before === undefined ? said : both(before, said, join));
};

function legacySays(world: World, account: Account, holding: Holding, period: Period): Map<string, Said> {
  const says = new Map<string, Said>();
  for (const holder of holding.holders) {
    const rows = rowsOf(world, account, holding, holder, period);
    const [row] = rows;
    if (row === undefined) continue;
    const allowance = rows.find(({ grouping }) => grouping === 'fair-use');
    const committed = multiply(row.prepay, row.bundle ?? ONE);
    const included = allowance === undefined ? null : maximum(allowance.prepay, allowance.usage);
    const overage =
      holding.product.paidByTokens === true ? ZERO : overageOf({ committed, included, actual: row.usage });
    addTo(says, holder.org.id, {
      committed,
      included: included ?? ZERO,
      actual: row.usage,
      overage,
      charge: overageChargeOf(overage, row.overagePrice, account.currency),
    });
  }
  return says;
}

const within = (outer: { start: IsoDate; end: IsoDate }, inner: { start: IsoDate; end: IsoDate }): boolean =>
  inner.start >= outer.start && inner.end <= outer.end;

function contractSays(
  ledger: Ledger,
  contracts: readonly Contract[],
  holding: Holding,
  period: Period,
): Map<string, Said> {
  const pieces = new Map<string, Said>();
  for (const contract of contracts) {
    for (const piece of contract.periods.filter((each) => within(period, each))) {
      for (const [org, said] of pieceSays(ledger, contract, piece, holding)) {
        addTo(pieces, org, said, holding.product.kind === 'sum' ? add : (a, b) => maximum(a, b));
      }
    }
  }
  return pieces;
}

function pieceSays(ledger: Ledger, contract: Contract, piece: BookPeriod, holding: Holding): Map<string, Said> {
  const says = new Map<string, Said>();
  for (const { parts } of ledger.charges(contract, piece).filter((charge) => charge.holding === holding)) {
    for (const { org, prepaid, included, actual, overage, overageCharge } of parts) {
      const said = { committed: prepaid, included: included ?? ZERO, actual, overage, charge: overageCharge };
      addTo(says, org.id, said);
    }
  }
  if (holding.walletOnly !== true) return says;
  for (const wallet of walletsFor(ledger, contract, piece, holding)) {
    addTo(says, wallet.orgs[0]?.id ?? '', {
      committed: ZERO,
      included: allowanceOf(wallet),
      actual: add(wallet.consumption, wallet.overage),
      overage: wallet.overage,
      charge: wallet.overageCharge,
    });
  }
  return says;
}

const walletsFor = (ledger: Ledger, contract: Contract, piece: BookPeriod, { product }: Holding): Wallet[] =>
  ledger.wallets(contract, piece).filter((wallet) => product.skus.includes(wallet.product.sku));

const allowanceOf = ({ starting, increase, decrease }: Wallet): Decimal => subtract(add(starting, increase), decrease);

function periodFaults(
  world: World,
  ledger: Ledger,
  account: Account,
  contracts: readonly Contract[],
  period: Period,
): string[] {
  return account.holdings.flatMap((holding) => {
    const where = `${holding.product.partNumber} ${holding.guise ?? ''} in ${period.start}`;
    const legacy = legacySays(world, account, holding, period);
    const contract = contractSays(ledger, contracts, holding, period);
    const orgs = new Set([...legacy.keys(), ...contract.keys()]);
    // A charge at the price of another item than the one that legacy states today is another amount.
    const elsewhere = holding.guise === 'old-price' || holding.guise === 'both-prices';
    const differing = [...orgs].flatMap((org) => {
      const [a, b] = [legacy.get(org) ?? NOTHING, contract.get(org) ?? NOTHING];
      return (Object.keys(NOTHING) as (keyof Said)[])
        .filter((field) => a[field] !== b[field] && !(field === 'charge' && elsewhere))
        .map((field) => `${field} of ${where}: legacy ${a[field]}, contract ${b[field]}`);
    });
    const committed = sum([...contract.values()].map((said) => said.committed));
    return [...differing, ...planFaults(world, account, contracts, holding, period, committed, where)];
  });
}

/** Items with the ends that they have: the day before the next one of their plan begins. */
function itemsOf({ items }: Plan): (PlanItem & { readonly last: IsoDate | null })[] {
  const ordered = [...items].sort((a, b) => (a.effectiveStart < b.effectiveStart ? -1 : 1));
  return ordered.map((item, index) => {
    const next = ordered[index + 1];
    return { ...item, last: next === undefined ? item.effectiveEnd : addDays(next.effectiveStart, -1) };
  });
}

const inForceOn = (day: IsoDate, { effectiveStart, last }: ReturnType<typeof itemsOf>[number]): boolean =>
  effectiveStart <= day && (last === null || day <= last);

/** The first day of a period, and each on which an item begins: on all other days the same ones are in force. */
const turnsOf = ({ start, end }: Pick<Period, 'start' | 'end'>, items: readonly PlanItem[]): IsoDate[] => [
  start,
  ...items.map(({ effectiveStart }) => effectiveStart).filter((day) => day > start && day <= end),
];

/** On some day of the period the plans state what the charges state together, and the price that legacy states. */
function planFaults(
  world: World,
  account: Account,
  contracts: readonly Contract[],
  holding: Holding,
  period: Period,
  committed: Decimal,
  where: string,
): string[] {
  if (isZero(committed)) return [];
  const plans = contracts.flatMap((contract) => contract.plans.filter((plan) => plan.holding === holding));
  const items = plans.flatMap(itemsOf);
  const days = turnsOf(period, items).map((day) => items.filter((item) => inForceOn(day, item)));
  const quantities = days.map((some) => sum(some.map(({ quantity }) => quantity)));
  const [holder] = holding.holders;
  const row = holder === undefined ? undefined : rowsOf(world, account, holding, holder, period)[0];
  const priced = days.some((some) => some.length > 0 && some.every(({ price }) => price === row?.prepayPrice));
  return [
    ...(quantities.includes(committed)
      ? []
      : [`plan quantity of ${where}: ${quantities.join(' ')}, charges ${committed}`]),
    ...(row === undefined || priced ? [] : [`plan price of ${where}: not ${row.prepayPrice}`]),
  ];
}

function contractFaults(ledger: Ledger, contract: Contract): string[] {
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
function invoiceFaults(ledger: Ledger, contracts: readonly Contract[]): string[] {
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

/** Everyone leaves a trace on both sides; regions together say all that the organisation has; the dates are a contract's. */
function memberFaults(world: World, account: Account, roll: Roll, contracts: readonly Contract[]): string[] {
  const open = account.periods.at(-1);
  if (open === undefined) return ['no open period'];
  return account.orgs.flatMap((org) => {
    const member = roll.member(org.id);
    if (member === null) return [`${org.id} is unknown to legacy`];
    const faults: string[] = [];
    const here = roll.regions.flatMap((region): Member[] => {
      const found = roll.memberIn(region, org.id);
      return found === null ? [] : [found];
    });
    const rows = (some: Member): readonly LegacyRow[] => subscriptionOf(world, some, open).rows;
    if (here.flatMap(rows).length !== rows(member).length) faults.push('regions do not add up');
    if (
      !contracts.some(({ plans }) => plans.some(({ orgs, holding }) => orgs.includes(org) || holders(holding, org.id)))
    )
      faults.push(`${org.id} is in no plan`);
    const { start, end } = subscriptionOf(world, member, open);
    const running = contracts.filter((each) => each.start <= open.end && (each.end === null || each.end >= open.start));
    const [first] = account.agreements;
    const last = account.agreements.at(-1);
    const isOwn = running.some((each) => each.start === start && each.end === end);
    if (!isOwn && !(first?.start === start && last?.end === end)) faults.push('dates of no contract');
    return faults;
  });
}

const holders = (holding: Holding, id: string): boolean => holding.holders.some(({ org }) => org.id === id);
