/** One part of what must agree is off: one charge of two, one member of those who are charged together. */
import { add } from '../../domain/decimal.ts';
import type { Charge } from '../contract-book/book.ts';
import { resettle } from '../contract-book/charges.ts';
import { shareOf } from '../contract-book/stated.ts';
import type { Edit } from '../edit.ts';
import type { LegacyRow } from '../legacy-book/book.ts';
import type { World } from '../world/facts.ts';
import { otherCurrencyOf } from './currencies.ts';
import { type Defect, inCharges, type Place } from './defect.ts';
import { chargesEdit } from './overage.ts';
import { figuresAt, isPositive, overageAt, overageRateAt, rateAt } from './place-facts.ts';
import { lastPlaces } from './rate.ts';

const TWO_SKUS = 'needs a product with two charges a line';

/** Edits the place's charges for one of the product's SKUs. */
const oneSkuEdit = (place: Place, sku: string, change: (charge: Charge) => Charge): Edit =>
  chargesEdit(place, (charge) => (charge.product.sku === sku ? change(charge) : charge));

/** The SKU whose charge bills the overage of the place's organisation. */
function overageSku({ seed }: World, { account, holding, org }: Place): string {
  const { overageIn } = shareOf(seed, 'skus', account.index, holding.product.partNumber, org.id);
  return holding.product.skus[overageIn === 'first' ? 0 : 1] ?? '';
}

const halfRateOff: Defect = {
  id: 'half-rate-off',
  title: 'One of two charges of a line has another overage rate',
  rules: ['overage-rate'],
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    const rate = overageRateAt(place);
    if (place.holding.product.skus.length < 2) return TWO_SKUS;
    if (rate === null || !isPositive(overageAt(world, place))) return 'needs overage that costs something';
    const sku = overageSku(world, place);
    const by = lastPlaces(rate, random.int(1, 250));
    const edit = oneSkuEdit(place, sku, (charge) => resettle({ ...charge, rate: add(charge.rate ?? rate, by) }));
    return inCharges(place, edit, `the charge for ${sku} is at ${add(rate, by)}, the other one at ${rate}`);
  },
};

const halfCurrency: Defect = {
  id: 'half-currency',
  title: 'One of two charges of a line is in another currency',
  rules: ['currency'],
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    if (place.holding.product.skus.length < 2) return TWO_SKUS;
    const other = otherCurrencyOf(place.account.currency);
    if (other === null) return 'needs a currency with a twin';
    // Both charges bill a part of the commitment.
    const isPaid = isPositive(figuresAt(world, place).committed) && isPositive(rateAt(place).price);
    if (!isPaid) return 'needs a commitment that costs something';
    const sku = random.pick(place.holding.product.skus);
    const edit = oneSkuEdit(place, sku, (charge) => ({ ...charge, currency: other }));
    return inCharges(place, edit, `the charge for ${sku} is in ${other}, the other one in ${place.account.currency}`);
  },
};

const memberRateOff: Defect = {
  id: 'member-rate-off',
  title: "Legacy's rate of one member of a shared charge is off",
  rules: ['overage-rate', 'committed-rate'],
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    const { account, holding, org } = place;
    if (!holding.pooled) return 'needs a charge over several organisations';
    const rate = overageRateAt(place);
    const overage = rate !== null && isPositive(overageAt(world, place));
    if (!overage && !isPositive(figuresAt(world, place).committed)) return 'needs overage or a commitment';
    const field = overage ? 'overagePrice' : 'prepayPrice';
    const was = overage ? rate : rateAt(place).price;
    const now = add(was, lastPlaces(was, random.int(1, 250)));
    const isMine = ({ partNumber, grouping }: LegacyRow): boolean =>
      partNumber === holding.product.partNumber && grouping === holding.grouping;
    const edit: Edit = {
      account: account.index,
      legacyRows: (rows, at) =>
        at.org === org ? rows.map((row) => (isMine(row) ? { ...row, [field]: now } : row)) : rows,
    };
    return inCharges(place, edit, `legacy states ${now} for ${org.name}, and ${was} for those who share the charge`);
  },
};

export const partsOffDefects: readonly Defect[] = [halfRateOff, halfCurrency, memberRateOff];
