import type { FindingMoney } from '../../../domain/run-result.ts';
import { grouped } from './words.ts';

/** `▼ USD 340.50 under-billed`: what the contract side would bill less (or more) than the legacy side. */
export function Amount({ money, short = false }: { money: FindingMoney; short?: boolean }) {
  const over = money.direction === 'over-billed';
  return (
    <span class={`amount ${over ? 'over' : 'under'}`}>
      <span class="glyph" aria-hidden="true">
        {over ? '▲' : '▼'}
      </span>{' '}
      <span class="figure">
        <span class="currency">{money.currency}</span> {grouped(money.amount)}
      </span>{' '}
      <span class={short ? 'unseen' : 'direction'}>{money.direction}</span>
    </span>
  );
}
