import { grouped } from '../../../words/common.ts';
import { PLOT, type QuantityPicture, type Series, ZERO_BAND } from '../../picture-data/quantities.ts';
import { type MarkStyle, markStyle } from './marks.ts';
import { Picture } from './picture.tsx';

const LEFT = 62;
const TOP = 10;
const BOTTOM = 44;
const WIDTH = LEFT + PLOT + 14;
const HEIGHT = TOP + PLOT + BOTTOM;

const x = (at: number): number => LEFT + at;
const y = (at: number): number => TOP + PLOT - at;

const PLAIN: ReadonlySet<string> = new Set(['match', 'tolerated', 'other', 'unexplained']);

function looksOf(series: readonly Series[]): ReadonlyMap<string, MarkStyle> {
  const named = series.filter(({ key }) => !PLAIN.has(key)).map(({ key }) => key);
  return new Map(series.map(({ key }) => [key, markStyle(key, named.length - 1 - named.indexOf(key))]));
}

function Axes({ ticks }: Pick<QuantityPicture, 'ticks'>) {
  return (
    <g class="axes" font-size="12" fill="#6a7380" stroke="none">
      <rect class="plot" x={LEFT} y={TOP} width={PLOT} height={PLOT} fill="none" stroke="#c9d0da" />
      {ticks.map(({ at, label }) => (
        <g key={label}>
          <path class="grid" d={`M${x(at)} ${TOP}v${PLOT}M${LEFT} ${y(at)}h${PLOT}`} stroke="#e2e6ec" fill="none" />
          <text x={x(at)} y={TOP + PLOT + 17} text-anchor="middle">
            {label}
          </text>
          <text x={LEFT - 8} y={y(at) + 4} text-anchor="end">
            {label}
          </text>
        </g>
      ))}
      <path
        class="identity"
        d={`M${x(ZERO_BAND)} ${y(ZERO_BAND)}L${x(PLOT)} ${y(PLOT)}`}
        stroke="#6a7380"
        stroke-dasharray="5 4"
        fill="none"
      />
      <text class="legacy" x={LEFT + PLOT / 2} y={HEIGHT - 6} text-anchor="middle" font-size="13">
        legacy →
      </text>
      <text
        class="contract"
        transform={`translate(14 ${TOP + PLOT / 2}) rotate(-90)`}
        text-anchor="middle"
        font-size="13"
      >
        contract →
      </text>
    </g>
  );
}

const queryOf = (key: string): string | null => {
  if (key === 'match' || key === 'other' || key === 'tolerated') return null;
  return `#q=${encodeURIComponent(key === 'unexplained' ? 'category:quantity cause:none' : `cause:${key}`)}`;
};

function Key({ series, style }: { series: Series; style: MarkStyle }) {
  const href = queryOf(series.key);
  return (
    <li>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <path class={`mark-${style.name}`} d={style.mark(7, 7)} fill={style.fill} />
      </svg>{' '}
      <span>{href === null ? series.title : <a href={href}>{series.title}</a>}</span>{' '}
      <span class="number">{grouped(series.count)}</span>
    </li>
  );
}

const ratio = (value: number): string => `× ${Number(value.toPrecision(4))}`;

const rangeOf = ({ ratios }: Series): string => {
  if (ratios === null) return 'legacy is 0';
  const [least, most] = ratios;
  return ratio(least) === ratio(most) ? ratio(least) : `${ratio(least)} to ${ratio(most)}`;
};

function Table({ series }: Pick<QuantityPicture, 'series'>) {
  return (
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Quantities</th>
          <th scope="col" class="number">
            Checks
          </th>
          <th scope="col" class="number">
            Contract ÷ legacy
          </th>
        </tr>
      </thead>
      <tbody>
        {[...series].reverse().map((one) => (
          <tr key={one.key}>
            <th scope="row">{one.title}</th>
            <td class="number">{grouped(one.count)}</td>
            <td class="number">{rangeOf(one)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One mark a quantity that both sides state; a factor lies on a line beside the diagonal, an offset on a curve. */
export function Quantities({ picture }: { picture: QuantityPicture }) {
  const styles = looksOf(picture.series);
  const styleOfKey = (key: string): MarkStyle => styles.get(key) ?? markStyle(key, 0);
  return (
    <Picture
      id="quantities"
      title="Legacy against contract quantity"
      note="Each mark is a quantity that both sides state. Marks on the dashed line agree; marks on a line parallel to it differ by one factor."
      table={<Table series={picture.series} />}
    >
      <div class="with-legend">
        <svg
          class="quantities"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          width={WIDTH}
          height={HEIGHT}
          role="img"
          aria-label="Scatter plot of contract quantity over legacy quantity, both logarithmic; the table below says the same"
        >
          <Axes ticks={picture.ticks} />
          {picture.series.map(({ key, points }) => {
            const { mark, fill, name } = styleOfKey(key);
            return (
              <path
                key={key}
                class={`marks mark-${name}`}
                d={points.map(([atX, atY]) => mark(x(atX), y(atY))).join('')}
                fill={fill}
              />
            );
          })}
        </svg>
        <ul class="picture-legend">
          {[...picture.series].reverse().map((series) => (
            <Key key={series.key} series={series} style={styleOfKey(series.key)} />
          ))}
        </ul>
      </div>
    </Picture>
  );
}
