/** Sums of stated figures. */
import { add, negate, ZERO } from '../../domain/decimal.ts';
import { absent, type Evidence, type Figure } from '../../domain/figure.ts';

export interface Term {
  readonly figure: Figure;
  /** Left out: it is added. */
  readonly taken?: boolean;
}

/**
 * A term that is left out counts as zero; absent if all are. One that cannot be read makes the sum unreadable. `raw` is the
 * stated terms with their signs: `100 + 20 − 5`.
 * @param nowhere the object that lacks all of them
 */
export function sumOf(terms: readonly Term[], nowhere: Evidence): Figure {
  let [value, raw] = [ZERO, ''];
  let at: Evidence | null = null;
  for (const { figure, taken = false } of terms) {
    if (figure.state === 'unreadable') return figure;
    if (figure.state === 'absent') continue;
    value = add(value, taken ? negate(figure.value) : figure.value);
    const sign = taken ? '−' : '+';
    raw = raw === '' ? (taken ? `${sign} ${figure.raw}` : figure.raw) : `${raw} ${sign} ${figure.raw}`;
    at ??= figure.at;
  }
  return at === null ? absent(nowhere) : { state: 'known', value, raw, at };
}
