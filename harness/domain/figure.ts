/** A value as one side states it, with the place where it stands on the wire. */
import type { Decimal } from './decimal.ts';

/** Where a value stands: an exchange and a JSON pointer (RFC 6901) into its body. */
export interface Evidence {
  readonly exchange: string;
  readonly pointer: string;
}

/** Stated and understood. `raw` is the JSON text on the wire (`"23.740"` with its quotes, `23.74`, `1e-6`). */
export interface Known<T> {
  readonly state: 'known';
  readonly value: T;
  readonly raw: string;
  readonly at: Evidence;
}
/** The field is not there; `at` is the object that lacks it. */
export interface Absent {
  readonly state: 'absent';
  readonly at: Evidence;
}
/** The field is there but cannot be understood: `""`, `"N/A"`, `null` where a number is due. */
export interface Unreadable {
  readonly state: 'unreadable';
  readonly raw: string;
  /** In words for people: `"N/A" is not a number`. */
  readonly reason: string;
  readonly at: Evidence;
}

export type Figure<T = Decimal> = Known<T> | Absent | Unreadable;

export const known = <T>(value: T, raw: string, at: Evidence): Known<T> => ({ state: 'known', value, raw, at });
export const absent = (at: Evidence): Absent => ({ state: 'absent', at });
/** The value if it is known, else null. */
export const knownValue = <T>(figure: Figure<T>): T | null => (figure.state === 'known' ? figure.value : null);
