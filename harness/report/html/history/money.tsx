import { max } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import type { Night } from '../../../domain/history.ts';
import { grouped } from '../../words/common.ts';
import { type DrawnNights, drawnOf, Folds } from './fold-void.tsx';
import { AsTable, HEIGHT, Plot, Rule, UnsureKeys, WIDTH } from './plot.tsx';
import { NIGHT_WORDS } from './words.ts';

type Direction = 'overBilled' | 'underBilled';

const amountOf = ({ run }: Night, currency: string, direction: Direction): string | null => {
  if (run === null) return null;
  return run.money.find((each) => each.currency === currency)?.[direction] ?? '0';
};

/** For positions in a picture alone. */
const heightOf = (night: Night, currency: string, direction: Direction): number =>
  Number(amountOf(night, currency, direction) ?? 0);

const MIDDLE = HEIGHT / 2;

function Bars({ nights, currency, most }: { nights: readonly Night[]; currency: string; most: number }) {
  const x = scaleBand<number>(
    nights.map((_, at) => at),
    [0, WIDTH],
  ).padding(0.25);
  const y = scaleLinear([0, most], [0, MIDDLE - 4]);
  const bar = (night: Night, at: number, direction: Direction) => {
    const height = y(heightOf(night, currency, direction));
    if (height <= 0) return null;
    const over = direction === 'overBilled';
    return (
      <rect
        key={`${at} ${direction}`}
        class={over ? 'bar-over' : 'bar-under'}
        fill={over ? '#a84300' : '#0b5cad'}
        x={x(at)}
        width={x.bandwidth()}
        y={over ? MIDDLE - Math.max(height, 1) : MIDDLE}
        height={Math.max(height, 1)}
      />
    );
  };
  return (
    <>
      {nights.flatMap((night, at) => [bar(night, at, 'overBilled'), bar(night, at, 'underBilled')])}
      <Rule y={MIDDLE} strong />
    </>
  );
}

function Currency({ drawn, currency }: { drawn: DrawnNights; currency: string }) {
  const { nights } = drawn;
  const most =
    max(
      nights.flatMap((night) => [heightOf(night, currency, 'overBilled'), heightOf(night, currency, 'underBilled')]),
    ) ?? 0;
  const newest = nights.findLast(({ run }) => run !== null);
  const last = (direction: Direction): string => grouped((newest && amountOf(newest, currency, direction)) ?? '0');
  const top = grouped(Math.ceil(most));
  return (
    <div class="money-plot">
      <h4>
        {currency} <span class="muted">on the newest night</span> <span class="amount">▲ {last('overBilled')}</span>{' '}
        <span class="amount">▼ {last('underBilled')}</span>
      </h4>
      <Plot
        label={`${currency} at risk by night, over-billed above and under-billed below the line; newest over-billed ${last('overBilled')}, under-billed ${last('underBilled')}`}
        top={`▲ ${top}`}
        bottom={`▼ ${top}`}
        drawn={drawn}
      >
        <Bars nights={nights} currency={currency} most={most} />
      </Plot>
    </div>
  );
}

function MoneyTable({ nights, currencies }: { nights: readonly Night[]; currencies: readonly string[] }) {
  return (
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Night</th>
          <th scope="col">Verdict</th>
          {currencies.flatMap((currency) => [
            <th key={`${currency} under`} scope="col" class="number">
              {currency} under-billed
            </th>,
            <th key={`${currency} over`} scope="col" class="number">
              {currency} over-billed
            </th>,
          ])}
        </tr>
      </thead>
      <tbody>
        {nights.map((night) => (
          <tr key={night.date}>
            <th scope="row">{night.date}</th>
            <td>{NIGHT_WORDS[night.standing].word}</td>
            {currencies.flatMap((currency) =>
              (['underBilled', 'overBilled'] as const).map((direction) => {
                const amount = amountOf(night, currency, direction);
                return (
                  <td key={`${currency} ${direction}`} class="number">
                    {amount === null ? 'no run' : grouped(amount)}
                  </td>
                );
              }),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One picture a currency, each with its own scale: currencies are never added. */
export function Money({ nights, id }: { nights: readonly Night[]; id: string }) {
  const drawn = drawnOf(nights);
  const currencies = [...new Set(nights.flatMap(({ run }) => run?.money.map(({ currency }) => currency) ?? []))].sort();
  return (
    <section class="card" aria-labelledby={`${id}-money ${id}-name`}>
      <h3 id={`${id}-money`}>Money at risk</h3>
      {currencies.length === 0 ? (
        <p class="muted">None on any night.</p>
      ) : (
        <>
          <ul class="keys">
            <li class="key key-over">▲ over-billed: the contract side would bill more</li>
            <li class="key key-under">▼ under-billed: it would bill less</li>
          </ul>
          <UnsureKeys nights={nights} />
          <Folds folds={drawn.folds} />
          <div class="plots money-plots">
            {currencies.map((currency) => (
              <Currency key={currency} drawn={drawn} currency={currency} />
            ))}
          </div>
          <AsTable>
            <MoneyTable nights={nights} currencies={currencies} />
          </AsTable>
        </>
      )}
    </section>
  );
}
