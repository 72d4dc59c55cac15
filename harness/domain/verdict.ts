/** What a run concludes. */
import type { DriftEffect } from './capture.ts';
import type { Decimal } from './decimal.ts';
import type { Cell, MoneyTotal, RootCause } from './finding.ts';

/** In the order in which they outrank each other: a proven mismatch before what could not be verified. */
export type Verdict = 'mismatch' | 'inconclusive' | 'parity';

export interface GateCheck {
  /** `minParity`, `minCoverage`, `maxMoneyAtRisk.USD`, `expiredWaivers`, `failOnDrift`. */
  readonly name: string;
  readonly limit: string;
  readonly actual: string;
  readonly met: boolean;
}

export interface GateOutcome {
  readonly mode: 'enforce' | 'report';
  readonly met: boolean;
  readonly checks: readonly GateCheck[];
}

export interface CellCounts {
  readonly match: number;
  readonly tolerated: number;
  readonly mismatch: number;
  readonly waived: number;
  readonly unstable: number;
  readonly notComparable: number;
}

export interface OrgCounts {
  /** In scope: listed in the scenario, or found on either side. */
  readonly expected: number;
  /** With at least one cell that could be compared. */
  readonly compared: number;
  /** Compared, and every cell that could be compared agrees; nothing left uncompared. */
  readonly atParity: number;
  /** A side could not be fetched or read. */
  readonly unreachable: number;
}

export interface WaiverCounts {
  readonly used: number;
  readonly unused: number;
  readonly expired: number;
}

/** Kinds of drift seen, one an endpoint type, pointer and kind. */
export interface DriftEntry {
  readonly type: string;
  readonly pointer: string;
  readonly kind: string;
  readonly count: number;
  /** Against a baseline of the shape: what it does to a comparison, and the same in words. */
  readonly severity?: DriftEffect;
  readonly effect?: string;
}

/** What the comparison returns: every cell, and the conclusions drawn from them. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly gate: GateOutcome;
  readonly orgs: OrgCounts;
  readonly counts: CellCounts;
  readonly moneyAtRisk: readonly MoneyTotal[];
  readonly rootCauses: readonly RootCause[];
  /** Mismatching cells that no root cause explains. */
  readonly unexplained: number;
  readonly waivers: WaiverCounts;
  readonly drift: readonly DriftEntry[];
  /** All cells, `match` too, in a fixed order. */
  readonly cells: readonly Cell[];
  /** Ids of cells that are not comparable because no configured source carries the figure; coverage leaves them out. */
  readonly outsideCoverage: ReadonlySet<string>;
  /** Things seen that are no cells, in words: unmapped SKUs, organisations outside the scenario, unused waivers. */
  readonly notes: readonly string[];
  /** Share of compared cells that agree, percent, 4 places, rounded down. Null if none was compared. */
  readonly parityPercent: Decimal | null;
  readonly coveragePercent: Decimal | null;
}

/** Exit codes of `parity`; others rely on them to the letter. */
export const EXIT = {
  met: 0,
  notMet: 1,
  usage: 2,
  notVerified: 3,
  internal: 4,
  interrupted: 130,
  terminated: 143,
} as const;
