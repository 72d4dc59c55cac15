/** What the page carries beside its findings; what names each of them goes by their rows, not by their ids. */
import type { Finding } from '../../../domain/run-result.ts';
import type { EmbeddedData, HistoryData, PackedHistory, ReportFrame } from '../data.ts';
import { columnOf, pack } from './pack.ts';
import { type FindingTable, spread } from './table.ts';

function packHistory({ of, ...told }: HistoryData, findings: readonly Finding[]): PackedHistory {
  return { ...told, standings: columnOf(findings, ({ id }) => of[id] ?? null) };
}

/** Which findings a root cause explains stands in their own column. */
const withoutIds = (result: ReportFrame['result']): ReportFrame['result'] => ({
  ...result,
  rootCauses: result.rootCauses.map((cause) => ({ ...cause, findings: [] })),
});

export function packFrame({ result, history, ...rest }: ReportFrame, findings: readonly Finding[]): EmbeddedData {
  return {
    ...rest,
    result: withoutIds(result),
    history: history === null ? null : packHistory(history, findings),
    findings: pack(findings),
  };
}

function unpackHistory({ standings, ...told }: PackedHistory, table: FindingTable): HistoryData {
  let of: HistoryData['of'] | null = null;
  const standingsById = (): HistoryData['of'] => {
    const { values, at } = spread(standings, table.length);
    const rows = Array.from(at, (place, row) => [table.text('id', row) ?? '', values[place - 1]] as const);
    return Object.fromEntries(rows.filter((row): row is readonly [string, string] => row[1] !== undefined));
  };
  return {
    ...told,
    // Nothing asks for it before a finding is opened or a status searched.
    get of() {
      of ??= standingsById();
      return of;
    },
  };
}

export function unpackFrame({ findings: _findings, history, ...rest }: EmbeddedData, table: FindingTable): ReportFrame {
  return { ...rest, history: history === null ? null : unpackHistory(history, table) };
}
