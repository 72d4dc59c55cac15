/** Use and overage: the true figures of one organisation, product and period. */
import {
  add,
  compareDecimals,
  type Decimal,
  decimal,
  divide,
  maximum,
  multiply,
  ONE,
  round,
  subtract,
  sum,
  ZERO,
} from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { Figures, Holder, Holding, Period, RateStep, Use } from './facts.ts';
import { Random } from './random.ts';

const GIANT = decimal('12345678901234.56');

/** Units that may be used without overage: the greater of commitment and allowance. */
export const limitOf = (figures: Pick<Figures, 'committed' | 'included'>): Decimal =>
  maximum(figures.committed, figures.included ?? ZERO);

export function overageOf(figures: Figures): Decimal {
  const over = subtract(figures.actual, limitOf(figures));
  return compareDecimals(over, ZERO) > 0 ? over : ZERO;
}

/** Rounded half-up to the currency's minor unit; zero where there is no rate. */
export const overageChargeOf = (overage: Decimal, rate: Decimal | null, currency: string): Decimal =>
  rate === null ? ZERO : toMinorUnit(multiply(overage, rate), currency);

/** Names a holding within its account: the part number, and which one where it holds two of a product. */
export const keyOf = ({ product, block }: Pick<Holding, 'product' | 'block'>): string =>
  block === undefined ? product.partNumber : `${product.partNumber} ${block}`;

/** The prices in force on a day. */
export function rateOn(rates: readonly RateStep[], day: string): RateStep {
  const found = rates.findLast((step) => step.from <= day) ?? rates[0];
  if (found === undefined) throw new Error('a holding without prices');
  return found;
}

const committedOf = (holder: Holder): Decimal => multiply(holder.prepay, holder.bundle ?? ONE);

/**
 * The true figures. Use differs between any two neighbouring periods (but for site licences and dormant products): the
 * number of steps is even in one and odd in the next, or on the other side of the limit.
 */
export function figuresOf(seed: number, holding: Holding, holder: Holder, period: Period): Figures {
  const base = { committed: committedOf(holder), included: holder.included };
  const full = statedUse(holder, period) ?? actualOf(seed, holding, holder, period, limitOf(base));
  return { ...base, actual: soFar(full, holding, period) };
}

function statedUse({ stated }: Holder, { ago }: Period): Decimal | null {
  if (stated === undefined) return null;
  return stated[ago] ?? stated.at(-1) ?? null;
}

/** In the open period of a world that moves: as much of it as days have passed, in whole steps. Seats and peaks do not add up. */
function soFar(full: Decimal, { product, step }: Holding, { elapsed }: Period): Decimal {
  if (elapsed === undefined || product.kind !== 'sum') return full;
  const share = divide(multiply(full, decimal(elapsed.days)), multiply(step, decimal(elapsed.of)));
  return multiply(round(share, 0, 'down'), step);
}

/** Decimal places at which tokens are counted. */
export const TOKEN_PLACES = 4;

function actualOf(seed: number, holding: Holding, holder: Holder, period: Period, limit: Decimal): Decimal {
  if (holder.openUse === 'none') return ZERO;
  if (holder.pays !== undefined) return tokensFor(seed, holder.pays, period);
  if (holding.product.kind === 'site') return ONE;
  if (holder.openUse === 'giant') return add(GIANT, decimal(period.index));
  const random = new Random(seed, 'use', holder.org.id, keyOf(holding), period.start);
  const steps = 2 * random.int(1, Math.max(1, Math.floor(holder.scale / 4))) + (period.index % 2);
  const distance = multiply(decimal(steps), holding.step);
  const use = holding.shape === 'at-rest' && limit !== ZERO ? 'under' : useIn(period, holder, limit, random);
  return at(use, limit, distance);
}

/** What was used of other products, at so many units a token. */
function tokensFor(seed: number, pays: NonNullable<Holder['pays']>, period: Period): Decimal {
  const tokens = pays.map(({ holding, holder }) =>
    divide(figuresOf(seed, holding, holder, period).actual, decimal(holding.product.unitsPerToken ?? 1)),
  );
  return round(sum(tokens), TOKEN_PLACES, 'half-up');
}

function useIn(period: Period, holder: Holder, limit: Decimal, random: Random): Use {
  if (limit === ZERO) return 'over';
  if (period.fresh) return holder.openUse;
  return random.chance(50) ? 'over' : 'under';
}

function at(use: Use, limit: Decimal, distance: Decimal): Decimal {
  if (use === 'exact') return limit;
  return use === 'under' ? subtract(limit, distance) : add(limit, distance);
}
