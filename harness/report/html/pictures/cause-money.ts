/** Money at risk by root cause, each currency for itself; the rest is what no cause explains. */
import { add, type Decimal, decimal, subtract } from '../../../domain/decimal.ts';
import { formatAmount } from '../../../domain/money.ts';
import type { RunResult } from '../../../domain/run-result.ts';

const MOST_CAUSES = 4;

export interface CauseBar {
  /** Null: what no cause explains; `id` is null too for the causes that share the last bar. */
  readonly title: string | null;
  readonly id: string | null;
  readonly under: string;
  readonly over: string;
}

export interface CurrencyBars {
  readonly currency: string;
  /** Largest first, the unexplained last. */
  readonly bars: readonly CauseBar[];
}

interface Sum {
  readonly under: Decimal;
  readonly over: Decimal;
}

const NOTHING: Sum = { under: decimal('0'), over: decimal('0') };
const plus = (a: Sum, b: Sum): Sum => ({ under: add(a.under, b.under), over: add(a.over, b.over) });
const minus = (a: Sum, b: Sum): Sum => ({ under: subtract(a.under, b.under), over: subtract(a.over, b.over) });
const sizeOf = ({ under, over }: Sum): number => Number(under) + Number(over);

const sumIn = (money: RunResult['moneyAtRisk'], currency: string): Sum => {
  const found = money.find((one) => one.currency === currency);
  return found === undefined ? NOTHING : { under: decimal(found.underBilled), over: decimal(found.overBilled) };
};

/** Several entries of one cause (one a product) are one bar. */
function barsIn(currency: string, { moneyAtRisk, rootCauses }: RunResult): CauseBar[] {
  const byCause = new Map<string, { title: string; sum: Sum }>();
  for (const { id, title, moneyAtRisk: money } of rootCauses) {
    const before = byCause.get(id)?.sum ?? NOTHING;
    byCause.set(id, { title, sum: plus(before, sumIn(money, currency)) });
  }
  const ranked = [...byCause]
    .map(([id, { title, sum }]) => ({ id, title, sum }))
    .filter(({ sum }) => sizeOf(sum) > 0)
    .sort((a, b) => sizeOf(b.sum) - sizeOf(a.sum));
  const shared = ranked.slice(MOST_CAUSES).reduce((sum, cause) => plus(sum, cause.sum), NOTHING);
  const caused = ranked.reduce((sum, cause) => plus(sum, cause.sum), NOTHING);
  const rest = minus(sumIn(moneyAtRisk, currency), caused);
  const bar = (id: string | null, title: string | null, { under, over }: Sum): CauseBar => ({
    id,
    title,
    under: formatAmount(under, currency),
    over: formatAmount(over, currency),
  });
  return [
    ...ranked.slice(0, MOST_CAUSES).map(({ id, title, sum }) => bar(id, title, sum)),
    ...(sizeOf(shared) > 0 ? [bar(null, `${ranked.length - MOST_CAUSES} more causes`, shared)] : []),
    ...(sizeOf(rest) > 0 ? [bar(null, null, rest)] : []),
  ];
}

/** Currencies in the order of the result; those without money at risk are left out. */
export const moneyByCause = (result: RunResult): readonly CurrencyBars[] =>
  result.moneyAtRisk
    .map(({ currency }) => ({ currency, bars: barsIn(currency, result) }))
    .filter(({ bars }) => bars.length > 0);
