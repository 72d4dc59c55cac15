/** Builds a world of so many organisations from a seed. */

import type { IsoDate } from '../../domain/billing-period.ts';
import { CURRENCIES } from './catalogue.ts';
import { TODAY } from './clock.ts';
import type { Account, Organisation, World } from './facts.ts';
import { type HoldingDeck, holdingDeck, holdingsOf } from './holdings.ts';
import { ORG_REGIONS, organisationName } from './names.ts';
import { dealer, Random, uuid } from './random.ts';
import { type EffectiveDay, type Shape, scheduleOf } from './schedule.ts';
import { withShapeVariants } from './shape-variants.ts';
import { hasSpelling, type Spellings } from './spellings.ts';

const SIZES: readonly number[] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4];
const SHAPES: readonly Shape[] = [
  'plain',
  'plain',
  'plain',
  'ramp',
  'ramp',
  'renewed',
  'renewed',
  'cut-contracts',
  'cut-periods',
  'monthly',
  'trial',
];
const DAYS: readonly EffectiveDay[] = [1, 1, 1, 5, 10, 15, 20, 25, 28, 29, 30, 31, 31, 'leap'];

interface Deck extends HoldingDeck {
  readonly size: () => number;
  readonly shape: () => Shape;
  readonly day: () => EffectiveDay;
  readonly currency: () => string;
  readonly region: () => string;
}

const isSeveral = (shape: Shape): boolean => shape === 'renewed' || shape.startsWith('cut-');
const isMonthEnd = (day: EffectiveDay): boolean => typeof day === 'string' || day > 28;

/** A variant that was not chosen is not dealt. */
const deckOf = (seed: number, spellings: Spellings): Deck => ({
  ...holdingDeck(seed, spellings),
  size: dealer(seed, 'size', hasSpelling(spellings, 'split-and-merged') ? SIZES : [1]),
  shape: dealer(
    seed,
    'shape',
    SHAPES.filter((shape) => hasSpelling(spellings, 'several-contracts') || !isSeveral(shape)),
  ),
  day: dealer(
    seed,
    'day',
    DAYS.filter((day) => hasSpelling(spellings, 'month-ends') || !isMonthEnd(day)),
  ),
  currency: dealer(seed, 'currency', CURRENCIES),
  region: dealer(seed, 'region', ORG_REGIONS),
});

/**
 * @param orgs how many organisations; accounts of several are cut to fit.
 * @param moving use of the open period that adds up has come as far as the day: it grows while days pass
 * @param today not before the world's own first day: accounts would lack an open period.
 */
export function buildWorld(
  seed: number,
  orgs: number,
  today: IsoDate = TODAY,
  moving = false,
  spellings: Spellings = 'usual',
): World {
  const deck = deckOf(seed, spellings);
  const accounts: Account[] = [];
  for (let made = 0; made < orgs; ) {
    const size = Math.min(deck.size(), orgs - made);
    const members = organisationsOf(seed, made, size, deck.region);
    accounts.push(
      withShapeVariants(seed, spellings, accountOf(seed, accounts.length, members, deck, { today, moving }), today),
    );
    made += size;
  }
  return { seed, today, accounts, spellings, ...endsOf(seed, spellings) };
}

/** Which way of writing ends a world has, if it has any but the plain one. */
export function endsOf(seed: number, spellings: Spellings): Pick<World, 'periodEnd' | 'contractEnd'> {
  if (hasSpelling(spellings, 'half-open-and-inclusive')) return { periodEnd: 'exclusive', contractEnd: 'inclusive' };
  const exclusive = hasSpelling(spellings, 'end-of-period') && new Random(seed, 'period-end').chance(50);
  const end = exclusive ? 'exclusive' : 'inclusive';
  return { periodEnd: end, contractEnd: end };
}

/** @param made how many the world has already */
export const organisationsOf = (seed: number, made: number, count: number, region: () => string): Organisation[] =>
  Array.from({ length: count }, (_, member) => ({
    id: uuid(seed, 'organisation', made + member),
    name: organisationName(new Random(seed, 'organisation', made + member), made + member),
    region: region(),
  }));

function accountOf(
  seed: number,
  index: number,
  orgs: readonly Organisation[],
  deck: Deck,
  clock: { readonly today: IsoDate; readonly moving: boolean },
): Account {
  const [shape, day] = [deck.shape(), deck.day()];
  const settled = (at: typeof clock) => {
    const random = new Random(seed, 'account', index);
    return {
      subscriptionType: subscriptionTypeOf(shape, random),
      legacyTerm: random.chance(50) ? ('chain' as const) : ('in-force' as const),
      ...scheduleOf(shape, day, at, random),
    };
  };
  const base = { index, orgs, currency: deck.currency(), ...settled(clock) };
  // What was agreed on stays: in a world that moves, prices are those of its first day.
  const founding = clock.moving ? settled({ today: TODAY, moving: true }) : base;
  const { agreements, periods } = founding;
  return { ...base, holdings: holdingsOf(seed, { ...base, agreements, periods }, shape, deck) };
}

function subscriptionTypeOf(shape: Shape, random: Random): string {
  if (shape === 'monthly') return 'MONTH_TO_MONTH';
  if (shape === 'trial') return 'FREE_TRIAL_MONTH_TO_MONTH';
  return random.pick(['PREPAY', 'PREPAY_MONTHLY_COMMITMENT', 'DEV_ORG_PREPAY_MONTHLY_COMMITMENT']);
}

/** The period that contains the world's today. @throws Error for an account without one. */
export function openPeriod(account: Account): Account['periods'][number] {
  const open = account.periods.at(-1);
  if (open === undefined || !open.open) throw new Error('an account without an open period');
  return open;
}
