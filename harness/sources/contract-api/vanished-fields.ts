/**
 * Fields that the comparison stands on and that the API no longer sends. Every field is optional in the vendor's schema, so one
 * object without it says nothing; that none of many has it says that it is gone.
 */
import type { SchemaNote } from '../../domain/capture.ts';
import type { Evidence } from '../../domain/figure.ts';
import type { Cursor } from '../cursor.ts';
import type { ContractCapture, PeriodCapture } from './capture.ts';
import { current } from './contract.ts';

/** Of one kind of objects: how many were read, and which of the fields that are looked for any of them has. */
export interface FieldPresence {
  readonly type: string;
  /** Where the objects stand in their body. */
  readonly pointer: string;
  readonly fields: readonly string[];
  readonly objects: number;
  /** Of the first object; null: there is none. */
  readonly at: Evidence | null;
  readonly present: ReadonlySet<string>;
}

/** With fewer objects than these, a field may merely have nothing to say. */
const ENOUGH = 3;

export const vanishedFields = (presence: readonly FieldPresence[]): SchemaNote[] =>
  presence.flatMap((kind) => kind.fields.flatMap((field) => vanished(kind, field) ?? []));

function vanished({ type, pointer, objects, at, present }: FieldPresence, field: string): SchemaNote | null {
  if (at === null || objects < ENOUGH || present.has(field)) return null;
  return {
    side: 'contract',
    source: 'contract-api',
    type,
    pointer: `${pointer}/${field}`,
    kind: 'vanished-field',
    found: 'nothing',
    expected: `none of the ${objects} objects of this type has the field`,
    at: { exchange: at.exchange, pointer: `${at.pointer}/${field}` },
  };
}

/** Of two parts of a capture together, kind by kind. */
export const joinPresence = (a: readonly FieldPresence[], b: readonly FieldPresence[]): readonly FieldPresence[] =>
  a.map((kind, index) => {
    const other = b[index];
    if (other === undefined) return kind;
    return {
      ...kind,
      objects: kind.objects + other.objects,
      at: firstOf(kind.at, other.at),
      present: new Set([...kind.present, ...other.present]),
    };
  });

/** The same whichever part was read first. */
function firstOf(a: Evidence | null, b: Evidence | null): Evidence | null {
  if (a === null || b === null) return a ?? b;
  return `${a.exchange}#${a.pointer}` <= `${b.exchange}#${b.pointer}` ? a : b;
}

export function presenceIn(
  capture: Pick<ContractCapture, 'contracts' | 'invoices'>,
  periods: Pick<PeriodCapture, 'details'>,
): readonly FieldPresence[] {
  const below = (owners: readonly Cursor[], list: string): Cursor[] =>
    owners.flatMap((owner) => owner.field(list).items());
  const contracts = capture.contracts.map(({ document }) => document.root);
  const plans = below(contracts, 'plans');
  const charges = below(
    periods.details.map(({ document }) => document.root),
    'charges',
  );
  const invoices = capture.invoices.map(({ entity }) => entity);
  const lines = capture.invoices.flatMap((invoice) => invoice.lines ?? []);
  return [
    presenceOf('BillingContract', '', 'status dateStart billingPeriods plans', contracts),
    presenceOf(
      'BillingContractPeriod',
      '/billingPeriods/*',
      'id dateStart dateEnd',
      below(contracts, 'billingPeriods'),
    ),
    presenceOf('BillingPlan', '/plans/*', 'organizations product items', plans),
    presenceOf('BillingPlanItem', '/plans/*/items/*', 'price currencyIsoCode', below(plans, 'items')),
    presenceOf('BillingCharge', '/charges/*', 'product organizations actualQuantity', charges),
    presenceOf('BillingInvoice', '/entities/*', 'amount currencyIsoCode', invoices),
    presenceOf('BillingInvoiceItem', '/entities/*', 'product amount', lines),
  ];
}

function presenceOf(type: string, pointer: string, names: string, objects: readonly Cursor[]): FieldPresence {
  const fields = names.split(' ');
  const present = fields.filter((field) => objects.some((object) => current(object, field).isThere));
  const at = objects.map((object) => object.at).reduce<Evidence | null>(firstOf, null);
  return { type, pointer, fields, objects: objects.length, at, present: new Set(present) };
}
