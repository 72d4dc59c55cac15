/** Contracts that say one thing in one place and another thing, or less, in another; and contracts that come on top. */
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import { compareDecimals } from '../../domain/decimal.ts';
import type { Contract } from '../contract-book/book.ts';
import { contractsOf } from '../contract-book/contracts.ts';
import { type Edit, Edits } from '../edit.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { openPeriod } from '../world/build.ts';
import type { Account, Holding, World } from '../world/facts.ts';
import { type Defect, inAccount, inWays, type Place, type Unsuitable, type Way } from './defect.ts';
import { figuresAt, isPositive } from './place-facts.ts';

const objects = (list: Json | undefined): readonly JsonObject[] =>
  Array.isArray(list) ? list.filter((each: Json): each is JsonObject => isObject(each)) : [];

const withoutPlans = ({ holding }: Place, { plans, ...body }: JsonObject): JsonObject => {
  const skus: readonly Json[] = holding.product.skus;
  const isOther = ({ product }: JsonObject): boolean => !(isObject(product) && skus.includes(product['sku'] ?? ''));
  return { ...body, plans: objects(plans).filter(isOther) };
};

const withoutOpen = (contract: Contract, { billingPeriods, ...body }: JsonObject): JsonObject => {
  const open = new Set<Json>(contract.periods.filter(({ truth }) => truth.open).map(({ id }) => id));
  return { ...body, billingPeriods: objects(billingPeriods).filter(({ id }) => !open.has(id ?? '')) };
};

const detailThinner: Defect = {
  id: 'detail-thinner',
  title: 'The contract by id lacks plans or billing periods that the listing has',
  rules: ['listing-detail-agreement'],
  cause: null,
  scope: 'account',
  hide: (place, { random }) => {
    const plans = random.chance(50);
    const edit: Edit = {
      account: place.account.index,
      answer: (answer, body) => {
        if (answer.endpoint !== 'contract') return body;
        return plans ? withoutPlans(place, body) : withoutOpen(answer.contract, body);
      },
    };
    const what = plans ? `the plans of ${place.holding.product.skus.join(', ')}` : 'the open billing period';
    return inAccount(place, edit, `by id, a contract lacks ${what}`);
  },
};

const movedBy = (date: Json | undefined, days: number): string => addDays(String(date) as IsoDate, days);

const HEADS: readonly { readonly note: string; readonly change: (body: JsonObject) => JsonObject }[] = [
  { note: 'begins two days late', change: (body) => ({ ...body, dateStart: movedBy(body['dateStart'], 2) }) },
  { note: 'ends two days early', change: (body) => ({ ...body, dateEnd: movedBy(body['dateEnd'], -2) }) },
  {
    note: 'has the other status',
    change: (body) => ({ ...body, status: body['status'] === 'Open' ? 'Closed' : 'Open' }),
  },
];

const periodHeadDiffers: Defect = {
  id: 'period-head-differs',
  title: 'A billing period by id has other dates, or another status, than in its contract',
  rules: ['period-detail-agreement'],
  cause: null,
  scope: 'account',
  hide: (place, { random }) => {
    const { note, change } = random.pick(HEADS);
    const edit: Edit = {
      account: place.account.index,
      answer: (answer, body) => (answer.endpoint === 'period' ? change(body) : body),
    };
    return inAccount(place, edit, `each billing period ${note} by id`);
  },
};

const periodListedTwice: Defect = {
  id: 'period-listed-twice',
  title: 'A contract lists one billing period twice, under the same id',
  rules: ['period-contiguity'],
  cause: null,
  scope: 'account',
  hide: (place) =>
    inAccount(
      place,
      {
        account: place.account.index,
        contracts: (contracts) =>
          contracts.map((contract) => ({
            ...contract,
            periods: [...contract.periods, ...contract.periods.filter(({ truth }) => truth.open)],
          })),
      },
      'the open billing period is listed twice',
    ),
};

