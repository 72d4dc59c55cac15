/** Quantities that several owners share: which of them may be whose, given what each owner has in all. */
import { add, compareDecimals, type Decimal, isNegative, isZero, ZERO } from './decimal.ts';

export interface Parcel {
  readonly quantity: Decimal;
  /** Owners (by their place) that may have it. */
  readonly owners: readonly number[];
}

/** Attempts after which nothing is said. A dozen parcels of three owners take fewer. */
const MOST_STEPS = 50_000;

/**
 * Gives every parcel to one owner so that each owner's parcels make its total.
 * @param totals of each owner
 * @param agrees whether a sum makes a total; equal if left out
 * @returns the owners of each parcel in all ways that fit, by the parcel's place; null if none fits, or if there are too many
 * ways to try
 */
export function partitions(
  parcels: readonly Parcel[],
  totals: readonly Decimal[],
  agrees: (sum: Decimal, total: Decimal) => boolean = (sum, total) => compareDecimals(sum, total) === 0,
): readonly ReadonlySet<number>[] | null {
  const found = parcels.map(() => new Set<number>());
  const sums: Decimal[] = totals.map(() => ZERO);
  const chosen: number[] = [];
  let steps = 0;
  let fits = false;
  const give = (place: number): void => {
    steps += 1;
    if (steps > MOST_STEPS) return;
    const parcel = parcels[place];
    if (parcel === undefined) {
      if (!totals.every((total, owner) => agrees(sums[owner] ?? ZERO, total))) return;
      fits = true;
      for (const [index, owner] of chosen.entries()) found[index]?.add(owner);
      return;
    }
    for (const owner of parcel.owners) {
      const before = sums[owner] ?? ZERO;
      sums[owner] = add(before, parcel.quantity);
      chosen.push(owner);
      give(place + 1);
      chosen.pop();
      sums[owner] = before;
    }
  };
  give(0);
  return fits && steps <= MOST_STEPS ? found : null;
}

/** Whether a quantity is worth placing: nothing may be anyone's. */
export const isParcel = (quantity: Decimal): boolean => !isZero(quantity) && !isNegative(quantity);
