/** The three outcomes a rule can have, and the sentence for two numbers that differ. */
import { compareDecimals, type Decimal, negate, subtract, ZERO } from '../../domain/decimal.ts';
import type { Side } from '../../domain/side.ts';
import { knownIn, type Reading, readingWords, statementOf } from '../pairs/reading.ts';
import type { Outcome } from './rule.ts';

export const EQUAL: Outcome = { kind: 'equal' };
export const agreed = (value: string): Outcome => ({ kind: 'equal', agreed: value });

export const notComparable = (
  reason: string,
  legacy: Reading<string> | null = null,
  contract: Reading<string> | null = null,
  expected = true,
): Outcome => ({
  kind: 'not-comparable',
  legacy: legacy === null ? null : statementOf(legacy),
  contract: contract === null ? null : statementOf(contract),
  reason,
  expected,
});

/** For a pair of which nothing can be compared. */
export const blocked = (reason: string): Outcome => notComparable(reason);

const stated = (side: Side, reading: Reading<string>): string => {
  const values = knownIn(reading).map(readingWords);
  return values.length === 0 ? `${side} says nothing` : `${side} says ${values.join(' and ')}`;
};

/** Two numbers that differ; one that is left out counts as zero. */
export function differentNumbers(legacy: Reading, contract: Reading): Outcome {
  const before = legacy.state === 'known' ? legacy.value : ZERO;
  const after = contract.state === 'known' ? contract.value : ZERO;
  const delta = subtract(after, before);
  return {
    kind: 'different',
    legacy: statementOf(legacy),
    contract: statementOf(contract),
    delta,
    sentence: `${stated('legacy', legacy)}, ${stated('contract', contract)} (${moreOrLess(delta)})`,
  };
}

/** `1 less`, `0.26 more`. */
export const moreOrLess = (delta: Decimal): string =>
  compareDecimals(delta, ZERO) < 0 ? `${negate(delta)} less` : `${delta} more`;

/**
 * What both sides state, one or several values each. One value against one: the same or not. One against several: each of the
 * several must be it. Several against several: the same values, whatever their order. Null where a side states none.
 */
export function compareValues<T extends string>(
  legacy: Reading<T>,
  contract: Reading<T>,
  same: (legacy: T, contract: T) => boolean,
): 'same' | { readonly offending: readonly [T, T] | null } | null {
  const [before, after] = [knownIn(legacy), knownIn(contract)];
  if (before.length === 0 || after.length === 0) return null;
  const others = after.filter(({ value }) => !before.some((one) => same(one.value, value)));
  const missing = before.filter(({ value }) => !after.some((one) => same(value, one.value)));
  if (others.length === 0 && missing.length === 0) return 'same';
  const [a] = missing.length > 0 ? missing : before;
  const [b] = others.length > 0 ? others : after;
  const isOne = Math.max(missing.length, 1) === 1 && Math.max(others.length, 1) === 1;
  return { offending: isOne && a !== undefined && b !== undefined ? [a.value, b.value] : null };
}

/** Two texts that differ. */
export const differentTexts = (
  legacy: Reading<string>,
  contract: Reading<string>,
  delta: Decimal | null,
  more = '',
): Outcome => ({
  kind: 'different',
  legacy: statementOf(legacy),
  contract: statementOf(contract),
  delta,
  sentence: `${stated('legacy', legacy)}, ${stated('contract', contract)}${more}`,
});

/**
 * Why two readings cannot be set against each other because one is unclear; null if neither is.
 * @param provided legacy states the rate that an unclear figure rests on in another row of the product
 */
export function unclearOutcome<T extends string>(
  legacy: Reading<T>,
  contract: Reading<T>,
  provided = false,
): Outcome | null {
  if (legacy.state === 'unclear') {
    return notComparable(`legacy: ${legacy.reason}`, legacy, contract, !legacy.notProvided || provided);
  }
  if (contract.state === 'unclear') {
    return notComparable(`contract: ${contract.reason}`, legacy, contract, !contract.notProvided);
  }
  return null;
}
