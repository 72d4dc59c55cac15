/** What is the same for everybody in a run, as far as some families show it: facts add up, whatever the order of families. */
import { isDrift, type SchemaNote } from '../../domain/capture.ts';
import { productKey } from '../../domain/side.ts';

/** What one side says of a product. */
export interface Mentions {
  /** Any record of the side names it, be it all zero. */
  readonly known: boolean;
  /** Organisations for which the side states something of it. */
  readonly orgs: number;
}

/** What lay beside the comparison, of some organisations. */
export interface Beside {
  /** SKUs that no product maps, of organisations in scope: as spelled, by key. */
  readonly skus: ReadonlyMap<string, string>;
  /** Organisations out of scope that are charged for a mapped product. */
  readonly unlisted: ReadonlySet<string>;
  /** Part numbers of the scenario's apps that no product maps: as spelled, by key. */
  readonly parts: ReadonlyMap<string, string>;
}

/** Keys of part numbers, by the API that states figures for them. */
export type StatedParts = Readonly<Record<'usage' | 'partner', ReadonlySet<string>>>;

/** Which rates legacy states in any row of a product. */
export interface ProvidedRates {
  readonly committedRate: boolean;
  readonly overageRate: boolean;
}

export interface Facts {
  /** Whose families they are of; lower-case ids. */
  readonly orgs: ReadonlySet<string>;
  /** By key of the product. */
  readonly mentions: Readonly<Record<'legacy' | 'contract', ReadonlyMap<string, Mentions>>>;
  readonly provided: ReadonlyMap<string, ProvidedRates>;
  readonly stated: StatedParts;
  readonly beside: Beside;
  /** Contracts that stand as listed, and fields that others state by id alone. */
  readonly listing: { readonly asListed: number; readonly leftOut: ReadonlySet<string> };
  /** One for each place in the schema, with how many bodies show it. */
  readonly drift: readonly SchemaNote[];
}

export const NO_FACTS: Facts = {
  orgs: new Set(),
  mentions: { legacy: new Map(), contract: new Map() },
  provided: new Map(),
  stated: { usage: new Set(), partner: new Set() },
  beside: { skus: new Map(), unlisted: new Set(), parts: new Map() },
  listing: { asListed: 0, leftOut: new Set() },
  drift: [],
};

export const joinFacts = (a: Facts, b: Facts): Facts => ({
  orgs: union(a.orgs, b.orgs),
  mentions: {
    legacy: joinMentions(a.mentions.legacy, b.mentions.legacy),
    contract: joinMentions(a.mentions.contract, b.mentions.contract),
  },
  provided: joinProvided(a.provided, b.provided),
  stated: {
    usage: union(a.stated.usage, b.stated.usage),
    partner: union(a.stated.partner, b.stated.partner),
  },
  beside: joinBeside(a.beside, b.beside),
  listing: {
    asListed: a.listing.asListed + b.listing.asListed,
    leftOut: union(a.listing.leftOut, b.listing.leftOut),
  },
  drift: driftAmong([...a.drift, ...b.drift]),
});

const union = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> => {
  if (b.size === 0) return a;
  return a.size === 0 ? b : new Set([...a, ...b]);
};

function joinMentions(
  a: ReadonlyMap<string, Mentions>,
  b: ReadonlyMap<string, Mentions>,
): ReadonlyMap<string, Mentions> {
  const joined = new Map(a);
  for (const [key, { known, orgs }] of b) {
    const before = joined.get(key);
    joined.set(key, { known: known || before?.known === true, orgs: orgs + (before?.orgs ?? 0) });
  }
  return joined;
}

function joinProvided(
  a: ReadonlyMap<string, ProvidedRates>,
  b: ReadonlyMap<string, ProvidedRates>,
): ReadonlyMap<string, ProvidedRates> {
  const joined = new Map(a);
  for (const [key, { committedRate, overageRate }] of b) {
    const before = joined.get(key);
    joined.set(key, {
      committedRate: committedRate || before?.committedRate === true,
      overageRate: overageRate || before?.overageRate === true,
    });
  }
  return joined;
}

const placeOf = ({ source, type, pointer, kind }: SchemaNote): string => `${source}\n${type}\n${pointer}\n${kind}`;
const firstAt = ({ at }: SchemaNote): string => `${at.exchange}\n${at.pointer}`;

/** Of notes about one place the first by its body, counting all. */
export function driftAmong(notes: readonly SchemaNote[]): readonly SchemaNote[] {
  const byPlace = new Map<string, SchemaNote>();
  for (const note of notes) {
    if (!isDrift(note)) continue;
    const before = byPlace.get(placeOf(note));
    const times = (before?.times ?? 0) + (note.times ?? 1);
    const first = before === undefined || firstAt(note) < firstAt(before) ? note : before;
    byPlace.set(placeOf(note), { ...first, times });
  }
  return [...byPlace.values()];
}

/** The same spelling, whichever comes first. */
export function enterName(names: Map<string, string>, name: string): void {
  const before = names.get(productKey(name));
  if (before === undefined || name < before) names.set(productKey(name), name);
}

/** Of several parts of a run together. */
export function joinBeside(a: Beside, b: Beside): Beside {
  const names = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
    const joined = new Map(one);
    for (const name of other.values()) enterName(joined, name);
    return joined;
  };
  return {
    skus: names(a.skus, b.skus),
    unlisted: new Set([...a.unlisted, ...b.unlisted]),
    parts: names(a.parts, b.parts),
  };
}
