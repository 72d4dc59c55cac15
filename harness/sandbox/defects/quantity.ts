/** Quantities that differ: use and commitment, other periods, other units, other organisations. */
import {
  add,
  compareDecimals,
  type Decimal,
  decimal,
  maximum,
  multiply,
  subtract,
  sum,
  ZERO,
} from '../../domain/decimal.ts';
import { repeat, split } from '../contract-book/split.ts';
import { shareOf } from '../contract-book/stated.ts';
import type { Edit } from '../edit.ts';
import { openPeriod } from '../world/build.ts';
import type { Account, Figures, Holder, Holding, Period } from '../world/facts.ts';
import { figuresOf } from '../world/figures.ts';
import { chargedTogether, type Defect, inCharges, inProduct, type Place, sameProduct } from './defect.ts';
import { figuresAt, isGiant, isPositive } from './place-facts.ts';

type Change = (figures: Figures, at: { holder: Holder; period: Period }) => Figures;

/** Edits the figures of the place's organisation alone, in every period. */
const figuresEdit = (place: Place, change: Change): Edit => ({
  account: place.account.index,
  figures: (figures, at) =>
    sameProduct(place, at.holding) && at.holder.org === place.org ? change(figures, at) : figures,
});

/** Edits the figures of everyone who is charged together with it. */
export function chargedEdit(place: Place, change: Change): Edit {
  const together = new Set(chargedTogether(place));
  return {
    account: place.account.index,
    figures: (figures, at) =>
      sameProduct(place, at.holding) && together.has(at.holder.org) ? change(figures, at) : figures,
  };
}

const isSite = ({ holding }: Place): boolean => holding.product.kind === 'site';

const actualOff: Defect = {
  id: 'actual-off',
  title: 'The actual quantity differs',
  rules: ['actual-quantity'],
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    if (isSite(place)) return 'needs a product whose quantity can vary';
    const { actual } = figuresAt(world, place);
    const metered = place.holding.product.kind === 'sum';
    const size = metered ? decimal(`${random.int(1, 9000)}e-3`) : decimal(random.int(1, 7));
    const less = compareDecimals(actual, size) > 0 && random.chance(50);
    const by = less ? subtract(ZERO, size) : size;
    const edit = figuresEdit(place, (figures) => ({ ...figures, actual: maximum(add(figures.actual, by), ZERO) }));
    return inCharges(place, edit, `actual quantity ${actual} is off by ${by}`);
  },
};

const committedOff: Defect = {
  id: 'committed-off',
  title: 'The prepaid quantity differs',
  rules: ['committed-quantity'],
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    const { committed } = figuresAt(world, place);
    if (!isPositive(committed) || isSite(place)) return 'needs a commitment that can vary';
    const size = decimal(random.int(1, 5));
    const less = compareDecimals(committed, size) > 0 && random.chance(50);
    const by = less ? subtract(ZERO, size) : size;
    const edit = figuresEdit(place, (figures) => ({ ...figures, committed: add(figures.committed, by) }));
    return inCharges(place, edit, `prepaid quantity ${committed} is off by ${by}`);
  },
};

/** What they all used together. */
const totalActual = (figures: readonly Figures[]): Decimal => sum(figures.map(({ actual }) => actual));

const previousPeriod: Defect = {
  id: 'previous-period',
  title: 'Figures of the period before',
  rules: ['actual-quantity'],
  cause: 'period-shift',
  scope: 'product',
  hide: (place, { world }) => {
    const { account, holding } = place;
    const before = (period: Period): Period => account.periods.find(({ ago }) => ago === period.ago + 1) ?? period;
    if (isSite(place)) return 'needs a product whose quantity can vary';
    if (account.periods.length < 2) return 'needs a period before the open one';
    const open = openPeriod(account);
    const holders = holding.holders.filter(({ org }) => chargedTogether(place).includes(org));
    const total = (period: Period): Decimal =>
      totalActual(holders.map((holder) => figuresOf(world.seed, holding, holder, period)));
    if (total(open) === total(before(open))) return 'needs other use in the period before';
    const edit = chargedEdit(place, (_, { holder, period }) => figuresOf(world.seed, holding, holder, before(period)));
    return inCharges(place, edit, `${total(before(open))} used, as in the period before, instead of ${total(open)}`);
  },
};

