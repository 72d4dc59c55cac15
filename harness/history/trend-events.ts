/** What happened when, in sentences: the story that a manager reads. */
import type { CauseStory, Cycle, HistoryEvent, HistoryEventKind, Night, NightStanding } from '../domain/history.ts';

const WORDS: Readonly<Record<Exclude<NightStanding, 'missing'>, string>> = {
  parity: 'at parity',
  mismatch: 'not at parity',
  inconclusive: 'inconclusive',
};

const KINDS: Readonly<Record<NightStanding, HistoryEventKind>> = {
  parity: 'good',
  mismatch: 'bad',
  inconclusive: 'unsure',
  missing: 'unsure',
};

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Oldest first; of one day, what the night was before what was behind it. */
export function eventsOf(
  nights: readonly Night[],
  causes: readonly CauseStory[],
  cycles: readonly Cycle[],
): HistoryEvent[] {
  const events = [
    ...turnsOf(nights),
    ...nights.flatMap(besides),
    ...changesOf(nights),
    ...causes.flatMap((cause) => eventsOfCause(cause, nights)),
    ...cycles.flatMap(eventsOfCycle),
  ];
  return events
    .map((event, at) => ({ event, at }))
    .sort((a, b) => (a.event.date === b.event.date ? a.at - b.at : a.event.date < b.event.date ? -1 : 1))
    .map(({ event }) => event);
}

/** Each stretch of nights that stand alike is told once, at its beginning. */
function turnsOf(nights: readonly Night[]): HistoryEvent[] {
  const starts = nights.flatMap(({ standing }, at) => (standing === nights[at - 1]?.standing ? [] : [at]));
  return starts.flatMap((at, index) => {
    const night = nights[at];
    const length = (starts[index + 1] ?? nights.length) - at;
    if (night === undefined) return [];
    const { date, standing, run } = night;
    const kind = KINDS[standing];
    if (standing === 'missing') {
      return [{ date, kind, text: `${counted(length, 'night')} without a run: the row starts anew` }];
    }
    const behind =
      run !== null && run.mismatches > 0 ? `, at first ${counted(run.mismatches, 'mismatch', 'mismatches')}` : '';
    const uncovered = run !== null && !run.coverageMet ? `, coverage ${run.coverage ?? 'none'} %` : '';
    return [{ date, kind, text: `${WORDS[standing]} for ${counted(length, 'night')}${behind}${uncovered}` }];
  });
}

/** What a night's own verdict does not say. */
function besides({ date, standing, run, others }: Night): HistoryEvent[] {
  const events: HistoryEvent[] = (run?.differences ?? []).map((difference) => ({
    date,
    kind: 'unsure',
    text: `the result does not follow from its findings: ${difference}`,
  }));
  const other = standing === 'mismatch' ? undefined : others.findLast(({ verdict }) => verdict === 'mismatch');
  if (other === undefined) return events;
  const which = other.narrower ? 'a narrower run' : 'an earlier run';
  const text = `${which} of the night was not at parity, ${counted(other.mismatches, 'mismatch', 'mismatches')}`;
  return [...events, { date, kind: 'unsure', text }];
}

/** Against the last night that ran. */
function changesOf(nights: readonly Night[]): HistoryEvent[] {
  const ran = nights.filter((night) => night.run !== null);
  return ran.flatMap(({ date, run }, at): HistoryEvent[] => {
    const before = ran[at - 1]?.run ?? null;
    if (run === null || before === null) return [];
    const events: HistoryEvent[] = [];
    if (run.expiredWaivers > before.expiredWaivers) {
      const more = run.expiredWaivers - before.expiredWaivers;
      events.push({ date, kind: 'bad', text: `${counted(more, 'waiver')} expired` });
    }
    if (run.expiredWaivers < before.expiredWaivers) {
      const fewer = before.expiredWaivers - run.expiredWaivers;
      events.push({ date, kind: 'good', text: `${counted(fewer, 'expired waiver')} taken out or renewed` });
    }
    if (run.scenarioSha256 !== before.scenarioSha256) {
      events.push({ date, kind: 'note', text: 'the scenario was changed: nights before were judged by another one' });
    }
    if (run.version !== before.version) {
      events.push({ date, kind: 'note', text: `parity ${before.version} became ${run.version}` });
    }
    return events;
  });
}

const nameOf = ({ title, sku }: CauseStory): string => (sku === null ? title : `${title}, ${sku}`);

function eventsOfCause(cause: CauseStory, nights: readonly Night[]): HistoryEvent[] {
  const name = nameOf(cause);
  let shown = false;
  return cause.marks.flatMap((mark, at): HistoryEvent[] => {
    const date = nights[at]?.date;
    if (date === undefined) return [];
    if (mark === 'present' && !shown) {
      const back = date > cause.first;
      shown = true;
      return [{ date, kind: 'bad', text: `${back ? 'back' : 'new'} root cause: ${name}` }];
    }
    if (!shown || (mark !== 'absent' && mark !== 'waived')) return [];
    shown = false;
    return [
      mark === 'absent'
        ? { date, kind: 'good', text: `root cause no longer seen: ${name}` }
        : { date, kind: 'note', text: `root cause accepted by waivers: ${name}` },
    ];
  });
}

const eventsOfCycle = ({ month, since, orgs }: Cycle): HistoryEvent[] =>
  since === null
    ? []
    : [
        {
          date: since,
          kind: 'good',
          text: `billing cycle ${month} closed at parity for ${counted(orgs, 'organisation')}`,
        },
      ];
