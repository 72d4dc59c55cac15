/** One part of a run that several machines share. */

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

export const shardText = ({ index, of }: Shard): string => `${index}/${of}`;

/** What is about no organisation falls to the first shard. */
export const isFirst = (shard: Shard | null): boolean => shard === null || shard.index === 1;