const rampUnknownToLegacy: Defect = {
  id: 'ramp-unknown-to-legacy',
  title: 'The contract in force has a ramp that overlaps the period, legacy has none',
  rules: ['ramp-start', 'ramp-end'],
  cause: null,
  scope: 'account',
  hide: (place) => {
    const { account } = place;
    if (account.ramp !== null) return 'needs a subscription without a ramp period';
    const { end } = openPeriod(account);
    const edit: Edit = {
      account: account.index,
      contracts: (contracts) =>
        contracts.map((contract) =>
          contract.status === 'Active' ? { ...contract, rampStart: contract.start, rampEnd: end } : contract,
        ),
    };
    return inAccount(place, edit, `the contract has a ramp up to ${end}`);
  },
};

/** Indexes of accounts that a defect adds, beyond those of any world. */
const ADDED = 1_000_000;

/** One holder of a product that the account does not have, as it is held elsewhere at prices in the same currency. */
function foreignHolding(world: World, { account, org }: Place): Holding | Unsuitable {
  const held = new Set(account.holdings.map(({ product }) => product));
  const isUsable = (there: Account, holding: Holding): boolean => {
    const [holder] = holding.holders;
    if (held.has(holding.product) || holding.dormant !== null || holder === undefined) return false;
    if (holder.openUse === 'giant') return false;
    const { committed, included, actual } = figuresAt(world, { account: there, holding, org: holder.org });
    // A wallet holds the allowance alone where there is one.
    const fitsWallet = included === null || compareDecimals(included, committed) >= 0;
    return isPositive(committed) && isPositive(actual) && fitsWallet;
  };
  let found: Holding | undefined;
  for (const there of world.accounts) {
    if (there.currency !== account.currency) continue;
    found ??= there.holdings.find((holding) => isUsable(there, holding));
    if (found !== undefined) break;
  }
  const [holder] = found?.holders ?? [];
  if (found === undefined || holder === undefined) return 'needs another account with another product in this currency';
  return { ...found, holders: [{ ...holder, org }], pooled: false, wallet: false };
}

interface Shows {
  readonly charges: boolean;
  readonly plans: boolean;
  readonly wallet: boolean;
}

const secondContractWith =
  (shows: Shows, note: string): Way =>
  (place, { world }) => {
    const { account, org } = place;
    if (account.cut !== null) return 'needs a period that nothing cuts';
    const foreign = foreignHolding(world, place);
    if (typeof foreign === 'string') return foreign;
    const index = ADDED + account.index;
    const holdings = [{ ...foreign, wallet: shows.wallet, walletOnly: shows.wallet }];
    const agreements = account.agreements.slice(-1);
    const second: Account = { ...account, index, orgs: [org], holdings, agreements, ramp: null, cut: null };
    const more = (): readonly Contract[] =>
      contractsOf(world, second, new Edits()).map((contract) => ({
        ...contract,
        plans: shows.plans ? contract.plans : [],
      }));
    return {
      edits: [
        { account: account.index, contracts: (contracts) => [...contracts, ...more()] },
        { account: index, charges: (charges) => (shows.charges || shows.wallet ? charges : []) },
      ],
      orgs: [org],
      skus: foreign.product.skus,
      note: `a second contract of ${org.name} has ${note} for ${foreign.product.skus.join(', ')}`,
    };
  };

const secondContract: Defect = inWays(
  {
    id: 'second-contract',
    title: 'Another contract of the organisation bills a mapped product that legacy does not list',
    rules: ['product-missing-in-legacy'],
    cause: null,
    scope: 'product',
  },
  {
    charge: secondContractWith({ charges: true, plans: true, wallet: false }, 'a plan and a charge'),
    'plan-only': secondContractWith({ charges: false, plans: true, wallet: false }, 'a plan, and no charge,'),
    'wallet-only': secondContractWith({ charges: false, plans: false, wallet: true }, 'a wallet, and no charge,'),
  },
);

export const contractDetailDefects: readonly Defect[] = [
  detailThinner,
  periodHeadDiffers,
  periodListedTwice,
  rampUnknownToLegacy,
  secondContract,
];
