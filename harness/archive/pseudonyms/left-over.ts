/** Whether a copy still says anything of the original. */
import { Finder } from './finder.ts';
import { type Pseudonyms, sameness } from './table.ts';

const SHORTEST = 5;

/**
 * Ids, names and e-mail addresses that are found as words of their own. A name that is also a word of the APIs (a customer called
 * "Message") cannot be told from it and is not looked for.
 * @param kept texts that were kept on purpose, trimmed and in lower case
 */
export async function leftOver(
  texts: AsyncIterable<string>,
  table: Pseudonyms,
  kept: ReadonlySet<string>,
): Promise<readonly string[]> {
  const wanted = table
    .originals('uuid', 'name', 'email')
    .map(({ original }) => original)
    .filter((original) => original.length >= SHORTEST && !kept.has(sameness(original)));
  const finder = new Finder(wanted);
  const found = new Set<string>();
  for await (const text of texts) for (const { original } of finder.find(text)) found.add(original);
  return [...found];
}
