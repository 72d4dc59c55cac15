/** Placeholder contract for parallel work: owned by compare. */
export interface Pair {
  readonly key: string;
}
export interface TermPair {
  readonly key: string;
}
