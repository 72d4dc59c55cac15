/** The words and numbers of the page, the same wherever they stand. */
import { decimal, multiply, parseDecimal } from '../../domain/decimal.ts';
import type { CellStatus } from '../../domain/finding.ts';
import type { Finding } from '../../domain/run-result.ts';
import type { SourceName } from '../../domain/side.ts';
import type { CellCounts, Verdict } from '../../domain/verdict.ts';

export const STATUS_WORDS: Readonly<Record<CellStatus, { readonly glyph: string; readonly word: string }>> = {
  match: { glyph: '✓', word: 'Match' },
  tolerated: { glyph: '≈', word: 'Tolerated' },
  mismatch: { glyph: '✗', word: 'Mismatch' },
  waived: { glyph: '⚑', word: 'Waived' },
  unstable: { glyph: '∿', word: 'Unstable' },
  'not-comparable': { glyph: '?', word: 'Not comparable' },
};

interface VerdictWord {
  readonly glyph: string;
  readonly word: string;
}

const BETWEEN_SIDES: Readonly<Record<Verdict, VerdictWord>> = {
  parity: { glyph: '✓', word: 'READY' },
  mismatch: { glyph: '✗', word: 'NOT READY' },
  inconclusive: { glyph: '?', word: 'INCONCLUSIVE' },
};

/** Of the contract side alone nothing is ready: nothing was compared with anything. */
const OF_ONE_SIDE: Readonly<Record<Verdict, VerdictWord>> = {
  parity: { glyph: '✓', word: 'VALID' },
  mismatch: { glyph: '✗', word: 'NOT VALID' },
  inconclusive: { glyph: '?', word: 'INCONCLUSIVE' },
};

/** A verdict, and whether it speaks of the contract side alone: a result, or its face in a comparison of runs. */
export type VerdictSource = { readonly verdict: Verdict } & (
  | { readonly run: { readonly sources: { readonly legacy: unknown } } }
  | { readonly alone: boolean }
);

/** Of the contract side alone. */
export const isAlone = (of: VerdictSource): boolean => ('run' in of ? of.run.sources.legacy === null : of.alone);

export const verdictWords = (of: VerdictSource): VerdictWord => (isAlone(of) ? OF_ONE_SIDE : BETWEEN_SIDES)[of.verdict];

export const SOURCE_WORDS: Readonly<Record<SourceName, string>> = {
  'usage-api': 'Premium Applications - Usage API',
  'partner-billing': 'Partner Billing Usage API',
  'contract-api': 'Contract & Billing API',
};

/** `1234567.80` → `1,234,567.80`; for amounts and counts. */
export function grouped(number: string | number): string {
  const [whole = '', fraction] = String(number).split('.');
  const digits = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

const FIGURE = /^-?\d+(?:\.\d+)?$/;

/** What a side states, as it is read: figures with separators, texts and dates as they are. The body beside it has it as on the wire. */
export const legible = (value: string): string => (FIGURE.test(value) ? grouped(value) : value);

const SMALL = 1000;

/** The sentence of a finding with separators in its own figures; other digits may be of an id, and stay. */
export function legibleReason({ reason, legacy, contract, delta }: Finding): string | null {
  if (reason === null) return null;
  const figures = [legacy?.value, contract?.value, delta]
    .filter((value) => value != null && FIGURE.test(value) && Math.abs(Number(value)) >= SMALL)
    .map((value) => value?.replace('-', '') ?? '');
  if (figures.length === 0) return reason;
  const own = [...new Set(figures)].map((figure) => figure.replace('.', '\\.')).join('|');
  return reason.replace(new RegExp(`(?<![\\w./:-])-?(?:${own})(?![\\w/:-]|\\.\\d)`, 'g'), grouped);
}

/** Whether an amount is zero, however many places it is stated with. */
export const isNothing = (amount: string): boolean => /^-?0*(?:\.0*)?$/.test(amount);

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Ended by a full stop, unless it ends like a sentence already. */
export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

/** A true minus and an explicit plus, so that a direction is never in doubt. */
export const signed = (number: string): string =>
  number.startsWith('-') ? `−${legible(number.slice(1))}` : `+${legible(number)}`;

/** `0.0531` → `+5.31 %`. */
export function signedPercent(ratio: string): string {
  const share = parseDecimal(ratio);
  return share === null ? ratio : `${signed(multiply(share, decimal(100)))} %`;
}

/** `2026-04-20T12:00:00.000Z` → `2026-04-20 12:00:00 UTC`; anything else as it is. */
export const instant = (text: string): string =>
  text.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/, '$1 $2 UTC');

/** Cells by whether they could be compared, and agree. */
export const totals = (cells: CellCounts) => {
  const agree = cells.match + cells.tolerated + cells.waived;
  const compared = agree + cells.mismatch;
  return { agree, compared, all: compared + cells.unstable + cells.notComparable };
};

export const statedBy = (statement: Finding['legacy']): string => legible(statement?.value ?? 'none');

export const productOf = (finding: Finding): string | null => finding.sku ?? finding.partNumber;
