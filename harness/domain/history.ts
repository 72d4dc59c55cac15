/** Runs over time: what `parity history` concludes from the folders of many runs. Pure data; pages and terminal only show it. */
import type { IsoDate } from './billing-period.ts';
import type { ReadinessPolicy } from './policy.ts';
import type { ResultMoney, RunResult } from './run-result.ts';
import type { Origin } from './side.ts';
import type { GateOutcome, Verdict } from './verdict.ts';

/** What a run's own snapshot says of itself. */
export interface SnapshotSeal {
  /** SHA-256 over the checksums of all exchanges; null if the capture was never completed. */
  readonly digest: string | null;
  readonly exchanges: number | null;
  readonly createdAt: string | null;
}

/** An accepted mismatch that a run made use of. */
export interface WaiverInUse {
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string | null;
  readonly expires: string;
  /** Findings that it covers. */
  readonly findings: number;
  /** What they would cost, by currency. */
  readonly money: readonly ResultMoney[];
}

export type CustomerStanding = Verdict;

/** One organisation in one run. */
export interface CustomerNight {
  readonly name: string | null;
  readonly standing: CustomerStanding;
  /** In words; null at parity. */
  readonly why: string | null;
  /** Mismatches that waivers accept. */
  readonly waived: number;
  /** `yyyy-MM` in which closed periods end that the run compared, sorted. */
  readonly closedMonths: readonly string[];
}

/** How far one organisation is by itself. */
export interface CustomerReadiness {
  readonly id: string;
  readonly name: string | null;
  /** All that the scenario demands holds for it; where it demands nothing: the newest night is at parity. */
  readonly ready: boolean;
  /** On the newest night. */
  readonly standing: CustomerStanding;
  /** At parity in a row, up to the newest. */
  readonly nights: number;
  readonly since: IsoDate | null;
  readonly closedCycles: number;
  readonly waived: number;
  /** What is missing, in words; empty if it is ready. */
  readonly why: string;
}

/** A run's folder, read and found whole. */
export interface FoundRun {
  /** Relative to the folder that was searched, with `/`; empty for that folder itself. */
  readonly dir: string;
  readonly result: RunResult;
  /** Status by id of the findings that do not agree or are waived. */
  readonly standing: ReadonlyMap<string, string>;
  readonly waivers: readonly WaiverInUse[];
  /** By id; null if the run's statement does not lie beside its result. */
  readonly customers: ReadonlyMap<string, CustomerNight> | null;
  /** Ids of the root causes that explain findings which are waived. */
  readonly waivedCauses: ReadonlySet<string>;
  /** What result.json says otherwise than the findings beside it, in words; empty if it follows from them. */
  readonly differences: readonly string[];
  readonly sha256: { readonly result: string; readonly findings: string };
  /** Null if no snapshot lies beside the results. */
  readonly snapshot: SnapshotSeal | null;
}

/** A folder or run that tells nothing of the history, and why. */
export interface LeftOut {
  readonly dir: string;
  readonly why: string;
}

/** What a night says of itself; `missing`: no run compared both sides. */
export type NightStanding = Verdict | 'missing';

export interface NightRun {
  readonly dir: string;
  readonly id: string;
  readonly finishedAt: string;
  readonly sources: { readonly legacy: Origin | null; readonly contract: Origin };
  /** Percent of compared cells that agree; null if nothing was compared. */
  readonly parity: string | null;
  /** Percent of expected cells that could be compared; null if there were none. */
  readonly coverage: string | null;
  readonly coverageMet: boolean;
  readonly gate: GateOutcome;
  readonly money: readonly ResultMoney[];
  readonly causes: number;
  readonly mismatches: number;
  readonly unexplained: number;
  readonly waived: number;
  readonly waivers: { readonly used: number };
  readonly moneyWaived: readonly ResultMoney[];
  readonly expiredWaivers: number;
  readonly orgs: { readonly expected: number; readonly atParity: number };
  readonly scenarioSha256: string;
  /** What it leaves out of what the newest night looked at, in words; null if nothing, or if its release did not tell. */
  readonly lacks: string | null;
  /** What its result says otherwise than its findings: such a night is never at parity. */
  readonly differences: readonly string[];
  readonly version: string;
  readonly sha256: { readonly result: string; readonly findings: string };
  readonly snapshot: SnapshotSeal | null;
}

/** Another run of a night, for which it does not speak. */
export interface OtherRun {
  readonly dir: string;
  readonly verdict: Verdict;
  readonly mismatches: number;
  /** It looked at less than the scenario's whole scope. */
  readonly narrower: boolean;
}

