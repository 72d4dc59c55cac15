/** What else can go wrong than what the books say; asked for by name, as often and wherever it is wanted. */
import { closest } from 'fastest-levenshtein';
import { HarnessError } from '../../domain/errors.ts';
import type { Edit } from '../edit.ts';
import type { World } from '../world/facts.ts';
import { BODY_FAULTS } from './bodies.ts';
import { CLOCK_OFF } from './clock-off.ts';
import { CONNECTION_FAULTS } from './connections.ts';
import { figuresMove } from './figures-move.ts';
import { LISTING_FAULTS } from './listings.ts';
import type { NetworkFault } from './network-fault.ts';
import { STATUS_FAULTS } from './statuses.ts';
import { TOKEN_EXPIRES } from './token-expires.ts';

/** A fault that shows in what is answered, in so many places of the world. */
interface AnswerFault {
  readonly kind: 'answer';
  readonly id: string;
  readonly title: string;
  /** What a run makes of it, for docs/faults.md. */
  readonly lasting: string;
  edits(world: World, count: number): readonly Edit[];
}

export const NETWORK_FAULTS: readonly NetworkFault[] = [
  ...STATUS_FAULTS,
  ...CONNECTION_FAULTS,
  ...BODY_FAULTS,
  ...LISTING_FAULTS,
  TOKEN_EXPIRES,
  CLOCK_OFF,
];

export const ANSWER_FAULTS: readonly AnswerFault[] = [
  {
    kind: 'answer',
    id: 'figures-move',
    title: 'A figure of the open period moves while it is read',
    lasting: 'Read again on both sides, and `unstable` with both readings.',
    edits: figuresMove,
  },
];

/** Every fault that there is. */
export const FAULTS: readonly (NetworkFault | AnswerFault)[] = [...NETWORK_FAULTS, ...ANSWER_FAULTS];

/** A fault as it was asked for. */
export interface AskedFault {
  readonly fault: NetworkFault | AnswerFault;
  /** Tries of each request, or places of the world; infinite for `forever`. Null: as the fault has it. */
  readonly times: number | null;
  /** Part of the path and query of the requests that it hits; null: all. */
  readonly target: string | null;
}

const FORM = /^(?<id>[a-z0-9-]+)(?:\*(?<times>[1-9]\d{0,3}|forever))?(?:@(?<target>\S+))?$/;

/**
 * Reads `id`, `id*3`, `id*forever`, each also with `@part of the address`.
 * @throws HarnessError `usage` for a fault that is not known, and for one that cannot be had like this.
 */
export function readFaults(asked: readonly string[]): AskedFault[] {
  return asked.map((text) => {
    const { id = text, times, target = null } = FORM.exec(text.trim())?.groups ?? {};
    const fault = [...ANSWER_FAULTS, ...NETWORK_FAULTS].find((each) => each.id === id);
    if (fault === undefined) throw unknown(text);
    if (fault.kind === 'answer' && (times === 'forever' || target !== null)) {
      throw new HarnessError('usage', `${text}: ${id} is for a number of places, as in ${id}*3`);
    }
    return { fault, times: times === undefined ? null : times === 'forever' ? Infinity : Number(times), target };
  });
}

/** As it would be asked for. */
export function textOf({ fault, times, target }: AskedFault): string {
  const often = times === null ? '' : `*${times === Infinity ? 'forever' : times}`;
  return `${fault.id}${often}${target === null ? '' : `@${target}`}`;
}

/**
 * What the faults that show in the answers change in the books.
 * @throws HarnessError `usage` for more places than the world has room for
 */
export function editsOf(asked: readonly AskedFault[], world: World): Edit[] {
  return asked.flatMap((one) => {
    const { fault, times } = one;
    if (fault.kind !== 'answer') return [];
    const count = times ?? 1;
    const edits = fault.edits(world, count);
    if (edits.length < count) {
      throw new HarnessError('usage', `${textOf(one)}: this world has room for ${edits.length} of them`, {
        hint: 'Ask for fewer, or for a larger world.',
      });
    }
    return [...edits];
  });
}

function unknown(text: string): HarnessError {
  const ids = [...ANSWER_FAULTS, ...NETWORK_FAULTS].map((each) => each.id);
  return new HarnessError('usage', `there is no fault ${text}; did you mean ${closest(text, ids)}?`, {
    hint: `Known faults: ${ids.join(', ')}. More: id*3, id*forever, id@part-of-the-address (docs/faults.md).`,
  });
}
