/** The three outcomes a rule can have, and the sentence for two numbers that differ. */
import { compareDecimals, type Decimal, negate, subtract, ZERO } from '../domain/decimal.ts';
import type { Side } from '../domain/side.ts';
import { type Reading, spoken, statementOf } from './reading.ts';
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
export const blocked = (obstacle: string): Outcome => notComparable(obstacle);

const said = (side: Side, reading: Reading<string>): string =>
  reading.state === 'known' ? `${side} says ${spoken(reading)}` : `${side} says nothing`;

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
    sentence: `${said('legacy', legacy)}, ${said('contract', contract)} (${moreOrLess(delta)})`,
  };
}

/** `1 less`, `0.26 more`. */
export const moreOrLess = (delta: Decimal): string =>
  compareDecimals(delta, ZERO) < 0 ? `${negate(delta)} less` : `${delta} more`;

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
  sentence: `${said('legacy', legacy)}, ${said('contract', contract)}${more}`,
});

/** Why two readings cannot be set against each other because one is unclear; null if neither is. */
export function unclearOutcome<T extends string>(legacy: Reading<T>, contract: Reading<T>): Outcome | null {
  if (legacy.state === 'unclear') {
    return notComparable(`legacy: ${legacy.reason}`, legacy, contract, !legacy.uncarried);
  }
  if (contract.state === 'unclear') {
    return notComparable(`contract: ${contract.reason}`, legacy, contract, !contract.uncarried);
  }
  return null;
}
