/** Which text stands for which: the same for the same original wherever it appears, and never two for one. */
import { randomInt, randomUUID } from 'node:crypto';

export type PseudonymKind = 'uuid' | 'name' | 'code' | 'email' | 'text' | 'token' | 'host';

export interface Pseudonym {
  readonly kind: PseudonymKind;
  readonly original: string;
  readonly replacement: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text.trim());

/** What counts as the same: letter case, surrounding and doubled space, and ways to write an accent are no difference. */
export const sameness = (text: string): string => text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const randomLetter = (): string => LETTERS.charAt(randomInt(LETTERS.length));
const TRIES = 60;

export class Pseudonyms {
  readonly #originals = new Map<string, { kind: PseudonymKind; original: string }>();
  readonly #replacements = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #counters = new Map<PseudonymKind, number>();

  /** @param known of earlier copies, which are used on */
  constructor(known: readonly Pseudonym[]) {
    for (const { kind, original, replacement } of known) {
      this.note(kind, original);
      this.#replacements.set(keyOf(kind, original), replacement);
      this.#take(replacement);
      this.#counters.set(kind, (this.#counters.get(kind) ?? 0) + 1);
    }
  }

  /** Makes an original known, so that no replacement is ever the same as one. */
  note(kind: PseudonymKind, original: string): void {
    const key = keyOf(kind, original);
    if (!this.#originals.has(key)) this.#originals.set(key, { kind, original: original.trim() });
    this.#take(original);
  }

  /** In the letter case of the original, between its spaces. */
  of(kind: PseudonymKind, original: string): string {
    this.note(kind, original);
    const key = keyOf(kind, original);
    let replacement = this.#replacements.get(key);
    if (replacement === undefined) {
      replacement = this.#fresh(kind, original.trim());
      this.#replacements.set(key, replacement);
    }
    const [before] = /^\s*/.exec(original) ?? [''];
    const [after] = /\s*$/.exec(original) ?? [''];
    return `${before}${kind === 'token' ? replacement : inCaseOf(original, replacement)}${after}`;
  }

  /** Originals of a kind, as they were first seen. */
  originals(
    ...kinds: readonly PseudonymKind[]
  ): readonly { readonly kind: PseudonymKind; readonly original: string }[] {
    return [...this.#originals.values()].filter(({ kind }) => kinds.includes(kind));
  }

  get all(): readonly Pseudonym[] {
    return [...this.#originals].flatMap(([key, { kind, original }]) => {
      const replacement = this.#replacements.get(key);
      return replacement === undefined ? [] : [{ kind, original, replacement }];
    });
  }

  #take(text: string): void {
    this.#taken.add(sameness(text));
  }

  #fresh(kind: PseudonymKind, original: string): string {
    for (let tries = 0; ; tries += 1) {
      const found = this.#proposed(kind, original, tries);
      if (this.#taken.has(sameness(found))) continue;
      this.#take(found);
      return found;
    }
  }

  #proposed(kind: PseudonymKind, original: string, tries: number): string {
    if (kind === 'uuid') return randomUUID();
    if (kind === 'code') return tries < TRIES ? shaped(original) : `${shaped(original)}${randomInt(1_000_000)}`;
    if (kind === 'token')
      return Array.from({ length: Math.max(8, Math.min(original.length, 64)) }, randomLetter).join('');
    const count = (this.#counters.get(kind) ?? 0) + 1;
    this.#counters.set(kind, count);
    const number = String(count).padStart(4, '0');
    if (kind === 'name') return `Customer ${number}`;
    if (kind === 'email') return `person-${number}@example.com`;
    return kind === 'host' ? `host-${number}.example` : `Text ${number}`;
  }
}

const keyOf = (kind: PseudonymKind, original: string): string =>
  `${kind} ${kind === 'token' ? original : sameness(original)}`;

/** Digits for digits and letters for letters: `C-000371` becomes something like `K-482915`. */
function shaped(original: string): string {
  const text = original.replaceAll(/\p{L}|\p{N}/gu, (character) => {
    if (/\d/.test(character)) return String(randomInt(10));
    const letter = randomLetter();
    return character === character.toLowerCase() ? letter : letter.toUpperCase();
  });
  // A number in JSON must not begin with a zero that it did not begin with.
  return /^[1-9]/.test(original) ? text.replace(/^\d/, String(randomInt(1, 10))) : text;
}

function inCaseOf(original: string, replacement: string): string {
  const [lower, upper] = [original.toLowerCase(), original.toUpperCase()];
  if (lower === upper) return replacement;
  if (original === upper) return replacement.toUpperCase();
  return original === lower ? replacement.toLowerCase() : replacement;
}
