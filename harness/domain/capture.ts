/** What a capture says besides figures: what could not be had, what broke its schema, how paging went. */
import type { ErrorCode } from './errors.ts';
import type { Evidence } from './figure.ts';
import type { OrgRef, Side, SourceName } from './side.ts';

/** What a failed request was to tell us; what depends on it cannot be compared. */
export type CaptureSubject =
  | { readonly kind: 'regions' }
  | { readonly kind: 'region-listing'; readonly region: string }
  | { readonly kind: 'organisation'; readonly org: OrgRef; readonly region: string | null }
  | { readonly kind: 'contracts' }
  | { readonly kind: 'contract'; readonly contractId: string }
  | { readonly kind: 'period'; readonly contractId: string; readonly periodId: string }
  | { readonly kind: 'invoices' }
  | { readonly kind: 'invoice'; readonly invoiceId: string };

/** Something was asked for and could not be had or read. */
export interface CaptureFailure {
  readonly side: Side;
  readonly source: SourceName;
  readonly subject: CaptureSubject;
  readonly code: ErrorCode;
  /** For people, the address last: `the server could not answer (status 503); run again later; asked for the regions: GET /v1/…`. */
  readonly message: string;
  /** The message in parts. Left out where no request failed: an answer came, and something in it cannot be used. */
  readonly parts?: FailureParts;
  readonly at: Evidence;
}

export interface FailureParts {
  /** What happened and what to do about it, without an address. */
  readonly reason: string;
  /** `GET /v1/regions?appIds=wallboard (the regions)`. */
  readonly request: string;
}

/** Against the schema: the first three. Against a baseline of what was observed before: the others. */
export const DRIFT_KINDS = [
  'unknown-field',
  'vanished-field',
  'old-spelling',
  'new-field',
  'gone-field',
  'renamed-field',
  'retyped-field',
  'newly-null',
  'newly-left-out',
  'always-there',
  'page-maximum',
] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];
/** What a drift does to a comparison: figures can no longer be read, may be missing in places, or nothing. */
export type DriftEffect = 'breaks' | 'weakens' | 'none';
export type ViolationKind = 'wrong-type' | 'unknown-value' | 'bad-format' | 'missing-field';

/** One place where a body and its schema disagree. */
export interface SchemaNote {
  readonly side: Side;
  readonly source: SourceName;
  /** The wire type: `BillingCharge`. */
  readonly type: string;
  // A pointer with array indexes as an asterisk, so that one fault of many entries is one note: /charges/*/tierName
  readonly pointer: string;
  readonly kind: DriftKind | ViolationKind;
  /** What stands there, as JSON text, shortened to 200 characters. */
  readonly found: string;
  /** What the schema or the baseline expects, in words. */
  readonly expected: string;
  /** Of drift against a baseline. */
  readonly effect?: { readonly severity: DriftEffect; readonly sentence: string };
  /** How many it stands for; left out: one. */
  readonly times?: number;
  readonly at: Evidence;
}

export const isDrift = ({ kind }: SchemaNote): boolean => DRIFT_KINDS.some((each) => each === kind);

/** One body that was checked. */
export interface CheckedBody {
  readonly side: Side;
  readonly source: SourceName;
  readonly type: string;
  readonly exchange: string;
}

/** One thing that was tried on purpose, to see whether the API keeps to what is documented. */
export interface ProbeNote {
  readonly rule: 'paging' | 'schema-violation';
  /** What was tried, the same in every run: `/api/v2/billing/contracts without a token`. */
  readonly subject: string;
  /** Null: it could not be seen. */
  readonly holds: boolean | null;
  /** What was found, or why it could not be seen. */
  readonly message: string;
  readonly at: Evidence;
}

/** One listing that was walked; `fault` null if every page brought news and the cursors led on. */
export interface PagingNote {
  readonly source: SourceName;
  /** Path of the listing without its cursor: `/api/v2/billing/contracts`. */
  readonly listing: string;
  readonly pages: number;
  readonly entities: number;
  readonly fault: 'repeated-page' | 'repeated-cursor' | 'no-news' | 'repeated-entity' | null;
  readonly message: string | null;
  readonly at: Evidence;
}
