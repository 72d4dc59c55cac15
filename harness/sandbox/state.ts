/** What the sandbox says at this moment: the world at its day, and what is hidden in it. Worked out anew when either changes. */

import type { IsoDate } from '../domain/billing-period.ts';
import { HarnessError } from '../domain/errors.ts';
import { Bodies } from './contract-api/bodies.ts';
import { Ledger } from './contract-book/ledger.ts';
import { type InjectedDefect, inject } from './defects/inject.ts';
import type { Edits } from './edit.ts';
import { type AskedFault, editsOf } from './faults/registry.ts';
import { Directory } from './legacy-book/directory.ts';
import { noonOf } from './world/clock.ts';
import type { World } from './world/facts.ts';

/** One state of the world with both sides' books of it. */
export interface Books {
  readonly world: World;
  readonly edits: Edits;
  readonly defects: readonly InjectedDefect[];
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly bodies: Bodies;
  /** What the clock of all answers says. */
  readonly now: Date;
}

/** `all`, `none`, or requests such as `rate-off*3`. */
export type DefectChoice = readonly string[] | 'all' | 'none';

export interface StateChoice {
  readonly defects: DefectChoice;
  readonly faults: readonly AskedFault[];
  readonly today: IsoDate;
}

export class SandboxState {
  readonly #worldAt: (today: IsoDate) => World;
  #choice: StateChoice;
  #books: Books;

  /** @throws HarnessError `usage` for defects that are not known or cannot be hidden */
  constructor(worldAt: (today: IsoDate) => World, choice: StateChoice) {
    this.#worldAt = worldAt;
    this.#choice = choice;
    this.#books = booksOf(worldAt(choice.today), choice);
  }

  get books(): Books {
    return this.#books;
  }

  get choice(): StateChoice {
    return this.#choice;
  }

  /** Nothing changes if it cannot be had. @throws HarnessError `usage` as the constructor, and for a day before the present one */
  change(changed: Partial<StateChoice>): void {
    const choice = { ...this.#choice, ...changed };
    if (choice.today < this.#choice.today) {
      throw new HarnessError(
        'usage',
        `the world stands at ${this.#choice.today}: it cannot go back to ${choice.today}`,
      );
    }
    const world = choice.today === this.#choice.today ? this.#books.world : this.#worldAt(choice.today);
    this.#books = booksOf(world, choice);
    this.#choice = choice;
  }
}

function booksOf(world: World, { defects: choice, faults }: StateChoice): Books {
  const { edits, defects } = inject(world, choice);
  for (const edit of editsOf(faults, world)) edits.add(edit);
  return {
    world,
    edits,
    defects,
    directory: new Directory(world, edits),
    ledger: new Ledger(world, edits),
    bodies: new Bodies(world, edits),
    now: noonOf(world.today),
  };
}
