/** The word that was most likely meant. */
import { closest, distance } from 'fastest-levenshtein';

/** @returns the nearest of the words, or null if none is near enough to be meant. Case does not count. */
function nearest(word: string, words: readonly string[]): string | null {
  const wanted = word.trim().toLowerCase();
  if (wanted === '' || wanted.length > 100 || words.length === 0) return null;
  const best = closest(
    wanted,
    words.map((candidate) => candidate.toLowerCase()),
  );
  const allowed = Math.max(2, Math.floor(best.length / 3));
  return distance(wanted, best) <= Math.min(allowed, wanted.length - 1)
    ? (words.find((candidate) => candidate.toLowerCase() === best) ?? null)
    : null;
}

/** `; did you mean …?`, or nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  const best = nearest(word, words);
  return best === null ? '' : `; did you mean \`${best}\`?`;
}
