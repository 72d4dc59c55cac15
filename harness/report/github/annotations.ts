/** A run as GitHub workflow commands: what stands at the top of the run's page. */
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { moneyWords, ownMismatches, productOf, reasonOf, reasonsNotComparable, whoOf } from '../finding-words.ts';
import { safeText } from '../safe-text.ts';

/** GitHub shows ten of a kind for a step. */
const MOST = 10;

/** Percent first, or the others would be escaped twice. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const command = (level: 'error' | 'warning' | 'notice', title: string, message: string): string =>
  `::${level} title=${property(safeText(title))}::${data(safeText(message))}`;

/** One line a command: causes first, then what none explains, the costliest first. With gate mode `report` nothing is an error. */
export function annotations(result: RunResult, findings: readonly Finding[]): readonly string[] {
  const level = result.gate.mode === 'report' ? 'warning' : 'error';
  const unexplained = ownMismatches(findings).filter(({ rootCause }) => rootCause === null);
  const all = [...result.rootCauses.map(causeOf), ...unexplained.map(mismatchOf)];
  const shown = all.slice(0, MOST).map(([title, message]) => command(level, title, message));
  return [...shown, ...notCompared(result, findings), overview(result, all.length - shown.length)];
}

type Told = readonly [title: string, message: string];

function causeOf({ id, title, sku, explains, of, moneyAtRisk }: RunResult['rootCauses'][number]): Told {
  const amounts = moneyAtRisk.map(
    ({ currency, overBilled, underBilled }) => `${currency} ${underBilled} under-billed, ${overBilled} over-billed`,
  );
  const facts = [`explains ${explains} of ${of} mismatches`, ...amounts].join('; ');
  return [`Root cause ${id}`, `${title}${sku === null ? '' : ` (${sku})`}: ${facts}`];
}

function mismatchOf(finding: Finding): Told {
  const where = [whoOf(finding), productOf(finding)].filter((part) => part !== null).join(', ');
  const cost = moneyWords(finding);
  return [finding.rule, `${where}: ${reasonOf(finding)}${cost === '' ? '' : ` (${cost})`} [finding ${finding.id}]`];
}

function notCompared({ cells }: RunResult, findings: readonly Finding[]): string[] {
  const [first] = reasonsNotComparable(findings);
  if (first === undefined) return [];
  const [reason, count] = first;
  return [command('warning', `${cells.notComparable} checks could not be compared`, `${count} × ${reason}`)];
}

function overview({ verdict, run, cells, orgs }: RunResult, more: number): string {
  const rest = more > 0 ? `; ${more} more in the report` : '';
  const message = `${cells.mismatch} mismatches, ${cells.notComparable} not comparable, ${orgs.atParity} of ${orgs.expected} organisations at parity${rest}`;
  return command('notice', `${run.scenario}: ${verdict}`, message);
}
