/** Whether a mismatch grew between two runs. */
import { absolute, compareDecimals, type Decimal, isNegative, parseDecimal } from '../domain/decimal.ts';
import type { Change } from '../domain/run-comparison.ts';
import type { Finding, FindingMoney } from '../domain/run-result.ts';

/**
 * By the size of the difference and of the money; the greater of the two decides. Figures that moved alike on both sides
 * changed nothing. @returns null if it is the same mismatch
 */
export function trendOf(before: Finding, after: Finding): Change['trend'] {
  const steps = [...deltaStep(before.delta, after.delta), ...moneySteps(before, after)];
  if (steps.includes(1)) return 'worse';
  if (steps.includes('turned')) return 'other';
  if (steps.includes(-1)) return 'better';
  return sizeOf(before.delta) === null && valuesOf(before) !== valuesOf(after) ? 'other' : null;
}

type Step = -1 | 0 | 1 | 'turned';

const sizeOf = (delta: string | null): Decimal | null => (delta === null ? null : parseDecimal(delta));

function deltaStep(before: string | null, after: string | null): Step[] {
  const [first, second] = [sizeOf(before), sizeOf(after)];
  if (first === null || second === null) return before === after ? [] : ['turned'];
  const step = compareDecimals(absolute(second), absolute(first));
  return step === 0 && isNegative(first) !== isNegative(second) ? ['turned'] : [step];
}

/** Money stands on one finding of a pair; where it moved to another finding, nothing is said of it here. */
function moneySteps(before: Finding, after: Finding): Step[] {
  const [first, second] = [amountsOf(before), amountsOf(after)];
  if (first.length === 0 || second.length === 0) return [];
  const steps = second.map(({ currency, direction, amount }): Step => {
    const known = first.find((money) => money.currency === currency);
    if (known === undefined) return 'turned';
    const [was, is] = [parseDecimal(known.amount), parseDecimal(amount)];
    if (was === null || is === null) return 'turned';
    const step = compareDecimals(is, was);
    return step <= 0 && known.direction !== direction ? 'turned' : step;
  });
  return first.some(({ currency }) => !second.some((money) => money.currency === currency))
    ? [...steps, 'turned']
    : steps;
}

const amountsOf = ({ moneyAtRisk, moreMoneyAtRisk = [] }: Finding): readonly FindingMoney[] =>
  moneyAtRisk === null ? [] : [moneyAtRisk, ...moreMoneyAtRisk];

const valuesOf = ({ legacy, contract }: Finding): string =>
  JSON.stringify([legacy?.value ?? null, contract?.value ?? null]);
