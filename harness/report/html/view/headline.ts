/** The verdict in one or two sentences, with the numbers put in. */
import type { Finding, RunResult } from '../../../domain/run-result.ts';
import { limitSentences } from '../../compared-words.ts';
import { unverified } from '../../finding-words.ts';
import { onlyWaivedTooMuch, WAIVED_TOO_MUCH, waivedAmounts, waivedChecks } from '../../waived-words.ts';
import { capital, counted, grouped, totals } from './words.ts';

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

/** Never `nothing was left` where prices or invoices were not looked at. */
function uncompared(result: RunResult, findings: readonly Finding[]): string {
  const { cells, orgs } = result;
  const { open, other } = unverified(findings);
  const parts = [
    cells.notComparable > 0 ? `${counted(cells.notComparable, 'check')} could not be compared` : null,
    open > 0 ? `${counted(open, 'figure')} of an open period moved while read and stayed unverified` : null,
    other > 0 ? `${grouped(other)} moved while read and count as not compared` : null,
    orgs.unreachable > 0 ? `${counted(orgs.unreachable, 'organisation')} could not be read` : null,
  ].filter((part) => part !== null);
  const limits = limitSentences(result);
  const nothing = limits.length === 0 ? ['Nothing was left uncompared.'] : [];
  return [...(parts.length === 0 ? nothing : [`${parts.join('; ')}.`]), ...limits].join(' ');
}

/** What the run concludes, for someone who reads nothing else. */
export function headline(result: RunResult, findings: readonly Finding[]): string {
  const { compared } = totals(result.cells);
  const alone = result.run.sources.legacy === null;
  switch (result.verdict) {
    case 'parity': {
      const what = alone ? 'hold on the contract side' : 'agree, or differ only as the scenario allows';
      const waived = waivedChecks(result);
      const amounts = waivedAmounts(result.moneyWaived ?? []);
      const accepted = waived === '' ? '' : ` ${waived}${amounts === '' ? '' : `: ${amounts}`}.`;
      return `All ${counted(compared, 'check')} that were made ${what}.${accepted} ${uncompared(result, findings)}`;
    }
    case 'mismatch':
      return `${mismatches(result, findings)} ${uncompared(result, findings)}`;
    case 'inconclusive':
      if (onlyWaivedTooMuch(result)) {
        return `${mismatches(result, findings)} ${capital(WAIVED_TOO_MUCH)}. ${uncompared(result, findings)}`;
      }
      return compared === 0
        ? `Nothing could be compared. ${uncompared(result, findings)}`
        : `Parity is not proven. ${mismatches(result, findings)} ${uncompared(result, findings)}`;
  }
}
