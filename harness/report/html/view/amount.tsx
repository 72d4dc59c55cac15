import type { FindingMoney } from '../../../domain/run-result.ts';
import { grouped } from '../../words/common.ts';

interface Props {
  readonly money: FindingMoney;
  readonly short?: boolean;
  /** Why it is in no total of money at risk (`waived`); null or left out where it is. */
  readonly notAtRisk?: string | null;
}

/** `▼ USD 340.50 under-billed`: what the contract side would bill less (or more) than the legacy side. */
export function Amount({ money, short = false, notAtRisk = null }: Props) {
  const over = money.direction === 'over-billed';
  return (
    <span class={`amount ${over ? 'over' : 'under'}${notAtRisk === null ? '' : ' not-at-risk'}`}>
      <span class="glyph" aria-hidden="true">
        {over ? '▲' : '▼'}
      </span>{' '}
      <span class="figure">
        <span class="currency">{money.currency}</span> {grouped(money.amount)}
      </span>{' '}
      <span class={short ? 'unseen' : 'direction'}>{money.direction}</span>
      {notAtRisk !== null && ` ${notAtRisk}`}
    </span>
  );
}
