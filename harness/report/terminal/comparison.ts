/** One run against another on the terminal: what is new first, what is fixed last. */
import picocolors from 'picocolors';
import type { Change, ChangeKind, RunComparison, RunSummary } from '../../domain/run-comparison.ts';
import { grouped, verdictWords } from '../words/common.ts';
import { productOf, whoOf } from '../words/finding.ts';
import {
  amountWords,
  changeWords,
  checksWords,
  countWords,
  findingOf,
  KIND_WORDS,
  LISTED,
  rowsOf,
  titleOf,
} from '../words/run-comparison.ts';
import { safeText, shortened } from '../words/safe-text.ts';
import { waivedTotal, withWaivers } from '../words/waived.ts';
import { indented, plainTable, trimmed } from './layout.ts';

export interface ComparisonOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

type Colours = ReturnType<typeof picocolors.createColors>;

/** Rows of a kind; `--json` has them all. */
const MOST = 8;

const COLOUR: Readonly<Record<ChangeKind, 'red' | 'yellow' | 'green' | 'dim'>> = {
  new: 'red',
  changed: 'yellow',
  persisting: 'dim',
  unverified: 'yellow',
  'not-looked-at': 'yellow',
  waived: 'dim',
  tolerated: 'dim',
  fixed: 'green',
};

export function showComparison(comparison: RunComparison, options: ComparisonOptions): string {
  const colours = picocolors.createColors(options.colour);
  const { before, after, notes } = comparison;
  const parts = [
    [
      colours.bold(countWords(comparison)),
      ...indented(`${safeText(after.scenario)} · ${before.id} → ${after.id}`, 2, options.width),
    ].join('\n'),
    comparison.unproven
      .flatMap((sentence) => indented(`? ${safeText(sentence)}`, 0, options.width))
      .map((line) => colours.yellow(line))
      .join('\n'),
    overview(comparison, colours),
    ...LISTED.map((kind) => section(comparison, kind, colours, options.width)),
    lost(comparison, colours, options.width),
    [...indented(checksWords(comparison), 0, options.width), ...notes.map((note) => `note: ${safeText(note)}`)].join(
      '\n',
    ),
  ];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function overview({ before, after, money, waived }: RunComparison, colours: Colours): string {
  // The money of the waivers stands in rows of its own.
  const verdict = (run: RunSummary): string => `${verdictWords(run).word}${withWaivers(run)}`;
  const table = plainTable(['', colours.dim('earlier'), colours.dim('later')], ['left', 'right', 'right']);
  table.push(
    ['verdict', verdict(before), verdict(after)],
    ['parity (%)', before.parity, after.parity],
    ['coverage (%)', before.coverage, after.coverage],
  );
  for (const { currency, before: was, after: is } of money) {
    table.push(
      [`under-billed ${currency}`, grouped(was.underBilled), grouped(is.underBilled)],
      [`over-billed ${currency}`, grouped(was.overBilled), grouped(is.overBilled)],
    );
  }
  for (const { currency, before: was, after: is } of waived) {
    table.push([`waived ${currency}`, waivedTotal(currency, was), waivedTotal(currency, is)]);
  }
  return trimmed(table);
}

function section(comparison: RunComparison, kind: ChangeKind, colours: Colours, width: number): string {
  if (comparison.counts[kind] === 0) return '';
  const rows = rowsOf(comparison, kind);
  const more = rows.length - MOST;
  return [
    titleOf(comparison, kind),
    ...rows.slice(0, MOST).flatMap((change) => row(change, colours, width)),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ].join('\n');
}

function row(change: Change, colours: Colours, width: number): string[] {
  const finding = findingOf(change);
  if (finding === null) return [];
  const amount = amountWords(change);
  const glyph =
    change.trend === 'worse' ? colours.red('▲') : colours[COLOUR[change.kind]](KIND_WORDS[change.kind].glyph);
  const where = [whoOf(finding), productOf(finding)].filter((part) => part !== null).join(' · ');
  return [
    `  ${glyph} ${colours.bold(finding.rule)}${amount === '' ? '' : `  ${amount}`}`,
    colours.dim(`      ${shortened(where, width - 6)}`),
    ...indented(changeWords(change), 6, width),
    colours.dim(`      ${change.id}`),
  ];
}

function lost({ lost: reasons }: RunComparison, colours: Colours, width: number): string {
  if (reasons.length === 0) return '';
  const all = reasons.reduce((sum, { count }) => sum + count, 0);
  const more = reasons.length - MOST;
  return [
    `Could be compared before, and not now: ${all}`,
    ...reasons
      .slice(0, MOST)
      .map(({ reason, count }) => colours.yellow(`  ? ${count} × ${shortened(reason, width - 10)}`)),
    ...(more > 0 ? [`  … and ${more} more reasons`] : []),
  ].join('\n');
}