const peakAsSum: Defect = {
  id: 'peak-as-sum',
  title: 'A high-water mark reported as a sum over the parts of a period, or the reverse',
  rules: ['actual-quantity'],
  cause: 'sum-for-peak',
  scope: 'product',
  hide: (place, { world }) => {
    const { account, holding } = place;
    const { kind, partNumber } = holding.product;
    if (account.cut === null || account.cut.on <= openPeriod(account).start)
      return 'needs a period that an amendment cuts in two';
    if (kind !== 'peak' && kind !== 'sum') return 'needs a metered product';
    if (compareDecimals(figuresAt(world, place).actual, decimal(10)) < 0) return 'needs some use';
    const share = shareOf(world.seed, 'kind', account.index, partNumber);
    const edit: Edit = {
      account: account.index,
      parts: (parts, at) => {
        if (!sameProduct(place, at.holding)) return parts;
        return kind === 'peak' ? split(at.whole, share) : repeat(at.whole, share);
      },
    };
    const note = kind === 'peak' ? 'a high-water mark is split as a sum is' : 'a sum is repeated as a mark is';
    return inProduct(place, edit, note);
  },
};

const scaled = (figures: Figures, change: (quantity: Decimal) => Decimal): Figures => ({
  committed: change(figures.committed),
  included: figures.included === null ? null : change(figures.included),
  actual: change(figures.actual),
});

/** One factor for a whole world, so that several places show the same cause. */
const FACTORS = ['60', '12', '1000', '1024'] as const;

const unitFactor: Defect = {
  id: 'unit-factor',
  title: 'Quantities in another unit: × 12, 60, 1000 or 1024',
  rules: ['actual-quantity', 'unit-of-measure'],
  cause: 'unit-factor',
  scope: 'product',
  hide: (place, { world }) => {
    if (isSite(place)) return 'needs a product whose quantity can vary';
    if (!isPositive(figuresAt(world, place).actual)) return 'needs use in the open period';
    const factor = decimal(FACTORS[world.seed % FACTORS.length] ?? '60');
    const edit = chargedEdit(place, (figures) => scaled(figures, (quantity) => multiply(quantity, factor)));
    return inCharges(place, edit, `quantities × ${factor}`);
  },
};

/** Figures of the same product elsewhere, in the period so many before the open one. */
function figuresThere(seed: number, there: Account, product: Holding['product'], back: number): Figures | null {
  const holding = there.holdings.find((each) => each.product === product);
  const [holder] = holding?.holders ?? [];
  const period = there.periods.at(-1 - back);
  if (holding === undefined || holder === undefined || period === undefined) return null;
  return figuresOf(seed, holding, holder, period);
}

const swapEdit = (seed: number, here: Account, there: Account): Edit => ({
  account: here.index,
  figures: (figures, { holding, period }) => figuresThere(seed, there, holding.product, period.ago) ?? figures,
});

const isLone = (account: Account): boolean => account.orgs.length === 1 && account.cut === null && !isGiant(account);

/** Metered or counted products that both use, each differently. */
function sharedUse(seed: number, here: Account, there: Account): number {
  return here.holdings.filter(({ product, dormant }) => {
    if (dormant !== null || product.kind === 'site') return false;
    const mine = figuresThere(seed, here, product, 0);
    const theirs = figuresThere(seed, there, product, 0);
    const isTheirs = there.holdings.some((each) => each.product === product && each.dormant === null);
    return isTheirs && mine !== null && theirs !== null && mine.actual !== theirs.actual;
  }).length;
}

const orgsSwapped: Defect = {
  id: 'orgs-swapped',
  title: 'Two organisations carry each other’s figures',
  rules: ['actual-quantity'],
  cause: 'orgs-swapped',
  scope: 'account',
  hide: ({ account, org }, { world, free }) => {
    const { seed } = world;
    if (!isLone(account)) return 'needs a contract of one organisation, with figures of a usual size';
    const partner = free
      .filter(isLone)
      .map((other) => ({ other, shared: sharedUse(seed, account, other) }))
      .reduce((best, next) => (next.shared > best.shared ? next : best), { other: account, shared: 0 });
    const [other] = partner.other.orgs;
    if (partner.shared === 0 || other === undefined) return 'needs another organisation with the same product';
    return {
      edits: [swapEdit(seed, account, partner.other), swapEdit(seed, partner.other, account)],
      orgs: [org, other],
      skus: [],
      accounts: [partner.other],
      note: `${org.name} and ${other.name} carry each other’s figures`,
    };
  },
};

export const quantityDefects: readonly Defect[] = [
  actualOff,
  committedOff,
  previousPeriod,
  peakAsSum,
  unitFactor,
  orgsSwapped,
];
