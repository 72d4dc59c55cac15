/** What the runs before say of a finding. */
import { type History, STANDING } from '../data.ts';

const OPEN: ReadonlySet<string> = new Set([STANDING.mismatch, STANDING['not-comparable'], STANDING.unstable]);

/** Whether the last run before did not hold it against the sides; false where there was none to tell. */
export function isNew(id: string, history: History | null): boolean {
  if (history === null || history.runs.length === 0) return false;
  return !OPEN.has(history.of[id]?.at(-1) ?? STANDING.absent);
}
