/** Found by the fuzzer, and not settled: a rule is missing. Whoever closes one takes it out of this list; a test asks for that. */
import type { Tried } from './singles.ts';

export interface OpenHole {
  /** As `Change.pattern`. */
  readonly pattern: string;
  readonly kinds: readonly string[];
  /** What passes in silence, and what the right answer is. */
  readonly what: string;
}

export const OPEN_HOLES: readonly OpenHole[] = [];

export const isOpen = ({ change }: Pick<Tried, 'change'>): boolean =>
  OPEN_HOLES.some(({ pattern, kinds }) => pattern === change.pattern && kinds.includes(change.kind));

/** Fields that no rule reads because of them. */
export const UNREAD_UNTIL_SETTLED: readonly string[] = [];
