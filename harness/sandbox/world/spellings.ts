/**
 * Spelling variants (`--clothes`): ways in which both sides may state one fact, none of which may ever be reported. A world has
 * some of them; a seed and its variants always give the same bodies.
 */
import { HarnessError } from '../../domain/errors.ts';

/** Permanent ids, with what each of them does. */
export const SPELLINGS = {
  'decimal-spelling': 'Legacy writes `"23.740"`, `" 23.74 "`, `"1.5e1"`; the contract side `23.74`, `15.0`',
  'long-decimals': 'Figures of 14 digits before the point, tenths that add up to a whole, prices of `1e-6`',
  'end-of-period': 'Legacy ends at `…59Z` or `…59.999Z`; all contract dates end on the last day, or on the day after',
  'time-zone-offset': 'Legacy writes the same instants at `+02:00` and `-05:00`',
  'no-overage': 'Legacy leaves out `overagePrice`; the contract side leaves the rate out or writes 0',
  identifiers: 'Ids of organisations in upper case in some places',
  order: 'Every list in an order of its own',
  'unit-words': 'Words of one meaning: User and Person; Unit, Each and EA',
  names: 'Names in another case or Unicode form, or with a space behind',
  'split-and-merged': 'One charge over several organisations; several charges for one row',
  'several-contracts': 'One subscription, and a chain of renewed contracts, or a period that an amendment cuts in two',
  'month-ends': 'Periods that begin on the 29th, 30th or 31st, or on a leap day',
  'fair-use': 'A `fair-use` row beside the usage row; `fairuseQuantity`',
  'zero-rows': 'A product of all zeros that a side lists or leaves out',
  'listing-beside-detail': 'Unit words, names, decimals and order differ between a contract in the listing and by id',
  'rates-at-rest': 'Legacy prices of 0.00; the contract side leaves the prices out and bills nothing',
  blocks: 'One row, and two plans and two charges that are alike but for their ids',
  corrections: 'One figure, and a charge with a negative one beside it that takes a part back',
  'mid-period-price':
    "Today's price, and a charge at the price of any plan item in force in the period, or one at each",
  'two-regions': 'One organisation with an app in each of two regions, and one contract',
  'parallel-contracts': 'One subscription, and a second contract for another app that began later',
  'no-end': 'An end that is left out on one side and 9999-12-31 on the other',
  'half-open-and-inclusive':
    'Periods, plan items and invoice lines end on the day after; contracts and ramps on the last day',
  'credit-memo': 'Invoices that add up over credits, re-billing and late usage',
  'extra-known-fields': 'Fields that the schemas know and nobody needs',
} as const;

export type SpellingId = keyof typeof SPELLINGS;

export const SPELLING_IDS = Object.keys(SPELLINGS) as readonly SpellingId[];

/** `usual`: the variants of a world for which none were chosen. */
export type Spellings = 'usual' | ReadonlySet<SpellingId>;

/** What was asked for: `none`, `all`, or ids. */
export type SpellingChoice = 'none' | 'all' | readonly string[];

/** What a body writer must know to spell a value. */
export interface SpellingContext {
  readonly seed: number;
  readonly spellings: Spellings;
}

const USUAL: ReadonlySet<SpellingId> = new Set([
  'decimal-spelling',
  'long-decimals',
  'end-of-period',
  'time-zone-offset',
  'no-overage',
  'identifiers',
  'order',
  'unit-words',
  'names',
  'split-and-merged',
  'several-contracts',
  'month-ends',
  'fair-use',
  'zero-rows',
]);

export const hasSpelling = (spellings: Spellings, id: SpellingId): boolean =>
  (spellings === 'usual' ? USUAL : spellings).has(id);

/** Asked for by name: then it goes further than it does in the usual spellings, whose bodies stay what they always were. */
export const isChosenSpelling = (spellings: Spellings, id: SpellingId): boolean =>
  spellings !== 'usual' && spellings.has(id);

/** @throws HarnessError `usage` for an id that is not known */
export function spellingsOf(choice: SpellingChoice | undefined): Spellings {
  if (choice === undefined) return 'usual';
  if (choice === 'none') return new Set();
  if (choice === 'all') return new Set(SPELLING_IDS);
  return new Set(choice.map(known));
}

function known(id: string): SpellingId {
  const found = SPELLING_IDS.find((each) => each === id);
  if (found !== undefined) return found;
  throw new HarnessError('usage', `no clothes ${id}`, { hint: `Known: none, all, ${SPELLING_IDS.join(', ')}.` });
}
