/** One run against another, for a job summary or a comment on a pull request (65,536 characters at most). */
import type { ChangeKind, RunComparison, RunSummary } from '../../domain/run-comparison.ts';
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
import { verdictWord, waivedTotal } from '../words/waived.ts';
import { escaped } from './escape.ts';
import { table } from './table.ts';

/** Rows of a list; `parity compare --json` has them all. */
const MOST = 10;
const NAME = 80;
const SENTENCE = 200;

export function comparisonMarkdown(comparison: RunComparison): string {
  const { before, after } = comparison;
  const parts = [
    `## ${escaped(after.scenario, NAME)}: ${countWords(comparison)}`,
    comparison.unproven.map((sentence) => `- **${escaped(sentence, SENTENCE)}**`).join('\n'),
    overview(comparison),
    ...LISTED.map((kind) => section(comparison, kind)),
    lost(comparison),
    checksWords(comparison),
    comparison.notes.map((note) => `- ${escaped(note, SENTENCE)}`).join('\n'),
    `<sub>run \`${before.id}\` of ${escaped(before.startedAt, NAME)} → run \`${after.id}\` of ${escaped(after.startedAt, NAME)}</sub>`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function overview({ before, after, money, waived }: RunComparison): string {
  const verdict = (run: RunSummary): string => escaped(`${verdictWords(run).glyph} ${verdictWord(run)}`, SENTENCE);
  const rows = [
    ['Verdict', verdict(before), verdict(after)],
    ['Parity (%)', before.parity, after.parity],
    ['Coverage (%)', before.coverage, after.coverage],
    ...money.slice(0, MOST).flatMap(({ currency, before: was, after: is }) => [
      [`Under-billed ${escaped(currency, NAME)}`, grouped(was.underBilled), grouped(is.underBilled)],
      [`Over-billed ${escaped(currency, NAME)}`, grouped(was.overBilled), grouped(is.overBilled)],
    ]),
    ...waived
      .slice(0, MOST)
      .map(({ currency, before: was, after: is }) => [
        `Waived ${escaped(currency, NAME)}`,
        waivedTotal(currency, was),
        waivedTotal(currency, is),
      ]),
  ];
  return table(['', 'Earlier', 'Later'], ['---', '---:', '---:'], rows);
}

function section(comparison: RunComparison, kind: ChangeKind): string {
  if (comparison.counts[kind] === 0) return '';
  const all = rowsOf(comparison, kind);
  const rows = all.slice(0, MOST).flatMap((change) => {
    const finding = findingOf(change);
    if (finding === null) return [];
    return [
      [
        `${change.trend === 'worse' ? '▲ ' : ''}\`${finding.rule}\``,
        escaped(whoOf(finding), NAME),
        escaped(productOf(finding) ?? '', NAME),
        escaped(amountWords(change), NAME),
        escaped(changeWords(change), SENTENCE),
        `\`${change.id}\``,
      ],
    ];
  });
  const head = ['Rule', 'Organisation', 'Product', 'Money', 'What', 'Finding'];
  const more = all.length - MOST;
  return [
    `### ${KIND_WORDS[kind].glyph} ${titleOf(comparison, kind)}`,
    table(
      head,
      head.map(() => '---'),
      rows,
    ),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ].join('\n\n');
}

function lost({ lost: reasons }: RunComparison): string {
  if (reasons.length === 0) return '';
  const all = reasons.reduce((sum, { count }) => sum + count, 0);
  const lines = reasons.slice(0, MOST).map(({ reason, count }) => `- ${grouped(count)} × ${escaped(reason, SENTENCE)}`);
  const more = reasons.length - MOST;
  return [
    `### Could be compared before, and not now: ${grouped(all)}`,
    [...lines, ...(more > 0 ? [`\n… and ${more} more reasons`] : [])].join('\n'),
  ].join('\n\n');
}
