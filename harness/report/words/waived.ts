/** What is waived in words and sums, the same in every format: how much, who answers for it, and until when. */
import { add, type Decimal, decimal, isZero } from '../../domain/decimal.ts';
import type { ScenarioHistory } from '../../domain/history.ts';
import { formatAmount } from '../../domain/money.ts';
import type { Finding, ResultMoney, RunResult } from '../../domain/run-result.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { capital, counted, grouped, type VerdictSource, verdictWords } from './common.ts';
import { moneyOf } from './finding.ts';
import { safeText } from './safe-text.ts';

/** A verdict as far as waivers are behind it: a result, or its face in a comparison of runs. */
export type Waived = VerdictSource & Covered;

interface Covered {
  readonly verdict: Verdict;
  readonly waivers: { readonly used: number };
  readonly moneyWaived?: readonly ResultMoney[];
  readonly moneyUnknown?: number;
}

/** `GBP 18,059.66 and JPY 1,200`: both directions added, one amount a currency; empty where there is none. */
export function waivedAmounts(money: readonly ResultMoney[]): string {
  const amounts = money.flatMap(({ currency, overBilled, underBilled }) => {
    const amount = add(decimal(overBilled), decimal(underBilled));
    return isZero(amount) ? [] : [`${currency} ${grouped(formatAmount(amount, currency))}`];
  });
  const last = amounts.pop();
  if (last === undefined) return '';
  return amounts.length === 0 ? last : `${amounts.join(', ')} and ${last}`;
}

/** Both directions of one currency, added. */
export const waivedTotal = (currency: string, { overBilled, underBilled }: Omit<ResultMoney, 'currency'>): string =>
  grouped(formatAmount(add(decimal(overBilled), decimal(underBilled)), currency));

/** `with 18 waivers, GBP 18,059.66 waived`; empty where no waiver is in use. */
export function waivedWords({ waivers, moneyWaived = [], moneyUnknown = 0 }: Omit<Covered, 'verdict'>): string {
  if (waivers.used === 0) return '';
  const amounts = waivedAmounts(moneyWaived);
  const known = amounts === '' ? 'no money' : amounts;
  // The unknown may be theirs: no sum may stand as if it were all.
  const unknown = moneyUnknown === 0 ? '' : ` and ${counted(moneyUnknown, 'pair')} whose money is not known`;
  return `with ${counted(waivers.used, 'waiver')}, ${known} waived${unknown}`;
}

/** ` with 18 waivers`, after `READY` where the money stands beside it. */
export const withWaivers = ({ verdict, waivers: { used } }: Covered): string =>
  verdict === 'parity' && used > 0 ? ` with ${counted(used, 'waiver')}` : '';

/** `READY with 18 waivers, GBP 18,059.66 waived`: never `READY` alone where waivers made it so. */
export function verdictWord(of: Waived): string {
  const waived = of.verdict === 'parity' ? waivedWords(of) : '';
  const { word } = verdictWords(of);
  return waived === '' ? word : `${word} ${waived}`;
}

/** `READY with 3 waivers, …` of a readiness: by the newest night. */
export function readyWord(word: string, { readiness, nights }: Pick<ScenarioHistory, 'readiness' | 'nights'>): string {
  const newest = nights.findLast(({ run }) => run !== null)?.run ?? null;
  const waived = readiness?.standing === 'ready' && newest !== null ? waivedWords(newest) : '';
  return waived === '' ? word : `${word} ${waived}`;
}

/** What stands for `none` where nothing but waived money is at risk; null where none is waived. */
export const nothingButWaived = ({ moneyWaived = [] }: Pick<RunResult, 'moneyWaived'>): string | null =>
  waivedAmounts(moneyWaived) === '' ? null : 'none beyond what is waived';

/** Nothing but the money that is waived keeps the gate from being met. */
export function onlyWaivedTooMuch({ gate: { checks } }: Pick<RunResult, 'gate'>): boolean {
  const missed = checks.filter(({ met }) => !met);
  return missed.length > 0 && missed.every(({ name }) => name.startsWith('maxWaivedMoney.'));
}

export const WAIVED_TOO_MUCH = 'more money is waived than the gate accepts';

export interface LedgerEntry {
  readonly waiver: NonNullable<Finding['waiver']>;
  readonly findings: number;
  /** What it covers, in the given order. */
  readonly covered: readonly Finding[];
  /** Both directions apart, by currency. */
  readonly money: readonly ResultMoney[];
}

/** Waivers in use with what they cover, the one that expires first before the others. */
export function ledgerOf(findings: readonly Finding[]): readonly LedgerEntry[] {
  const entries = new Map<string, { waiver: LedgerEntry['waiver']; own: Finding[] }>();
  for (const finding of findings) {
    if (finding.status !== 'waived' || finding.waiver === null) continue;
    const { reason, owner, ticket, expires } = finding.waiver;
    const key = JSON.stringify([expires, owner, ticket, reason]);
    const entry = entries.get(key);
    if (entry === undefined) entries.set(key, { waiver: finding.waiver, own: [finding] });
    else entry.own.push(finding);
  }
  return [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { waiver, own }]) => ({ waiver, findings: own.length, covered: own, money: totalsOf(own) }));
}

/** `until 2026-07-31: renegotiated from May on (billing@example.com, PURE-6749), 12 findings, GBP 80.00`. */
export function entryWords({ waiver, findings, money }: LedgerEntry): string {
  const { expires, reason, owner, ticket } = waiver;
  const who = [owner, ticket].filter((part) => part !== null).map(safeText);
  const amounts = waivedAmounts(money);
  return `until ${safeText(expires)}: ${safeText(reason)} (${who.join(', ')}), ${counted(findings, 'finding')}, ${amounts === '' ? 'no money' : amounts}`;
}

/** `40 of them are waived`; empty where none is. */
export const waivedChecks = ({ cells }: Pick<RunResult, 'cells'>): string =>
  cells.waived === 0 ? '' : capital(`${grouped(cells.waived)} of them ${cells.waived === 1 ? 'is' : 'are'} waived`);

/** The money of findings by currency, both directions apart. */
export function totalsOf(findings: readonly Finding[]): ResultMoney[] {
  const totals = new Map<string, { over: Decimal; under: Decimal }>();
  for (const { currency, amount, direction } of findings.flatMap(moneyOf)) {
    const { over, under } = totals.get(currency) ?? { over: decimal(0), under: decimal(0) };
    const more = decimal(amount);
    totals.set(
      currency,
      direction === 'over-billed' ? { over: add(over, more), under } : { over, under: add(under, more) },
    );
  }
  return [...totals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { over, under }]) => ({
      currency,
      overBilled: formatAmount(over, currency),
      underBilled: formatAmount(under, currency),
    }));
}
