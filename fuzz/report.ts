/** Writes docs/fuzzing.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { EXEMPTIONS } from './exemptions.ts';
import { isOpen, OPEN_HOLES } from './open-holes.ts';
import type { Pairs } from './pairs.ts';
import { WAYS, type WorldTried } from './second-world.ts';
import { isHole, type Tried } from './singles.ts';
import { TRACES } from './trace.ts';
import { WORLDS } from './worlds.ts';

/** What was part of the run; null: was not. */
export interface Run {
  readonly singles: { readonly tried: readonly Tried[]; readonly perField: number } | null;
  readonly pairs: (Pairs & { readonly minutes: number; readonly seed: number }) | null;
  readonly worlds: { readonly tried: readonly WorldTried[]; readonly orgs: number } | null;
}

const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

export function outcomes(tried: readonly Tried[]): string[] {
  const of = (trace: string, exempt: boolean): number =>
    tried.filter((one) => one.trace === trace && (one.exemption !== null) === exempt).length;
  return [
    row('Clearest trace', 'Must leave one', 'Exempt'),
    row('---', '---', '---'),
    ...TRACES.map((trace) => row(trace, of(trace, false), of(trace, true))),
    row('**all**', ...[false, true].map((exempt) => tried.filter((one) => (one.exemption !== null) === exempt).length)),
  ];
}

function byField(tried: readonly Tried[]): string[] {
  const fields = [...new Set(tried.map(({ change }) => change.field))].sort();
  return [
    row('Field', 'Changes', 'Left a trace', 'Left none, exempt', 'Left none'),
    row('---', '---', '---', '---', '---'),
    ...fields.map((field) => {
      const own = tried.filter(({ change }) => change.field === field);
      const none = own.filter(({ trace }) => trace === 'none');
      const exempt = none.filter(({ exemption }) => exemption !== null).length;
      return row(field, own.length, own.length - none.length, exempt, none.length - exempt);
    }),
  ];
}

const exemptions = (): string[] => [
  row('Fields', 'Changes', 'Reason', 'Reading'),
  row('---', '---', '---', '---'),
  ...EXEMPTIONS.map(({ fields, kinds, when, reason, reading }) => {
    const which = kinds?.join(', ') ?? 'any';
    return row(fields.join(', '), when === undefined ? which : `${which}; not always`, reason, reading);
  }),
];

/** Of the second world: worlds by their spelling variants, and what went wrong. */
function worlds({ tried, orgs }: NonNullable<Run['worlds']>): string[] {
  const seeds = tried.map(({ seed }) => seed);
  const wrong = tried.filter((one) => one.wrong.length > 0);
  const defects = new Set(tried.flatMap(({ defect }) => defect ?? []));
  return [
    `${new Set(seeds).size} seeds from ${Math.min(...seeds)} on, ${orgs} organisations each; ${defects.size} different defects were hidden. Clothes and defect are drawn by the seed.`,
    '',
    row('The world', 'Worlds', 'Right'),
    row('---', '---', '---'),
    ...WAYS.map((way) => {
      const own = tried.filter((one) => one.way === way);
      return row(way, own.length, own.filter((one) => one.wrong.length === 0).length);
    }),
    ...(wrong.length === 0 ? [] : ['']),
    ...wrong.map(
      (one) =>
        `- seed ${one.seed}, ${one.way}${one.defect === null ? '' : ` (${one.defect})`}: ${one.wrong.join('; ')}`,
    ),
  ];
}

const HEAD = `# Fuzzing

Written by \`npm run fuzz\`, which takes the bodies of clean runs of both sides, changes one thing at a time in process, and judges again.
Each change of money, quantity, rate, currency, unit, date, status, identity or membership of a record that the accounts call compared must leave
a trace in the result: a mismatch, a cell that is not comparable, an unstable or tolerated one, drift, another account, another sum.

\`\`\`sh
npm run fuzz                              # one change at a time, on one record of each kind
npm run fuzz -- --per-field 5             # on five
npm run fuzz -- --minutes 60 --seed 7     # two at a time, at random, for an hour
npm run fuzz -- --worlds 200              # 200 seeds of the second world: clean, dressed, and with one defect each
\`\`\`

Each of the three writes its own figures below and leaves the others as they are. A bounded part of each runs in \`npm test\` (\`fuzz/*.test.ts\`), which also
holds the wire schemas and the list of exemptions together: a field that is neither read, so that a change of it shows, nor exempt, is red; so is an
exemption of a field that does not exist.

Worlds: ${WORLDS.map(({ name }) => name).join('; ')}. Each is cut into families, the organisations that contracts join; one that is not clean by itself is left out.
`;

const SINGLES = '## One change at a time';
const PAIRS = '## Two changes at a time';
const SECOND = '## The second world';
const OPEN = '## Open: passes in silence';
const EXEMPT = '## Exemptions';
const FIELDS = '## By field';

/** What was not part of this run stays as the file has it. */
export async function writeReport(file: string, { singles, pairs, worlds: second }: Run): Promise<void> {
  const before = sectionsOf(await readFile(file, 'utf8').catch(() => ''));
  const section = (title: string, lines: readonly string[] | null): string =>
    lines === null ? (before.get(title) ?? `${title}\n\nNot run yet.\n`) : `${title}\n\n${lines.join('\n')}\n`;
  const unknown = singles?.tried.filter((one) => isHole(one) && !isOpen(one)) ?? [];
  const parts = [
    HEAD,
    section(
      SINGLES,
      singles && [
        `${singles.tried.length} changes, ${singles.perField} a field, kind of change and world.`,
        '',
        ...outcomes(singles.tried),
        '',
        'A contract stands in the listing and by id: it is changed in the listing alone, by id alone, and in both alike.',
      ],
    ),
    section(
      PAIRS,
      pairs && [
        `${pairs.tried} pairs in ${pairs.minutes} minutes, seed ${pairs.seed}. Hidden by each other: ${pairs.hidden.length}.`,
        ...pairs.hidden.map(
          ({ family, changes }) =>
            `- ${family}: ${changes.map(({ pattern, kind }) => `${pattern} (${kind})`).join(' and ')}`,
        ),
      ],
    ),
    section(SECOND, second && worlds(second)),
    section(
      OPEN,
      singles && [
        ...OPEN_HOLES.map(({ pattern, kinds, what }) => `- \`${pattern}\` (${kinds.join(', ')}): ${what}`),
        ...unknown.map(
          ({ family, change }) =>
            `- \`${change.pattern}\` (${change.kind}, ${change.copy}) in ${family}: not looked into.`,
        ),
        ...(OPEN_HOLES.length + unknown.length === 0 ? ['Nothing.'] : []),
      ],
    ),
    section(EXEMPT, exemptions()),
    section(FIELDS, singles && byField(singles.tried)),
  ];
  await writeFile(file, parts.join('\n'));
}

/** By the title of each. */
function sectionsOf(text: string): ReadonlyMap<string, string> {
  const parts = text.split(/^(?=## )/m).slice(1);
  return new Map(parts.map((part) => [part.split('\n')[0] ?? '', `${part.trimEnd()}\n`]));
}
