/** Marks that differ in shape as well as in colour; each returns a piece of an SVG path around one point. */
type Mark = (x: number, y: number) => string;

const circle = (radius: number): Mark => {
  const turn = `a${radius} ${radius} 0 1 0`;
  return (x, y) => `M${x - radius} ${y}${turn} ${2 * radius} 0${turn} ${-2 * radius} 0z`;
};
const square: Mark = (x, y) => `M${x - 4} ${y - 4}h8v8h-8z`;
const diamond: Mark = (x, y) => `M${x} ${y - 5.5}l5.5 5.5l-5.5 5.5l-5.5 -5.5z`;
const triangle: Mark = (x, y) => `M${x} ${y - 5.5}l5.5 9.5h-11z`;
const wedge: Mark = (x, y) => `M${x} ${y + 5.5}l5.5 -9.5h-11z`;
const bar: Mark = (x, y) => `M${x - 5.5} ${y - 2}h11v4h-11z`;
const post: Mark = (x, y) => `M${x - 2} ${y - 5.5}h4v11h-4z`;
const cross: Mark = (x, y) =>
  `M${x - 5} ${y - 3.5}l1.5 -1.5l3.5 3.5l3.5 -3.5l1.5 1.5l-3.5 3.5l3.5 3.5l-1.5 1.5l-3.5 -3.5l-3.5 3.5l-1.5 -1.5l3.5 -3.5z`;

/** Of the named causes, in their order; the hues are those of Okabe and Ito, told apart by colour-blind eyes. */
const NAMED: readonly { readonly mark: Mark; readonly fill: string }[] = [
  { mark: square, fill: '#0072b2' },
  { mark: triangle, fill: '#d55e00' },
  { mark: diamond, fill: '#009e73' },
  { mark: wedge, fill: '#b0568d' },
  { mark: bar, fill: '#b58900' },
  { mark: post, fill: '#3fa0d8' },
];

const FIXED: Readonly<Record<string, { readonly mark: Mark; readonly fill: string; readonly name: string }>> = {
  match: { mark: circle(2.4), fill: '#9aa5b5', name: 'match' },
  tolerated: { mark: circle(3.4), fill: '#8cc9a6', name: 'tolerated' },
  other: { mark: circle(4), fill: '#6a7380', name: 'other' },
  unexplained: { mark: cross, fill: '#c2342b', name: 'unexplained' },
};

export interface MarkStyle {
  readonly mark: Mark;
  /** Where the style sheet is not allowed to say it. */
  readonly fill: string;
  /** Ends the class name. */
  readonly name: string;
}

/** @param rank place among the named causes. */
export function markStyle(key: string, rank: number): MarkStyle {
  const fixed = FIXED[key];
  if (fixed !== undefined) return fixed;
  const at = rank % NAMED.length;
  const named = NAMED[at] ?? { mark: square, fill: '#0072b2' };
  return { ...named, name: `cause-${at}` };
}
