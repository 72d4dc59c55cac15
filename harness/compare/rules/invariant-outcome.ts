/** Outcomes of rules that look at one side alone, and the ways to read the figures that they compute with. */
import { type Decimal, ZERO } from '../../domain/decimal.ts';
import type { Figure } from '../../domain/figure.ts';
import type { Statement } from '../../domain/finding.ts';
import type { Side } from '../../domain/side.ts';
import { readingOf, statementOf } from '../pairs/reading.ts';
import type { Outcome } from './rule.ts';

export const stated = (figure: Figure<string>): Statement => statementOf(readingOf(figure, ''));

const onSide = (side: Side, statement: Statement | null) => ({
  legacy: side === 'legacy' ? statement : null,
  contract: side === 'contract' ? statement : null,
});

/** @param delta stated − expected; null where no single number says it */
export const breaks = (side: Side, statement: Statement | null, delta: Decimal | null, sentence: string): Outcome => ({
  kind: 'different',
  ...onSide(side, statement),
  delta,
  sentence,
});

export const cannotSay = (
  side: Side,
  statement: Statement | null,
  reason: string,
): Extract<Outcome, { kind: 'not-comparable' }> => ({
  kind: 'not-comparable',
  ...onSide(side, statement),
  reason,
  expected: true,
});

/** The figure, or zero where it is left out. Ask `unreadableAmong` first. */
export const orZero = (figure: Figure): Decimal => (figure.state === 'known' ? figure.value : ZERO);

/** Why the first of these figures that cannot be read cannot; null if all can. Keyed by what people call them. */
export function unreadableAmong(figures: Readonly<Record<string, Figure<string>>>): string | null {
  for (const [noun, figure] of Object.entries(figures)) {
    if (figure.state === 'unreadable') return `its ${noun} cannot be read: ${figure.reason}`;
  }
  return null;
}

/** What a figure says, for sentences; `none` where it is left out. */
export const figureText = (figure: Figure<string>): string => (figure.state === 'known' ? figure.value : 'none');
