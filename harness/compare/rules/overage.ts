/** Overage: what was used beyond commitment and allowance, and what it costs. */
import type { PairRule } from '../rule.ts';
import { onBothSides } from './both-sides.ts';
import { compareAmounts } from './quantity.ts';

const overageQuantity: PairRule = {
  id: 'overage-quantity',
  category: 'overage',
  looksAt: 'pair',
  title: 'Overage quantity',
  doc: 'Computed from the legacy figures of each organisation by itself, max(0, actual − max(committed, included)), then added over the organisations; against the contract side’s `overageQuantity`.',
  example: 'legacy 15 used of "prepayQuantity":"10" · contract "overageQuantity":15',
  compare: onBothSides((legacy, contract) => compareAmounts(legacy.overageQuantity, contract.overageQuantity)),
};

const overageCharge: PairRule = {
  id: 'overage-charge',
  category: 'overage',
  looksAt: 'pair',
  title: 'Overage charge',
  doc: 'Legacy overage quantity × overage rate, rounded half-up to the currency’s minor unit for each organisation, then added; against the contract side’s `overageCharge`. Before tax.',
  example: 'legacy 5 × "overagePrice":"23.74" = 118.70 · contract "overageCharge":118.75',
  compare: onBothSides((legacy, contract) => compareAmounts(legacy.overageCharge, contract.overageCharge)),
};

export const overageRules: readonly PairRule[] = [overageQuantity, overageCharge];
