/** The frame of a rule that compares figures: it says nothing where a side is missing, and why where a pair is blocked. */
import type { ComparisonPolicy } from '../../domain/policy.ts';
import type { Pair } from '../pairs/pair.ts';
import type { SideReading } from '../pairs/side-reading.ts';
import { blocked } from './outcome.ts';
import type { Outcome } from './rule.ts';

export const onBothSides =
  (compare: (legacy: SideReading, contract: SideReading, pair: Pair, policy: ComparisonPolicy) => Outcome) =>
  (pair: Pair, policy: ComparisonPolicy): Outcome | null => {
    if (pair.notComparableReason !== null) return blocked(pair.notComparableReason);
    if (pair.legacy === null || pair.contract === null) return null;
    return compare(pair.legacy, pair.contract, pair, policy);
  };
