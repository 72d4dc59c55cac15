/** What stands beside a readiness: true all the same, but to be known by whoever decides. */
import type { IsoDate } from '../domain/billing-period.ts';
import type { Cycle, Night, NightRow, NightRun, OtherRun, WaiverInUse } from '../domain/history.ts';
import type { ReadinessPolicy } from '../domain/policy.ts';

export interface CautionInput {
  readonly policy: ReadinessPolicy;
  readonly nights: readonly Night[];
  /** Runs of each night that do not speak for it; of one that no run speaks for yet, too. */
  readonly others: ReadonlyMap<IsoDate, readonly OtherRun[]>;
  readonly row: NightRow;
  readonly cycles: readonly Cycle[];
  readonly waivers: readonly WaiverInUse[];
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

export function cautionsOf(input: CautionInput): string[] {
  const ran = input.nights.filter((night): night is Night & { run: NightRun } => night.run !== null);
  const newest = ran.at(-1);
  if (newest === undefined) return [];
  return [
    ...sandboxCaution(newest.run),
    ...otherRuns(input),
    ...recountCautions(ran),
    ...cyclesCaution(input),
    ...widening(input, ran),
    ...changesWithin(ran, input.row),
    ...waiverCautions(input),
    ...letPass(newest),
  ];
}

function sandboxCaution({ sources: { legacy, contract } }: NightRun): string[] {
  const served = [legacy === 'sandbox' ? 'legacy' : null, contract === 'sandbox' ? 'contract' : null].filter(
    (side) => side !== null,
  );
  if (served.length === 0) return [];
  const who = served.length === 2 ? 'Both sides were' : `The ${served[0]} side was`;
  return [`${who} served by the sandbox: this proves nothing of the real APIs.`];
}

/** From the first night of the row on, else of the newest: another run proved a mismatch that the night's own verdict does not tell. */
function otherRuns({ nights, others, row }: CautionInput): string[] {
  const from = row.from ?? nights.at(-1)?.date ?? '';
  const standings = new Map(nights.map(({ date, standing }) => [date, standing]));
  return [...others].flatMap(([date, runs]) => {
    const other = runs.findLast(({ verdict }) => verdict === 'mismatch');
    if (other === undefined || date < from || standings.get(date) === 'mismatch') return [];
    const which = other.narrower ? 'A narrower run' : 'An earlier run';
    const proven = `was not at parity: ${other.dir || '.'}, ${counted(other.mismatches, 'mismatch', 'mismatches')}`;
    return [`${which} of the night of ${date} ${proven}.`];
  });
}

function recountCautions(ran: readonly (Night & { run: NightRun })[]): string[] {
  const differing = ran.filter(({ run }) => run.differences.length > 0);
  const newest = differing.at(-1);
  if (newest === undefined) return [];
  const first = `${newest.date} (${newest.run.dir || '.'}): ${newest.run.differences[0]}`;
  return [
    `${counted(differing.length, 'result')} ${differing.length === 1 ? 'does' : 'do'} not follow from the findings beside it, last ${first}.`,
  ];
}

/** Nights of a narrower scope are not in the row; a closed cycle that they compared stays as they saw it. */
function widening({ policy, nights }: CautionInput, ran: readonly (Night & { run: NightRun })[]): string[] {
  const narrower = ran.findLast(({ run }) => run.lacks !== null);
  if (policy.closedCycles === null || narrower === undefined) return [];
  const since = nights.find(({ date, run }) => date > narrower.date && run !== null)?.date;
  return [
    `More is looked at from ${since ?? 'now'} on: closed cycles compared until ${narrower.date} are of the narrower scope.`,
  ];
}

const cyclesCaution = ({ policy, cycles }: CautionInput): string[] =>
  policy.closedCycles === null || cycles.length > 0
    ? []
    : ['No run compared a closed period. Closed cycles are told by runs with `period: last-closed`.'];

/** Nights of one row should be nights of one yardstick. */
function changesWithin(ran: readonly (Night & { run: NightRun })[], { from }: NightRow): string[] {
  const within = ran.filter(({ date }) => from !== null && date >= from);
  return within.flatMap(({ date, run }, at) => {
    const before = within[at - 1]?.run;
    if (before === undefined) return [];
    return [...scenarioChange(date, run, before), ...fewerOrgs(date, run, before)];
  });
}

const scenarioChange = (date: IsoDate, run: NightRun, before: NightRun): string[] =>
  run.scenarioSha256 === before.scenarioSha256
    ? []
    : [`The scenario was changed on ${date}, within the row: nights before were judged by another one.`];

const fewerOrgs = (date: IsoDate, { orgs }: NightRun, before: NightRun): string[] =>
  orgs.expected >= before.orgs.expected
    ? []
    : [`From ${date} on ${counted(orgs.expected, 'organisation')} are compared, ${before.orgs.expected} were before.`];

function waiverCautions({ waivers, policy }: CautionInput): string[] {
  const accepted = waivers.reduce((sum, { findings }) => sum + findings, 0);
  const ending = waivers.filter(({ expires }) => expires < policy.cutover);
  return [
    ...(accepted === 0
      ? []
      : [
          `${counted(accepted, 'mismatch', 'mismatches')} ${accepted === 1 ? 'is' : 'are'} accepted by waivers, not gone.`,
        ]),
    ...(ending.length === 0
      ? []
      : [
          `${counted(ending.length, 'waiver')} in use ${ending.length === 1 ? 'expires' : 'expire'} before the cutover, the first on ${ending[0]?.expires}.`,
        ]),
  ];
}

const letPass = ({ standing, run }: Night & { run: NightRun }): string[] =>
  standing === 'parity' && run.mismatches > 0
    ? [`The gate lets ${counted(run.mismatches, 'mismatch', 'mismatches')} of the newest night pass.`]
    : [];
