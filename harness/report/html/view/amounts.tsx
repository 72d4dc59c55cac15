import type { ResultMoney } from '../../../domain/run-result.ts';
import { isNothing } from '../../words/common.ts';
import { Amount } from './amount.tsx';

interface Props {
  readonly money: readonly ResultMoney[];
  /** Amounts in sight; of more it is said how many there are. */
  readonly most: number;
  /** Their direction is told by their glyphs alone. */
  readonly short?: boolean;
}

/** Money in every currency and both directions, that which is nothing left out. */
export function Amounts({ money, most, short = false }: Props) {
  const ordered = money
    .flatMap(({ currency, underBilled, overBilled }) => [
      { currency, amount: underBilled, direction: 'under-billed' },
      { currency, amount: overBilled, direction: 'over-billed' },
    ])
    .filter(({ amount }) => !isNothing(amount));
  if (ordered.length === 0) return <span class="muted">no money</span>;
  return (
    <>
      {ordered.slice(0, most).map((one) => (
        <Amount key={one.currency + one.direction} money={one} short={short} />
      ))}
      {ordered.length > most && <span class="muted">+ {ordered.length - most} more</span>}
    </>
  );
}
