/** Fields of the wire schemas, and where they stand in a body. */
import type { SourceName } from '../harness/domain/side.ts';
import { contractTables } from '../harness/sources/contract-api/schema.ts';
import { partnerTables } from '../harness/sources/partner-billing/schema.ts';
import { usageTables } from '../harness/sources/usage-api/schema.ts';
import type { FieldShape } from '../harness/sources/wire-schema.ts';
import type { Json, JsonObject } from './corpus.ts';

export type Api = SourceName;
type Tables = Readonly<Record<string, Readonly<Record<string, FieldShape>>>>;

const TABLES: Readonly<Record<Api, Tables>> = {
  'usage-api': usageTables,
  'partner-billing': partnerTables,
  'contract-api': contractTables,
};

/** `BillingCharge.overageRate`, `partner-billing SubscriptionOverviewUsage.name`. */
export type FieldName = string;

/** Every field of the wire schemas that holds a value of its own; of the others the fields within say it. */
export const SCHEMA_FIELDS: readonly FieldName[] = Object.entries(TABLES).flatMap(([api, tables]) =>
  Object.entries(tables).flatMap(([type, table]) =>
    Object.entries(table)
      .filter(([, shape]) => typeof shape === 'string' || 'oneOf' in shape)
      .map(([name]) => fieldName(api as Api, type, name)),
  ),
);

/** Fields that hold objects and lists. */
export const OUTER_FIELDS: readonly FieldName[] = Object.entries(TABLES).flatMap(([api, tables]) =>
  Object.entries(tables).flatMap(([type, table]) =>
    Object.entries(table)
      .filter(([, shape]) => typeof shape === 'object' && !('oneOf' in shape))
      .map(([name]) => fieldName(api as Api, type, name)),
  ),
);

/** Fields that bodies have and that no schema lists. */
export const SEEN_FIELDS: readonly FieldName[] = [
  'usage-api Counts.*',
  'usage-api ListedOrganization.orgId',
  'usage-api ListedOrganization.orgName',
  'usage-api ListedOrganization.usages',
  'usage-api ListedUsage.appId',
  'usage-api ListedUsage.usageQuantity',
];

/** An object of a body, with what its type says of its fields. */
export interface Place {
  readonly api: Api;
  readonly type: string;
  /** JSON pointer of the object; empty for the body. */
  readonly pointer: string;
  readonly value: JsonObject;
  /** The list that it is an entry of: its pointer and its field; null where it is none. */
  readonly list: { readonly pointer: string; readonly field: FieldName; readonly index: number } | null;
  readonly fields: readonly Slot[];
}

/** A field that stands there, or that could. */
export interface Slot {
  readonly name: string;
  readonly field: FieldName;
  readonly shape: FieldShape;
  readonly value: Json | undefined;
}

export function fieldName(api: Api, type: string, name: string): FieldName {
  return api === 'contract-api' ? `${type}.${name}` : `${api} ${type}.${name}`;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object of the body whose type is known, from the outside in. */
export function placesOf(api: Api, type: string, value: JsonObject, pointer = '', list: Place['list'] = null): Place[] {
  const table = TABLES[api][type] ?? {};
  // Some bodies of the usage API have fields that no schema lists.
  const unlisted = Object.keys(value).filter((name) => !(name in table) && api === 'usage-api');
  const fields = [...Object.keys(table), ...unlisted].map((name) => ({
    name,
    field: fieldName(api, type, type === 'Counts' ? '*' : name),
    shape: table[name] ?? shapeOf(type, name, value[name]),
    value: value[name],
  }));
  const own: Place = { api, type, pointer, value, list, fields };
  return [own, ...fields.flatMap((slot) => placesBelow(own, slot))];
}

function placesBelow({ api, pointer }: Place, { name, field, shape, value }: Slot): Place[] {
  if (typeof shape === 'string' || 'oneOf' in shape) return [];
  const at = `${pointer}/${name}`;
  if ('type' in shape) return isObject(value) ? placesOf(api, shape.type, value, at) : [];
  const entries = Array.isArray(value) ? value : [];
  return entries.flatMap((entry, index) =>
    isObject(entry) ? placesOf(api, shape.listOf, entry, `${at}/${index}`, { pointer: at, field, index }) : [],
  );
}

/** Of a field that no schema lists. */
function shapeOf(type: string, name: string, value: Json | undefined): FieldShape {
  if (type === 'ListedOrganization' && name === 'usages') return { listOf: 'ListedUsage' };
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return 'string';
}
