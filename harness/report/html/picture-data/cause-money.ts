/** Money at risk by root cause, each currency for itself; the rest is what no cause explains. */
import { add, type Decimal, decimal, isZero, maximum, subtract, ZERO } from '../../../domain/decimal.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { ResultMoney, RunResult } from '../../../domain/run-result.ts';

export interface CauseAmount {
  readonly currency: string;
  readonly amount: string;
  readonly direction: 'under-billed' | 'over-billed';
  /** Of the largest amount of its currency, from 0 to 1: for a bar alone. */
  readonly share: number;
}

const directions = ({ currency, overBilled, underBilled }: ResultMoney) =>
  [
    { currency, amount: underBilled, direction: 'under-billed' },
    { currency, amount: overBilled, direction: 'over-billed' },
  ] as const;

/** What all causes leave: together with them it is all money at risk. */
export function unexplainedMoney({ moneyAtRisk, rootCauses }: RunResult): readonly ResultMoney[] {
  const explained = (currency: string, of: 'overBilled' | 'underBilled'): Decimal =>
    rootCauses
      .flatMap(({ moneyAtRisk: money }) => money)
      .filter((one) => one.currency === currency)
      .reduce((sum, one) => add(sum, decimal(one[of])), ZERO);
  return moneyAtRisk.flatMap(({ currency, overBilled, underBilled }) => {
    const over = subtract(decimal(overBilled), explained(currency, 'overBilled'));
    const under = subtract(decimal(underBilled), explained(currency, 'underBilled'));
    if (isZero(over) && isZero(under)) return [];
    return [{ currency, overBilled: formatAmount(over, currency), underBilled: formatAmount(under, currency) }];
  });
}

/** Amounts other than 0 with their share of the largest that a cause, or no cause, has in the same currency. */
export function amountsOn(result: RunResult): (money: readonly ResultMoney[]) => readonly CauseAmount[] {
  const most = new Map<string, Decimal>();
  const all = [...result.rootCauses.flatMap(({ moneyAtRisk }) => moneyAtRisk), ...unexplainedMoney(result)];
  for (const { currency, amount } of all.flatMap(directions)) {
    most.set(currency, maximum(most.get(currency) ?? ZERO, decimal(amount)));
  }
  return (money) =>
    money
      .flatMap(directions)
      .filter(({ amount }) => !isZero(decimal(amount)))
      .map((one) => ({ ...one, share: Number(one.amount) / Number(most.get(one.currency) ?? '1') }));
}
