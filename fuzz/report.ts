/** Writes docs/fuzzing.md. */
import { writeFile } from 'node:fs/promises';
import { EXEMPTIONS } from './exemptions.ts';
import { isOpen, OPEN_HOLES } from './open-holes.ts';
import type { Pairs } from './pairs.ts';
import { isHole, type Tried } from './singles.ts';
import { TRACES } from './trace.ts';
import { WORLDS } from './worlds.ts';

export interface Run {
  readonly tried: readonly Tried[];
  readonly perField: number;
  readonly pairs: (Pairs & { readonly minutes: number; readonly seed: number }) | null;
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

export async function writeReport(file: string, { tried, perField, pairs }: Run): Promise<void> {
  const unknown = tried.filter((one) => isHole(one) && !isOpen(one));
  await writeFile(
    file,
    [
      '# Fuzzing',
      '',
      'Written by `npm run fuzz`, which takes the bodies of clean runs of both sides, changes one thing at a time in process, and judges again.',
      'Each change of money, quantity, rate, currency, unit, date, status, identity or membership of a record that the accounts call compared must leave',
      'a trace in the result: a mismatch, a cell that is not comparable, an unstable or tolerated one, drift, another account, another sum.',
      '',
      '```sh',
      'npm run fuzz                              # one change at a time, on one record of each kind',
      'npm run fuzz -- --per-field 5             # on five',
      'npm run fuzz -- --minutes 60 --seed 7     # and then two at a time, at random, for an hour',
      '```',
      '',
      'A bounded part runs in `npm test` (`fuzz/fuzz.test.ts`). It also holds the wire schemas and the list of exemptions together: a field that is neither',
      'read, so that a change of it shows, nor exempt, is red; so is an exemption of a field that does not exist.',
      '',
      `Worlds: ${WORLDS.map(({ name }) => name).join('; ')}. Each is cut into families, the organisations that contracts join; one that is not clean by itself is left out.`,
      '',
      `## One change at a time: ${tried.length} changes, ${perField} a field, kind of change and world`,
      '',
      ...outcomes(tried),
      '',
      'A contract stands in the listing and by id: it is changed in the listing alone, by id alone, and in both alike.',
      '',
      '## Two changes at a time',
      '',
      pairs === null
        ? 'Not part of this run.'
        : `${pairs.tried} pairs in ${pairs.minutes} minutes, seed ${pairs.seed}. Hidden by each other: ${pairs.hidden.length}.`,
      ...(pairs?.hidden ?? []).map(
        ({ family, changes }) =>
          `- ${family}: ${changes.map(({ pattern, kind }) => `${pattern} (${kind})`).join(' and ')}`,
      ),
      '',
      '## Open: passes in silence',
      '',
      ...OPEN_HOLES.map(({ pattern, kinds, what }) => `- \`${pattern}\` (${kinds.join(', ')}): ${what}`),
      ...unknown.map(
        ({ family, change }) =>
          `- \`${change.pattern}\` (${change.kind}, ${change.copy}) in ${family}: not looked into.`,
      ),
      '',
      '## Exemptions',
      '',
      ...exemptions(),
      '',
      '## By field',
      '',
      ...byField(tried),
      '',
    ].join('\n'),
  );
}
