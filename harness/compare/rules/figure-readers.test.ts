/** Every figure has a reader: each field of the wire is named by a rule, or listed here with the reading that takes it away. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from './registry.ts';

const SOURCES = ['contract-api', 'usage-api', 'partner-billing'] as const;
const named = RULES.map(({ doc, example }) => `${doc}\n${example}`).join('\n');
const isNamed = (field: string): boolean => new RegExp(`(?<![A-Za-z])${field}(?![A-Za-z])`).test(named);

const PEOPLE = 'for people: names and words are compared as facts nowhere (design, section 8, units)';
const BUYER = 'who is sent the invoice; the organisation is what both sides name';
const SETTLING = 'how an invoice is paid, not what it bills';
const OWNER = 'says whose it is: by it a line finds its charges and an answer its organisation';
const WIRE = 'how the wire is walked, no statement about billing; a page that is lost is told by `paging`';

/** By wire type and field. A field of a figure that no rule names has to be argued for here. */
const EXEMPT: Readonly<Record<string, string>> = {
  'BillingPlanItem.itemNumber': 'tells items of one plan apart in `listing-detail-agreement`',
  'BillingPlanItem.function': PEOPLE,
  'BillingPlanItem.description': PEOPLE,
  'BillingPlanItem.dateChargedThrough':
    'how far billing has come, no term of the plan; listing and detail must agree on it',
  'BillingPlanItem.dateEffectiveStart':
    'decides which items are in force, whose prices and quantities `committed-rate` and `plan-charge-agreement` compare',
  'BillingPlanItem.dateEffectiveEnd': 'as dateEffectiveStart',
  'BillingPlanItem.discountAmount': 'the price is net; the discount is for information (design, section 8, prices)',
  'BillingContract.externalNumber': PEOPLE,
  'BillingContract.commercialModel': 'a free string whose values are not public',
  'BillingContract.purchaseOrderNumbers': BUYER,
  'BillingContract.billToCustomer': BUYER,
  'BillingContract.soldToCustomer': BUYER,
  'BillingContract.endCustomer': BUYER,
  'BillingInvoice.billToCustomer': BUYER,
  'BillingInvoice.shipToCustomer': BUYER,
  'BillingInvoice.soldToCustomer': BUYER,
  'BillingInvoice.billToAddress': BUYER,
  'BillingInvoice.shipToAddress': BUYER,
  'BillingInvoice.customerPoNumber': BUYER,
  'BillingInvoice.customerInvoiceType': BUYER,
  'BillingInvoice.dateInvoiced': 'decides which invoices are asked for; their lines state the dates that are billed',
  'BillingInvoice.paymentStatus': SETTLING,
  'BillingInvoice.paymentTerms': SETTLING,
  'BillingInvoice.paymentLink': SETTLING,
  'BillingInvoiceItem.description': PEOPLE,
  'BillingInvoiceItem.dateTransacted': 'when the line was booked; its start and end say what it bills',
  'UsageRow.appId': 'read by `product-mapping` and `organization-count` as the app of the scenario',
  'OrganizationSubscription.orgId': 'read by `org-missing-in-contract` as the organisation',
  'OrganizationSubscription.orgName': PEOPLE,
  'OrganizationSubscription.subscriptionType':
    'read by `source-agreement` (the subscription type) and by the overage rules (`trial`)',
  'TrusteeBillingOverview.subscriptionType': 'as in the usage API',
  'TrusteeBillingOverview.inRampPeriod': 'read by the overage rules (`ramp`)',
  'TrusteeBillingOverview.enabledProducts': 'no quantity and no price: what is billed stands in the usages',
  'TrusteeBillingOverview.contractAmendmentDate': 'has no counterpart on the contract side',
  'SubscriptionOverviewUsage.usageNotes': PEOPLE,
  'SubscriptionOverviewUsage.isCancellable': 'no term of billing; has no counterpart on the contract side',
  'SubscriptionOverviewUsage.isThirdParty': 'decides whether the ramp period is free (design, section 8, what is free)',
  'BillingInvoiceItem.organization': OWNER,
  'TrusteeBillingOverview.organization': OWNER,
  'OrganizationSubscription.usages': WIRE,
  'TrusteeBillingOverview.usages': WIRE,
  'TrusteeBillingOverview.selfUri': WIRE,
  'Listing.entities': WIRE,
  'Listing.selfUri': WIRE,
  'UrlResponse.url': WIRE,
};
const EXEMPT_TYPES: Readonly<Record<string, string>> = { InvoiceAddress: BUYER };

/** `Type.field` of every wire type, as the sources write them down; agreement with the vendor's SDK is held elsewhere. */
function wireFields(): readonly (readonly [string, string])[] {
  return SOURCES.flatMap((source) => {
    const text = readFileSync(new URL(`../../sources/${source}/wire.ts`, import.meta.url), 'utf8');
    return [...text.matchAll(/export interface (\w+)[^{]*\{\n([\s\S]*?)\n\}/g)].flatMap(([, type = '', body = '']) =>
      [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, field = '']) => [type, field] as const),
    );
  });
}

describe('every field of the wire', () => {
  const fields = wireFields();

  it('is found', () => {
    const names = fields.map(([type, field]) => `${type}.${field}`);
    expect(names.length).toBeGreaterThan(120);
    expect(names).toEqual(expect.arrayContaining(['BillingCharge.overageCharge', 'UsageRow.usageQuantity']));
  });

  it('is named by a rule, or taken away by a reading', () => {
    const silent = fields.filter(
      ([type, field]) =>
        !isNamed(field) && EXEMPT_TYPES[type] === undefined && EXEMPT[`${type}.${field}`] === undefined,
    );
    expect(silent.map(([type, field]) => `${type}.${field}`)).toEqual([]);
  });

  it('is exempt only while it is there and no rule names it', () => {
    const there = new Set(fields.map(([type, field]) => `${type}.${field}`));
    const stale = Object.keys(EXEMPT).filter((name) => !there.has(name) || isNamed(name.slice(name.indexOf('.') + 1)));
    expect(stale).toEqual([]);
    expect(Object.keys(EXEMPT_TYPES).filter((type) => !fields.some(([one]) => one === type))).toEqual([]);
  });
});
