/** Everyone whom the legacy side knows, by region and id, and how many there are. */
import type { Edits } from '../edit.ts';
import type { World } from '../world/facts.ts';
import { EMPTY_REGION } from '../world/names.ts';
import { Random } from '../world/random.ts';
import { type Member, membersOf } from './subscription.ts';

export class Roll {
  readonly regions: readonly string[];
  readonly #byRegion = new Map<string, Member[]>();
  readonly #byId = new Map<string, Member>();
  readonly #edits: Edits;

  constructor(world: World, edits: Edits) {
    this.#edits = edits;
    for (const member of new Random(world.seed, 'roll').shuffle(membersOf(world, edits))) {
      const list = this.#byRegion.get(member.org.region);
      if (list === undefined) this.#byRegion.set(member.org.region, [member]);
      else list.push(member);
      this.#byId.set(member.org.id, member);
    }
    this.regions = new Random(world.seed, 'regions').shuffle([...this.#byRegion.keys(), EMPTY_REGION]);
  }

  /** Organisations of a region that have at least one of the apps. */
  inRegion(region: string, appIds: readonly string[]): readonly Member[] {
    return (this.#byRegion.get(region) ?? []).filter((member) => hasApp(member, appIds));
  }

  /** Ids are compared without case. */
  member(id: string): Member | null {
    return this.#byId.get(id.toLowerCase()) ?? null;
  }

  /** How many organisations of a region have an app, as the API counts them. */
  count(region: string, appId: string): number {
    const counted = this.inRegion(region, [appId]).length;
    const wrong = this.#edits.world.flatMap(({ count }) => (count === undefined ? [] : [count]));
    return wrong
      .filter((edit) => edit.region === region && edit.appId === appId)
      .reduce((total, { by }) => total + by, counted);
  }
}

export const hasApp = (member: Member, appIds: readonly string[]): boolean =>
  member.holdings.some(({ holding }) => appIds.includes(holding.product.appId));
