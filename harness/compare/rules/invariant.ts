/** Rules that must hold within one side, so that they tell which side is wrong. */

import { chargeArithmeticRule, overageArithmeticRule } from './invariant-arithmetic.ts';
import { invoiceTotalRule } from './invariant-invoice.ts';
import { invoiceChargeRule } from './invariant-invoice-charge.ts';
import { listingRule } from './invariant-listing.ts';
import { minimumRule } from './invariant-minimum.ts';
import { organizationsRule } from './invariant-organizations.ts';
import { pagingRule } from './invariant-paging.ts';
import { periodRule } from './invariant-period.ts';
import { periodDetailRule } from './invariant-period-detail.ts';
import { planRule } from './invariant-plan.ts';
import { sourcesRule } from './invariant-sources.ts';
import { tokenRule } from './invariant-tokens.ts';
import { walletRules } from './invariant-wallet.ts';
import type { SideRule } from './rule.ts';

export const invariantRules: readonly SideRule[] = [
  overageArithmeticRule,
  chargeArithmeticRule,
  ...walletRules,
  tokenRule,
  minimumRule,
  periodDetailRule,
  invoiceTotalRule,
  invoiceChargeRule,
  periodRule,
  planRule,
  listingRule,
  organizationsRule,
  pagingRule,
  sourcesRule,
];
