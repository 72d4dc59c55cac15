/**
 * Fields that the comparison stands on and that the API no longer sends. Every field is optional in the vendor's schema, so one
 * object without it says nothing; that none of many has it says that it is gone.
 */
import type { SchemaNote } from '../../domain/capture.ts';
import type { Cursor } from '../cursor.ts';
import type { ContractCapture, PeriodCapture } from './capture.ts';
import { current } from './contract.ts';

interface Kind {
  readonly type: string;
  /** Where the objects stand in their body. */
  readonly pointer: string;
  readonly fields: readonly string[];
  readonly objects: readonly Cursor[];
}

/** With fewer objects than these, a field may merely have nothing to say. */
const ENOUGH = 3;

export function vanishedFields(capture: ContractCapture, periods: PeriodCapture): SchemaNote[] {
  return kindsOf(capture, periods).flatMap((kind) => kind.fields.flatMap((field) => vanished(kind, field) ?? []));
}

function vanished({ type, pointer, objects }: Kind, field: string): SchemaNote | null {
  const [first] = objects;
  if (first === undefined || objects.length < ENOUGH) return null;
  if (objects.some((object) => current(object, field).isThere)) return null;
  return {
    side: 'contract',
    source: 'contract-api',
    type,
    pointer: `${pointer}/${field}`,
    kind: 'vanished-field',
    found: 'nothing',
    expected: `none of the ${objects.length} objects of this type has the field`,
    at: { exchange: first.at.exchange, pointer: `${first.at.pointer}/${field}` },
  };
}

function kindsOf(capture: ContractCapture, periods: PeriodCapture): Kind[] {
  const below = (owners: readonly Cursor[], list: string): Cursor[] =>
    owners.flatMap((owner) => owner.field(list).items());
  const contracts = capture.contracts.map(({ document }) => document.root);
  const plans = below(contracts, 'plans');
  const charges = below(
    periods.details.map(({ document }) => document.root),
    'charges',
  );
  const invoices = capture.invoices.map(({ entity }) => entity);
  const kind = (type: string, pointer: string, fields: string, objects: readonly Cursor[]): Kind => ({
    type,
    pointer,
    fields: fields.split(' '),
    objects,
  });
  return [
    kind('BillingContract', '', 'status dateStart billingPeriods plans', contracts),
    kind('BillingContractPeriod', '/billingPeriods/*', 'id dateStart dateEnd', below(contracts, 'billingPeriods')),
    kind('BillingPlan', '/plans/*', 'organizations product items', plans),
    kind('BillingPlanItem', '/plans/*/items/*', 'price currencyIsoCode', below(plans, 'items')),
    kind('BillingCharge', '/charges/*', 'product organizations actualQuantity', charges),
    kind('BillingInvoice', '/entities/*', 'amount currencyIsoCode', invoices),
    kind(
      'BillingInvoiceItem',
      '/entities/*',
      'product amount',
      capture.invoices.flatMap(({ lines }) => lines ?? []),
    ),
  ];
}
