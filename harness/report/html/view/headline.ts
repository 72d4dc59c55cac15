/** The verdict in one or two sentences, with the numbers put in. */
import type { Finding, RunResult } from '../../../domain/run-result.ts';
import { counted, totals } from './words.ts';

function orgsWith(findings: readonly Finding[], status: Finding['status']): number {
  const ids = new Set<string>();
  for (const finding of findings) {
    if (finding.status === status) for (const org of finding.orgs) ids.add(org.id);
  }
  return ids.size;
}

function mismatches({ cells, orgs }: RunResult, findings: readonly Finding[]): string {
  if (cells.mismatch === 0) return 'No mismatch was found.';
  const hit = orgsWith(findings, 'mismatch');
  const where = hit === 0 ? '' : ` at ${hit} of ${counted(orgs.expected, 'organisation')}`;
  return `${counted(cells.mismatch, 'mismatch', 'mismatches')}${where}.`;
}

function uncompared({ cells, orgs }: RunResult): string {
  const parts = [
    cells.notComparable > 0 ? `${counted(cells.notComparable, 'check')} could not be compared` : null,
    cells.unstable > 0 ? `${cells.unstable} moved while they were read` : null,
    orgs.unreachable > 0 ? `${counted(orgs.unreachable, 'organisation')} could not be read` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'Nothing was left uncompared.' : `${parts.join('; ')}.`;
}

/** What the run concludes, for someone who reads nothing else. */
export function headline(result: RunResult, findings: readonly Finding[]): string {
  const { compared } = totals(result.cells);
  const alone = result.run.sources.legacy === null;
  switch (result.verdict) {
    case 'parity': {
      const what = alone ? 'hold on the contract side' : 'agree, or differ only as the scenario allows';
      return `All ${counted(compared, 'check')} that were made ${what}. ${uncompared(result)}`;
    }
    case 'mismatch':
      return `${mismatches(result, findings)} ${uncompared(result)}`;
    case 'inconclusive':
      return compared === 0
        ? `Nothing could be compared. ${uncompared(result)}`
        : `Parity is not proven. ${mismatches(result, findings)} ${uncompared(result)}`;
  }
}
