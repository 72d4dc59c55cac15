/** Which of the prices that its plan states for days of the period each charge is billed at: the one that legacy states, else the first. */
import type { Decimal } from '../../domain/decimal.ts';
import type { Figure } from '../../domain/figure.ts';
import type { Line } from '../../domain/line.ts';
import { isParcel, partitions } from '../../domain/partition.ts';
import type { Ratio } from '../../domain/ratio.ts';
import { agreesConverted, ratesAgreeConverted } from './conversion.ts';
import { type KnownReading, knownIn, type Reading, readingOf, valueIn } from './reading.ts';
import type { Part, SideReading } from './side-reading.ts';

export interface ChosenRates {
  readonly committedRate: Reading;
  readonly overageRate: Reading;
}

/** In the order of the lines. */
export function chooseRates(
  lines: readonly Line[],
  legacy: SideReading | null,
  conversion: Ratio | null,
): readonly ChosenRates[] {
  const committed = new Chooser(legacy, conversion, 'committedRate', 'committed');
  const overage = new Chooser(legacy, conversion, 'overageRate', 'overageQuantity');
  const fees = committed.choose(lines.map((line) => choiceOf(line, 'committed', line.committed)));
  const charges = overage.choose(lines.map((line) => choiceOf(line, 'overage', line.overageQuantity)));
  return lines.map((_, index) => ({ committedRate: fees[index] ?? NONE, overageRate: charges[index] ?? NONE }));
}

/** One charge, with the prices that it may be billed at. */
interface Choice {
  readonly readings: readonly Reading[];
  readonly known: readonly KnownReading<Decimal>[];
  readonly quantity: Decimal | null;
}

function choiceOf(line: Line, which: 'committed' | 'overage', quantity: Figure): Choice {
  const readings = candidatesOf(line, which).map((figure) => readingOf(figure, `${which} rate`));
  return { readings, known: readings.flatMap((reading) => knownIn(reading)), quantity: quantityOf(quantity) };
}

const quantityOf = (figure: Figure): Decimal | null => (figure.state === 'known' ? figure.value : null);

/** A rate of the charge itself stands alone, unless its own plan states it for some day of the period. */
function candidatesOf(line: Line, which: 'committed' | 'overage'): readonly Figure[] {
  const own = which === 'committed' ? line.committedRate : line.overageRate;
  const planned = line.planned?.[which] ?? [];
  if (planned.length === 0) return [own];
  if (which === 'committed') return planned;
  const isPlanned = own.state === 'known' && planned.some((rate) => rate.state === 'known' && rate.value === own.value);
  return own.state === 'absent' || isPlanned ? [own, ...planned].filter(({ state }) => state !== 'absent') : [own];
}

/** Two rows at two prices stand against charges at the same two: each row's quantity is used up once. */
class Chooser {
  readonly #parts: readonly Part[];
  readonly #open: Set<Part>;
  readonly #conversion: Ratio | null;
  readonly #rate: 'committedRate' | 'overageRate';
  readonly #quantity: 'committed' | 'overageQuantity';

  constructor(
    legacy: SideReading | null,
    conversion: Ratio | null,
    rate: 'committedRate' | 'overageRate',
    quantity: 'committed' | 'overageQuantity',
  ) {
    this.#parts = legacy?.parts ?? [];
    this.#open = new Set(this.#parts);
    this.#conversion = conversion;
    this.#rate = rate;
    this.#quantity = quantity;
  }

  /** In the order of the charges. */
  choose(charges: readonly Choice[]): readonly Reading[] {
    const fitting = this.#parts.length > 1 ? this.#shared(charges) : new Map<Choice, readonly Part[]>();
    return charges.map((charge) => this.#chooseOne(charge, fitting.get(charge) ?? this.#parts));
  }

  /** Legacy's rows that each charge may be of, if the charges together make the quantity of each row. */
  #shared(charges: readonly Choice[]): ReadonlyMap<Choice, readonly Part[]> {
    const totals = this.#parts.flatMap((part) => valueIn(part[this.#quantity]) ?? []);
    if (totals.length < this.#parts.length) return new Map();
    const counted = charges.flatMap((charge) =>
      charge.quantity !== null && isParcel(charge.quantity)
        ? [{ charge, quantity: charge.quantity, owners: this.#ownersOf(charge) }]
        : [],
    );
    const conversion = this.#conversion;
    const fitting = partitions(counted, totals, (sum, total) =>
      conversion === null ? sum === total : agreesConverted(total, sum, conversion),
    );
    return new Map(
      (fitting ?? []).flatMap((owners, index) => {
        const charge = counted[index]?.charge;
        return charge === undefined ? [] : [[charge, this.#parts.filter((_, place) => owners.has(place))] as const];
      }),
    );
  }

  #ownersOf({ known }: Choice): number[] {
    return this.#parts.flatMap((part, index) => (this.#fit(part, known) === null ? [] : [index]));
  }

  #chooseOne({ readings, known, quantity }: Choice, parts: readonly Part[]): Reading {
    const fitting = parts.filter((part) => this.#fit(part, known) !== null);
    const open = fitting.filter((part) => this.#open.has(part));
    const best = open.find((part) => valueIn(part[this.#quantity]) === quantity) ?? open[0] ?? fitting[0];
    if (best !== undefined) {
      if (this.#parts.length > 1) this.#open.delete(best);
      return this.#fit(best, known) ?? known[0] ?? readings[0] ?? NONE;
    }
    return readings.find(({ state }) => state === 'unclear') ?? readings[0] ?? NONE;
  }

  #fit(part: Part, known: readonly KnownReading<Decimal>[]): KnownReading<Decimal> | null {
    const rate = valueIn(part[this.#rate]);
    return rate === null ? null : (known.find(({ value }) => this.#same(rate, value)) ?? null);
  }

  #same(legacy: Decimal, contract: Decimal): boolean {
    return (
      legacy === contract || (this.#conversion !== null && ratesAgreeConverted(legacy, contract, this.#conversion))
    );
  }
}

const NONE: Reading = { state: 'absent', at: null };
