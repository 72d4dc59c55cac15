import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import type { Night, NightRun } from '../../../domain/history.ts';
import { AsTable, HEIGHT, Plot, Rule, WIDTH } from './plot.tsx';

type Field = 'parity' | 'coverage';

const SERIES: readonly {
  readonly field: Field;
  readonly word: string;
  readonly stroke: string;
  readonly dash: string;
}[] = [
  { field: 'coverage', word: 'Coverage', stroke: '#596373', dash: '5 4' },
  { field: 'parity', word: 'Parity', stroke: '#2f4bd8', dash: '' },
];

/** Positions in a picture may be inexact: the figures themselves stay text. */
const shareOf = (run: NightRun | null, field: Field): number | null => {
  const text = run?.[field] ?? null;
  return text === null ? null : Number(text);
};

/** Space below and above the lines, so that a line at 100 is not cut. */
const MARGIN = 6;

/** Down to a round number below the lowest point: small steps near 100 must be seen. */
function floorOf(nights: readonly Night[]): number {
  const values = nights.flatMap(({ run }) => SERIES.map(({ field }) => shareOf(run, field)));
  const lowest = Math.min(100, ...values.filter((value) => value !== null));
  const step = [1, 5, 10, 25, 50].find((each) => 100 - lowest <= each) ?? 100;
  return 100 - step;
}

function Series({
  nights,
  field,
  stroke,
  dash,
  floor,
}: (typeof SERIES)[number] & { nights: readonly Night[]; floor: number }) {
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
    .map(({ run }, at) => ({ value: shareOf(run, field), at }))
    .filter(({ value }) => value !== null)
    .map(({ value, at }) => `M${x(at) ?? 0} ${y(value ?? floor)}h0`)
    .join('');
  const common = { fill: 'none', stroke, 'vector-effect': 'non-scaling-stroke', 'stroke-linecap': 'round' } as const;
  return (
    <g class={`series series-${field}`}>
      <path d={path(nights) ?? ''} stroke-width="2" stroke-dasharray={dash} {...common} />
      <path d={dots} stroke-width="5" {...common} />
    </g>
  );
}

/** Share of checks that agree, and share that could be made at all. Nights without a run leave a gap. */
export function Percentages({ nights, id }: { nights: readonly Night[]; id: string }) {
  const floor = floorOf(nights);
  return (
    <section class="card" aria-labelledby={`${id}-percent`}>
      <h3 id={`${id}-percent`}>Parity and coverage</h3>
      <ul class="keys">
        {SERIES.toReversed().map(({ field, word }) => (
          <li key={field} class={`key key-${field}`}>
            {word}
          </li>
        ))}
      </ul>
      <Plot label={percentLabel(nights)} top="100 %" bottom={`${floor} %`} nights={nights}>
        <Rule y={MARGIN} />
        <Rule y={HEIGHT - MARGIN} />
        {SERIES.map((series) => (
          <Series key={series.field} nights={nights} floor={floor} {...series} />
        ))}
      </Plot>
      <AsTable>
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Night</th>
              <th scope="col" class="number">
                Parity %
              </th>
              <th scope="col" class="number">
                Coverage %
              </th>
            </tr>
          </thead>
          <tbody>
            {nights.map(({ date, run }) => (
              <tr key={date}>
                <th scope="row">{date}</th>
                <td class="number">{run === null ? 'no run' : (run.parity ?? 'none')}</td>
                <td class="number">{run === null ? 'no run' : (run.coverage ?? 'none')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </AsTable>
    </section>
  );
}

function percentLabel(nights: readonly Night[]): string {
  const ran = nights.filter(({ run }) => run !== null);
  const [first, last] = [ran[0], ran.at(-1)];
  const told = (night: Night | undefined): string =>
    `${night?.run?.parity ?? 'none'} % parity and ${night?.run?.coverage ?? 'none'} % coverage on ${night?.date}`;
  return `Lines from ${told(first)} to ${told(last)}`;
}
