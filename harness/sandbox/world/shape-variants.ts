/** Spelling variants that change the shape of the world: which contract side states which holding how, where apps run, what stands in a contract of its own. */
import { addDays, daysBetween, type IsoDate } from '../../domain/billing-period.ts';
import { decimal, isZero, round, ZERO } from '../../domain/decimal.ts';
import { minorUnit } from '../../domain/money.ts';
import { TODAY } from './clock.ts';
import type { Account, Agreement, Holding, Period, RateStep, ShapeVariant } from './facts.ts';
import { keyOf } from './figures.ts';
import { ORG_REGIONS } from './names.ts';
import { changeOf } from './prices.ts';
import { Random } from './random.ts';
import { isChosenSpelling, type Spellings } from './spellings.ts';

/** How often a shape is chosen where it fits, in percent. */
const OFTEN = 70;

/** Changes nothing in a world of the usual variants. What a partner's own world file states stays as it is stated. */
export function withShapeVariants(
  seed: number,
  spellings: Spellings,
  account: Account,
  today: IsoDate = TODAY,
): Account {
  if (spellings === 'usual') return account;
  const holdings = account.holdings.map((holding) => withShapeVariant(seed, spellings, account, holding, today));
  const credited =
    isChosenSpelling(spellings, 'credit-memo') && new Random(seed, 'credited', account.index).chance(OFTEN);
  const shaped: Account = { ...account, holdings, ...(credited ? { credited } : {}) };
  if (isStated(account)) return shaped;
  const apart = hasShape(seed, spellings, account, 'parallel-contracts') ? withParallel(seed, shaped) : shaped;
  return hasShape(seed, spellings, account, 'two-regions') ? inTwoRegions(seed, apart) : apart;
}

const hasShape = (
  seed: number,
  spellings: Spellings,
  account: Account,
  id: 'parallel-contracts' | 'two-regions',
): boolean => isChosenSpelling(spellings, id) && new Random(seed, id, account.index).chance(OFTEN);

const isStated = ({ holdings }: Account): boolean =>
  holdings.some(({ holders }) => holders.some(({ stated }) => stated !== undefined));

function withShapeVariant(
  seed: number,
  spellings: Spellings,
  account: Account,
  holding: Holding,
  today: IsoDate,
): Holding {
  const random = new Random(seed, 'guise', account.index, keyOf(holding));
  const fitting = isPlain(holding) ? shapesFor(spellings, account, holding, today) : [];
  if (fitting.length === 0 || !random.chance(OFTEN)) return holding;
  return applyShape(random.pick(fitting), account, holding, random, today);
}

/** Nothing else is odd about it already. */
const isPlain = ({ product, holders, ...holding }: Holding): boolean =>
  holding.dormant === null &&
  holding.shape === undefined &&
  holding.block === undefined &&
  holding.walletOnly !== true &&
  product.paidByTokens !== true &&
  holders.every(({ openUse }) => openUse !== 'giant');

function shapesFor(spellings: Spellings, account: Account, holding: Holding, today: IsoDate): ShapeVariant[] {
  const { product, holders, wallet, rates } = holding;
  const counted = product.kind === 'user' || product.kind === 'peak';
  const committed = holders.every(({ prepay, included }) => !isZero(prepay) && included === null);
  const whole = account.cut === null;
  const priced = account.subscriptionType !== 'FREE_TRIAL_MONTH_TO_MONTH';
  const stated = isStated(account);
  const shapes: ShapeVariant[] = [];
  if (isChosenSpelling(spellings, 'rates-at-rest') && committed && !wallet && !stated) shapes.push('at-rest');
  if (isChosenSpelling(spellings, 'blocks') && counted && whole && !stated) shapes.push('blocks');
  if (isChosenSpelling(spellings, 'corrections') && rates.every(({ overagePrice }) => overagePrice !== null))
    shapes.push('corrected');
  if (isChosenSpelling(spellings, 'mid-period-price') && whole && priced && !stated && turnOf(account, today) !== null)
    shapes.push('new-price', 'old-price', ...(wallet ? [] : (['both-prices'] as const)));
  return shapes;
}

