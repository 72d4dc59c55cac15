/** The history as one page of Markdown: the sheet on top of what a manager files. */
import type { History, Night, NightRun, Readiness, ScenarioHistory } from '../../domain/history.ts';
import { amountsOf } from '../words/books.ts';
import { readyWord } from '../words/waived.ts';
import { escaped as escapedWithin } from './escape.ts';

/** Characters of a cell or sentence; more would make no line of a table. */
const WIDTH = 240;
const escaped = (text: string): string => escapedWithin(text, WIDTH);

const STANDING = {
  ready: 'READY',
  'on-course': 'NOT YET: can be met in time',
  late: 'NOT READY: cannot be met in time',
};

export function historySummary({ today, runs, scenarios, leftOut }: History, version: string): string {
  const parts = [
    `# Cutover readiness as of ${today}`,
    ...scenarios.flatMap(scenarioParts),
    '## Not counted',
    leftOut.length === 0
      ? 'Nothing was left out.'
      : table(
          ['Folder', 'Why'],
          leftOut.map(({ dir, why }) => [dir || '.', why]),
        ),
    `Made by cutover-parity ${version} from ${runs} nights. \`manifest.json\` has the SHA-256 of every file, result and snapshot.`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function scenarioParts(scenario: ScenarioHistory): string[] {
  const newest = scenario.nights.findLast(({ run }) => run !== null)?.run ?? null;
  return [
    `## ${escaped(scenario.scenario)}`,
    ...(scenario.readiness === null
      ? ['The scenario states no readiness.']
      : readinessParts(scenario.readiness, scenario)),
    ...(newest === null ? [] : gateParts(newest)),
    ...causeParts(scenario),
    ...waiverParts(scenario),
    ...recountParts(scenario),
    '### What happened',
    scenario.events.map(({ date, text }) => `- ${date} ${escaped(text)}`).join('\n'),
    '### Nights',
    table(
      ['Night', 'Verdict', 'Parity %', 'Coverage %', 'Mismatches', 'Money at risk', 'Run', 'Snapshot'],
      scenario.nights.map(nightRow),
    ),
  ];
}

function readinessParts(readiness: Readiness, scenario: ScenarioHistory): string[] {
  const { standing, policy, daysToCutover, requirements, since, earliest, cautions } = readiness;
  const outlook = since === null ? `earliest ${earliest}` : `since ${since}`;
  return [
    `**${escaped(readyWord(STANDING[standing], scenario))}** (${outlook}). Cutover ${policy.cutover}, ${daysToCutover} days away.`,
    requirements.map(({ met, says }) => `- ${met ? 'Met' : 'Not met'}: ${says}`).join('\n'),
    ...(cautions.length === 0 ? [] : [cautions.map((caution) => `- Note: ${escaped(caution)}`).join('\n')]),
  ];
}

const gateParts = ({ gate: { checks } }: NightRun): string[] => [
  '### Gate of the newest night',
  table(
    ['Check', 'Limit', 'Actual', 'Met'],
    checks.map(({ name, limit, actual, met }) => [name, limit, actual, met ? 'yes' : 'no']),
  ),
];

function causeParts({ causes }: ScenarioHistory): string[] {
  if (causes.length === 0) return [];
  const rows = causes.map(({ title, sku, first, last, goneSince }) => [
    title,
    sku ?? '',
    first,
    last,
    goneSince ?? 'no',
  ]);
  return ['### Root causes', table(['Cause', 'Product', 'First seen', 'Last seen', 'Gone since'], rows)];
}

function waiverParts({ waivers }: ScenarioHistory): string[] {
  if (waivers.length === 0) return [];
  const rows = waivers.map(({ reason, owner, ticket, expires, findings, money }) => [
    expires,
    reason,
    owner,
    ticket ?? '',
    String(findings),
    amountsOf(money).join(', '),
  ]);
  return ['### Waivers in use', table(['Expires', 'Reason', 'Owner', 'Ticket', 'Findings', 'Money'], rows)];
}

/** Each result against its own findings: checks by status, money at risk by currency and direction, what no cause explains. */
function recountParts({ nights }: ScenarioHistory): string[] {
  const ran = nights.flatMap(({ date, run }) => (run === null ? [] : [{ date, run }]));
  const differing = ran.flatMap(({ date, run }) =>
    run.differences.map((difference) => [date, run.dir || '.', difference]),
  );
  const recountWords = `Every result was counted again from its findings: checks by status, money at risk by currency and direction, mismatches without a cause.`;
  return [
    '### Recount',
    differing.length === 0 ? `${recountWords} All ${ran.length} agree.` : `${recountWords} **They do not all agree.**`,
    ...(differing.length === 0 ? [] : [table(['Night', 'Folder', 'Difference'], differing)]),
  ];
}

function nightRow({ date, standing, run }: Night): string[] {
  if (run === null) return [date, 'no run', '', '', '', '', '', ''];
  const money = run.money.map(({ currency, overBilled, underBilled }) => `${currency} −${underBilled} +${overBilled}`);
  return [
    date,
    standing,
    run.parity ?? 'none',
    run.coverage ?? 'none',
    String(run.mismatches),
    money.join(', '),
    run.id,
    run.snapshot?.digest?.slice(0, 12) ?? 'not beside the run',
  ];
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(escaped))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
