/** Finds any of many known texts within another, whatever the letter case, in one pass. */

export interface Found {
  readonly at: number;
  readonly length: number;
  readonly original: string;
}

const HEAD = 3;
const WORD = /[\p{L}\p{N}]/u;

/** Character by character, so that what is found stands at the same place in the original. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (character) => {
    const small = character.toLowerCase();
    return small.length === character.length ? small : character;
  }).join('');
}

export class Finder {
  readonly #byHead = new Map<string, { folded: string; original: string }[]>();

  /** @param originals shorter ones than three characters are not looked for */
  constructor(originals: Iterable<string>) {
    for (const original of originals) {
      if (original.length < HEAD) continue;
      const text = folded(original);
      const head = text.slice(0, HEAD);
      const list = this.#byHead.get(head) ?? [];
      list.push({ folded: text, original });
      this.#byHead.set(head, list);
    }
    // Of two that begin alike the longer one is meant.
    for (const list of this.#byHead.values()) list.sort((a, b) => b.folded.length - a.folded.length);
  }

  /** As words of their own; of overlapping ones the first. */
  *find(text: string): Generator<Found> {
    const small = folded(text);
    for (let at = 0; at + HEAD <= small.length; at += 1) {
      const list = this.#byHead.get(small.slice(at, at + HEAD));
      const hit = list?.find((one) => small.startsWith(one.folded, at) && isWhole(small, at, one.folded));
      if (hit === undefined) continue;
      yield { at, length: hit.folded.length, original: hit.original };
      at += hit.folded.length - 1;
    }
  }

  replace(text: string, replacement: (found: string) => string): string {
    let result = '';
    let done = 0;
    for (const { at, length } of this.find(text)) {
      result += text.slice(done, at) + replacement(text.slice(at, at + length));
      done = at + length;
    }
    return done === 0 ? text : result + text.slice(done);
  }
}

/** Scripts without spaces have no words of their own: there a name is found anywhere. */
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function isWhole(text: string, at: number, found: string): boolean {
  const [before, first] = [text.charAt(at - 1), found.charAt(0)];
  const [last, after] = [found.charAt(found.length - 1), text.charAt(at + found.length)];
  const joined = (one: string, other: string): boolean =>
    WORD.test(one) && WORD.test(other) && !SPACELESS.test(one) && !SPACELESS.test(other);
  return !(joined(before, first) || joined(last, after));
}
