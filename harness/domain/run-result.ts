/** result.json and findings.jsonl as pinned; decimals are strings. Reporters read nothing else. */
import type { Category, CellStatus } from './finding.ts';
import type { ReadinessPolicy } from './policy.ts';
import type { Account } from './record.ts';
import type { OrgRef, Origin } from './side.ts';
import type {
  CellCounts,
  ComparedWhat,
  DriftEntry,
  GateOutcome,
  OrgCounts,
  Unread,
  Verdict,
  WaiverCounts,
} from './verdict.ts';

export const RESULT_SCHEMA_VERSION = 1;

export interface ResultMoney {
  readonly currency: string;
  readonly overBilled: string;
  readonly underBilled: string;
}

/** `TieOut` with amounts as text, at the currency's minor unit. */
export interface ResultTieOut {
  readonly currency: string;
  readonly legacy: string;
  readonly contract: string;
  readonly difference: string;
  readonly findings: string;
  readonly residual: string;
  readonly notCompared: { readonly legacy: string; readonly contract: string };
}

/** One line of statement.jsonl: both bills of one pair, amounts at the currency's minor unit. */
export interface StatementRow {
  readonly orgs: readonly OrgRef[];
  readonly region: string | null;
  readonly appId: string | null;
  readonly partNumber: string;
  readonly sku: string;
  readonly period: { readonly start: string; readonly end: string; readonly status: string } | null;
  readonly currency: string;
  /** Null where the bill cannot be worked out; `difference` and `residual` are null with it. */
  readonly legacy: string | null;
  readonly contract: string | null;
  readonly difference: string | null;
  readonly findings: string;
  readonly residual: string | null;
  readonly note: string | null;
}

/** What the embedded sandbox hid, and how much of it the run found. */
export interface SandboxScore {
  readonly seed: number;
  readonly orgs: number;
  readonly hidden: number;
  readonly found: number;
  /** Mismatches where nothing was hidden. */
  readonly falseAlarms: number;
  /** `defect at organisation` for each that no finding shows. */
  readonly missed: readonly string[];
}

/** What a run was to look at: only a run of the whole scope speaks for a night, or shows a mismatch of it to be fixed. */
export interface RunScope {
  /** `all`: whoever either side knows; `listed`: those that the scenario lists; `narrowed`: fewer, by `--org`. */
  readonly orgs: 'all' | 'listed' | 'narrowed';
  /** Ids in lower case, sorted; null for `all`. */
  readonly orgIds: readonly string[] | null;
  /** Part numbers of each app that are compared; both sorted. */
  readonly apps: readonly { readonly appId: string; readonly partNumbers: readonly string[] }[];
  /** Which billing periods: `date` is the one that contains a given date. */
  readonly period: 'open' | 'last-closed' | 'date';
  /** The date; only where `period` is `date`. Results of releases before it was told lack it. */
  readonly date?: string;
  /** `narrowed`: name of the scenario that it is a part of; else null. */
  readonly partOf: string | null;
}

export interface RunIdentity {
  readonly id: string;
  readonly scenario: string;
  readonly scenarioSha256: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly sources: { readonly legacy: Origin | null; readonly contract: Origin };
  readonly shard: string | null;
  /** Origins that were asked, one a source; evidence urls are relative to them. */
  readonly origins: Readonly<Record<string, string>>;
  /** Null unless the embedded sandbox served a side. */
  readonly sandbox: SandboxScore | null;
  /** Date by the clock of the answers: the night that the run speaks of. Results of releases before it was told lack it. */
  readonly today?: string;
  /** The scenario's policy as it was when it ran. */
  readonly readiness?: ReadinessPolicy | null;
  /** Results of releases before it was told lack it. */
  readonly scope?: RunScope;
}

/** What the comparison of both sides says of one billing period, over all organisations that have it. */
export interface PeriodCounts {
  /** First and last day, both inclusive. */
  readonly start: string;
  readonly end: string;
  readonly status: 'open' | 'closed' | 'unknown';
  /** Organisations with at least one cell that could be compared. */
  readonly orgs: number;
  /** Cells that match, are tolerated or waived. */
  readonly agree: number;
  readonly mismatch: number;
  readonly unstable: number;
  /** Without those that no configured source carries. */
  readonly notComparable: number;
}

