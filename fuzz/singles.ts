/** One change at a time: each field and kind of change on a sample of records. */
import type { Change } from './changes.ts';
import type { CleanFamily } from './clean.ts';
import { type Exemption, exemptionOf } from './exemptions.ts';
import type { Trace } from './trace.ts';

export interface Tried {
  readonly family: string;
  readonly change: Change;
  /** Null: the change must leave a trace. */
  readonly exemption: Exemption | null;
  readonly trace: Trace;
}

export interface SinglesChoice {
  readonly families: readonly CleanFamily[];
  /** How many records each field and kind of change is tried on, in each world. */
  readonly perField: number;
  /** Every so manieth change only; left out: each. */
  readonly sample?: number;
  /** Told of each one. */
  readonly onTried?: (tried: Tried) => void;
}

/** Changes of records that are out of scope are not tried. */
export async function trySingles({ families, perField, sample = 1, onTried }: SinglesChoice): Promise<Tried[]> {
  const found: Tried[] = [];
  const counts = new Map<string, number>();
  for (const family of families) {
    for (const change of family.changes()) {
      const exemption = exemptionOf(change, family);
      const { pattern, kind, copy } = change;
      const key = [family.world.name, pattern, kind, copy, exemption === null].join('|');
      const count = counts.get(key) ?? 0;
      if (count >= perField || !family.isCompared(change)) continue;
      counts.set(key, count + 1);
      if (counts.size % sample !== 0) continue;
      const tried = { family: family.name, change, exemption, trace: await family.traceOf([change]) };
      found.push(tried);
      onTried?.(tried);
    }
  }
  return found;
}

/** It should have left a trace, and left none; or we failed. */
export const isHole = ({ exemption, trace }: Tried): boolean =>
  trace === 'failed' || (trace === 'none' && exemption === null);
