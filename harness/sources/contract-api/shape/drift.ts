/** From changes of the shape to notes of drift, each judged by what it does to a comparison. */
import { isDrift, type SchemaNote } from '../../../domain/capture.ts';
import type { Shape } from '../../../domain/shape.ts';
import { pointerToken } from '../../json-value.ts';
import { contractTables } from '../schema.ts';
import { changesOf, isKnownRenaming, type ShapeChange } from './changes.ts';
import type { ObservedShape } from './observe.ts';
import { rulesOn } from './stands-on.ts';

export interface Drift {
  readonly notes: readonly SchemaNote[];
  /** Of fields that the schema knows and that the baseline had not seen yet: nothing has changed by them. */
  readonly firstSeen: readonly string[];
}

/**
 * With a baseline that was looked at and agreed to, only what changed since is drift: what the schema says of fields that were
 * there before has been accepted.
 * @param schema notes against the schema; those that are no drift stay as they are
 */
export function againstBaseline(schema: readonly SchemaNote[], now: ObservedShape, baseline: Shape): Drift {
  const changes = [...changesOf(baseline, now.shape), ...unheardOf(schema, baseline)];
  const firstSeen = changes.filter(isFirstSeen);
  return {
    notes: [
      ...schema.filter((note) => !isDrift(note)),
      ...changes.filter((change) => !isFirstSeen(change)).map((change) => noteOf(change, now)),
    ],
    firstSeen: firstSeen.map(
      ({ type, field, is }) =>
        `${type}.${field} was seen for the first time since the baseline (${is}); the schema knows it`,
    ),
  };
}

/** Unknown fields of types of which the baseline has no object. */
function unheardOf(schema: readonly SchemaNote[], baseline: Shape): ShapeChange[] {
  const found = new Map<string, ShapeChange>();
  for (const { type, pointer, kind } of schema) {
    if (kind !== 'unknown-field' || baseline.types[type] !== undefined) continue;
    const field = pointer.slice(pointer.lastIndexOf('/') + 1);
    found.set(`${type}.${field}`, { kind: 'new-field', type, field, was: `no ${type} was seen`, is: 'there' });
  }
  return [...found.values()];
}

const isFirstSeen = ({ kind, type, field }: ShapeChange): boolean =>
  kind === 'new-field' && contractTables[type]?.[field] !== undefined;

function noteOf(change: ShapeChange, now: ObservedShape): SchemaNote {
  const { kind, type, field, was, is, value } = change;
  const place = now.shape.types[type]?.at ?? '';
  return {
    side: 'contract',
    source: 'contract-api',
    type,
    pointer: `${place}/${pointerToken(field)}`,
    kind,
    found: is,
    expected: was,
    effect: effectOf(change),
    at: now.at(type, field, value),
  };
}

type Effect = NonNullable<SchemaNote['effect']>;

function effectOf(change: ShapeChange): Effect {
  const { kind, type, field, from } = change;
  if (kind === 'page-maximum') {
    return none('Figures are not concerned: pages of a size that is refused are asked for smaller.');
  }
  if (from !== undefined) return renamed(from, change);
  const rules = rulesOn(type, field);
  const named = rules.join(', ');
  if (rules.length === 0) return none('No rule stands on this field.');
  if (kind === 'always-there' || kind === 'new-field') return none('What was read before is read as before.');
  if (kind === 'newly-null' || kind === 'newly-left-out') {
    return { severity: 'weakens', sentence: `Where it is not there, ${named} cannot be compared.` };
  }
  if (kind === 'retyped-field') return retyped(change, named);
  return { severity: 'breaks', sentence: `${named} cannot be compared without it.` };
}

function renamed(from: string, { type, field }: ShapeChange): Effect {
  const was = `It was ${from}.`;
  if (isKnownRenaming(from, field)) {
    return none(
      `${was} Both names are read: no comparison is concerned. Programs that know the old name alone read nothing.`,
    );
  }
  const rules = rulesOn(type, from);
  if (rules.length === 0) return none(`${was} What is read has the name that is documented.`);
  const named = rules.join(', ');
  return { severity: 'breaks', sentence: `${was} The new name is not read: ${named} cannot be compared.` };
}

const none = (sentence: string): Effect => ({ severity: 'none', sentence });

function retyped({ was, value }: ShapeChange, rules: string): Effect {
  if (value === 'number' && was.includes('whole number')) {
    return none(
      'Fractions are read exactly. Programs that read whole numbers (one of the vendor’s SDKs reads 12.5 as 12) bill less.',
    );
  }
  if (value === 'whole number' || value === 'number' || value === 'instant' || value === 'date') {
    return none(`It is read all the same, for ${rules}.`);
  }
  if (value === 'text' && /number/.test(was)) {
    return {
      severity: 'weakens',
      sentence: `A text that spells a number is read; any other makes ${rules} not comparable.`,
    };
  }
  return { severity: 'breaks', sentence: `It cannot be read as before: ${rules} are not comparable where it stands.` };
}
