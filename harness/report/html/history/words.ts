/** Words of the history page. */
import type { CauseMark, Cycle, NightStanding, ReadinessStanding } from '../../../domain/history.ts';

export interface StandingWord {
  readonly glyph: string;
  readonly word: string;
}

export const NIGHT_WORDS: Readonly<Record<NightStanding, StandingWord>> = {
  parity: { glyph: '✓', word: 'Parity' },
  mismatch: { glyph: '✗', word: 'Mismatch' },
  inconclusive: { glyph: '?', word: 'Inconclusive' },
  missing: { glyph: '–', word: 'No run' },
};

export const CYCLE_WORDS: Readonly<Record<Cycle['standing'], StandingWord>> = {
  parity: { glyph: '✓', word: 'Parity' },
  mismatch: { glyph: '✗', word: 'Mismatch' },
  inconclusive: { glyph: '?', word: 'Inconclusive' },
  partial: { glyph: '?', word: 'Not all compared' },
  running: { glyph: '…', word: 'Not over yet' },
  missing: { glyph: '–', word: 'Not compared' },
};

export const MARK_WORDS: Readonly<Record<CauseMark, string>> = {
  present: 'there',
  lingering: 'in fewer than three places',
  waived: 'accepted by waivers',
  absent: 'not there',
  unknown: 'nobody could tell',
};

/** With the verdict whose colours it takes. */
export const READINESS_WORDS: Readonly<Record<ReadinessStanding, StandingWord & { readonly tone: string }>> = {
  ready: { glyph: '✓', word: 'READY', tone: 'parity' },
  'on-course': { glyph: '→', word: 'NOT YET', tone: 'inconclusive' },
  late: { glyph: '✗', word: 'NOT READY', tone: 'mismatch' },
};

/** Class of a status that has the same colours. */
export const statusClass = (standing: Cycle['standing'] | NightStanding): string =>
  ({
    parity: 'status-met',
    mismatch: 'status-mismatch',
    inconclusive: 'status-unstable',
    partial: 'status-unstable',
    running: 'status-running',
    missing: 'status-not-comparable',
  })[standing];
