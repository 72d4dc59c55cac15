/** Words for units of measure: which of the two sides' words mean the same, and which are known to measure differently. */
import { compareDecimals, type Decimal, decimal, divide, ONE } from '../../domain/decimal.ts';

/** `proportional`: the same thing in another size; `ratio` is how many contract units one legacy unit has, and `words` say it. */
export type UnitRelation =
  | { readonly kind: 'same' | 'unpaired' }
  | { readonly kind: 'proportional'; readonly ratio: Decimal; readonly words: string };

const SAME: UnitRelation = { kind: 'same' };
const UNPAIRED: UnitRelation = { kind: 'unpaired' };

/** One heap a meaning. Legacy words seen: seat, unit, message, number; the others are the contract side's documented ones. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['seat', 'user', 'person', 'employee', 'license', 'licence'],
  ['unit', 'number', 'each', 'ea', 'item', 'count', 'quantity'],
  ['minute', 'min', 'mins'],
  ['hour', 'hr'],
  ['gb', 'gigabyte'],
  ['phonenumber', 'phone number'],
  ['millioncharacters', 'million characters'],
];

/** Sizes within one dimension. */
const SIZES: Readonly<Record<string, { readonly dimension: string; readonly size: Decimal }>> = {
  second: { dimension: 'time', size: ONE },
  minute: { dimension: 'time', size: decimal(60) },
  hour: { dimension: 'time', size: decimal(3600) },
  day: { dimension: 'time', size: decimal(86400) },
  character: { dimension: 'text', size: ONE },
  millioncharacters: { dimension: 'text', size: decimal(1000000) },
};

/** Words that say only that something is counted; they pair with every word that is known to stand for a countable thing. */
const COUNTED = 'unit';
const COUNTABLE: ReadonlySet<string> = new Set(
  (
    'seat unit call conversation course engagement evaluation event exam guide ingestion instance interaction invocation ' +
    'message phonenumber port ratetable segment session stream summary token transaction translation turn'
  ).split(' '),
);

const HEAD = new Map(SYNONYMS.flatMap((words) => words.map((word) => [word, words[0] ?? word] as const)));

const spelling = (word: string): string => word.trim().toLowerCase();

function headOf(word: string): string {
  const spelled = spelling(word);
  const singular = spelled.length > 3 && spelled.endsWith('s') ? spelled.slice(0, -1) : spelled;
  return HEAD.get(spelled) ?? HEAD.get(singular) ?? singular;
}

/** One word for all that mean the same: `seat` for User and Person, `unit` for Each. */
export const meaningOf = (word: string): string => headOf(word);

export class UnitWords {
  readonly #paired: ReadonlySet<string>;

  /** @param extra the scenario's additions: legacy word → contract words */
  constructor(extra: Readonly<Record<string, readonly string[]>>) {
    const pairs = Object.entries(extra).flatMap(([legacy, words]) => words.map((word) => pairKey(legacy, word)));
    this.#paired = new Set(pairs);
  }

  relation(legacy: string, contract: string): UnitRelation {
    if (this.#paired.has(pairKey(legacy, contract))) return SAME;
    return relate(headOf(legacy), headOf(contract), legacy, contract);
  }

  /** Whether two words of one side say the same, so that lines stated in them may be added. */
  readonly same = (a: string, b: string): boolean =>
    this.relation(a, b).kind === 'same' && this.relation(b, a).kind === 'same';
}

const pairKey = (legacy: string, contract: string): string => `${spelling(legacy)}\n${spelling(contract)}`;

function relate(legacy: string, contract: string, before: string, after: string): UnitRelation {
  if (legacy === contract) return SAME;
  if ((legacy === COUNTED && COUNTABLE.has(contract)) || (contract === COUNTED && COUNTABLE.has(legacy))) return SAME;
  const from = SIZES[legacy];
  const to = SIZES[contract];
  if (from === undefined || to === undefined || from.dimension !== to.dimension) return UNPAIRED;
  const words =
    compareDecimals(from.size, to.size) > 0
      ? `1 ${before} is ${divide(from.size, to.size)} ${after}`
      : `${divide(to.size, from.size)} ${before} is 1 ${after}`;
  return { kind: 'proportional', ratio: divide(from.size, to.size), words };
}
