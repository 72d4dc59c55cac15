/** Which fields of the wire schemas are read: a change of their value shows in the result. */
import type { Change, ChangeKind } from './changes.ts';
import type { CleanFamily } from './clean.ts';
import { EXEMPTIONS, exemptionOf, type FamilyFacts } from './exemptions.ts';
import type { FieldName } from './wire.ts';

/** What only breaks the schema proves no reader; the clearest first. */
const TELLING: readonly ChangeKind[] = [
  'much more',
  'one more',
  'another value',
  'a day later',
  'a day earlier',
  'a year later',
  'a year earlier',
  'field added',
  'list emptied',
  'field deleted',
  'field null',
];

/** How many places of one kind are tried before the next kind. */
const PLACES = 4;

/** Whether nobody reads the field, whatever stands in it. */
export const isUnread = (field: FieldName): boolean =>
  EXEMPTIONS.some(({ fields, kinds, when }) => fields.includes(field) && kinds === undefined && when === undefined);

/** The fields of which no change leaves a trace, in any of these runs. */
export async function untraced(families: readonly CleanFamily[], fields: readonly FieldName[]): Promise<FieldName[]> {
  const candidates = new Map<string, { readonly family: CleanFamily; readonly change: Change }[]>();
  for (const family of families) {
    for (const change of family.changes()) {
      if (!isTelling(change, family)) continue;
      const key = `${change.field} ${change.kind}`;
      const known = candidates.get(key) ?? [];
      if (known.length < PLACES) candidates.set(key, [...known, { family, change }]);
    }
  }
  const silent: FieldName[] = [];
  for (const field of fields) {
    if (!(await anyTraced(TELLING.flatMap((kind) => candidates.get(`${field} ${kind}`) ?? [])))) silent.push(field);
  }
  return silent;
}

/** Of a record that is compared; and not a difference between two copies, which says nothing of what stands in them. */
const isTelling = (change: Change, family: CleanFamily & FamilyFacts): boolean =>
  TELLING.includes(change.kind) &&
  (change.copy === 'both alike' || change.copy === 'only one') &&
  family.isCompared(change) &&
  exemptionOf(change, family) === null;

async function anyTraced(
  candidates: readonly { readonly family: CleanFamily; readonly change: Change }[],
): Promise<boolean> {
  for (const { family, change } of candidates) {
    const trace = await family.traceOf([change]);
    if (trace !== 'none' && trace !== 'failed') return true;
  }
  return false;
}