export interface Night {
  readonly date: IsoDate;
  readonly standing: NightStanding;
  /** The run that speaks for the night: the last of those of the scenario's whole scope. Null for a missing night. */
  readonly run: NightRun | null;
  /** In the order in which they finished. */
  readonly others: readonly OtherRun[];
}

/** Nights at parity up to now, without a gap. */
export interface NightRow {
  readonly length: number;
  readonly from: IsoDate | null;
  /** The night that ended the row before; null if there never was another night. */
  readonly brokenOn: IsoDate | null;
  /** `narrower`: it was at parity, but looked at less than the newest night. */
  readonly brokenBy: Exclude<NightStanding, 'parity'> | 'narrower' | null;
}

/**
 * How a billing cycle stands: the closed periods that end within one calendar month, each by the last run that compared it.
 * `partial`: fewer organisations than the runs expected; `running`: the month is not over; `missing`: never compared.
 */
export type CycleStanding = Verdict | 'partial' | 'running' | 'missing';

export interface Cycle {
  /** `yyyy-MM`. */
  readonly month: string;
  readonly standing: CycleStanding;
  /** Organisations of which a closed period was compared, and how many were expected. */
  readonly orgs: number;
  readonly expected: number;
  /** Since when it stands at parity whole; null otherwise. */
  readonly since: IsoDate | null;
}

/** A root cause on one night. `lingering`: no longer named, but some of its mismatches are still there. */
export type CauseMark = 'present' | 'lingering' | 'waived' | 'absent' | 'unknown';

export interface CauseStory {
  readonly id: string;
  readonly title: string;
  readonly sku: string | null;
  readonly first: IsoDate;
  readonly last: IsoDate;
  /** First night since which it is no longer seen; null while it is, or while nobody could look. */
  readonly goneSince: IsoDate | null;
  /** One for each night, in their order. */
  readonly marks: readonly CauseMark[];
  /** Mismatches that it explained on the last night it was named. */
  readonly explains: number;
  readonly moneyAtRisk: readonly ResultMoney[];
}

export type HistoryEventKind = 'good' | 'bad' | 'unsure' | 'note';

export interface HistoryEvent {
  readonly date: IsoDate;
  readonly kind: HistoryEventKind;
  readonly text: string;
}

export interface Requirement {
  readonly name: 'nights' | 'closedCycles';
  readonly needed: number;
  readonly have: number;
  readonly met: boolean;
  /** Met: the day from which it is. Not met: the day on which the row was broken; null if it never began. */
  readonly since: IsoDate | null;
  /** If every night and cycle from now on is at parity: the day on which it is met. Null if it is met already. */
  readonly earliest: IsoDate | null;
  /** Whether that is on or before the cutover. */
  readonly inTime: boolean;
  /** One sentence with the numbers put in. */
  readonly says: string;
}

/** `on-course`: not yet, but in time if nothing more goes wrong. `late`: not in time, whatever happens. */
export type ReadinessStanding = 'ready' | 'on-course' | 'late';

export interface Readiness {
  readonly policy: ReadinessPolicy;
  readonly standing: ReadinessStanding;
  /** Whole days; negative after the cutover. */
  readonly daysToCutover: number;
  readonly requirements: readonly Requirement[];
  /** Ready: since when. */
  readonly since: IsoDate | null;
  /** Not ready: the first day on which all can be met. */
  readonly earliest: IsoDate | null;
  /** What a reader must know beside it. */
  readonly cautions: readonly string[];
}

export interface ScenarioHistory {
  readonly scenario: string;
  /** Every date from the first run to the newest, or to yesterday; missing ones too. */
  readonly nights: readonly Night[];
  readonly row: NightRow;
  readonly cycles: readonly Cycle[];
  /** Cycles at parity in a row, up to the newest that is over. */
  readonly cycleRow: number;
  readonly causes: readonly CauseStory[];
  readonly events: readonly HistoryEvent[];
  /** Waivers that the newest run made use of. */
  readonly waivers: readonly WaiverInUse[];
  /** Null if the newest run's scenario states no policy. */
  readonly readiness: Readiness | null;
  /** By id; null if the newest run does not say who was billed. */
  readonly customers: readonly CustomerReadiness[] | null;
}

export interface History {
  /** The day as of which it speaks. */
  readonly today: IsoDate;
  /** Runs that speak for a night, over all scenarios. */
  readonly runs: number;
  readonly scenarios: readonly ScenarioHistory[];
  /** Folders that could not be read, and runs that speak for no night. */
  readonly leftOut: readonly LeftOut[];
}
