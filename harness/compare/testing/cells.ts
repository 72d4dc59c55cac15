/** Looking at a judgement in tests. */
import type { Cell } from '../../domain/finding.ts';
import type { Judgement } from '../../domain/verdict.ts';

/** `rule status` of every cell that is not a match, but for one-sided ones. */
export const deviations = (judgement: Judgement): string[] =>
  judgement.cells.filter((cell) => cell.status !== 'match').map((cell) => `${cell.rule} ${cell.status}`);

export const mismatches = (judgement: Judgement): string[] =>
  judgement.cells.filter((cell) => cell.status === 'mismatch').map((cell) => cell.rule);

/** @throws Error unless there is exactly one. */
export function cellOf(judgement: Judgement, rule: string): Cell {
  const found = judgement.cells.filter((cell) => cell.rule === rule);
  const [cell] = found;
  if (cell === undefined || found.length > 1) throw new Error(`${found.length} cells of ${rule}`);
  return cell;
}
