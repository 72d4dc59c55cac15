/** Prepaid balances: each begins a period with what the period before left, and says the same as the charges beside it. */
import { add, compareDecimals, type Decimal, decimal, isZero, subtract, sum, ZERO } from '../../domain/decimal.ts';
import type { Edits } from '../edit.ts';
import type { World } from '../world/facts.ts';
import { Random, uuid } from '../world/random.ts';
import type { BookPeriod, Charge, Contract, Part, Wallet } from './book.ts';

/** All that is booked in a period, charged or not. */
type BookedIn = (period: BookPeriod) => readonly Charge[];

export function walletsOf(
  { seed }: World,
  contract: Contract,
  period: BookPeriod,
  bookedIn: BookedIn,
  edits: Edits,
): readonly Wallet[] {
  const earlier = contract.periods
    .filter(({ start }) => start < period.start)
    .reduce<BookPeriod | null>((last, each) => (last === null || each.start > last.start ? each : last), null);
  const before = new Map(
    earlier === null ? [] : balancesIn(bookedIn(earlier)).map((balance) => [balance.key, endingOf(balance)]),
  );
  const wallets = balancesIn(bookedIn(period)).map((balance) =>
    walletOf(seed, contract, period, balance, before.get(balance.key) ?? ZERO),
  );
  return edits.through<readonly Wallet[]>(contract.account, wallets, (edit, now) => edit.wallets?.(now));
}

/** What the charges of one SKU and group of organisations say together. */
interface Balance {
  readonly key: string;
  readonly charge: Charge;
  /** The allowance where there is one, else what is prepaid. */
  readonly allowance: Decimal;
  readonly consumption: Decimal;
  readonly overage: Decimal;
  readonly overageCharge: Decimal;
}

function balancesIn(booked: readonly Charge[]): Balance[] {
  const groups = new Map<string, Charge[]>();
  for (const charge of booked.filter(({ holding }) => holding.wallet)) {
    const key = [charge.product.sku, ...charge.parts.map(({ org }) => org.id)].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), charge]);
  }
  return [...groups].flatMap(([key, charges]) => {
    const [charge] = charges;
    return charge === undefined ? [] : [balanceOf(key, charge, onceEach(charges))];
  });
}

/** A charge that is listed twice under two ids was paid once. */
function onceEach(charges: readonly Charge[]): Part[] {
  const seen = new Map(charges.map(({ parts, rate }) => [JSON.stringify([parts, rate]), parts]));
  return [...seen.values()].flat();
}

function balanceOf(key: string, charge: Charge, parts: readonly Part[]): Balance {
  const overage = sum(parts.map((part) => part.overage));
  const allowed = parts.flatMap(({ included }) => (included === null ? [] : [included]));
  return {
    key,
    charge,
    allowance: sum(allowed.length === 0 ? parts.map(({ prepaid }) => prepaid) : allowed),
    consumption: subtract(sum(parts.map(({ actual }) => actual)), overage),
    overage,
    overageCharge: sum(parts.map((part) => part.overageCharge)),
  };
}

const endingOf = ({ allowance, consumption }: Balance): Decimal => subtract(allowance, consumption);

/** Balances do not add up over time: what is too much for the allowance is taken away, what is missing is added. */
function walletOf(seed: number, contract: Contract, period: BookPeriod, balance: Balance, starting: Decimal): Wallet {
  const { charge, allowance, consumption, overage, overageCharge } = balance;
  const { parts, product, holding } = charge;
  const named = parts.length === holding.holders.length ? product.sku : balance.key;
  const random = new Random(seed, 'wallet', period.id, balance.key);
  const removed = random.chance(20) && !isZero(allowance) ? decimal(random.int(1, 200)) : ZERO;
  const lacking = subtract(add(allowance, removed), starting);
  const increase = compareDecimals(lacking, ZERO) > 0 ? lacking : ZERO;
  return {
    id: uuid(seed, 'wallet', contract.id, named),
    name: `${holding.product.name} balance`,
    product,
    orgs: parts.map(({ org }) => org),
    starting,
    increase,
    decrease: subtract(add(starting, increase), allowance),
    consumption,
    ending: endingOf(balance),
    overage,
    overageRate: charge.rate ?? ZERO,
    overageCharge,
    currency: charge.currency,
  };
}
