/** They differ: how many, how much, and the one cause that makes most of it. */
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { amountsOf, unknownMoneyWords } from '../words/books.ts';
import { capital, counted, grouped } from '../words/common.ts';
import { ownMismatches } from '../words/finding.ts';
import { onlyWaivedTooMuch, WAIVED_TOO_MUCH } from '../words/waived.ts';
import type { TriagePoint } from './point.ts';

export interface Titled {
  readonly title: string;
  readonly points: readonly TriagePoint[];
}

const MOST_AMOUNTS = 4;

const point = (words: string): TriagePoint => ({ kind: 'differ', words, request: null });

/** Empty where nothing is proven to differ beyond what is accepted. */
export function differing(result: RunResult, findings: readonly Finding[]): readonly Titled[] {
  const { cells } = result;
  if (onlyWaivedTooMuch(result)) {
    const also = cells.mismatch > 0 ? ` ${mismatchWords(result, findings)}` : '';
    return [{ title: WAIVED_TOO_MUCH, points: [point(`${capital(WAIVED_TOO_MUCH)}.${also}`)] }];
  }
  if (cells.mismatch > 0)
    return [{ title: titleOf(result, findings), points: [point(mismatchWords(result, findings))] }];
  const expired = result.gate.checks.find(({ name, met }) => name === 'expiredWaivers' && !met);
  return expired === undefined
    ? []
    : [
        {
          title: 'a waiver has expired',
          points: [point(`${capital(counted(Number(expired.actual), 'waiver'))} expired: renew or remove it.`)],
        },
      ];
}

/** Two sides differ only where what one of them says is set against the other. */
function titleOf({ run }: RunResult, findings: readonly Finding[]): string {
  if (run.sources.legacy === null) return 'the contract side contradicts its documentation or itself';
  const sides = new Set(findings.filter(({ status }) => status === 'mismatch').map(({ side }) => side));
  if (sides.size === 0 || sides.has(null)) return 'they differ';
  if (sides.size > 1) return 'each side contradicts itself';
  return sides.has('legacy') ? 'legacy contradicts itself' : 'the contract side contradicts itself';
}

function mismatchWords(result: RunResult, findings: readonly Finding[]): string {
  const { cells, orgs } = result;
  const hit = new Set(
    findings.filter(({ status }) => status === 'mismatch').flatMap((one) => one.orgs.map(({ id }) => id)),
  );
  const where = hit.size === 0 ? '' : ` at ${grouped(hit.size)} of ${counted(orgs.expected, 'organisation')}`;
  return [
    `${counted(cells.mismatch, 'mismatch', 'mismatches')}${where}${moneyWords(result)}.`,
    causeWords(result, findings),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function moneyWords(result: RunResult): string {
  const amounts = amountsOf(result.moneyAtRisk);
  const more = amounts.length - MOST_AMOUNTS;
  const unknown = unknownMoneyWords(result);
  const parts = [
    ...amounts.slice(0, MOST_AMOUNTS),
    ...(more > 0 ? [`and ${more} more amounts`] : []),
    ...(unknown === null ? [] : [unknown]),
  ];
  return parts.length === 0 || amounts.length === 0 ? '' : `; at risk: ${parts.join(', ')}`;
}

/** The cause that moves most money, or explains most; without any, the rule that is broken most often. */
function causeWords(result: RunResult, findings: readonly Finding[]): string {
  const { rootCauses, cells } = result;
  const [cause] = rootCauses;
  if (cause !== undefined) {
    const share = `${grouped(cause.explains)} of ${grouped(cells.mismatch)}`;
    const most = cause.explains * 2 > cells.mismatch ? 'Most of it is one cause' : 'The costliest cause';
    return `${most}: ${cause.title}${cause.sku === null ? '' : ` (${cause.sku})`}, ${share}.`;
  }
  const own = ownMismatches(findings);
  const counts = new Map<string, number>();
  for (const { rule } of own) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  if (most === undefined) return '';
  const [rule, count] = most;
  if (counts.size === 1) return own.length === 1 ? `It is ${rule}.` : `All of them are ${rule}.`;
  return `Most often ${rule}, ${grouped(count)} of ${grouped(own.length)} that follow from no other.`;
}
