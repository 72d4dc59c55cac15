/** Seeded choices: the same seed and labels give the same choices for ever, whatever else was drawn before. */
import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { hasSpelling, type Spellings } from './spellings.ts';

type Label = string | number;

const digest = (seed: number, labels: readonly Label[]): Buffer =>
  createHash('sha256')
    .update(`${seed}\u0000${labels.join('\u0000')}`)
    .digest();

/** A stream of choices of its own. */
export class Random {
  readonly #generator: RandomGenerator;

  constructor(seed: number, ...labels: readonly Label[]) {
    const bytes = digest(seed, labels);
    this.#generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => bytes.readInt32LE(offset)));
  }

  /** A whole number, both bounds included. */
  int(from: number, to: number): number {
    return uniformInt(this.#generator, from, to);
  }

  /** True in so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.int(1, 100) <= percent;
  }

  /** @throws Error if there is nothing to pick from. */
  pick<T>(list: readonly T[]): T {
    const picked = list[this.int(0, list.length - 1)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }

  /** A new list in another order. */
  shuffle<T>(list: readonly T[]): T[] {
    const keyed = list.map((item, index) => ({ item, index, key: this.#generator.next() }));
    keyed.sort((a, b) => a.key - b.key || a.index - b.index);
    return keyed.map(({ item }) => item);
  }
}

/** The list in an order of its own where that variant was chosen, else as it is. */
export const inOrder = <T>(spellings: Spellings, random: Random, list: readonly T[]): T[] =>
  hasSpelling(spellings, 'order') ? random.shuffle(list) : [...list];

/** A UUID (version 4 in shape) that stands for these labels. */
export function uuid(seed: number, ...labels: readonly Label[]): string {
  const hex = digest(seed, ['uuid', ...labels]).toString('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** One of `count` variants, chosen by the text itself: cheap enough for every single value of a body. */
export function variant(seed: number, text: string, count: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % count;
}

/**
 * Deals a deck again and again, shuffled anew each time: every run of `deck.length` draws holds every card, so that
 * small worlds have all that large ones have.
 */
export function dealer<T>(seed: number, label: string, deck: readonly T[]): () => T {
  let round = 0;
  let hand: T[] = [];
  return () => {
    if (hand.length === 0) {
      hand = new Random(seed, label, round).shuffle(deck);
      round += 1;
    }
    const card = hand.pop();
    if (card === undefined) throw new Error('an empty deck');
    return card;
  };
}
