import { signedAmount } from '../../words/books.ts';
import { grouped, isNothing } from '../../words/common.ts';

/** What no finding explains; told by a mark and bold type as well as by colour. */
export function Residual({ amount }: { amount: string }) {
  if (isNothing(amount)) return <>{grouped(amount)}</>;
  return <strong class="residual">✗ {signedAmount(amount)}</strong>;
}
