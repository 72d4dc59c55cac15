/** All rules that must hold on one side, whatever the other says. */
import type { SideRule } from '../rule.ts';
import { chargeArithmeticRule, overageArithmeticRule } from './invariant-arithmetic.ts';
import { invoiceTotalRule } from './invariant-invoice.ts';
import { invoiceChargeRule } from './invariant-invoice-charge.ts';
import { listingRule } from './invariant-listing.ts';
import { periodRule } from './invariant-period.ts';
import { planRule } from './invariant-plan.ts';
import { walletRule } from './invariant-wallet.ts';

export const invariantRules: readonly SideRule[] = [
  overageArithmeticRule,
  chargeArithmeticRule,
  walletRule,
  invoiceTotalRule,
  invoiceChargeRule,
  periodRule,
  planRule,
  listingRule,
];
