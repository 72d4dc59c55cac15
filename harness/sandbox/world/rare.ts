/** Builds a world of shapes that are met less often: each account has a history of its own kind, and all kinds come in turn. */
import { addDays, addMonths, type IsoDate } from '../../domain/billing-period.ts';
import { decimal, ZERO } from '../../domain/decimal.ts';
import { endsOf, organisationsOf } from './build.ts';
import { CURRENCIES, type Product, productOf, unsplit } from './catalogue.ts';
import { HISTORY, TODAY } from './clock.ts';
import type { Account, Agreement, Holder, Holding, Organisation, Period, World } from './facts.ts';
import { type Base, type HoldingDeck, holdingDeck, holdingOf } from './holdings.ts';
import { ORG_REGIONS } from './names.ts';
import { dealer, Random } from './random.ts';
import { periodsFrom, type Schedule, type Shape, scheduleFrom, startOn, termEnd } from './schedule.ts';
import { inBlocks, inTwoRegions, withParallel, withShapeVariants } from './shape-variants.ts';
import { hasSpelling, type Spellings } from './spellings.ts';

type Clock = { readonly today: IsoDate; readonly moving: boolean };

interface Story {
  readonly products: readonly string[];
  /** How many organisations it has; left out: one. */
  readonly orgs?: number;
  readonly shape?: Shape;
  readonly schedule?: (day: number, clock: Clock, random: Random) => Schedule & Pick<Account, 'former'>;
  /** Tells the rest, once the products are held. */
  readonly change?: (account: Account, seed: number, deck: HoldingDeck) => Account;
}

const WALLB = 'PC-170-NV-WALLB';
const BOTMSG = 'PC-170-NV-BOTMSG';
const BOTPEAK = 'PC-170-NV-BOTPEAK';
const SITE = 'PC-170-NV-SITE';
const MIN = 'PC-170-NV-MIN';
const COACH = 'PC-170-NV-COACH';
const TOKENS = 'GC-170-NV-AITC';
const VOICEBOT = 'PC-170-NV-VOICEBOT';

const STORIES: Readonly<Record<string, Story>> = {
  'two contracts side by side': {
    products: [WALLB, BOTMSG, MIN],
    change: (account, seed) => withParallel(seed, account),
  },
  'a renewal before the term ends': { products: [WALLB, BOTPEAK, MIN], schedule: overlapping },
  'left and returned': { products: [WALLB, BOTMSG, MIN], schedule: returned },
  'renamed at renewal': {
    products: [COACH, BOTMSG],
    schedule: renewed,
    change: (account) => changing(account, COACH, (holding) => ({ ...holding, renamedBy: 2 })),
  },
  'co-termed blocks at one price': {
    products: [WALLB, SITE],
    change: (account) => changing(account, WALLB, (holding) => inBlocks(holding, account.currency)),
  },
  'blocks at two prices': { products: [WALLB, MIN], change: inTwoPrices },
  'two regions': { products: [WALLB, BOTPEAK, SITE], change: (account, seed) => inTwoRegions(seed, account) },
  'paid by tokens': { products: [VOICEBOT, TOKENS, BOTMSG], orgs: 2, change: paidByTokens },
  'plans that name nobody': {
    products: [WALLB, MIN],
    orgs: 3,
    change: (account) => ({
      ...account,
      holdings: account.holdings.map((holding) => ({ ...holding, anonymousPlan: true })),
    }),
  },
  'credits and late usage': {
    products: [WALLB, BOTMSG, SITE],
    change: (account) => ({ ...account, credited: true }),
  },
  'a balance beside the charge': {
    products: [BOTMSG, BOTPEAK],
    orgs: 2,
    change: (account) =>
      changing(account, BOTMSG, (holding) => ({ ...holding, wallet: true, holders: covered(holding) })),
  },
  'month to month': { products: [WALLB, BOTMSG, MIN], shape: 'monthly', schedule: monthly },
};

/** Most of them lie where months differ. */
const DAYS: readonly number[] = [1, 12, 15, 18, 29, 30, 31, 31];

/** @see buildWorld for the parameters */
export function buildRareWorld(
  seed: number,
  orgs: number,
  today: IsoDate,
  moving: boolean,
  spellings: Spellings,
): World {
  const deck = {
    ...holdingDeck(seed, spellings),
    story: dealer(seed, 'story', Object.values(STORIES)),
    day: dealer(
      seed,
      'day',
      DAYS.filter((day) => hasSpelling(spellings, 'month-ends') || day < 29),
    ),
    currency: dealer(seed, 'currency', CURRENCIES),
    region: dealer(seed, 'region', ORG_REGIONS),
  };
  const accounts: Account[] = [];
  for (let made = 0; made < orgs; ) {
    const story = deck.story();
    const wanted = hasSpelling(spellings, 'split-and-merged') ? (story.orgs ?? 1) : 1;
    const size = Math.min(wanted, orgs - made);
    const members = organisationsOf(seed, made, size, deck.region);
    const account = accountOf(seed, accounts.length, members, story, deck, { today, moving });
    accounts.push(withShapeVariants(seed, spellings, account, today));
    made += size;
  }
  return { seed, today, accounts, spellings, ...endsOf(seed, spellings) };
}

