/** A run in a few sentences that can be read out: what was looked at, what it came to, how much money, why, and what comes next. */
import type { Finding, ResultMoney, RunResult } from '../../domain/run-result.ts';
import type { Triage } from '../triage/triage.ts';
import { unknownMoneyWords } from './books.ts';
import { counted, grouped, isAlone, isNothing, sentence, totals } from './common.ts';
import { safeText } from './safe-text.ts';
import { onlyWaivedTooMuch } from './waived.ts';

/** Each a sentence or more; empty where there is nothing to say. */
export interface Story {
  readonly scope: string;
  readonly verdict: string;
  readonly money: string;
  readonly cause: string;
  readonly next: string;
}

export const storyOf = (result: RunResult, findings: readonly Finding[], triage: Triage): Story => ({
  scope: scopeSentence(result),
  verdict: verdictSentence(result, findings, triage),
  money: moneySentence(result, findings),
  cause: causeSentence(result),
  next: nextSentence(result, triage),
});

const PERIODS = { open: 'open billing periods', 'last-closed': 'last closed billing periods' } as const;

/** `their open billing periods (2026-04-01 to 2026-04-30), as of 2026-04-20`. */
function periodWords({ run: { scope, today }, periods = [] }: RunResult): string {
  const kind = scope?.period;
  const what =
    kind === undefined || kind === 'date'
      ? `billing periods${scope?.date === undefined ? '' : ` that hold ${scope.date}`}`
      : PERIODS[kind];
  const first = periods.map(({ start }) => start).sort()[0];
  const last = periods
    .map(({ end }) => end)
    .sort()
    .at(-1);
  const span =
    first === undefined ? '' : ` (${periods.length > 1 ? `${periods.length} of them, ` : ''}${first} to ${last})`;
  return `their ${what}${span}${today === undefined ? '' : `, as of ${today}`}`;
}

function scopeSentence(result: RunResult): string {
  const { run, orgs, cells } = result;
  const products = new Set(run.scope?.apps.flatMap(({ partNumbers }) => partNumbers) ?? []).size;
  const apps = run.scope?.apps.length ?? 0;
  const what =
    products === 0 ? '' : ` and ${counted(products, 'product')}${apps > 1 ? ` of ${counted(apps, 'app')}` : ''}`;
  const who = `${counted(orgs.expected, 'organisation')}${run.scope?.orgs === 'narrowed' ? ', a part of the scenario,' : ''}`;
  const { compared, all } = totals(cells);
  const made = isAlone(result)
    ? 'checks what the contract side says of'
    : 'compares what legacy and the contract side bill for';
  const left = all - compared;
  const how = isAlone(result) ? 'made' : 'compared';
  const sum =
    all === 0
      ? ` Nothing could be ${how}.`
      : ` Of ${counted(all, 'check')}, ${left === 0 ? `all were ${how}` : `${grouped(compared)} were ${how} and ${grouped(left)} could not be`}.`;
  return `This run ${made} ${who}${what}, in ${periodWords(result)}.${sum}`;
}

function verdictSentence(result: RunResult, findings: readonly Finding[], triage: Triage): string {
  const { cells, verdict } = result;
  const [leading] = triage.points;
  if (verdict === 'inconclusive' || triage.kind === 'set-up') {
    const reason = leading === undefined ? 'Not enough could be looked at.' : safeText(leading.words);
    return `No verdict can be given. ${sentence(reason)}`;
  }
  if (verdict === 'parity') {
    return cells.waived > 0
      ? `What was compared agrees, apart from ${counted(cells.waived, 'check')} that ${cells.waived === 1 ? 'is' : 'are'} waived for a time.`
      : 'What was compared agrees.';
  }
  const hit = new Set(
    findings.filter(({ status }) => status === 'mismatch').flatMap(({ orgs }) => orgs.map(({ id }) => id)),
  );
  const where = hit.size === 0 ? '' : ` at ${counted(hit.size, 'organisation')}`;
  if (cells.mismatch === 0 || onlyWaivedTooMuch(result)) {
    const reason = triage.points.find(({ kind }) => kind === 'differ')?.words;
    return reason ?? 'Nothing differs that is not waived or tolerated, but the gate is not met.';
  }
  const isOne = cells.mismatch === 1;
  const contradicts = `${isOne ? 'contradicts' : 'contradict'} the documentation or one another`;
  const differs = isOne ? 'does not agree' : 'do not agree';
  return `${counted(cells.mismatch, 'check')}${where} ${isAlone(result) ? contradicts : differs}.`;
}

/** The currency that most mismatches are in: amounts of two currencies are never compared. */
function commonest(result: RunResult, findings: readonly Finding[]): ResultMoney | undefined {
  const counts = new Map<string, number>();
  for (const { status, moneyAtRisk } of findings) {
    if (status !== 'mismatch' || moneyAtRisk === null) continue;
    counts.set(moneyAtRisk.currency, (counts.get(moneyAtRisk.currency) ?? 0) + 1);
  }
  const amounts = result.moneyAtRisk.filter(
    ({ overBilled, underBilled }) => !isNothing(overBilled) || !isNothing(underBilled),
  );
  return [...amounts].sort((a, b) => (counts.get(b.currency) ?? 0) - (counts.get(a.currency) ?? 0))[0];
}

function moneySentence(result: RunResult, findings: readonly Finding[]): string {
  const first = commonest(result, findings);
  if (first === undefined) return '';
  const { currency, overBilled, underBilled } = first;
  const parts = [
    ...(isNothing(overBilled) ? [] : [`${currency} ${grouped(overBilled)} too much`]),
    ...(isNothing(underBilled) ? [] : [`${currency} ${grouped(underBilled)} too little`]),
  ];
  const more = result.moneyAtRisk.length - 1;
  const others =
    more <= 0
      ? ''
      : `; ${counted(more, 'other currency', 'other currencies')} ${more === 1 ? 'stands' : 'stand'} below`;
  const unknown = unknownMoneyWords(result);
  return `The contract side would bill ${parts.join(' and ')}${others}${unknown === null ? '' : `, ${unknown}`}.`;
}

function causeSentence({ rootCauses, cells, unexplained }: RunResult): string {
  const [cause] = rootCauses;
  if (cause === undefined) return '';
  const share = `${grouped(cause.explains)} of ${grouped(cells.mismatch)} mismatches`;
  const left = unexplained === 0 ? '' : `; no cause explains ${grouped(unexplained)}`;
  return `The costliest cause: ${cause.title}${cause.sku === null ? '' : ` (${safeText(cause.sku)})`}, ${share}${left}.`;
}

function nextSentence(result: RunResult, { kind, points }: Triage): string {
  const unread = (result.unread ?? []).length > 0;
  if (kind === 'set-up') return 'Next: mend the set-up as said below, and run again.';
  if (result.verdict === 'inconclusive') return 'Next: settle what could not be looked at, and run again.';
  if (result.verdict === 'parity') {
    return points.length > 0
      ? 'Next: settle what is said below; what was compared needs nothing.'
      : 'Next: keep it so every night until the cutover.';
  }
  const [cause] = result.rootCauses;
  const first =
    cause === undefined ? 'take the costliest findings to their owners' : 'have the costliest cause mended first';
  return `Next: ${first}; each finding holds both requests and the bodies that prove it.${unread ? ' What could not be read needs another run.' : ''}`;
}
