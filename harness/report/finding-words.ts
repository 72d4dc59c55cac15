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

/** `over-billed USD 6.30`, of several currencies one after the other; empty if nothing is at risk. */
export const moneyWords = (finding: Finding): string =>
  moneyOf(finding)
    .map(({ currency, amount, direction }) => `${direction} ${currency} ${amount}`)
    .join(', ');

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
