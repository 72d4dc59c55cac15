/** The legacy side's own records of one organisation: what both legacy APIs say, before anything is written as JSON. */
import type { IsoDate } from '../../domain/billing-period.ts';
import { type Decimal, decimal, multiply, ONE, round, subtract, ZERO } from '../../domain/decimal.ts';
import type { Edits } from '../edit.ts';
import type { Account, Holder, Holding, Organisation, Period, World } from '../world/facts.ts';
import { figuresOf, rateOn } from '../world/figures.ts';
import { Random } from '../world/random.ts';
import { hasSpelling } from '../world/spellings.ts';
import type { LegacyRow } from './book.ts';

const HALF = decimal('0.5');

export interface Subscription {
  readonly account: Account;
  readonly org: Organisation;
  readonly period: Period;
  readonly start: IsoDate;
  readonly end: IsoDate | null;
  readonly rows: readonly LegacyRow[];
}

/** An organisation that legacy knows, with the products that it lists. */
export interface Member {
  readonly account: Account;
  readonly org: Organisation;
  readonly holdings: readonly { readonly holding: Holding; readonly holder: Holder }[];
}

/** Everyone whom legacy knows. */
export function membersOf(world: World, edits: Edits): Member[] {
  return world.accounts.flatMap((account) =>
    account.orgs
      .map((org) => ({ account, org, holdings: holdingsOf(account, org, edits) }))
      .filter(({ holdings }) => holdings.length > 0),
  );
}

function holdingsOf(account: Account, org: Organisation, edits: Edits): Member['holdings'] {
  const unknown = (holding: Holding | null): boolean =>
    edits.of(account).some((edit) => edit.unknownToLegacy?.(org, holding) ?? false);
  if (unknown(null)) return [];
  return account.holdings.flatMap((holding) => {
    const holder = holding.holders.find((each) => each.org === org);
    return holder === undefined || holding.dormant?.legacy === false || unknown(holding) ? [] : [{ holding, holder }];
  });
}

/** What legacy says of a member in one period. */
export function subscriptionOf(world: World, member: Member, period: Period): Subscription {
  const { account, org } = member;
  const first = account.legacyTerm === 'chain' ? account.agreements[0] : account.agreements.at(-1);
  const last = account.agreements.at(-1);
  if (first === undefined || last === undefined) throw new Error('an account without an agreement');
  const rows = member.holdings.flatMap(({ holding, holder }) => rowsOf(world, account, holding, holder, period));
  return { account, org, period, start: first.start, end: last.end, rows };
}

/** The row of a product, the row of its allowance, and the rows that break it down. */
export function rowsOf(world: World, account: Account, holding: Holding, holder: Holder, period: Period): LegacyRow[] {
  const { product, from } = holding;
  const { seed, spellings } = world;
  if (from !== undefined && period.end < from) return [];
  // Today's price, where it changed within the period.
  const rate = rateOn(holding.rates, period.end);
  const figures = figuresOf(seed, holding, holder, period);
  const row: LegacyRow = {
    appId: product.appId,
    name: product.name,
    partNumber: product.partNumber,
    grouping: holding.grouping,
    unit: holding.unit.legacy,
    prepay: holder.prepay,
    usage: figures.actual,
    prepayPrice: rate.price,
    overagePrice: rate.overagePrice ?? (hasSpelling(spellings, 'no-overage') ? null : ZERO),
    bundle: holder.bundle,
  };
  const random = new Random(seed, 'rows', account.index, holder.org.id, product.partNumber);
  return [
    row,
    ...(figures.included === null ? [] : [allowanceRow(row, figures.included, random)]),
    ...(holding.grouping === 'rollup' ? breakdownRows(row) : []),
  ];
}

/** The allowance stands in either quantity; then the other one is zero or the same. */
function allowanceRow(row: LegacyRow, included: Decimal, random: Random): LegacyRow {
  const [prepay, usage] = random.pick([
    [included, ZERO],
    [ZERO, included],
    [included, included],
  ]) as [Decimal, Decimal];
  return { ...row, grouping: 'fair-use', prepay, usage, prepayPrice: null, overagePrice: null, bundle: null };
}

function breakdownRows(row: LegacyRow): LegacyRow[] {
  const voice = round(multiply(row.usage, HALF), 0, 'down');
  const part = (name: string, usage: Decimal): LegacyRow => ({
    ...row,
    name: `${row.name} ${name}`,
    partNumber: `${row.partNumber}-${name.toUpperCase()}`,
    grouping: 'rollup-usage',
    prepay: ZERO,
    usage,
    prepayPrice: null,
    overagePrice: null,
    bundle: ONE,
  });
  return [part('Voice', voice), part('Video', subtract(row.usage, voice))];
}
