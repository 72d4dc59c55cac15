/** Usage rows of both legacy APIs: which are lines, which are allowances, which only break others down. */
import type { BillingPeriod } from '../domain/billing-period.ts';
import { isZero } from '../domain/decimal.ts';
import { absent, type Figure, knownValue } from '../domain/figure.ts';
import type { Line, UsageKind } from '../domain/line.ts';
import { type OrgRef, productKey, type SourceName } from '../domain/side.ts';
import type { Cursor } from './cursor.ts';

/** Reads one field of a row by our name. */
export type FieldReader = (row: Cursor, name: string) => Cursor;

export interface RowsContext {
  readonly source: Exclude<SourceName, 'contract-api'>;
  readonly org: OrgRef;
  readonly period: BillingPeriod;
  readonly currency: Figure<string>;
  readonly field: FieldReader;
}

interface Row {
  readonly cursor: Cursor;
  readonly name: string;
  readonly partNumber: string;
  readonly grouping: string;
}

const LICENCES = new Set(['user-license', 'billable-app-usage-license', 'billable-app-concurrent-license']);

/** What the grouping says for certain (groupings as seen in public client code; their meaning is assumed). */
function kindOf(grouping: string): UsageKind | null {
  if (LICENCES.has(grouping)) return 'user';
  if (grouping === 'billable-app-org-license') return 'site';
  return grouping.endsWith('-usage') ? 'sum' : null;
}

/** Grouping of rows that only break a `rollup` row down. */
export const BREAKDOWN = 'rollup-usage';

export interface RowLines {
  readonly lines: readonly Line[];
  /** Of rows that only break others down. */
  readonly breakdowns: readonly Line[];
}

/**
 * Makes one line of every row, but: a `fair-use` row is the allowance of the row with the same name (and part number, where
 * both have one), and `rollup-usage` rows only break a `rollup` row down.
 */
export function linesOfRows(rows: readonly Cursor[], context: RowsContext): RowLines {
  const read = rows.map((cursor) => readRow(cursor, context.field));
  const allowances = read.filter(({ grouping }) => grouping === 'fair-use');
  const usages = read.filter(({ grouping }) => grouping !== 'fair-use' && grouping !== BREAKDOWN);
  const allowanceFor = matched(usages, allowances);
  const taken = new Set(allowanceFor.values());
  const alone = allowances.filter((row) => !taken.has(row));
  return {
    lines: [
      ...usages.map((row) => lineOf(row, allowanceFor.get(row) ?? null, context)),
      ...alone.map((row) => allowanceLine(row, context)),
    ],
    breakdowns: read
      .filter(({ grouping }) => grouping === BREAKDOWN)
      .map((row) => ({ ...lineOf(row, null, context), kind: null })),
  };
}

/** Allowances by usage row. Those that agree in part number are matched first, so that the order of rows decides nothing. */
function matched(usages: readonly Row[], allowances: readonly Row[]): ReadonlyMap<Row, Row> {
  const found = new Map<Row, Row>();
  const left = new Set(allowances);
  for (const fits of [sameNumber, oneHasNoNumber]) {
    for (const allowance of left) {
      const row = usages.find((each) => !found.has(each) && sameName(each, allowance) && fits(each, allowance));
      if (row === undefined) continue;
      found.set(row, allowance);
      left.delete(allowance);
    }
  }
  return found;
}

const sameName = (a: Row, b: Row): boolean => a.name.normalize('NFC') === b.name.normalize('NFC');
const sameNumber = (a: Row, b: Row): boolean => productKey(a.partNumber) === productKey(b.partNumber);
const oneHasNoNumber = (a: Row, b: Row): boolean => a.partNumber === '' || b.partNumber === '';

function readRow(cursor: Cursor, field: FieldReader): Row {
  const text = (name: string): string => field(cursor, name).string() ?? '';
  return { cursor, name: text('name'), partNumber: text('partNumber'), grouping: text('grouping').toLowerCase() };
}

/** The committed quantity of a fair-use row, or its usage where that is left out or zero (assumed; not documented). */
function allowanceOf(row: Row, field: FieldReader): Figure {
  const committed = field(row.cursor, 'prepayQuantity').decimal();
  if (committed.state === 'unreadable' || (committed.state === 'known' && !isZero(committed.value))) return committed;
  const usage = field(row.cursor, 'usageQuantity').decimal();
  return usage.state === 'absent' ? committed : usage;
}

function lineOf(row: Row, allowance: Row | null, context: RowsContext): Line {
  const { field } = context;
  const { cursor } = row;
  return {
    side: 'legacy',
    source: context.source,
    orgs: [context.org],
    product: row.partNumber,
    productName: row.name === '' ? null : row.name,
    appId: field(cursor, 'appId').string(),
    origin: 'row',
    period: context.period,
    grouping: row.grouping === '' ? null : row.grouping,
    thirdParty: isThirdParty(row, context),
    kind: kindOf(row.grouping),
    committed: field(cursor, 'prepayQuantity').decimal(),
    included: allowance === null ? absent(cursor.at) : allowanceOf(allowance, field),
    ...(allowance === null ? {} : { includedUnit: field(allowance.cursor, 'unitOfMeasureType').text() }),
    actual: field(cursor, 'usageQuantity').decimal(),
    overageQuantity: absent(cursor.at),
    overageCharge: absent(cursor.at),
    committedRate: field(cursor, 'prepayPrice').decimal(),
    overageRate: field(cursor, 'overagePrice').decimal(),
    currency: context.currency,
    unit: field(cursor, 'unitOfMeasureType').text(),
    bundle: field(cursor, 'bundleQuantity').decimal(),
    at: cursor.at,
    charge: null,
    planned: null,
    tokens: null,
  };
}

/** The usage API serves applications of third parties alone; of partner billing's rows the grouping or the mark says it. */
const isThirdParty = ({ cursor, grouping }: Row, { source, field }: RowsContext): boolean =>
  source === 'usage-api' ||
  grouping.startsWith('billable-app-') ||
  knownValue(field(cursor, 'isThirdParty').boolean()) === true;

/** An allowance without a usage row: nothing is committed and nothing is known of the use. */
function allowanceLine(row: Row, context: RowsContext): Line {
  const line = lineOf(row, null, context);
  const nothing = absent(row.cursor.at);
  return { ...line, kind: null, committed: nothing, actual: nothing, included: allowanceOf(row, context.field) };
}
