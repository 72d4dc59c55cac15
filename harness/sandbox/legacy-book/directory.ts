/** Everyone whom the legacy side knows, by region and id, and how many there are. */
import type { Edits } from '../edit.ts';
import type { World } from '../world/facts.ts';
import { EMPTY_REGION } from '../world/names.ts';
import { inOrder, Random } from '../world/random.ts';
import { type Member, membersOf } from './subscription.ts';

export class Directory {
  readonly regions: readonly string[];
  readonly #byRegion = new Map<string, Member[]>();
  readonly #there = new Map<string, Member>();
  readonly #byId = new Map<string, Member>();
  readonly #edits: Edits;

  constructor(world: World, edits: Edits) {
    this.#edits = edits;
    for (const member of inOrder(world.spellings, new Random(world.seed, 'roll'), membersOf(world, edits))) {
      for (const [region, here] of byRegion(member)) {
        const list = this.#byRegion.get(region);
        if (list === undefined) this.#byRegion.set(region, [here]);
        else list.push(here);
        this.#there.set(`${region} ${here.org.id}`, here);
      }
      this.#byId.set(member.org.id, member);
    }
    const regions = [...this.#byRegion.keys(), EMPTY_REGION];
    this.regions = inOrder(world.spellings, new Random(world.seed, 'regions'), regions);
  }

  /** Organisations of a region that have at least one of the apps. */
  inRegion(region: string, appIds: readonly string[]): readonly Member[] {
    return (this.#byRegion.get(region) ?? []).filter((member) => hasApp(member, appIds));
  }

  /** What an organisation has in a region; null: it is not there. */
  memberIn(region: string, id: string): Member | null {
    return this.#there.get(`${region} ${id.toLowerCase()}`) ?? null;
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

/** In each region with what it has there. */
function byRegion(member: Member): Map<string, Member> {
  const found = new Map<string, Member>();
  for (const held of member.holdings) {
    const region = held.holding.region ?? member.org.region;
    const here = found.get(region)?.holdings ?? [];
    found.set(region, { ...member, holdings: [...here, held] });
  }
  return found;
}

export const hasApp = (member: Member, appIds: readonly string[]): boolean =>
  member.holdings.some(({ holding }) => appIds.includes(holding.product.appId));
