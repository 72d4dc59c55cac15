/** The history on the terminal: readiness first, then what happened, then the nights. */
import picocolors from 'picocolors';
import type {
  Cycle,
  History,
  HistoryEvent,
  LeftOut,
  Night,
  NightStanding,
  Readiness,
  ScenarioHistory,
} from '../../domain/history.ts';
import { safeText, shortened } from '../words/safe-text.ts';
import { readyWord } from '../words/waived.ts';
import { plainTable, trimmed } from './layout.ts';

export interface HistoryTextOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Files written, as they are to be shown. */
  readonly files: readonly string[];
}

type Colours = ReturnType<typeof picocolors.createColors>;

/** Nights and events shown; the page and --json have them all. */
const MOST_NIGHTS = 14;
const MOST_EVENTS = 16;
const MOST_LEFT_OUT = 10;

const STANDING = {
  parity: { glyph: '✓', word: 'parity', colour: 'green' },
  mismatch: { glyph: '✗', word: 'mismatch', colour: 'red' },
  inconclusive: { glyph: '?', word: 'inconclusive', colour: 'yellow' },
  missing: { glyph: '·', word: 'no run', colour: 'dim' },
} as const;

const READY = {
  ready: { glyph: '✓', word: 'READY', colour: 'green' },
  'on-course': { glyph: '→', word: 'NOT YET: can be met in time', colour: 'yellow' },
  late: { glyph: '✗', word: 'NOT READY: cannot be met in time', colour: 'red' },
} as const;

