/** Chooses places for the defects asked for, and hides them there: no two in the same place. */
import { HarnessError } from '../../domain/errors.ts';
import { orgId, productKey } from '../../domain/side.ts';
import { Edits } from '../edit.ts';
import type { Account, Holding, World } from '../world/facts.ts';
import { Random } from '../world/random.ts';
import type { Defect, Hidden, Needs, Outcome, Place, Surroundings } from './defect.ts';
import { isGiant } from './place-facts.ts';
import { DEFECTS } from './registry.ts';
import { type DefectRequest, parseRequest } from './request.ts';

/** A defect and where it was hidden: what a run must find. */
export interface InjectedDefect {
  readonly id: string;
  /** Null: it has none. */
  readonly variant: string | null;
  readonly title: string;
  /** Ids, lower case. Empty: not about certain organisations. */
  readonly orgs: readonly string[];
  /** Empty: not about products. */
  readonly skus: readonly string[];
  /** At least one of these rules must report it. */
  readonly rules: readonly string[];
  /** As what. */
  readonly outcome: Outcome;
  /** The root cause that is due where three pairs and more show it. */
  readonly cause: string | null;
  /** What a run must ask beside the contract API to see it; null: whichever legacy API there is. */
  readonly needs: Needs | null;
  readonly note: string;
}

export interface Injection {
  readonly edits: Edits;
  readonly defects: readonly InjectedDefect[];
}

const PROBED_PLACES = 60;

/** Places that a defect with a cause gets in a world that hides all. */
const CAUSE_PLACES = 3;

/** Of all accounts, how many may be taken as a whole in a world that hides all: the others are for defects of one product. */
const WHOLE_ACCOUNTS = 0.6;

/**
 * @param asked `all`, `none` or requests such as `rate-off*3`.
 * @throws HarnessError `usage` for an unknown defect, and where it cannot be hidden as asked.
 */