/** @param random of the holding */
function applyShape(shape: ShapeVariant, account: Account, holding: Holding, random: Random, today: IsoDate): Holding {
  if (shape === 'blocks') return inBlocks(holding, account.currency);
  if (shape === 'at-rest') return atRest(holding);
  if (shape === 'corrected') return { ...holding, shape };
  const turn = turnOf(account, today);
  const last = holding.rates.at(-1);
  if (turn === null || last === undefined) return holding;
  const { start, length } = turn;
  const on = addDays(start, random.int(1, length));
  const changed = changeOf(last, on, holding.product, account.currency, random);
  return { ...holding, shape, rates: [...holding.rates, changed] };
}

/**
 * The period in which a price changes, and how many of its days have passed since its first: the open one; in a world that
 * moves the one that was open on its first day, and where that is no longer served, the first that is.
 */
function turnOf(account: Account, today: IsoDate): { readonly start: IsoDate; readonly length: number } | null {
  const open = account.periods.at(-1);
  const [oldest] = account.periods;
  if (open === undefined || oldest === undefined) return null;
  const moves = open.elapsed !== undefined;
  const period = moves ? (account.periods.find(({ start, end }) => start <= TODAY && TODAY <= end) ?? oldest) : open;
  const length = daysBetween(period.start, moves ? TODAY : today);
  return length < 1 ? null : { start: period.start, length };
}

/** Two halves that are alike: all figures are even, and half an overage is charged at the minor unit. */
export function inBlocks(holding: Holding, currency: string): Holding {
  const atMinorUnit = (step: RateStep): RateStep => ({
    ...step,
    overagePrice: step.overagePrice === null ? null : round(step.overagePrice, minorUnit(currency), 'half-up'),
  });
  return {
    ...holding,
    shape: 'blocks',
    step: decimal(2),
    rates: holding.rates.map(atMinorUnit),
    holders: holding.holders.map((holder) => ({
      ...holder,
      prepay: decimal(2 * Math.floor(Number(holder.prepay) / 2)),
      scale: Math.floor(holder.scale / 2),
    })),
  };
}

function atRest(holding: Holding): Holding {
  const rates = holding.rates.map(({ from, overagePrice }) => ({
    from,
    price: ZERO,
    overagePrice: overagePrice === null ? null : ZERO,
    discount: null,
  }));
  return { ...holding, shape: 'at-rest', rates };
}

const appsOf = (holdings: readonly Holding[]): string[] => [
  ...new Set(holdings.filter(({ dormant }) => dormant === null).map(({ product }) => product.appId)),
];

/** Of all apps but that of the first product, which all organisations hold, one stands in a contract that began later. */
export function withParallel(seed: number, account: Account): Account {
  const random = new Random(seed, 'parallel', account.index);
  const inForce = account.agreements.at(-1);
  const [first, ...others] = appsOf(account.holdings);
  const turns = account.periods.filter(({ open, start }: Period) => !open && inForce && start > inForce.start);
  const odd = account.ramp !== null || account.cut !== null || account.former !== undefined;
  if (first === undefined || others.length === 0 || turns.length === 0 || odd || inForce === undefined) return account;
  const app = random.pick(others);
  const from = random.pick(turns.slice(-4)).start;
  const moved = account.holdings.filter(({ product }) => product.appId === app);
  const only = moved.map(({ product }) => product.partNumber);
  const parallel: Agreement = { number: 7, start: from, end: inForce.end, only };
  return {
    ...account,
    parallel,
    holdings: account.holdings.map((holding) => (moved.includes(holding) ? { ...holding, from } : holding)),
  };
}

/** One of the apps of a lone organisation runs in another region than the others. */
export function inTwoRegions(seed: number, account: Account): Account {
  const random = new Random(seed, 'second region', account.index);
  const [org, ...more] = account.orgs;
  const apps = appsOf(account.holdings);
  if (org === undefined || more.length > 0 || apps.length < 2) return account;
  const app = random.pick(apps);
  const region = random.pick(ORG_REGIONS.filter((each) => each !== org.region));
  const holdings = account.holdings.map((holding) =>
    holding.product.appId === app ? { ...holding, region } : holding,
  );
  return { ...account, holdings };
}
