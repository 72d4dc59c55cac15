export interface Part {
  readonly name: string;
  readonly count: number;
}

/** What a part looks like where the style sheet is not allowed to say it. */
const PLAIN_FILLS: Readonly<Record<string, string>> = {
  match: '#2f9e5f',
  tolerated: '#8cc9a6',
  waived: '#a98bdc',
  mismatch: '#d2473d',
  unstable: '#d99a1c',
};
const REST_FILL = '#9aa5b5';

const WIDTH = 1000;
/** A part that is there is seen, however small its share. */
const LEAST = 6;

/** Widths that fill the bar, every part that is there at least a sliver wide. */
function widths(parts: readonly Part[]): number[] {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  if (total === 0) return parts.map(() => 0);
  const raw = parts.map(({ count }) => (count === 0 ? 0 : Math.max(LEAST, (count / total) * WIDTH)));
  const scale = WIDTH / raw.reduce((sum, width) => sum + width, 0);
  return raw.map((width) => Math.round(width * scale * 10) / 10);
}

/** One bar of parts; the legend beside it says the same in words, so that readers of screens skip it. */
export function StackedBar({ parts }: { parts: readonly Part[] }) {
  const drawn = widths(parts);
  const left = drawn.map((_, at) => drawn.slice(0, at).reduce((sum, width) => sum + width, 0));
  return (
    <svg class="bar" viewBox={`0 0 ${WIDTH} 10`} width="100%" height="10" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(({ name }, at) =>
        drawn[at] === 0 ? null : (
          <rect
            key={name}
            class={`fill-${name}`}
            x={left[at]}
            y="0"
            width={drawn[at]}
            height="10"
            fill={PLAIN_FILLS[name] ?? REST_FILL}
          />
        ),
      )}
    </svg>
  );
}
