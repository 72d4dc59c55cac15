/** Pictures by night leave out long stretches without a run: an axis of months of nothing hides what was measured. */
import type { Night } from '../../../domain/history.ts';
import { counted } from '../../words/common.ts';

/** Nights without a run in a row that a picture still draws one by one. */
const MOST_VOID = 14;

interface Fold {
  /** Place among the nights drawn; the first night of the stretch stands for all of it. */
  readonly at: number;
  readonly first: string;
  readonly last: string;
  readonly count: number;
}

export interface DrawnNights {
  readonly nights: readonly Night[];
  /** By night drawn its place among all. */
  readonly places: readonly number[];
  readonly folds: readonly Fold[];
}

/** How many nights from here on have no run. */
function voidFrom(nights: readonly Night[], from: number): number {
  const end = nights.findIndex(({ standing }, at) => at >= from && standing !== 'missing');
  return (end < 0 ? nights.length : end) - from;
}

export function drawnOf(all: readonly Night[]): DrawnNights {
  const places: number[] = [];
  const folds: Fold[] = [];
  for (let at = 0; at < all.length; ) {
    const count = voidFrom(all, at);
    const isFolded = count > MOST_VOID;
    if (isFolded) {
      folds.push({ at: places.length, first: all[at]?.date ?? '', last: all[at + count - 1]?.date ?? '', count });
    }
    places.push(at);
    at += isFolded ? count : 1;
  }
  return { nights: places.flatMap((place) => all[place] ?? []), places, folds };
}

/** What is not drawn, in words. */
export function Folds({ folds }: { folds: readonly Fold[] }) {
  if (folds.length === 0) return null;
  return (
    <p class="muted plot-void">
      Not drawn:{' '}
      {folds.map(({ first, last, count }, at) => (
        <>
          {at > 0 && '; '}
          <span class="date">{first}</span> to <span class="date">{last}</span>, no run on {counted(count, 'night')}
        </>
      ))}
      .
    </p>
  );
}
