/** The verdict in a few sentences, with the numbers put in. */
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { type Triage, triageOf } from '../triage/triage.ts';
import { counted, grouped, isAlone, totals } from './common.ts';
import { limitSentences } from './compared.ts';
import { unverified } from './finding.ts';
import { waivedAmounts, waivedChecks } from './waived.ts';

/** Never `nothing was left` where prices or invoices were not looked at, or something that should have been. */
function uncompared(result: RunResult, findings: readonly Finding[], { kind, blind }: Triage): string {
  const { cells, orgs } = result;
  const { open, other } = unverified(findings);
  const parts = [
    cells.notComparable > 0
      ? `${counted(cells.notComparable, 'check')} could not be ${isAlone(result) ? 'made' : 'compared'}`
      : null,
    open > 0 ? `${counted(open, 'figure')} of an open period moved while read and stayed unverified` : null,
    other > 0 ? `${grouped(other)} moved while read and count as not compared` : null,
    orgs.unreachable > 0 ? `${counted(orgs.unreachable, 'organisation')} could not be read` : null,
  ].filter((part) => part !== null);
  const limits = limitSentences(result, kind === 'set-up' || kind === 'not-looked');
  const nothing = limits.length === 0 && !blind ? ['Nothing was left uncompared.'] : [];
  return [...(parts.length === 0 ? nothing : [`${parts.join('; ')}.`]), ...limits].join(' ');
}

/** What the run comes to, beside the points of its triage: how much agrees, and how much was left. */
export function closing(result: RunResult, findings: readonly Finding[], triage: Triage): string {
  const { compared } = totals(result.cells);
  const left = uncompared(result, findings, triage);
  if (compared === 0) return `Nothing could be compared. ${left}`.trim();
  if (result.verdict !== 'parity') return left;
  const what = isAlone(result)
    ? 'hold on the contract side'
    : 'agree, or differ within the tolerances and waivers of the scenario';
  const waived = waivedChecks(result);
  const amounts = waivedAmounts(result.moneyWaived ?? []);
  const accepted = waived === '' ? '' : ` ${waived}${amounts === '' ? '' : `: ${amounts}`}.`;
  return `All ${counted(compared, 'check')} that were made ${what}.${accepted} ${left}`.trim();
}

/** What the run concludes, for someone who reads nothing else: reasons and remedies, without addresses. */
export function headline(result: RunResult, findings: readonly Finding[]): string {
  const triage = triageOf(result, findings);
  const points = triage.points.map(({ words }) => words);
  const close = closing(result, findings, triage);
  return (triage.kind === 'agree' ? [close, ...points] : [...points, close]).join(' ').trim();
}
