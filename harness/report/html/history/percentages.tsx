import { min } from 'd3-array';
import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import type { Night, NightRun } from '../../../domain/history.ts';
import { type DrawnNights, drawnOf, Folds } from './fold-void.tsx';
import { AsTable, HEIGHT, Plot, Rule, UnsureKeys, WIDTH } from './plot.tsx';
import { NIGHT_WORDS } from './words.ts';

type Field = 'parity' | 'coverage';

const SERIES = [
  { field: 'parity', word: 'Parity', says: 'of what was compared agrees', stroke: '#2f4bd8' },
  { field: 'coverage', word: 'Coverage', says: 'of what was expected could be compared', stroke: '#596373' },
] as const;

/** Positions in a picture may be inexact: the figures themselves stay text. */
const shareOf = (run: NightRun | null, field: Field): number | null => {
  const text = run?.[field] ?? null;
  return text === null ? null : Number(text);
};

/** Space below and above the line, so that it is not cut at 100. */
const MARGIN = 6;

/** Down to a round number below the lowest point: small steps near 100 must be seen. */
function floorOf(nights: readonly Night[], field: Field): number {
  const lowest = min(nights, ({ run }) => shareOf(run, field) ?? 100) ?? 100;
  return 100 - ([1, 5, 10, 25, 50].find((step) => 100 - lowest <= step) ?? 100);
}

function Line({ nights, field, stroke, floor }: (typeof SERIES)[number] & { nights: readonly Night[]; floor: number }) {
  const x = scalePoint<number>(
    nights.map((_, at) => at),
    [0, WIDTH],
  ).padding(0.5);
  const y = scaleLinear([floor, 100], [HEIGHT - MARGIN, MARGIN]);
  const path = line<Night>(
    (_, at) => x(at) ?? 0,
    ({ run }) => y(shareOf(run, field) ?? floor),
  ).defined(({ run }) => shareOf(run, field) !== null);
  const dots = nights
    .map(({ run }, at) => ({ share: shareOf(run, field), at }))
    .filter(({ share }) => share !== null)
    .map(({ share, at }) => `M${x(at) ?? 0} ${y(share ?? floor)}h0`)
    .join('');
  const common = { fill: 'none', stroke, 'vector-effect': 'non-scaling-stroke', 'stroke-linecap': 'round' } as const;
  return (
    <g class={`series-${field}`}>
      <path d={path(nights) ?? ''} stroke-width="2" {...common} />
      <path d={dots} stroke-width="5" {...common} />
    </g>
  );
}

function Share({ drawn, series }: { drawn: DrawnNights; series: (typeof SERIES)[number] }) {
  const { nights } = drawn;
  const { field, word, says } = series;
  const floor = floorOf(nights, field);
  const newest = nights.findLast(({ run }) => run !== null)?.run?.[field] ?? null;
  return (
    <div class="share-plot">
      <h4>
        {word} <strong>{newest === null ? 'none' : `${newest} %`}</strong> <span class="muted">{says}</span>
      </h4>
      <Plot label={labelOf(nights, series)} top="100 %" bottom={`${floor} %`} drawn={drawn}>
        <Rule y={MARGIN} />
        <Rule y={HEIGHT - MARGIN} />
        <Line nights={nights} floor={floor} {...series} />
      </Plot>
    </div>
  );
}

/** Share of checks that agree, and share that could be made at all. Nights without a run leave a gap. */
export function Percentages({ nights, id }: { nights: readonly Night[]; id: string }) {
  const drawn = drawnOf(nights);
  return (
    <section class="card" aria-labelledby={`${id}-percent ${id}-name`}>
      <h3 id={`${id}-percent`}>Parity and coverage</h3>
      <UnsureKeys nights={nights} />
      <Folds folds={drawn.folds} />
      <div class="plots">
        {SERIES.map((series) => (
          <Share key={series.field} drawn={drawn} series={series} />
        ))}
      </div>
      <AsTable>
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Night</th>
              <th scope="col">Verdict</th>
              {SERIES.map(({ field, word }) => (
                <th key={field} scope="col" class="number">
                  {word} %
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {nights.map(({ date, standing, run }) => (
              <tr key={date}>
                <th scope="row">{date}</th>
                <td>{NIGHT_WORDS[standing].word}</td>
                {SERIES.map(({ field }) => (
                  <td key={field} class="number">
                    {run === null ? 'no run' : (run[field] ?? 'none')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </AsTable>
    </section>
  );
}

function labelOf(nights: readonly Night[], { field, word }: (typeof SERIES)[number]): string {
  const ran = nights.filter(({ run }) => run !== null);
  const percentText = (night: Night | undefined): string => `${night?.run?.[field] ?? 'none'} % on ${night?.date}`;
  return `${word} by night: ${percentText(ran[0])}, ${percentText(ran.at(-1))}`;
}
