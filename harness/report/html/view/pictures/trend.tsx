import { scaleLinear } from 'd3-scale';
import { grouped, instant } from '../../../words/common.ts';
import type { TrendPoint } from '../../picture-data/trend.ts';
import { Picture } from './picture.tsx';

const WIDTH = 520;
const HEIGHT = 170;
const LEFT = 52;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 30;

type Measure = 'parity' | 'compared';
const MARKS: Readonly<Record<TrendPoint['verdict'], string>> = { parity: '✓', mismatch: '✗', inconclusive: '?' };

function geometry(points: readonly TrendPoint[]) {
  const values = points.flatMap(({ parity, compared }) => [parity, compared]).filter((value) => value !== null);
  const least = Math.min(...values, 99);
  const up = scaleLinear()
    .domain([Math.floor(least), 100])
    .range([HEIGHT - BOTTOM, TOP]);
  const along = scaleLinear()
    .domain([0, Math.max(1, points.length - 1)])
    .range([LEFT + 10, WIDTH - RIGHT - 10]);
  return { up, along };
}

/** A gap where a run has no such figure. */
function lineOf(points: readonly TrendPoint[], measure: Measure, { up, along }: ReturnType<typeof geometry>): string {
  let pen = 'M';
  return points
    .map((point, at) => {
      const value = point[measure];
      const piece = value === null ? '' : `${pen}${along(at).toFixed(1)} ${up(value).toFixed(1)}`;
      pen = value === null ? 'M' : 'L';
      return piece;
    })
    .join('');
}

function Drawing({ points }: { points: readonly TrendPoint[] }) {
  const shape = geometry(points);
  return (
    <svg
      class="trend"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label="Parity and coverage over the runs; the table below says the same"
    >
      <g class="axes" font-size="12" fill="#6a7380">
        {shape.up.ticks(4).map((tick) => (
          <g key={tick}>
            <path class="grid" d={`M${LEFT} ${shape.up(tick)}H${WIDTH - RIGHT}`} stroke="#e2e6ec" fill="none" />
            <text x={LEFT - 8} y={shape.up(tick) + 4} text-anchor="end">
              {tick} %
            </text>
          </g>
        ))}
      </g>
      <path
        class="line-compared"
        d={lineOf(points, 'compared', shape)}
        stroke="#6a7380"
        stroke-dasharray="4 4"
        fill="none"
      />
      <path class="line-parity" d={lineOf(points, 'parity', shape)} stroke="#2f4bd8" stroke-width="2" fill="none" />
      {points.map((point, at) => (
        <text
          key={point.run}
          class={`trend-mark trend-${point.verdict}`}
          x={shape.along(at)}
          y={HEIGHT - 8}
          text-anchor="middle"
          font-size="12"
        >
          {MARKS[point.verdict]}
        </text>
      ))}
    </svg>
  );
}

const share = (value: number | null): string => (value === null ? '–' : `${Math.floor(value * 100) / 100} %`);

function Table({ points }: { points: readonly TrendPoint[] }) {
  return (
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Verdict</th>
          <th scope="col" class="number">
            Mismatches
          </th>
          <th scope="col" class="number">
            Parity
          </th>
          <th scope="col" class="number">
            Compared
          </th>
        </tr>
      </thead>
      <tbody>
        {[...points].reverse().map((point) => (
          <tr key={point.run}>
            <th scope="row">{instant(point.startedAt)}</th>
            <td>{point.word}</td>
            <td class="number">{grouped(point.mismatches)}</td>
            <td class="number">{share(point.parity)}</td>
            <td class="number">{share(point.compared)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The runs of the scenario up to this one. */
export function Trend({ points }: { points: readonly TrendPoint[] }) {
  if (points.length < 2) return null;
  return (
    <Picture
      id="trend"
      title="Over the runs"
      note="Line: checks that agree, of those compared. Dashed: compared, of all. Below: ✓ ready, ✗ not ready, ? inconclusive."
      table={<Table points={points} />}
    >
      <Drawing points={points} />
    </Picture>
  );
}
