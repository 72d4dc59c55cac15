/** The shape of an API's answers as it was observed: which fields of which type were there, and what kind of value stood in them. */

export type ValueKind =
  | 'whole number'
  | 'number'
  | 'text'
  | 'date'
  | 'instant'
  | 'true or false'
  | 'null'
  | 'object'
  | 'list';

export interface FieldShape {
  /** Objects of the type that had the field. */
  readonly seen: number;
  /** Kinds of values that were seen, sorted. A number that was ever written with a fraction is `number`. */
  readonly kinds: readonly ValueKind[];
}

export interface TypeShape {
  /** The plainest place where objects of the type were found, as a pointer with indexes as an asterisk: `/charges/*`. */
  readonly at: string;
  readonly objects: number;
  /** By name, sorted. */
  readonly fields: Readonly<Record<string, FieldShape>>;
}

/** What was observed of one API. Holds no value and no id of anybody: it can be committed and shared. */
export interface Shape {
  /** By wire type, sorted; `BillingCharge.tier` for an object that the schema does not know, in the field `tier`. */
  readonly types: Readonly<Record<string, TypeShape>>;
  /** Most contracts that a page may have; null if it was not asked for. */
  readonly contractsPageMaximum: number | null;
}
