/** A finding in words, the same in every format that is read as text. */
import type { Finding, FindingMoney } from '../domain/run-result.ts';
import { safeText } from './safe-text.ts';

/** Organisations named one by one; of more, the rest are counted. */
const NAMED = 3;

/** `Acme + Contoso`, or `region us-east-1`, or `the whole capture`. Made safe for one line of text. */
export function whoOf({ orgs, region }: Pick<Finding, 'orgs' | 'region'>): string {
  if (orgs.length === 0) return region === null ? 'the whole capture' : `region ${safeText(region)}`;
  const named = orgs.slice(0, NAMED).map(({ id, name }) => safeText(name ?? id));
  const more = orgs.length - NAMED;
  return `${named.join(' + ')}${more > 0 ? ` + ${more} more` : ''}`;
}

/** The product, as SKU or part number. */
export const productOf = ({ sku, partNumber }: Finding): string | null => {
  const product = sku ?? partNumber;
  return product === null ? null : safeText(product);
};

export const moneyOf = ({ moneyAtRisk, moreMoneyAtRisk = [] }: Finding): readonly FindingMoney[] =>
  moneyAtRisk === null ? [] : [moneyAtRisk, ...moreMoneyAtRisk];

const NOT_AT_RISK: Readonly<Partial<Record<Finding['status'], string>>> = {
  waived: 'waived',
  tolerated: 'tolerated',
  unstable: 'unverified',
};

/** Why the money of a finding is in no total of money at risk; null where it is. */
export const notAtRisk = ({ status }: Pick<Finding, 'status'>): string | null => NOT_AT_RISK[status] ?? null;

/** `over-billed USD 6.30`, of several currencies one after the other, `(waived)` after them if it is; empty if there is none. */
export function moneyWords(finding: Finding): string {
  const amounts = moneyOf(finding).map(({ currency, amount, direction }) => `${direction} ${currency} ${amount}`);
  const why = amounts.length === 0 ? null : notAtRisk(finding);
  return `${amounts.join(', ')}${why === null ? '' : ` (${why})`}`;
}

export interface Unverified {
  /** Figures of an open period, which use moves. */
  readonly open: number;
  /** Of a closed period, or of none that is known: they count as not compared. */
  readonly other: number;
}

/** Figures that moved between two readings: neither a match nor a mismatch. */
export function unverified(findings: readonly Finding[]): Unverified {
  const moved = findings.filter(({ status }) => status === 'unstable');
  const open = moved.filter(({ period }) => period?.status === 'open').length;
  return { open, other: moved.length - open };
}

export const reasonOf = ({ reason, rule }: Finding): string => safeText(reason ?? rule);

/** Mismatches that follow from no other one: what a reader must look at. */
export function ownMismatches(findings: readonly Finding[]): Finding[] {
  const mismatches = findings.filter(({ status }) => status === 'mismatch');
  const ids = new Set(mismatches.map(({ id }) => id));
  return mismatches.filter(({ derivedFrom }) => derivedFrom === null || !ids.has(derivedFrom));
}

/** Why cells could not be compared, the most frequent reason first. */
export function reasonsNotComparable(
  findings: readonly Finding[],
): readonly (readonly [reason: string, count: number])[] {
  const reasons = new Map<string, number>();
  for (const finding of findings) {
    if (finding.status !== 'not-comparable') continue;
    const reason = reasonOf(finding);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [...reasons].sort((a, b) => b[1] - a[1]);
}