export function historyText({ today, scenarios, runs, leftOut }: History, options: HistoryTextOptions): string {
  const colours = picocolors.createColors(options.colour);
  const parts = [
    ...scenarios.flatMap((scenario) => scenarioParts(scenario, colours, options.width)),
    notCounted(leftOut, colours, options.width),
    [
      `${counted(runs, 'night')} in ${counted(scenarios.length, 'scenario')}, as of ${today}`,
      ...options.files.map((file) => `  ${file}`),
    ].join('\n'),
  ];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

function scenarioParts(scenario: ScenarioHistory, colours: Colours, width: number): string[] {
  return [
    [colours.bold(safeText(scenario.scenario)), ...headline(scenario, colours)].join('\n'),
    strip(scenario.nights, colours, width),
    events(scenario.events, colours, width),
    nightsTable(scenario.nights, colours),
    cycles(scenario.cycles),
  ];
}

function headline(scenario: ScenarioHistory, colours: Colours): string[] {
  const { readiness, row } = scenario;
  if (readiness === null) {
    return [
      `  ${counted(row.length, 'night')} at parity in a row`,
      colours.dim('  The scenario has no `readiness`: nothing says what must hold before the cutover.'),
    ];
  }
  const { glyph, word, colour } = READY[readiness.standing];
  return [
    `${colours.bold(colours[colour](`${glyph} ${readyWord(word, scenario)}`))}  ${cutover(readiness)}`,
    ...readiness.requirements.map(({ met, says }) => `  ${met ? colours.green('✓') : colours.red('✗')} ${says}`),
    ...outlook(readiness),
    ...readiness.cautions.map((caution) => colours.yellow(`  ! ${safeText(caution)}`)),
  ];
}

function cutover({ daysToCutover: days, policy }: Readiness): string {
  const when =
    days > 0
      ? `${counted(days, 'day')} to the cutover`
      : days === 0
        ? 'the cutover is today'
        : `${counted(-days, 'day')} past the cutover`;
  return `${when} on ${policy.cutover}`;
}

function outlook({ standing, since, earliest }: Readiness): string[] {
  if (standing === 'ready') return [`  Ready since ${since}`];
  return earliest === null ? [] : [`  If every night from now on is at parity: ready on ${earliest}`];
}

/** One character a night, so that a month is seen at a glance. */
function strip(nights: readonly Night[], colours: Colours, width: number): string {
  const shown = nights.slice(-Math.max(14, width - 28));
  const [first] = shown;
  const last = shown.at(-1);
  if (first === undefined || last === undefined) return '';
  const marks = shown.map(({ standing }) => mark(standing, colours)).join('');
  return `  ${first.date} ${marks} ${last.date}`;
}

const mark = (standing: NightStanding, colours: Colours): string => {
  const { glyph, colour } = STANDING[standing];
  return colours[colour](glyph);
};

const GLYPHS = { good: ['✓', 'green'], bad: ['✗', 'red'], unsure: ['?', 'yellow'], note: ['·', 'dim'] } as const;

function events(all: readonly HistoryEvent[], colours: Colours, width: number): string {
  const hidden = all.length - MOST_EVENTS;
  const lines = all.slice(-MOST_EVENTS).map(({ date, kind, text }) => {
    const [glyph, colour] = GLYPHS[kind];
    return `  ${date} ${colours[colour](glyph)} ${shortened(text, Math.max(20, width - 15))}`;
  });
  return [...(hidden > 0 ? [colours.dim(`  … ${hidden} earlier`)] : []), ...lines].join('\n');
}

function nightsTable(nights: readonly Night[], colours: Colours): string {
  const table = plainTable(
    ['Night', '', 'parity %', 'coverage %', 'causes', 'mismatches', 'money at risk'].map((text) => colours.dim(text)),
    ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
  );
  const stretches = withoutGaps(nights);
  for (const [night, more] of stretches.slice(-MOST_NIGHTS)) table.push(nightRow(night, more, colours));
  return trimmed(table);
}

/** Nights without a run, one after the other, are one row: how many more follow the first. */
function withoutGaps(nights: readonly Night[]): [night: Night, more: number][] {
  const rows: [Night, number][] = [];
  for (const night of nights) {
    const before = rows.at(-1);
    if (night.standing === 'missing' && before?.[0].standing === 'missing') before[1] += 1;
    else rows.push([night, 0]);
  }
  return rows;
}

function nightRow({ date, standing, run }: Night, more: number, colours: Colours): string[] {
  const { glyph, word, colour } = STANDING[standing];
  const verdict = colours[colour](`${glyph} ${word}`);
  if (run === null) return [date, more === 0 ? verdict : `${verdict} × ${more + 1}`, '', '', '', '', ''];
  const money = run.money.map(({ currency, overBilled, underBilled }) => `${currency} −${underBilled} +${overBilled}`);
  return [
    date,
    verdict,
    run.parity ?? 'none',
    run.coverage ?? 'none',
    String(run.causes),
    String(run.mismatches),
    money.join(', ') || 'none',
  ];
}

const CYCLE: Readonly<Record<Cycle['standing'], string>> = {
  parity: '✓ parity',
  mismatch: '✗ mismatch',
  inconclusive: '? inconclusive',
  partial: '? not all organisations compared',
  running: '… not over yet',
  missing: '· not compared',
};

function cycles(all: readonly Cycle[]): string {
  if (all.length === 0) return '';
  const lines = all.map(
    ({ month, standing, orgs, expected }) =>
      `  ${month} ${CYCLE[standing]}, ${orgs} of ${counted(expected, 'organisation')}`,
  );
  return ['Closed billing cycles', ...lines].join('\n');
}

function notCounted(leftOut: readonly LeftOut[], colours: Colours, width: number): string {
  if (leftOut.length === 0) return '';
  const more = leftOut.length - MOST_LEFT_OUT;
  const lines = leftOut
    .slice(0, MOST_LEFT_OUT)
    .map(({ dir, why }) => `  ${shortened(`${safeText(dir || '.')} ${why}`, Math.max(60, 2 * width))}`);
  return [
    colours.yellow(`${counted(leftOut.length, 'folder')} left out`),
    ...lines,
    ...(more > 0 ? [`  … and ${more} more (--json has them all)`] : []),
  ].join('\n');
}
