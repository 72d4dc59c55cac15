/** How the use of a product adds up over the pieces of a billing period. Nothing is guessed. */
import type { Line, UsageKind } from '../../domain/line.ts';
import { meaningOf } from '../scope/units.ts';

/** Units of which each is somebody or something that holds a licence (the vendor's words). */
const LICENCES: ReadonlySet<string> = new Set(['seat']);
/** Units that say only that something is counted, or that may be held as well as used up: they decide nothing. */
const UNDECIDED: ReadonlySet<string> = new Set([
  'unit',
  'port',
  'phonenumber',
  'instance',
  'guide',
  'ratetable',
  'course',
  'exam',
]);

/** What can say it: the scenario's entry, and the lines of both sides. */
export interface UsageWord {
  readonly product: { readonly kind: UsageKind | null };
  readonly legacyLines: readonly Line[];
  readonly contractLines: readonly Line[];
}

/** By what the scenario says, else by the unit, else by a legacy grouping that says it; null where none of them decides. */
export function usageKindOf({ product, legacyLines, contractLines }: UsageWord): UsageKind | null {
  if (product.kind !== null) return product.kind;
  return only([...legacyLines, ...contractLines].map(kindOfUnit)) ?? only(legacyLines.map(({ kind }) => kind));
}

function kindOfUnit({ unit }: Line): UsageKind | null {
  if (unit.state !== 'known') return null;
  const meaning = meaningOf(unit.value);
  if (LICENCES.has(meaning)) return 'user';
  return UNDECIDED.has(meaning) ? null : 'sum';
}

/** The one kind that is said; null if none is, or several. */
function only(kinds: readonly (UsageKind | null)[]): UsageKind | null {
  const word = new Set(kinds.filter((kind) => kind !== null));
  const [kind = null] = word;
  return word.size === 1 ? kind : null;
}