export function inject(world: World, asked: readonly string[] | 'all' | 'none'): Injection {
  const requests = asked === 'all' || asked === 'none' ? [] : asked.map(parseRequest);
  const injector = new Injector(world, requests.length === 1 && requests[0]?.count === 1);
  if (asked === 'all') injector.hideAll();
  for (const request of requests) injector.hide(request);
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
  readonly #alone: boolean;

  constructor(world: World, alone: boolean) {
    this.#world = world;
    this.#alone = alone;
    this.#random = new Random(world.seed, 'defects');
    const accounts = new Random(world.seed, 'defect places').shuffle(world.accounts);
    this.#accounts = [...accounts.filter((account) => !isGiant(account)), ...accounts.filter(isGiant)];
  }

  /** As many places as asked for. */
  hide(request: DefectRequest): void {
    for (let done = 0; done < request.count; done += 1) {
      const reason = this.#hideOnce(request, () => this.#places(request));
      if (reason !== null) throw refusal(request, done, reason);
    }
  }

  /**
   * Every defect once where it fits, those that take a whole account first; then those with a cause in two more places. A
   * small world has no room for all: the seed chooses.
   */
  hideAll(): void {
    const hide = (defect: Defect): void => {
      this.#hideOnce({ defect, variant: null }, () => this.#anywhere(defect));
    };
    const inTurn = (scope: Defect['scope'], room: number): void => {
      const all = this.#random.shuffle(DEFECTS.filter((defect) => defect.scope === scope));
      for (const defect of this.#rarestFirst(all.slice(0, room))) hide(defect);
    };
    inTurn('account', Math.ceil(this.#accounts.length * WHOLE_ACCOUNTS));
    inTurn('product', this.#room());
    for (const defect of DEFECTS.filter(({ cause }) => cause !== null)) {
      for (let more = 1; more < CAUSE_PLACES; more += 1) hide(defect);
    }
  }

  /** Products in which something can still be hidden. */
  #room(): number {
    const open = this.#accounts.filter((account) => !this.#full.has(account));
    return open.flatMap(({ holdings }) => holdings.filter(({ dormant }) => dormant === null)).length;
  }

  /** By how many of the first places would suit: those that fit anywhere must not take the places of those that do not. */
  #rarestFirst(defects: readonly Defect[]): readonly Defect[] {
    const places = this.#accounts.flatMap(placesOf).slice(0, PROBED_PLACES);
    const suits = (defect: Defect, place: Place): boolean =>
      this.#variantsOf(defect).some((variant) => {
        const random = new Random(this.#world.seed, 'probe');
        return typeof defect.hide(place, { ...this.#around(place, variant), random }) !== 'string';
      });
    return defects
      .map((defect) => ({ defect, fits: places.filter((place) => suits(defect, place)).length }))
      .sort((a, b) => a.fits - b.fits)
      .map(({ defect }) => defect);
  }

  /** Null if it is hidden now, else why it fits nowhere. */
  #hideOnce({ defect, variant }: Pick<DefectRequest, 'defect' | 'variant'>, places: () => Iterable<Place>) {
    let reason = 'no place is left where nothing else is hidden';
    for (const each of variant === null ? this.#variantsOf(defect) : [variant]) {
      for (const place of places()) {
        const hidden = defect.hide(place, this.#around(place, each));
        if (typeof hidden === 'string') {
          reason = hidden;
          continue;
        }
        this.#keep(defect, each, place, hidden);
        return null;
      }
    }
    return reason;
  }

  /** Beginning with the one that the seed chooses, and with the next one each time. */
  #variantsOf({ id, variants = [''] }: Defect): readonly string[] {
    const done = this.defects.filter((each) => each.id === id).length;
    const first = (new Random(this.#world.seed, 'variant', id).int(0, variants.length - 1) + done) % variants.length;
    return [...variants.slice(first), ...variants.slice(0, first)];
  }

  #around({ account }: Place, variant: string): Surroundings {
    const free = this.#accounts.filter((other) => other !== account && this.#isUntouched(other));
    return { world: this.#world, variant, alone: this.#alone, random: this.#random, free };
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

  #keep(defect: Defect, variant: string, place: Place, hidden: Hidden): void {
    for (const edit of hidden.edits) this.edits.add(edit);
    if (hidden.world !== undefined) this.edits.world.push(hidden.world);
    for (const account of hidden.accounts ?? []) this.#full.add(account);
    const taken = this.#products.get(place.account) ?? new Set();
    this.#products.set(place.account, taken.add(place.holding.product));
    if (defect.scope === 'account') this.#full.add(place.account);
    const { id, title, cause, outcome = 'mismatch' } = defect;
    const { skus, note, rules = defect.rules, needs = defect.needs ?? null } = hidden;
    const orgs = hidden.orgs.map((org) => org.id);
    const named = { id, variant: variant === '' ? null : variant, title };
    this.defects.push({ ...named, orgs, skus, rules, outcome, cause, needs, note });
  }
}

/** Every organisation and product of an account in which something can be hidden: what tokens pay for is not charged. */
export const placesOf = (account: Account): Place[] =>
  account.holdings
    .filter(
      ({ dormant, walletOnly, product }) => dormant === null && walletOnly !== true && product.paidByTokens !== true,
    )
    .flatMap((holding) => holding.holders.map(({ org }) => ({ account, holding, org })));

function refusal({ defect, variant, count, org, sku }: DefectRequest, done: number, reason: string): HarnessError {
  const where = org === null ? 'in this world' : `at ${org}${sku === null ? '' : ` for ${sku}`}`;
  const times = count === 1 ? '' : ` ${count} times (only ${done} fit)`;
  const named = variant === null ? defect.id : `${defect.id}[${variant}]`;
  return new HarnessError('usage', `${named} cannot be hidden ${where}${times}: ${reason}`, {
    hint: 'Ask for it elsewhere, fewer times, or in a larger world.',
  });
}
