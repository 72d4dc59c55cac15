/** Drift of the wire, counted by the place in the schema where it shows. */
import { ascending } from 'd3-array';
import { isDrift, type SchemaNote } from '../../domain/capture.ts';
import type { DriftEntry } from '../../domain/verdict.ts';

export function driftOf(notes: Iterable<SchemaNote>): readonly DriftEntry[] {
  const entries = new Map<string, { readonly entry: Omit<DriftEntry, 'count'>; count: number }>();
  for (const note of notes) {
    if (!isDrift(note)) continue;
    const { type, pointer, kind, effect, times = 1 } = note;
    const key = `${type}\n${pointer}\n${kind}`;
    const found = entries.get(key);
    if (found === undefined) entries.set(key, { entry: { type, pointer, kind, ...seen(effect) }, count: times });
    else found.count += times;
  }
  return [...entries].sort(([a], [b]) => ascending(a, b)).map(([, { entry, count }]) => ({ ...entry, count }));
}

const seen = (effect: SchemaNote['effect']): Pick<DriftEntry, 'severity' | 'effect'> =>
  effect === undefined ? {} : { severity: effect.severity, effect: effect.sentence };
