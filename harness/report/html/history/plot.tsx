/**
 * The frame of a picture: drawn once for all widths (the drawing stretches, lines do not), with its labels as text beside it, so that
 * they can be read at any width, and where no style sheet is allowed.
 */
import type { ComponentChildren } from 'preact';
import type { Night } from '../../../domain/history.ts';
import { Scrolled } from '../view/scrolled.tsx';
import type { DrawnNights } from './fold-void.tsx';

/** Units of the drawing; the page stretches them. */
export const WIDTH = 1000;
export const HEIGHT = 100;

export interface PlotProps {
  /** Of the picture as a whole, for readers of screens. */
  readonly label: string;
  readonly top: string;
  readonly bottom: string;
  readonly drawn: DrawnNights;
  readonly children: ComponentChildren;
}

export function Plot({ label, top, bottom, drawn, children }: PlotProps) {
  const { nights } = drawn;
  const first = nights[0]?.date ?? '';
  const last = nights.at(-1)?.date ?? '';
  return (
    <div class="plot">
      <p class="plot-y muted">
        <span>{top}</span> <span>{bottom}</span>
      </p>
      <svg
        class="plot-area"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        height="120"
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <Unsure nights={nights} />
        {children}
        <FoldLines drawn={drawn} />
      </svg>
      <p class="plot-x muted">
        <span>{first}</span> <span>{last}</span>
      </p>
    </div>
  );
}

const UNSURE = { missing: '#eef1f5', inconclusive: '#fdf4e1' } as const;

/** Bands where nobody ran anything, or not all could be compared: what is not drawn there is no zero. */
function Unsure({ nights }: { nights: readonly Night[] }) {
  const width = WIDTH / nights.length;
  return (
    <>
      {nights.map(({ date, standing }, at) =>
        standing !== 'missing' && standing !== 'inconclusive' ? null : (
          <rect
            key={date}
            class={`plot-${standing}`}
            x={at * width}
            y="0"
            width={width}
            height={HEIGHT}
            fill={UNSURE[standing]}
          />
        ),
      )}
    </>
  );
}

/** Where the axis leaves nights out. */
function FoldLines({ drawn: { nights, folds } }: { drawn: DrawnNights }) {
  const width = WIDTH / nights.length;
  return (
    <>
      {folds.map(({ at, first }) => (
        <path
          key={first}
          class="plot-fold"
          d={`M${(at + 0.5) * width} 0V${HEIGHT}`}
          stroke="#8b96a6"
          stroke-dasharray="4 4"
          vector-effect="non-scaling-stroke"
          fill="none"
        />
      ))}
    </>
  );
}

/** What the bands mean, where there are any. */
export function UnsureKeys({ nights }: { nights: readonly Night[] }) {
  const has = (standing: Night['standing']): boolean => nights.some((night) => night.standing === standing);
  if (!has('missing') && !has('inconclusive')) return null;
  return (
    <ul class="keys">
      {has('missing') && <li class="key key-missing">no run</li>}
      {has('inconclusive') && <li class="key key-inconclusive">inconclusive: not all was compared</li>}
    </ul>
  );
}

/** A line of the frame that stays one pixel wide. */
export const Rule = ({ y, strong = false }: { y: number; strong?: boolean }) => (
  <path
    class={strong ? 'plot-rule-strong' : 'plot-rule'}
    d={`M0 ${y}H${WIDTH}`}
    stroke={strong ? '#8b96a6' : '#d5dbe3'}
    vector-effect="non-scaling-stroke"
    fill="none"
  />
);

/** The same numbers, for who cannot see the picture or wants to copy them. */
export function AsTable({ children }: { children: ComponentChildren }) {
  return (
    <details class="as-table">
      <summary>As a table</summary>
      <Scrolled label="Table">{children}</Scrolled>
    </details>
  );
}
