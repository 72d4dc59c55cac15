/** A finding in words, the same in every format that is read as text. */
import { alikeKey, tellsOf } from '../../domain/alike.ts';
import type { Finding, FindingMoney } from '../../domain/run-result.ts';
import type { Unread } from '../../domain/verdict.ts';
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

/** One reason why checks could not be compared, of several findings that differ by an id, a name or a date only. */
export interface AlikeReason {
  /** Of the first of them. */
  readonly reason: string;
  readonly count: number;
  /** How many texts it stands for. */
  readonly texts: number;
  /** Nobody could expect these checks to be comparable: coverage leaves them out. */
  readonly isOutside: boolean;
}

/**
 * Why checks could not be compared: first those that count against coverage, then by how many there are.
 * @param unread what could not be fetched or read: whatever tells of the same failure stands together
 */
export function alikeReasons(findings: readonly Finding[], unread: readonly Unread[] = []): readonly AlikeReason[] {
  const kinds = new Map<string, { reason: string; count: number; texts: Set<string>; isOutside: boolean }>();
  const known = new Map<string, string | null>();
  const failureIn = (reason: string): string | null => {
    const before = known.get(reason);
    const failure = before === undefined ? (unread.find((one) => tellsOf(reason, one.reason))?.reason ?? null) : before;
    known.set(reason, failure);
    return failure;
  };
  for (const finding of findings) {
    if (finding.status !== 'not-comparable') continue;
    const reason = reasonOf(finding);
    const isOutside = finding.outsideCoverage === true;
    const key = `${isOutside} ${failureIn(reason) ?? alikeKey(reason, namesIn(finding))}`;
    const kind = kinds.get(key) ?? { reason, count: 0, texts: new Set(), isOutside };
    kind.count += 1;
    kind.texts.add(reason);
    kinds.set(key, kind);
  }
  return [...kinds.values()]
    .map((kind) => ({ ...kind, texts: kind.texts.size }))
    .sort((a, b) => Number(a.isOutside) - Number(b.isOutside) || b.count - a.count);
}

const namesIn = ({ orgs, sku, partNumber, region }: Finding): string[] =>
  [...orgs.flatMap(({ id, name }) => [id, name]), sku, partNumber, region]
    .filter((name) => name !== null)
    .map(safeText);

/** `22 × the answer has … (the first of 22 like it)`. */
export function alikeWords({ reason, count, texts, isOutside }: AlikeReason): string {
  const more = texts > 1 ? ` (the first of ${texts} like it)` : '';
  return `${count} × ${isOutside ? 'outside coverage: ' : ''}${reason}${more}`;
}
