/** Whether both projections of a world hold together: in process, in the books' own words, without normalisers and comparison. */
import type { IsoDate } from '../../domain/billing-period.ts';
import { add, type Decimal, isZero, maximum, multiply, ONE, sum, ZERO } from '../../domain/decimal.ts';
import type { BookPeriod, Contract, Wallet } from '../contract-book/book.ts';
import { Ledger } from '../contract-book/ledger.ts';
import { Edits } from '../edit.ts';
import type { LegacyRow } from '../legacy-book/book.ts';
import { Directory } from '../legacy-book/directory.ts';
import { type Member, rowsOf, subscriptionOf } from '../legacy-book/subscription.ts';
import type { Account, Holding, Period, World } from '../world/facts.ts';
import { overageChargeOf, overageOf } from '../world/figures.ts';
import { allowanceOf, contractFaults, invoiceFaults } from './book-faults.ts';
import { inForceOn, itemsOf, turnsOf } from './plan-items.ts';

/** What does not hold, in words; empty in every true world. */
export function brokenIn(world: World): string[] {
  const ledger = new Ledger(world, new Edits());
  const directory = new Directory(world, new Edits());
  const broken = world.accounts.flatMap((account) => {
    const mine = ledger.contracts.filter((contract) => contract.account === account);
    const place = (what: string): string => `account ${account.index}: ${what}`;
    return [
      ...memberFaults(world, account, directory, mine),
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

function periodFaults(
  world: World,
  ledger: Ledger,
  account: Account,
  contracts: readonly Contract[],
  period: Period,
): string[] {
  return account.holdings.flatMap((holding) => {
    const where = `${holding.product.partNumber} ${holding.shape ?? ''} in ${period.start}`;
    const legacy = legacySays(world, account, holding, period);
    const contract = contractSays(ledger, contracts, holding, period);
    const orgs = new Set([...legacy.keys(), ...contract.keys()]);
    // A charge at the price of another item than the one that legacy states today is another amount.
    const elsewhere = holding.shape === 'old-price' || holding.shape === 'both-prices';
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

/** Everyone leaves a trace on both sides; regions together say all that the organisation has; the dates are a contract's. */
function memberFaults(world: World, account: Account, directory: Directory, contracts: readonly Contract[]): string[] {
  const open = account.periods.at(-1);
  if (open === undefined) return ['no open period'];
  return account.orgs.flatMap((org) => {
    const member = directory.member(org.id);
    if (member === null) return [`${org.id} is unknown to legacy`];
    const faults: string[] = [];
    const here = directory.regions.flatMap((region): Member[] => {
      const found = directory.memberIn(region, org.id);
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