export interface RequestCounts {
  readonly legacy: number;
  readonly contract: number;
  readonly retries: number;
  readonly rateLimited: number;
  readonly replayed: number;
}

export interface RunResult {
  readonly schemaVersion: typeof RESULT_SCHEMA_VERSION;
  readonly tool: { readonly name: 'cutover-parity'; readonly version: string };
  readonly run: RunIdentity;
  readonly verdict: Verdict;
  readonly gate: GateOutcome;
  readonly orgs: OrgCounts;
  readonly cells: CellCounts;
  readonly moneyAtRisk: readonly ResultMoney[];
  readonly rootCauses: readonly {
    readonly id: string;
    readonly title: string;
    readonly sku: string | null;
    readonly explains: number;
    readonly of: number;
    readonly moneyAtRisk: readonly ResultMoney[];
    readonly findings: readonly string[];
  }[];
  readonly unexplained: number;
  readonly waivers: WaiverCounts;
  /** Results of releases before accounts were kept lack this and the next four. */
  readonly moneyWaived?: readonly ResultMoney[];
  /** Pairs with a mismatch, waived or tolerated cell whose money no sum holds. */
  readonly moneyUnknown?: number;
  readonly accounts?: readonly Account[];
  readonly tieOut?: readonly ResultTieOut[];
  readonly compared?: ComparedWhat;
  /** Results of releases before it was told lack it. */
  readonly unread?: readonly Unread[];
  readonly drift: readonly DriftEntry[];
  readonly requests: RequestCounts;
  readonly notes: readonly string[];
  /** By first and last day; cells of one side alone are not in it. Results of releases before it was told lack it. */
  readonly periods?: readonly PeriodCounts[];
}

/** One direction of one currency; `over-billed` if the contract side would bill more. */
export interface FindingMoney {
  readonly currency: string;
  readonly amount: string;
  readonly direction: string;
}

export interface FindingEvidence {
  readonly exchange: string;
  /** Path and query; the origin stands in `run.origins`, so that runs against different hosts compare. */
  readonly url: string;
  /** ISO instant of the answer, by the server's clock where it says. */
  readonly at: string;
  readonly correlationId: string | null;
  readonly pointer: string;
}

export interface FindingStatement {
  readonly value: string | null;
  readonly raw: string | null;
  readonly derivation: string | null;
  readonly evidence: FindingEvidence | null;
  /** Only where the figure was read twice and moved: what the first reading said. */
  readonly first?: Omit<FindingStatement, 'first'>;
}

/** One line of findings.jsonl: every cell that is not a match. */
export interface Finding {
  readonly id: string;
  readonly status: Exclude<CellStatus, 'match'>;
  readonly category: Category;
  readonly rule: string;
  readonly side: 'legacy' | 'contract' | null;
  readonly orgs: readonly { readonly id: string; readonly name: string | null }[];
  readonly region: string | null;
  readonly appId: string | null;
  readonly sku: string | null;
  readonly partNumber: string | null;
  readonly period: { readonly start: string; readonly end: string; readonly status: string } | null;
  readonly legacy: FindingStatement | null;
  readonly contract: FindingStatement | null;
  readonly delta: string | null;
  readonly relative: string | null;
  /** Of a mismatch: at risk. Of any other status: what the pair would cost, in no total of money at risk. */
  readonly moneyAtRisk: FindingMoney | null;
  /** Only where one pair is at risk in two currencies: the amounts beyond the first. */
  readonly moreMoneyAtRisk?: readonly FindingMoney[];
  readonly rootCause: string | null;
  readonly derivedFrom: string | null;
  readonly waiver: {
    readonly reason: string;
    readonly owner: string;
    readonly ticket: string | null;
    readonly expires: string;
  } | null;
  readonly reason: string | null;
  /** Only where it is not comparable and nobody could expect it to be, so that coverage leaves it out. */
  readonly outsideCoverage?: true;
}

/** An earlier run of the same scenario, as far as later ones tell of it. */
export interface EarlierRun {
  readonly result: RunResult;
  /** Status by id of each of its findings; null where they were too many to be read again, or are not there. */
  readonly statuses: ReadonlyMap<string, Finding['status']> | null;
  /** How many of its findings were unresolved, by `customerKey`; null as above. */
  readonly unresolved: ReadonlyMap<string, number> | null;
}