function accountOf(
  seed: number,
  index: number,
  orgs: readonly Organisation[],
  story: Story,
  deck: HoldingDeck & { readonly day: () => number; readonly currency: () => string },
  clock: Clock,
): Account {
  const day = deck.day();
  const shape = story.shape ?? 'renewed';
  const settled = (at: Clock): Omit<Base, 'index' | 'orgs' | 'currency'> => {
    const random = new Random(seed, 'account', index);
    return {
      subscriptionType: shape === 'monthly' ? 'MONTH_TO_MONTH' : random.pick(['PREPAY', 'PREPAY_MONTHLY_COMMITMENT']),
      legacyTerm: random.chance(50) ? 'chain' : 'in-force',
      ...(story.schedule ?? single)(day, at, random),
    };
  };
  const base: Base = { index, orgs, currency: deck.currency(), ...settled(clock) };
  const founding = clock.moving ? { ...base, ...settled({ today: TODAY, moving: true }) } : base;
  const held = story.products.map((part, place) =>
    holdingOf(seed, founding, productIn(part, deck.spellings), { first: place === 0, shape }, deck),
  );
  const account: Account = { ...base, minimum: true, holdings: held };
  return story.change === undefined ? account : story.change(account, seed, deck);
}

const productIn = (part: string, spellings: Spellings): Product =>
  hasSpelling(spellings, 'split-and-merged') ? productOf(part) : unsplit(productOf(part));

const changing = (account: Account, part: string, change: (holding: Holding) => Holding): Account => ({
  ...account,
  holdings: account.holdings.map((holding) => (holding.product.partNumber === part ? change(holding) : holding)),
});

const single: NonNullable<Story['schedule']> = (day, clock, random) =>
  scheduleFrom(startOn(day, random.int(4, 30)), random.int(1, 3), clock);

function monthly(day: number, clock: Clock, random: Random): Schedule {
  return scheduleFrom(startOn(day, random.int(4, 30)), null, clock);
}

function renewed(day: number, clock: Clock, random: Random): Schedule {
  const first = startOn(day, random.int(15, 22));
  const renewal = addMonths(first, 12);
  return chain(first, clock, [
    { number: 1, start: first, end: addDays(renewal, -1) },
    { number: 2, start: renewal, end: termEnd(renewal, random.int(1, 2), clock.today) },
  ]);
}

/** The old contract still runs for a while, or for a year and more, and bills nothing any more. */
function overlapping(day: number, clock: Clock, random: Random): Schedule {
  const first = startOn(day, random.int(15, 22));
  const renewal = addMonths(first, 12);
  const old = addDays(addMonths(renewal, random.pick([1, 2, 24])), -1);
  return chain(first, clock, [
    { number: 1, start: first, end: old, billedTo: addDays(renewal, -1) },
    { number: 2, start: renewal, end: termEnd(renewal, 3, clock.today) },
  ]);
}

const chain = (first: IsoDate, { today, moving }: Clock, agreements: readonly Agreement[]): Schedule => ({
  agreements,
  ramp: null,
  periods: periodsFrom(first, today, moving),
  cut: null,
});

/** Gone for two months at least; billing periods of both contracts begin on days of their own. */
function returned(day: number, clock: Clock, random: Random): Schedule & Pick<Account, 'former'> {
  const start = startOn(random.int(1, 28), random.int(20, 26));
  const months = random.int(6, 9);
  const former: Agreement = {
    number: 1,
    start,
    end: addDays(addMonths(start, months), -1),
    periods: formerPeriods(start, months),
  };
  const back = startOn(day, random.int(3, 7));
  const again = scheduleFrom(back, random.int(1, 2), clock);
  return { ...again, agreements: again.agreements.map((agreement) => ({ ...agreement, number: 2 })), former };
}

const formerPeriods = (start: IsoDate, months: number): Period[] =>
  Array.from({ length: months }, (_, index) => ({
    index,
    ago: HISTORY + months - index,
    start: addMonths(start, index),
    end: addDays(addMonths(start, index + 1), -1),
    open: false,
    fresh: false,
  }));

/** A second row, plan and charge of the first product, each at prices of its own. */
function inTwoPrices(account: Account, seed: number, deck: HoldingDeck): Account {
  const [first] = account.holdings;
  if (first === undefined) return account;
  const second = holdingOf(seed, account, first.product, { first: true, shape: 'renewed', block: 2 }, deck);
  const blocks = [
    { ...first, block: 1 },
    { ...second, unit: first.unit, grouping: first.grouping },
  ];
  return { ...account, holdings: [...blocks, ...account.holdings.slice(1)] };
}

const ALLOWANCES: readonly number[] = [250, 350];

/** Minutes of a bot cost tokens; tokens beyond the allowance are overage of the wallet that holds them. */
function paidByTokens(account: Account, seed: number): Account {
  const random = new Random(seed, 'tokens', account.index);
  const bot = account.holdings.find(({ product }) => product.partNumber === VOICEBOT);
  if (bot === undefined) return account;
  const minutes: Holding = {
    ...bot,
    pooled: false,
    step: decimal(random.pick(['17', '8.5', '2.5'])),
    rates: bot.rates.map((step) => ({ ...step, overagePrice: null })),
    holders: account.orgs.map((org) => tokenHolder(org, null, random.int(400, 1200))),
  };
  const withMinutes = changing(account, VOICEBOT, () => minutes);
  return changing(withMinutes, TOKENS, (tokens) => ({
    ...tokens,
    pooled: false,
    wallet: true,
    walletOnly: true,
    holders: minutes.holders.map((holder) => ({
      ...tokenHolder(holder.org, random.pick(ALLOWANCES), 0),
      pays: [{ holding: minutes, holder }],
    })),
  }));
}

const tokenHolder = (org: Organisation, included: number | null, scale: number): Holder => ({
  org,
  prepay: ZERO,
  bundle: null,
  included: included === null ? null : decimal(included),
  scale,
  openUse: 'over',
});

/** No allowances: the balance is what is prepaid. */
const covered = ({ holders }: Holding): Holder[] =>
  holders.map((holder) => ({ ...holder, included: null, scale: Number(holder.prepay) }));
