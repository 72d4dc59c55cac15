/** The words of the types that the vendor's SDK lists, and `annual`, which its help pages put before some of them. */
const DOCUMENTED: ReadonlySet<string> = new Set('annual commitment dev inin month monthly org prepay to'.split(' '));

/**
 * `unknown`: a word that no documented type has; nobody can say whether it is a trial. The names of the usage API's types are
 * assumed to be partner billing's, in any case and however their words are joined.
 */
export function kindOfSubscription(type: string): 'trial' | 'billed' | 'unknown' {
  const words: readonly string[] = type.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.includes('trial')) return 'trial';
  return words.every((word) => DOCUMENTED.has(word)) ? 'billed' : 'unknown';
}
