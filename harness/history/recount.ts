/** A result counted again from its findings: what result.json concludes must follow from what stands beside it. */
import { add, type Decimal, isZero, parseDecimal, subtract, ZERO } from '../domain/decimal.ts';
import { formatAmount } from '../domain/money.ts';
import type { Finding, ResultMoney, RunResult } from '../domain/run-result.ts';

const STATUSES = ['tolerated', 'mismatch', 'waived', 'unstable', 'not-comparable'] as const;
const DIRECTIONS = ['over-billed', 'under-billed'] as const;

export class Recount {
  readonly #counts = new Map<Finding['status'], number>();
  /** By currency and direction; of mismatches alone. */
  readonly #money = new Map<string, Decimal>();
  /** The same of what is waived. */
  readonly #waived = new Map<string, Decimal>();
  #unexplained = 0;
  /** Amounts that are no decimals. */
  #unreadable = 0;

  add({ status, rootCause, moneyAtRisk, moreMoneyAtRisk = [] }: Finding): void {
    this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1);
    if (status !== 'mismatch' && status !== 'waived') return;
    if (status === 'mismatch' && rootCause === null) this.#unexplained += 1;
    const sums = status === 'mismatch' ? this.#money : this.#waived;
    for (const money of moneyAtRisk === null ? [] : [moneyAtRisk, ...moreMoneyAtRisk]) {
      const key = `${money.currency} ${money.direction}`;
      const amount = parseDecimal(money.amount);
      if (amount === null) this.#unreadable += 1;
      else sums.set(key, add(sums.get(key) ?? ZERO, amount));
    }
  }

  /** Findings by status: where these differ, the files are not of one run. @returns null if they do not */
  foreign({ cells }: RunResult): string | null {
    const statedCounts = { ...cells, 'not-comparable': cells.notComparable };
    for (const status of STATUSES) {
      const found = this.#counts.get(status) ?? 0;
      if (found !== statedCounts[status]) {
        return `findings.jsonl has ${found} findings ${status}, result.json counts ${statedCounts[status]}: they do not belong together`;
      }
    }
    return null;
  }

  /** All else that result.json says otherwise than its findings. @param matches lines of matches.txt; null if it is not there */
  differences(result: RunResult, matches: number | null): string[] {
    const { cells, unexplained, verdict, gate } = result;
    const unmet = gate.checks.filter(({ met }) => !met).map(({ name }) => name);
    return [
      ...(matches === null || matches === cells.match
        ? []
        : [`checks that match: result.json says ${cells.match}, matches.txt has ${matches}`]),
      ...(unexplained === this.#unexplained
        ? []
        : [`mismatches without a cause: result.json says ${unexplained}, its findings make ${this.#unexplained}`]),
      ...differencesOf(result.moneyAtRisk, this.#money),
      ...(result.moneyWaived === undefined ? [] : differencesOf(result.moneyWaived, this.#waived, 'waived ')),
      ...(this.#unreadable === 0 ? [] : [`${this.#unreadable} amounts of the findings cannot be read`]),
      ...(verdict === 'parity' && unmet.length > 0
        ? [`the verdict is parity, though the gate was not met: ${unmet.join(', ')}`]
        : []),
    ];
  }
}

function differencesOf(stated: readonly ResultMoney[], sums: ReadonlyMap<string, Decimal>, what = ''): string[] {
  const statedCounts = new Map<string, string>();
  for (const { currency, overBilled, underBilled } of stated) {
    statedCounts.set(`${currency} over-billed`, overBilled).set(`${currency} under-billed`, underBilled);
  }
  const currencies = new Set([...statedCounts.keys(), ...sums.keys()].map((key) => key.split(' ')[0] ?? ''));
  return [...currencies].sort().flatMap((currency) =>
    DIRECTIONS.flatMap((direction) => {
      const key = `${currency} ${direction}`;
      const found = sums.get(key) ?? ZERO;
      const stated = statedCounts.get(key) ?? '0';
      const amount = parseDecimal(stated);
      if (amount !== null && isZero(subtract(amount, found))) return [];
      return [`${what}${key}: result.json says ${stated}, its findings make ${formatAmount(found, currency)}`];
    }),
  );
}
