/** Waivers that a run made use of, with the findings and the money that each covers. */
import { add, type Decimal, parseDecimal, ZERO } from '../domain/decimal.ts';
import type { WaiverInUse } from '../domain/history.ts';
import { formatAmount } from '../domain/money.ts';
import type { Finding } from '../domain/run-result.ts';

interface Use {
  readonly waiver: NonNullable<Finding['waiver']>;
  findings: number;
  /** By currency. */
  readonly money: Map<string, { over: Decimal; under: Decimal }>;
}

export class WaiversInUse {
  readonly #causes = new Set<string>();
  readonly #uses = new Map<string, Use>();

  /** Ids of the root causes of what is waived. */
  get causes(): ReadonlySet<string> {
    return this.#causes;
  }

  add({ status, waiver, rootCause, moneyAtRisk, moreMoneyAtRisk = [] }: Finding): void {
    if (status !== 'waived' || waiver === null) return;
    if (rootCause !== null) this.#causes.add(rootCause);
    const key = JSON.stringify(waiver);
    const use = this.#uses.get(key) ?? { waiver, findings: 0, money: new Map() };
    this.#uses.set(key, use);
    use.findings += 1;
    for (const { currency, amount, direction } of moneyAtRisk === null ? [] : [moneyAtRisk, ...moreMoneyAtRisk]) {
      const total = use.money.get(currency) ?? { over: ZERO, under: ZERO };
      // An amount that is no decimal is told by the recount.
      const more = parseDecimal(amount) ?? ZERO;
      if (direction === 'over-billed') total.over = add(total.over, more);
      else total.under = add(total.under, more);
      use.money.set(currency, total);
    }
  }

  /** The one that expires first before the others. */
  all(): readonly WaiverInUse[] {
    const uses = [...this.#uses.values()].map(({ waiver, findings, money }) => ({
      ...waiver,
      findings,
      money: [...money]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, { over, under }]) => ({
          currency,
          overBilled: formatAmount(over, currency),
          underBilled: formatAmount(under, currency),
        })),
    }));
    return uses.sort((a, b) => (a.expires < b.expires ? -1 : 1));
  }
}
