/** Which of the prices that its plan states for days of the period each charge is billed at: the one that legacy states, else the first. */
import type { Decimal } from '../domain/decimal.ts';
import type { Figure } from '../domain/figure.ts';
import type { Line } from '../domain/line.ts';
import type { Ratio } from '../domain/ratio.ts';
import { ratesAgreeConverted } from './conversion.ts';
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
  return lines.map((line) => ({
    committedRate: committed.choose(candidatesOf(line, 'committed'), 'committed rate', quantityOf(line.committed)),
    overageRate: overage.choose(candidatesOf(line, 'overage'), 'overage rate', quantityOf(line.overageQuantity)),
  }));
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

/** Legacy's parts are used up one by one, so that two rows at two prices stand against two charges at the same two. */
class Chooser {
  readonly #parts: readonly Part[];
  readonly #open: Set<Part>;
  readonly #same: (legacy: Decimal, contract: Decimal) => boolean;
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
    this.#same = (a, b) => a === b || (conversion !== null && ratesAgreeConverted(a, b, conversion));
    this.#rate = rate;
    this.#quantity = quantity;
  }

  choose(candidates: readonly Figure[], noun: string, quantity: Decimal | null): Reading {
    const readings = candidates.map((figure) => readingOf(figure, noun));
    const known = readings.flatMap((reading) => knownIn(reading));
    const fitting = this.#parts.filter((part) => this.#fit(part, known) !== null);
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
}

const NONE: Reading = { state: 'absent', at: null };
