/** What a run concludes. */
import type { DriftEffect } from './capture.ts';
import type { InvoicesAsked } from './contract-side.ts';
import type { Decimal } from './decimal.ts';
import type { ErrorCode } from './errors.ts';
import type { Cell, MoneyTotal, RootCause } from './finding.ts';
import type { MatchLog } from './match-log.ts';
import type { Account } from './record.ts';
import type { OrgRef, Side, SourceName } from './side.ts';

/** In the order in which they outrank each other: a proven mismatch before what could not be verified. */
export type Verdict = 'mismatch' | 'inconclusive' | 'parity';

export interface GateCheck {
  /** `minParity`, `minCoverage`, `maxMoneyAtRisk.USD`, `maxWaivedMoney.USD`, `expiredWaivers`, `failOnDrift`. */
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

/**
 * Double entry for one currency, over pairs whose two bills are known: contract − legacy = signed money of findings + residual.
 * Amounts at the currency's minor unit; over-billed is positive.
 */
export interface TieOut {
  readonly currency: string;
  readonly legacy: Decimal;
  readonly contract: Decimal;
  readonly difference: Decimal;
  readonly findings: Decimal;
  /** 0, or a finding of `tie-out`. */
  readonly residual: Decimal;
  /** What records in scope bill that no pair with two known bills took. */
  readonly notCompared: { readonly legacy: Decimal; readonly contract: Decimal };
}

/** Both bills of one pair: one organisation (or those that charges join), one product, one currency, one period. */
export interface StatementLine {
  /** Key of the pair. */
  readonly pair: string;
  readonly orgs: readonly OrgRef[];
  readonly region: string | null;
  readonly appId: string | null;
  readonly partNumber: string;
  readonly sku: string;
  readonly currency: string;
  readonly period: { readonly start: string; readonly end: string; readonly status: string } | null;
  /** Null where the bill cannot be worked out. */
  readonly legacy: Decimal | null;
  readonly contract: Decimal | null;
  /** contract − legacy; null unless both are known. */
  readonly difference: Decimal | null;
  /** Signed money of the pair's findings. */
  readonly findings: Decimal;
  readonly residual: Decimal | null;
  /** Why the bills are not part of the tie-out, or what they rest on; null: nothing to say. */
  readonly note: string | null;
}

/** Requests that failed alike, and answers that could not be used alike: they differ by an id or a date only. */
export interface Unread {
  readonly side: Side;
  readonly source: SourceName;
  /** `configuration`: credentials were refused. */
  readonly code: ErrorCode;
  /** Of the first of them: what happened and what to do about it, without an address. */
  readonly reason: string;
  /** Of the first of them: `GET /v1/regions?appIds=wallboard (the regions)`; null where no request failed. */
  readonly request: string | null;
  /** How many there are, the first counted. */
  readonly count: number;
}

/** What was looked at, so that no verdict claims more. */
export interface ComparedWhat {
  readonly quantities: boolean;
  /** False: at least one rate that bills is carried by no configured source, and was borrowed from the other side. */
  readonly prices: boolean;
  readonly invoices: InvoicesAsked;
  /** Contracts whose listing was held against the contract by id, of all that are listed. */
  readonly listingDetail: { readonly asked: number; readonly of: number };
  /** Why, by the names above; only of what was not compared, or not wholly. */
  readonly because: Readonly<Record<string, string>>;
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
  /** In a fixed order: every cell that is no match, and matches as far as they are not among `matches`. */
  readonly cells: readonly Cell[];
  /** Cells that match, of families that were judged before the run had ended. */
  readonly matches: MatchLog;
  /** Ids of cells that are not comparable because no configured source carries the figure; coverage leaves them out. */
  readonly outsideCoverage: ReadonlySet<string>;
  /** Things seen that are no cells, in words: unmapped SKUs, organisations outside the scenario, unused waivers. */
  readonly notes: readonly string[];
  /** Share of compared cells that agree, percent, 4 places, rounded down. Null if none was compared. */
  readonly parityPercent: Decimal | null;
  readonly coveragePercent: Decimal | null;
  /** In the order of record kinds; kinds of which nothing was received are left out. */
  readonly accounts: readonly Account[];
  /** By currency. */
  readonly tieOut: readonly TieOut[];
  /** By organisations, product and currency. */
  readonly statement: readonly StatementLine[];
  readonly compared: ComparedWhat;
  /** What could not be fetched or read, in the order of the sources. */
  readonly unread: readonly Unread[];
  /** Money of pairs whose differences are all waived. */
  readonly moneyWaived: readonly MoneyTotal[];
  /** Pairs with a mismatch, waived or tolerated cell whose money cannot be worked out. */
  readonly moneyUnknown: number;
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
