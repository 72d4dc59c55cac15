/** Ways to misread `bundleQuantity`, which is a multiplier of the commitment. */
import { add, ONE } from '../../domain/decimal.ts';
import { chargedTogether, type Defect, inCharges, type Place } from './defect.ts';
import { holderAt, isPositive } from './place-facts.ts';
import { chargedEdit } from './quantity.ts';

const NEEDS = 'needs a bundleQuantity that is not 1, and a commitment';

function hasBundle(place: Place): boolean {
  const { bundle, prepay } = holderAt(place);
  return bundle !== null && bundle !== ONE && isPositive(prepay);
}

const bundleIgnored: Defect = {
  id: 'bundle-ignored',
  title: 'bundleQuantity is left out',
  rules: ['committed-quantity'],
  cause: 'bundle-ignored',
  scope: 'product',
  hide: (place) => {
    if (!hasBundle(place)) return NEEDS;
    const { prepay, bundle } = holderAt(place);
    const edit = chargedEdit(place, (figures, { holder }) => ({ ...figures, committed: holder.prepay }));
    return inCharges(place, edit, `${prepay} committed instead of ${prepay} × ${bundle}`);
  },
};

const bundleAsAllowance: Defect = {
  id: 'bundle-as-allowance',
  title: 'bundleQuantity is added as an allowance, not multiplied',
  rules: ['committed-quantity', 'overage-quantity'],
  cause: 'bundle-as-allowance',
  scope: 'product',
  hide: (place) => {
    if (!hasBundle(place)) return NEEDS;
    if (place.holding.holders.some(({ included }) => included !== null)) return 'needs a product without fair use';
    if (chargedTogether(place).length > 1) return 'needs a charge of one organisation';
    const { prepay, bundle } = holderAt(place);
    const edit = chargedEdit(place, (figures, { holder }) => ({
      ...figures,
      committed: holder.prepay,
      included: add(holder.prepay, holder.bundle ?? ONE),
    }));
    return inCharges(
      place,
      edit,
      `${prepay} committed and ${prepay} + ${bundle} allowed instead of ${prepay} × ${bundle}`,
    );
  },
};

export const bundleDefects: readonly Defect[] = [bundleIgnored, bundleAsAllowance];
