/** Where the wire changed its shape, the gravest first. */
import type picocolors from 'picocolors';
import type { RunResult } from '../../domain/run-result.ts';
import type { DriftEntry } from '../../domain/verdict.ts';
import { driftWords } from '../words/drift.ts';
import { safeText } from '../words/safe-text.ts';
import { indented } from './layout.ts';

type Colours = ReturnType<typeof picocolors.createColors>;

const SHOWN = 12;
const GRAVITY = ['breaks', 'weakens', undefined, 'none'];
const GLYPH = { breaks: '✗', weakens: '!', none: '·' } as const;

export function drift({ drift: entries }: RunResult, colours: Colours, width: number): string {
  if (entries.length === 0) return '';
  const gravest = [...entries].sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity));
  const more = entries.length - SHOWN;
  return [
    colours.bold(`Drift: ${entries.length} ${entries.length === 1 ? 'place' : 'places'} of the wire changed`),
    ...gravest.slice(0, SHOWN).flatMap((entry) => lines(entry, colours, width)),
    ...(more > 0 ? [`  and ${more} more in result.json`] : []),
  ].join('\n');
}

function lines(entry: DriftEntry, colours: Colours, width: number): string[] {
  const { severity, effect } = entry;
  const glyph = severity === undefined ? '·' : GLYPH[severity];
  const colour = severity === 'breaks' ? colours.red : severity === 'weakens' ? colours.yellow : colours.reset;
  return [
    ...indented(safeText(`${glyph} ${driftWords(entry)}`), 2, width).map(colour),
    ...(effect === undefined ? [] : indented(effect, 6, width).map(colours.dim)),
  ];
}
