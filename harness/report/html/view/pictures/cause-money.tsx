import type { CauseBar, CurrencyBars } from '../../pictures/cause-money.ts';
import { grouped } from '../words.ts';
import { Picture } from './picture.tsx';

const HALF = 100;

const query = (text: string): string => `#q=${encodeURIComponent(text)}`;

/** Under-billed runs to the left of the middle, over-billed to the right; both on the scale of their currency. */
function Bar({ bar, most }: { bar: CauseBar; most: number }) {
  const under = (Number(bar.under) / most) * HALF;
  const over = (Number(bar.over) / most) * HALF;
  return (
    <svg
      class="money-bar"
      viewBox={`0 0 ${2 * HALF} 12`}
      width="200"
      height="12"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="middle" d={`M${HALF} 0v12`} stroke="#9aa5b5" />
      <rect class="bar-under" x={HALF - under} y="2" width={under} height="8" fill="#7a5cc0" />
      <rect class="bar-over" x={HALF} y="2" width={over} height="8" fill="#c07a2c" />
    </svg>
  );
}

function Title({ bar, currency }: { bar: CauseBar; currency: string }) {
  if (bar.title === null) return <a href={query(`cause:none currency:${currency}`)}>Not explained</a>;
  if (bar.id === null) return <>{bar.title}</>;
  return <a href={query(`cause:${bar.id} currency:${currency}`)}>{bar.title}</a>;
}

const figure = (amount: string) => (Number(amount) === 0 ? <span class="muted">–</span> : grouped(amount));

function Currency({ bars: { currency, bars } }: { bars: CurrencyBars }) {
  const most = Math.max(...bars.flatMap(({ under, over }) => [Number(under), Number(over)]));
  return (
    <table class="plain cause-bars">
      <thead>
        <tr>
          <th scope="col">{currency}</th>
          <th scope="col" class="number">
            ▼ Under-billed
          </th>
          <td />
          <th scope="col" class="number">
            ▲ Over-billed
          </th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.id ?? bar.title ?? 'rest'}>
            <th scope="row">
              <Title bar={bar} currency={currency} />
            </th>
            <td class="number">{figure(bar.under)}</td>
            <td class="bar-cell">
              <Bar bar={bar} most={most} />
            </td>
            <td class="number">{figure(bar.over)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A table with bars in it; never a sum across currencies. */
export function CauseMoney({ currencies }: { currencies: readonly CurrencyBars[] }) {
  return (
    <Picture
      id="money"
      title="Money by cause"
      note="Bars are on the scale of their own currency; currencies are never added up."
    >
      <div class="currencies">
        {currencies.map((bars) => (
          <Currency key={bars.currency} bars={bars} />
        ))}
      </div>
    </Picture>
  );
}
