/** Under which names the usage API's fields may stand: the scenario's own name, else what is tolerated. */
import { type OrgRef, orgId } from '../../domain/side.ts';
import type { Cursor } from '../cursor.ts';

/** Our name → other names seen or thought of (assumed; the documentation lists contents, not names). */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  orgId: ['orgId', 'organizationId'],
  orgName: ['orgName', 'organizationName'],
  usageQuantity: ['usageQuantity', 'quantity', 'actual', 'actualQuantity'],
  prepayQuantity: ['prepayQuantity', 'commitment', 'committedQuantity'],
  contractEffectiveDate: ['contractEffectiveDate', 'contractStartDate'],
};

/** Every name under which one of our fields is read without being mapped. */
export const readNames = (name: string): readonly string[] => ALIASES[name] ?? [name];

/** Our name → the name on the wire, as the scenario says. */
export type FieldNames = Readonly<Partial<Record<string, string>>>;

/** Reads a field by our name. A name that the scenario states is the only one: others may then mean something else. */
export const usageField =
  (names: FieldNames) =>
  (owner: Cursor, name: string): Cursor => {
    const own = names[name];
    return owner.field(...(own === undefined ? readNames(name) : [own]));
  };

/** Where an answer names its organisation: every explicit name; plain `id` only where there is none, as it may be another thing's. */
export function orgIdsIn(root: Cursor, names: FieldNames): Cursor[] {
  const own = names['orgId'];
  const explicit = [...(own === undefined ? ['orgId', 'organizationId'] : [own])].map((name) => root.field(name));
  const places = [...explicit, root.field('organization').field('id')].filter((place) => place.string() !== null);
  return places.length > 0 || own !== undefined ? places : [root.field('id')];
}

/** An organisation by any of its spellings: flat, nested as `organization: {id, name}`, or plain `id` and `name`. */
export function readOrg(owner: Cursor, names: FieldNames): OrgRef | null {
  const field = usageField(names);
  const nested = owner.field('organization');
  const plain = (name: 'orgId' | 'orgName', key: string): string | null =>
    names[name] === undefined ? owner.field(key).string() : null;
  const id = field(owner, 'orgId').string() ?? nested.field('id').string() ?? plain('orgId', 'id');
  if (id === null) return null;
  const name = field(owner, 'orgName').string() ?? nested.field('name').string() ?? plain('orgName', 'name');
  return { id: orgId(id), name };
}

/**
 * `usages` of a listed organisation comes as a list of rows, or as a map from app to quantity (assumed). None where a row leaves
 * out its app: then nobody can say which of them the organisation has.
 */
export function appsOf(entry: Cursor, fields: FieldNames, asked: readonly string[]): string[] {
  const field = usageField(fields);
  const usages = field(entry, 'usages');
  const rows = usages.isList ? usages.items() : [entry];
  const named = rows.flatMap((row) => field(row, 'appId').string() ?? []);
  const keys = usages.isList ? [] : usages.fields().map(([appId]) => appId);
  const isWhole = !usages.isList || named.length === rows.length;
  const apps = isWhole ? [...new Set([...named, ...keys])] : [];
  return apps.length === 0 && asked.length === 1 ? [...asked] : apps;
}
