/** One place of drift in words. */
import type { DriftEntry } from '../../domain/verdict.ts';

const WORDS: Readonly<Record<string, string>> = {
  'unknown-field': 'is unknown to the schema',
  'vanished-field': 'is no longer there',
  'old-spelling': 'is a former name',
  'new-field': 'is new',
  'gone-field': 'is gone',
  'renamed-field': 'is the new name of a field',
  'retyped-field': 'has another type',
  'newly-null': 'is null now',
  'newly-left-out': 'is left out in places',
  'always-there': 'is always there now',
  'page-maximum': 'has another maximum',
};

/** `BillingCharge.tierName is new (/charges/*\/tierName)`. */
export function driftWords({ type, pointer, kind }: DriftEntry): string {
  const field = pointer.slice(pointer.lastIndexOf('/') + 1);
  return `${type}.${field} ${WORDS[kind] ?? kind} (${pointer})`;
}
