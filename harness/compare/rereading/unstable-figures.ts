/** What was not the same when it was read again: nobody can say that it differs, or agrees. Nothing that differed at first is erased. */
import { compareDecimals, type Decimal, maximum, negate } from '../../domain/decimal.ts';
import type { CellScope, Statement } from '../../domain/finding.ts';
import type { Pair } from '../pairs/pair.ts';
import { ABSENT, knownIn, type Reading, statementOf, valueIn } from '../pairs/reading.ts';
import type { SideReading } from '../pairs/side-reading.ts';
import type { Outcome, PairRule, Rule } from '../rules/rule.ts';

/** What a rule observed when it was read first, with the pair where it is one. */
export interface FirstObservation {
  readonly rule: Rule;
  readonly scope: CellScope;
  readonly pairKey: string;
  readonly outcome: Outcome;
  readonly pair: Pair | null;
}

/** First observations by what they are about; of organisations that were read again alone. */
export type FirstReadings = ReadonlyMap<string, FirstObservation>;

export const NO_FIRST_READINGS: FirstReadings = new Map();

/** The same thing in both readings. */
export const aboutKey = (rule: string, pairKey: string, scope: CellScope): string => {
  const { side, subject, region, appId, sku, partNumber, orgs } = scope;
  return [rule, pairKey, side, subject, region, appId, sku, partNumber, ...orgs.map(({ id }) => id)].join('\n');
};

/** @param outcome of the second reading; null: nothing was observed there any more */
export function afterRereading(first: FirstObservation, outcome: Outcome | null, now: Pair | null): Outcome | null {
  const { rule, outcome: earlier } = first;
  if (
    rule.looksAt === 'pair' &&
    rule.rereadFigure !== undefined &&
    now !== null &&
    first.pair !== null &&
    outcome !== null
  ) {
    const figure = figureOutcome(rule.rereadFigure, outcome, earlier, first.pair, now);
    if (figure !== null) return figure;
  }
  if (earlier.kind !== 'different' || (outcome !== null && outcome.kind !== 'equal')) return outcome;
  return {
    kind: 'unstable',
    legacy: earlier.legacy === null ? null : again(earlier.legacy),
    contract: earlier.contract === null ? null : again(earlier.contract),
    sentence: `it differed when it was read first (${earlier.sentence}), and agrees when read again`,
  };
}

/** What the first reading said, beside a second one that agrees. */
const again = (statement: Statement): Statement => ({ ...statement, first: statement });

type RereadFigure = NonNullable<PairRule['rereadFigure']>;

/** Null: the figure stood still on both sides, or neither reading has anything to explain. */
function figureOutcome(
  name: RereadFigure,
  outcome: Outcome,
  earlier: Outcome,
  before: Pair,
  now: Pair,
): Outcome | null {
  if (outcome.kind === 'not-comparable' || (outcome.kind === 'equal' && earlier.kind !== 'different')) return outcome;
  const legacy = bothReadings(figureOf(before.legacy, name), figureOf(now.legacy, name));
  const contract = bothReadings(figureOf(before.contract, name), figureOf(now.contract, name));
  if (!legacy.changed && !contract.changed) return null;
  if (outcome.kind === 'different' && legacy.changed && contract.changed && !rangesOverlap(legacy, contract))
    return outcome;
  return {
    kind: 'unstable',
    legacy: legacy.statement,
    contract: contract.statement,
    sentence: `the figure moved while it was read twice: ${legacy.words('legacy')}; ${contract.words('contract')}`,
  };
}

interface BothReadings {
  readonly changed: boolean;
  readonly statement: Statement;
  /** Lowest and highest value read; null where one is not known. */
  readonly range: readonly [Decimal, Decimal] | null;
  words(side: string): string;
}

const textOf = (reading: Reading): string =>
  knownIn(reading)
    .map(({ value }) => value)
    .join(' and ') || 'nothing';

const figureOf = (side: SideReading | null, name: RereadFigure): Reading => side?.[name] ?? ABSENT;

function bothReadings(first: Reading, now: Reading): BothReadings {
  const [a, b] = [textOf(first), textOf(now)];
  const changed = a !== b;
  const [one, two] = [valueIn(first), valueIn(now)];
  return {
    changed,
    statement: changed ? { ...statementOf(now), first: statementOf(first) } : statementOf(now),
    range: one === null || two === null ? null : [lower(one, two), maximum(one, two)],
    words: (side) => (changed ? `${side} said ${a}, then ${b}` : `${side} said ${b} both times`),
  };
}

const lower = (a: Decimal, b: Decimal): Decimal => negate(maximum(negate(a), negate(b)));

/** Some value between their two readings may have been both sides' at once. */
function rangesOverlap({ range: a }: BothReadings, { range: b }: BothReadings): boolean {
  if (a === null || b === null) return true;
  return compareDecimals(a[0], b[1]) <= 0 && compareDecimals(b[0], a[1]) <= 0;
}
