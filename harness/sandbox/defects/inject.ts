/** Chooses places for the defects asked for, and hides them there: no two in the same place. */
import { HarnessError } from '../../domain/errors.ts';
import { orgId, productKey } from '../../domain/side.ts';
import { Edits } from '../edit.ts';
import type { Account, Holding, World } from '../world/facts.ts';
import { Random } from '../world/random.ts';
import type { Defect, Hidden, Place, Surroundings } from './defect.ts';
import { isGiant } from './look.ts';
import { DEFECTS } from './registry.ts';
import { type DefectRequest, parseRequest } from './request.ts';

/** A defect and where it was hidden: what a run must find. */
export interface InjectedDefect {
  readonly id: string;
  readonly title: string;
  /** Ids, lower case. Empty: not about certain organisations. */
  readonly orgs: readonly string[];
  /** Empty: not about products. */
  readonly skus: readonly string[];
  /** At least one of these rules must report it. */
  readonly rules: readonly string[];
  /** The root cause that is due where three pairs and more show it. */
  readonly cause: string | null;
  /** What a run must ask beside the usage API and the contract API to see it; null: nothing. */
  readonly needs: 'partner-billing' | null;
  readonly note: string;
}

export interface Injection {
  readonly edits: Edits;
  readonly defects: readonly InjectedDefect[];
}

const PROBED_PLACES = 120;

/** Places that a defect with a cause gets in a world that hides all. */
const CAUSE_PLACES = 3;

/**
 * @param asked `all`, `none` or requests such as `rate-off*3`.
 * @throws HarnessError `usage` for an unknown defect, and where it cannot be hidden as asked.
 */
export function inject(world: World, asked: readonly string[] | 'all' | 'none'): Injection {
  const injector = new Injector(world);
  if (asked === 'all') injector.hideAll();
  else if (asked !== 'none') for (const text of asked) injector.hide(parseRequest(text));
  return { edits: injector.edits, defects: injector.defects };
}

class Injector {
  readonly edits = new Edits();
  readonly defects: InjectedDefect[] = [];
  readonly #world: World;
  readonly #random: Random;
  readonly #accounts: readonly Account[];
  /** Accounts with a defect that takes the whole account. */
  readonly #full = new Set<Account>();
  readonly #products = new Map<Account, Set<Holding['product']>>();

  constructor(world: World) {
    this.#world = world;
    this.#random = new Random(world.seed, 'defects');
    const accounts = new Random(world.seed, 'defect places').shuffle(world.accounts);
    this.#accounts = [...accounts.filter((account) => !isGiant(account)), ...accounts.filter(isGiant)];
  }

  /** As many places as asked for. */
  hide(request: DefectRequest): void {
    for (let done = 0; done < request.count; done += 1) {
      const reason = this.#hideOnce(request.defect, this.#places(request));
      if (reason !== null) throw refusal(request, done, reason);
    }
  }

  /**
   * Every defect once where it fits: those that take a whole account first. Then those with a cause in two more places. A
   * small world has no room for some.
   */
  hideAll(): void {
    for (const scope of ['account', 'product']) {
      const wanted = DEFECTS.filter((each) => each.scope === scope);
      for (const defect of this.#rarestFirst(wanted)) this.#hideOnce(defect, this.#anywhere(defect));
    }
    for (const defect of DEFECTS.filter(({ cause }) => cause !== null)) {
      for (let more = 1; more < CAUSE_PLACES; more += 1) this.#hideOnce(defect, this.#anywhere(defect));
    }
  }

  /** By how many of the first places would suit: those that fit anywhere must not take the places of those that do not. */
  #rarestFirst(defects: readonly Defect[]): readonly Defect[] {
    const places = this.#accounts.flatMap(placesOf).slice(0, PROBED_PLACES);
    const suits = (defect: Defect, place: Place): boolean =>
      typeof defect.hide(place, { ...this.#around(place), random: new Random(this.#world.seed, 'probe') }) !== 'string';
    return defects
      .map((defect) => ({ defect, fits: places.filter((place) => suits(defect, place)).length }))
      .sort((a, b) => a.fits - b.fits)
      .map(({ defect }) => defect);
  }

  /** Null if it is hidden now, else why it fits nowhere. */
  #hideOnce(defect: Defect, places: Iterable<Place>): string | null {
    let reason = 'no place is left where nothing else is hidden';
    for (const place of places) {
      const hidden = defect.hide(place, this.#around(place));
      if (typeof hidden === 'string') {
        reason = hidden;
        continue;
      }
      this.#keep(defect, place, hidden);
      return null;
    }
    return reason;
  }

  #around({ account }: Place): Surroundings {
    const free = this.#accounts.filter((other) => other !== account && this.#isUntouched(other));
    return { world: this.#world, random: this.#random, free };
  }

  #isUntouched(account: Account): boolean {
    return !this.#full.has(account) && !this.#products.has(account);
  }

  *#places({ defect, org, sku }: DefectRequest): Generator<Place> {
    for (const place of this.#anywhere(defect)) {
      if (org !== null && place.org.id !== orgId(org)) continue;
      const names = [place.holding.product.partNumber, ...place.holding.product.skus].map(productKey);
      if (sku === null || names.includes(sku)) yield place;
    }
  }

  /** Untouched accounts first; then products beside those in which something is hidden already. */
  *#anywhere({ scope }: Defect): Generator<Place> {
    yield* this.#accounts.filter((account) => this.#isUntouched(account)).flatMap(placesOf);
    if (scope === 'account') return;
    for (const account of this.#accounts) {
      const taken = this.#products.get(account);
      if (taken === undefined || this.#full.has(account)) continue;
      yield* placesOf(account).filter(({ holding }) => !taken.has(holding.product));
    }
  }

  #keep(defect: Defect, place: Place, hidden: Hidden): void {
    for (const edit of hidden.edits) this.edits.add(edit);
    if (hidden.world !== undefined) this.edits.world.push(hidden.world);
    for (const account of hidden.accounts ?? []) this.#full.add(account);
    const taken = this.#products.get(place.account) ?? new Set();
    this.#products.set(place.account, taken.add(place.holding.product));
    if (defect.scope === 'account') this.#full.add(place.account);
    const { id, title, rules, cause, needs = null } = defect;
    const orgs = hidden.orgs.map((org) => org.id);
    this.defects.push({ id, title, orgs, skus: hidden.skus, rules, cause, needs, note: hidden.note });
  }
}

/** Every organisation and product of an account in which something can be hidden: what tokens pay for is not charged. */
export const placesOf = (account: Account): Place[] =>
  account.holdings
    .filter(
      ({ dormant, walletOnly, product }) => dormant === null && walletOnly !== true && product.paidByTokens !== true,
    )
    .flatMap((holding) => holding.holders.map(({ org }) => ({ account, holding, org })));

function refusal({ defect, count, org, sku }: DefectRequest, done: number, reason: string): HarnessError {
  const where = org === null ? 'in this world' : `at ${org}${sku === null ? '' : ` for ${sku}`}`;
  const times = count === 1 ? '' : ` ${count} times (only ${done} fit)`;
  return new HarnessError('usage', `${defect.id} cannot be hidden ${where}${times}: ${reason}`, {
    hint: 'Ask for it elsewhere, fewer times, or in a larger world.',
  });
}
