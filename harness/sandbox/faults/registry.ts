/** What else can go wrong than what the books say; asked for by name, as often as wanted. */
import { closest } from 'fastest-levenshtein';
import { HarnessError } from '../../domain/errors.ts';
import type { Edit } from '../edit.ts';
import type { World } from '../world/facts.ts';
import { figuresMove } from './figures-move.ts';

/** A fault that shows in what is answered, in so many places of the world. */
export interface AnswerFault {
  readonly id: string;
  readonly title: string;
  edits(world: World, count: number): readonly Edit[];
}

export const FAULTS: readonly AnswerFault[] = [
  { id: 'figures-move', title: 'A figure of the open period moves while it is read', edits: figuresMove },
];

const FORM = /^(?<id>[a-z-]+)(?:\*(?<count>[1-9]\d{0,3}))?$/;

/** @throws HarnessError `usage` for a fault that is not known. */
export function playFaults(world: World, asked: readonly string[]): Edit[] {
  return asked.flatMap((text) => {
    const groups = FORM.exec(text.trim())?.groups;
    const id = groups?.['id'] ?? text;
    const fault = FAULTS.find((each) => each.id === id);
    if (fault === undefined) {
      const ids = FAULTS.map((each) => each.id);
      throw new HarnessError('usage', `there is no fault ${text}; did you mean ${closest(id, ids)}?`, {
        hint: `Known faults: ${ids.join(', ')}. Several places: id*3.`,
      });
    }
    return [...fault.edits(world, Number(groups?.['count'] ?? '1'))];
  });
}
