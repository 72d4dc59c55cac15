/** Figures of an open period that were not the same when they were read again: nobody can say that they differ, or agree. */
import type { Statement } from '../domain/finding.ts';
import type { ComparisonPolicy } from '../domain/policy.ts';
import type { RuleId } from '../domain/rule-ids.ts';
import { type Alignment, align } from './align.ts';
import type { FirstReading } from './hindsight.ts';
import type { Pair } from './pair.ts';
import { readPair } from './read-pair.ts';
import { ABSENT, type Reading, statementOf } from './reading.ts';
import type { Outcome } from './rule.ts';
import type { SideReading } from './side-reading.ts';

/** Rules whose figures move while a period is open, and the figure that each compares. */
const FIGURES = {
  'actual-quantity': 'actual',
  'overage-quantity': 'overageQuantity',
  'overage-charge': 'overageCharge',
} as const satisfies Partial<Record<RuleId, keyof SideReading>>;

export const MOVING_RULES: ReadonlySet<string> = new Set(Object.keys(FIGURES));

/** The first reading of a pair that was read again; null for any other. */
export type Movements = (key: string) => Pair | null;

export const UNMOVED: Movements = () => null;

export function movements(now: Alignment, before: FirstReading | null, policy: ComparisonPolicy): Movements {
  if (before === null) return UNMOVED;
  const first = align(before.legacy, before.contract, policy);
  const again = first.pairs.filter(
    ({ period, orgs }) => period?.status === 'open' && orgs.some(({ id }) => before.orgs.has(id)),
  );
  const pairs = new Map(again.map((material) => [material.key, readPair(material, now.readings)]));
  return (key) => pairs.get(key) ?? null;
}

/**
 * What a rule says of a pair that was read twice: that its figure moved, unless both readings agree with the other side.
 * @param outcome of the second reading
 * @param earlier of the first one
 */
export function settled(rule: string, outcome: Outcome, now: Pair, first: Pair, earlier: Outcome | null): Outcome {
  const name = FIGURES[rule as keyof typeof FIGURES];
  if (name === undefined) return outcome;
  if (outcome.kind === 'not-comparable' || (outcome.kind === 'equal' && earlier?.kind !== 'different')) return outcome;
  const legacy = twice(figureOf(first.legacy, name), figureOf(now.legacy, name));
  const contract = twice(figureOf(first.contract, name), figureOf(now.contract, name));
  if (!legacy.moved && !contract.moved) return outcome;
  return {
    kind: 'unstable',
    legacy: legacy.statement,
    contract: contract.statement,
    sentence: `the figure moved while it was read twice: ${legacy.words('legacy')}; ${contract.words('contract')}`,
  };
}

interface Twice {
  readonly moved: boolean;
  readonly statement: Statement;
  words(side: string): string;
}

const textOf = (reading: Reading): string => (reading.state === 'known' ? reading.value : 'nothing');

type Figure = (typeof FIGURES)[keyof typeof FIGURES];

const figureOf = (side: SideReading | null, name: Figure): Reading => side?.[name] ?? ABSENT;

function twice(first: Reading, now: Reading): Twice {
  const [a, b] = [textOf(first), textOf(now)];
  const moved = a !== b;
  return {
    moved,
    statement: moved ? { ...statementOf(now), first: statementOf(first) } : statementOf(now),
    words: (side) => (moved ? `${side} said ${a}, then ${b}` : `${side} said ${b} both times`),
  };
}
