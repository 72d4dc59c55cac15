/** The waivers in use: what they cover, who answers for it, until when, and how much money it is. */
import type { Finding } from '../../domain/run-result.ts';
import { COUNT, type Column, DATE, wide } from '../columns/column.ts';
import { type LedgerEntry, ledgerOf } from '../words/waived.ts';
import { byCurrency, type MoneyRow, moneyColumns } from './causes.ts';
import type { Table } from './sheet.ts';

type Row = MoneyRow<LedgerEntry>;

/** Each once, in the order in which they come. */
const distinct = (covered: readonly Finding[], of: (finding: Finding) => readonly (string | null)[]): string =>
  [...new Set(covered.flatMap(of).filter((text) => text !== null))].join(' + ');

const COLUMNS: readonly Column<Row>[] = [
  ['expires', ({ of: { waiver } }) => waiver.expires, DATE],
  ['reason', ({ of: { waiver } }) => waiver.reason, wide(50)],
  ['owner', ({ of: { waiver } }) => waiver.owner, wide(28)],
  ['ticket', ({ of: { waiver } }) => waiver.ticket, wide(14)],
  ['findings', ({ of: { findings }, first }) => (first ? String(findings) : null), COUNT],
  ['root causes', ({ of: { covered } }) => distinct(covered, ({ rootCause }) => [rootCause])],
  ['rules', ({ of: { covered } }) => distinct(covered, ({ rule }) => [rule]), wide(36)],
  ['products', ({ of: { covered } }) => distinct(covered, ({ sku, partNumber }) => [sku ?? partNumber]), wide(36)],
  [
    'organisations',
    ({ of: { covered } }) => distinct(covered, ({ orgs }) => orgs.map(({ id, name }) => name ?? id)),
    wide(40),
  ],
  ...moneyColumns<LedgerEntry>(),
];

export const waiversTable = (findings: readonly Finding[]): Table<Row> => ({
  name: 'Waivers',
  columns: COLUMNS,
  rows: ledgerOf(findings).flatMap((entry) => byCurrency(entry, entry.money)),
  currencyOf: ({ money }) => money?.currency ?? null,
});
