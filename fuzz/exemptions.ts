/** Changes that need leave no trace: by field, with the reason, and the reading of the comparison that makes them meaningless. */
import type { Change, ChangeKind } from './changes.ts';
import type { JsonObject } from './corpus.ts';
import type { At } from './spots.ts';
import type { FieldName } from './wire.ts';

/** What limits of exemptions look at. */
export interface FamilyFacts {
  readonly world: { readonly sources: readonly string[] };
  /** Of the periods that legacy states. */
  readonly days: readonly { readonly from: string; readonly to: string }[];
  /** Another charge of its product states more, or as much. */
  isCut(charge: JsonObject): boolean;
  /** Another contract states the day on which legacy's subscription starts. */
  isStartOfAnother(contract: JsonObject): boolean;
  /** One charge names both organisations. */
  isShared(org: string, other: string): boolean;
  /** Another contract of one of its organisations is in force in the compared period. */
  isBesideAnother(contract: JsonObject): boolean;
  /** No line of the invoice touches a compared period. */
  isElsewhen(invoice: JsonObject): boolean;
  /** The charge that the place is in states no quantity and bills nothing. */
  isOfNothing(at: At): boolean;
  /** Another row of the part number, of another organisation, is there. */
  isStatedElsewhere(row: JsonObject): boolean;
  /** The scenario has both SKUs stand for one product. */
  isOneProduct(sku: string, other: string): boolean;
  /** The accounts of the clean run call the record compared. */
  isCompared(change: Pick<Change, 'at' | 'other'>): boolean;
}

export interface Exemption {
  readonly fields: readonly FieldName[];
  /** Left out: any change of the field. */
  readonly kinds?: readonly ChangeKind[];
  /** Further limits, in `reason` in words. */
  readonly when?: (change: Change, family: FamilyFacts) => boolean;
  readonly reason: string;
  /** How the comparison reads the APIs. */
  readonly reading: string;
}

const GONE: readonly ChangeKind[] = ['field deleted', 'field null', 'list emptied'];
const MOVED_A_DAY: readonly ChangeKind[] = ['a day later', 'a day earlier'];
const of = (type: string, ...names: readonly string[]): FieldName[] => names.map((name) => `${type}.${name}`);
const isNothing = (value: unknown): boolean => value === undefined || value === null || Number(value) === 0;

/** Nobody reads the field, whatever stands in it. */
const UNREAD: readonly Exemption[] = [
  {
    fields: [
      ...of('Customer', 'id', 'number', 'name'),
      ...of('BillingContract', 'billToCustomer', 'soldToCustomer', 'endCustomer'),
      ...of('BillingInvoice', 'billToCustomer', 'shipToCustomer', 'soldToCustomer'),
    ],
    reason: 'who is sent the bill is not who is billed for use',
    reading: 'Figures belong to the organisations that plans, charges, wallets and invoice lines name.',
  },
  {
    fields: [
      ...of('BillingInvoice', 'billToAddress', 'shipToAddress'),
      ...of('InvoiceAddress', 'dateEffective', 'addressType', 'currencyIsoCode', 'line1', 'line2', 'line3', 'cityName'),
      ...of('InvoiceAddress', 'postalCode', 'stateCode', 'countryCode', 'citySubdivision1', 'regionSubdivision1'),
      ...of('InvoiceAddress', 'regionSubdivision2', 'country'),
    ],
    reason: 'an address bills nothing; all quantities and prices are before tax',
    reading: 'Figures belong to the organisations that plans, charges, wallets and invoice lines name.',
  },
  {
    fields: of(
      'BillingInvoice',
      'paymentStatus',
      'paymentTerms',
      'paymentLink',
      'customerPoNumber',
      'customerInvoiceType',
    ),
    reason: 'how and when an invoice is paid does not change what it bills',
    reading: 'An invoice is held against its own lines, and its lines against the charges.',
  },
  {
    fields: of('BillingContract', 'commercialModel', 'purchaseOrderNumbers', 'externalNumber'),
    reason: 'labels of a contract, which legacy does not have; contracts are known by their id',
    reading: 'A contract is compared by its organisations, dates, status, periods and plans.',
  },
  {
    fields: [
      ...of('BillingPlan', 'id', 'name'),
      ...of('BillingPlanItem', 'itemNumber', 'name', 'function', 'description', 'dateChargedThrough'),
      ...of('BillingCharge', 'id', 'name'),
      ...of('BillingWallet', 'id', 'name'),
      ...of('BillingProduct', 'id', 'name'),
      ...of('BillingInvoiceItem', 'id', 'description', 'dateTransacted'),
    ],
    reason: 'names and numbers of parts, to which no other part refers but by product and organisation',
    reading:
      'What stands against what is decided by organisation, product and dates; names are compared as facts, or not at all.',
  },
  {
    fields: of('BillingPlanItem', 'discountAmount'),
    reason: 'the price is net of it already',
    reading: "A plan item's price is net; its discount is per unit and for information.",
  },
  {
    fields: [
      ...of('NamedEntity', 'name', 'selfUri'),
      ...of('partner-billing NamedEntity', 'name', 'selfUri'),
      ...of('usage-api OrganizationSubscription', 'orgName'),
      ...of('usage-api ListedOrganization', 'orgName'),
    ],
    reason: 'an organisation is its id',
    reading: 'Another spelling of a name, its Unicode form or a space at its end say nothing where the ids agree.',
  },
  {
    fields: [
      ...of('BillingContractListing', 'selfUri', 'previousUri'),
      ...of('BillingInvoiceListing', 'selfUri', 'previousUri'),
      ...of('BillingInvoiceItemListing', 'selfUri', 'previousUri'),
    ],
    reason: 'listings are walked forward, by nextUri',
    reading: 'An address of another structure than the one asked for says nothing of whose answer it is.',
  },
  {
    fields: of('UrlResponse', 'url', 'selfUri'),
    reason: 'a link to a document, which only the validation of the contract side follows',
    reading: 'An invoice is held against its own lines, and its lines against the charges.',
  },
  {
    fields: [
      ...of(
        'partner-billing TrusteeBillingOverview',
        'id',
        'name',
        'selfUri',
        'enabledProducts',
        'contractAmendmentDate',
      ),
      ...of('partner-billing SubscriptionOverviewUsage', 'usageNotes', 'isCancellable'),
    ],
    reason: 'the contract side has no counterpart, and no figure follows from it',
    reading: 'An answer says whose it is by its organisation; what was amended shows in rates and quantities.',
  },
  {
    fields: of('usage-api ListedUsage', 'usageQuantity'),
    reason: "the organisation's own answer states the quantity",
    reading:
      "Listings of organisations are for membership and counts; quantities come from the organisation's own answer.",
  },
  {
    fields: [...of('usage-api UsageRow', 'name', 'appId'), ...of('partner-billing SubscriptionOverviewUsage', 'name')],
    reason: 'a row of usage is its part number',
    reading: 'Part numbers stand for SKUs as the scenario maps them; names are other clothes of the same fact.',
  },
];

/** What is left out states nothing, where somebody else says it or there is nothing to say. */
const LEFT_OUT: readonly Exemption[] = [
  {
    fields: [
      ...of('usage-api UsageRow', 'unitOfMeasureType'),
      ...of('partner-billing SubscriptionOverviewUsage', 'unitOfMeasureType'),
    ],
    kinds: GONE,
    when: ({ owner }) => /^fair-use$/i.test(String(owner['grouping'])),
    reason: 'a fair-use row that leaves out its unit',
    reading:
      'A fair-use row is the allowance of the usage row of the same name, in the unit of that where it states none.',
  },
  {
    fields: [
      ...of('usage-api OrganizationSubscription', 'subscriptionType', 'currency', 'contractEffectiveDate'),
      ...of('usage-api OrganizationSubscription', 'contractEndDate', 'rampPeriodStartDate', 'rampPeriodEndDate'),
      ...of('usage-api UsageRow', 'grouping', 'unitOfMeasureType', 'prepayQuantity', 'usageQuantity', 'prepayPrice'),
      ...of('usage-api UsageRow', 'overagePrice', 'bundleQuantity'),
      ...of('partner-billing TrusteeBillingOverview', 'subscriptionType', 'currency', 'contractEffectiveDate'),
      ...of('partner-billing TrusteeBillingOverview', 'contractEndDate', 'rampPeriodStartDate', 'rampPeriodEndDate'),
      ...of('partner-billing SubscriptionOverviewUsage', 'grouping', 'unitOfMeasureType', 'prepayPrice'),
      ...of('partner-billing SubscriptionOverviewUsage', 'overagePrice', 'bundleQuantity'),
    ],
    kinds: [...GONE, 'field added'],
    when: (_change, { world }) => world.sources.length > 1,
    reason: 'with both legacy sources, where the other one states it',
    reading:
      'The usage API comes first, partner billing fills in what it leaves out, and both are compared where both speak.',
  },
  {
    fields: [
      ...of('usage-api UsageRow', 'unitOfMeasureType', 'prepayPrice'),
      ...of('partner-billing SubscriptionOverviewUsage', 'unitOfMeasureType', 'prepayPrice'),
    ],
    kinds: GONE,
    when: ({ owner }, family) => family.isStatedElsewhere(owner),
    reason: 'of one row of a line whose other rows (of the organisations that a charge joins) state the same',
    reading: 'A charge over several organisations is compared with all their rows: what one leaves out the others say.',
  },
  {
    fields: [
      ...of('usage-api OrganizationSubscription', 'contractEffectiveDate', 'contractEndDate', 'subscriptionType'),
      ...of('partner-billing TrusteeBillingOverview', 'contractEffectiveDate', 'contractEndDate', 'subscriptionType'),
    ],
    kinds: GONE,
    reason: 'a date that only the contract side states cannot be compared, and is not counted as missing',
    reading:
      'What only the contract side states of dates is not comparable, outside coverage: legacy leaves dates out.',
  },
  {
    fields: [
      ...of(
        'BillingContract',
        'status',
        'dateStart',
        'dateEnd',
        'dateRampStart',
        'dateRampEnd',
        'billingPeriods',
        'plans',
      ),
    ],
    kinds: GONE,
    when: ({ copy }) => copy === 'listing alone',
    reason: 'left out of the listing, where the contract by id states it',
    reading: 'Of listing and contract by id the union is looked at: only what both state can differ.',
  },
  {
    fields: [
      ...of('BillingContractPeriodDetail', 'dateStart', 'dateEnd', 'status'),
      ...of('BillingContractPeriod', 'status', 'dateStart', 'dateEnd'),
    ],
    kinds: GONE,
    reason: "left out of the period's own answer or of the contract's list, where the other one states it",
    reading:
      "What a billing period leaves out of its own answer is taken from the contract's list of periods, and the other way round.",
  },
  {
    fields: [
      ...of('BillingCharge', 'prepaidQuantity', 'fairuseQuantity', 'overageQuantity', 'overageRate', 'overageCharge'),
      ...of('BillingCharge', 'overageCurrency', 'tokenConversionRate', 'convertedTokenCount'),
      ...of('BillingWallet', 'startingBalance', 'endingBalance', 'balanceIncrease', 'balanceDecrease'),
      ...of('BillingWallet', 'balanceConsumption', 'balanceOverage', 'balanceOverageRate', 'balanceOverageCharge'),
      ...of('BillingWallet', 'balanceOverageCurrency'),
    ],
    kinds: [...GONE, 'field added'],
    when: ({ from, to, owner }) =>
      (isNothing(from) && isNothing(to)) ||
      (typeof from !== 'undefined' && isNothing(owner['overageCharge']) && isNothing(owner['balanceOverageCharge'])),
    reason: 'where it is 0, or where nothing is billed over the commitment',
    reading:
      'No overage is a rate, a quantity or a charge of 0, or none at all; an amount of nothing needs no currency.',
  },
  {
    fields: [
      ...of('usage-api UsageRow', 'prepayPrice', 'overagePrice', 'prepayQuantity'),
      ...of('partner-billing SubscriptionOverviewUsage', 'prepayPrice', 'overagePrice'),
    ],
    kinds: ['field added'],
    reason: 'a price on a row of which nothing is billed, or that states an allowance',
    reading: 'No overage is a rate of 0, or none at all; a fair-use row states an allowance alone.',
  },
  {
    fields: [
      ...of('usage-api UsageRow', 'bundleQuantity'),
      ...of('partner-billing SubscriptionOverviewUsage', 'bundleQuantity'),
    ],
    kinds: [...GONE, 'field added', 'one more', 'a cent more', 'much more'],
    when: ({ from, to, owner }) =>
      (from === undefined ? Number(to) === 1 : Number(from) === 1 && to == null) || isNothing(owner['prepayQuantity']),
    reason: 'a multiplier of 1 or none; or one of a commitment of 0',
    reading: 'Committed units are the commitment times the bundle quantity.',
  },
  {
    fields: of('BillingCharge', 'overageRate', 'overageCurrency'),
    kinds: GONE,
    reason: 'a charge that leaves it out bills at the rate and in the currency of its plan',
    reading: "A charge's rate and currency are its own, else those that its own plan states.",
  },
  {
    fields: of('BillingCharge', 'actualQuantity'),
    kinds: ['one more', 'a cent more', 'field deleted', 'field null', 'value swapped'],
    when: ({ owner }, family) => family.isCut(owner),
    reason:
      'of a licence or a peak in a period cut by an amendment, where another piece states more; a use that is left out counts as zero, as in every sum',
    reading: 'Over time metered sums add; licences and peaks take the maximum of the pieces.',
  },
  {
    fields: of('NamedEntity', 'id'),
    kinds: ['another value', 'value swapped'],
    when: ({ pattern, from, to }, family) =>
      pattern.startsWith('BillingInvoiceItemListing') && family.isShared(String(from), String(to)),
    reason: 'an invoice line of a charge over several organisations names any of them',
    reading: 'An invoice line belongs to the charge of its product and period that names its organisation.',
  },
  {
    fields: of('BillingProduct', 'unitOfMeasure'),
    kinds: ['another value', 'value swapped'],
    when: ({ pattern }) => !pattern.includes('/charges/'),
    reason: "of a plan, a wallet or an invoice line that states its own unit beside its product's",
    reading: "A record's own unit of measure stands before that of its product.",
  },
  {
    fields: of('usage-api OrganizationSubscription', 'orgId'),
    kinds: GONE,
    reason: 'the answer then does not name itself, and holds its rows of usage',
    reading:
      'An answer that names nobody is accepted where it holds what was asked for; no field name of this body is certain.',
  },
  {
    fields: [...of('BillingProduct', 'sku')],
    kinds: GONE,
    reason: 'the id of the product leads to the plan, which states the SKU',
    reading: 'A charge that leaves out its SKU is that of the plan of the same product.',
  },
  {
    fields: [
      ...of('BillingPlan', 'organizations'),
      ...of('BillingWallet', 'organizations'),
      ...of('NamedEntity', 'id'),
    ],
    kinds: [...GONE, 'record deleted', 'record moved'],
    when: ({ pattern }) => /\/(plans|wallets)\//.test(pattern),
    reason: 'a plan or a wallet may name nobody: charges then name them',
    reading:
      "A charge is held against the plan of its own organisations, and where that names nobody, against the contract's other plans of the SKU.",
  },
  {
    fields: [
      ...of('BillingPlan', 'organizations'),
      ...of('BillingCharge', 'organizations'),
      ...of('BillingWallet', 'organizations'),
      ...of('usage-api ListedOrganization', 'usages'),
      ...of('usage-api OrganizationListing', 'organizations'),
    ],
    kinds: ['record doubled'],
    reason: 'the same organisation or app, named twice in one list',
    reading: 'Nothing is counted twice.',
  },
  {
    fields: [
      ...of('BillingPlanItem', 'quantity', 'currencyIsoCode', 'price', 'overagePrice'),
      ...of('BillingInvoiceItem', 'quantity'),
    ],
    kinds: [...GONE, 'field added'],
    reason: 'a plan or an invoice line that leaves it out states nothing against the charge',
    reading:
      "The fee is the charges' prepaid quantity times the plan's price; the charge states the currency, and an invoice line is held against it by its amount.",
  },
  {
    fields: [
      ...of('BillingProduct', 'unitOfMeasure'),
      ...of('BillingPlanItem', 'unitOfMeasure'),
      ...of('BillingWallet', 'unitOfMeasure'),
      ...of('BillingInvoiceItem', 'unitOfMeasure'),
    ],
    kinds: GONE,
    reason: 'a unit stands in several places of the contract side, and one is enough',
    reading: 'A unit that a record leaves out is that of its product or of its plan.',
  },
];

/** What is there changes nothing that is compared. */
const MEANINGLESS: readonly Exemption[] = [
  {
    fields: of('BillingPlanItem', 'dateEffectiveStart', 'dateEffectiveEnd'),
    kinds: [...GONE, ...MOVED_A_DAY, 'a year earlier', 'a year later', 'field added', 'value swapped'],
    when: ({ owner, to, field }, { days }) => {
      const start = String((field.endsWith('Start') ? to : owner['dateEffectiveStart']) ?? '');
      const end = String((field.endsWith('End') ? to : owner['dateEffectiveEnd']) ?? '9');
      return days.every(({ from, to: last }) => from <= end && start <= last);
    },
    reason: 'where the item is in force on some day of the compared period before and after',
    reading: 'Each plan item that is in force on some day of the period may be the one that legacy states.',
  },
  {
    fields: of('BillingContract', 'status', 'dateStart', 'dateEnd', 'dateRampStart', 'dateRampEnd'),
    when: ({ copy, owner }, { days }) =>
      copy !== 'listing alone' && days.every(({ from }) => String(owner['dateEnd'] ?? '9') < from),
    reason: 'of a contract that ended before the compared period, where listing and contract by id agree',
    reading: 'Only a contract that is in force in the period stands against the subscription.',
  },
  {
    fields: of('BillingContract', 'dateStart'),
    kinds: MOVED_A_DAY,
    when: ({ copy, owner }, family) => copy !== 'listing alone' && family.isStartOfAnother(owner),
    reason: 'of a renewal, where the first contract of the chain states the start that legacy states',
    reading:
      'Legacy may state the start of any contract in force, or of the whole unbroken chain of renewals; a day more or less breaks none.',
  },
  {
    fields: of('BillingContract', 'dateStart', 'dateEnd'),
    when: ({ copy, owner }, family) => copy !== 'listing alone' && family.isBesideAnother(owner),
    reason: 'of one of several contracts of an organisation, where another one states the date that legacy states',
    reading: 'Legacy may state the dates of any contract of the organisation that is in force.',
  },
  {
    fields: of('BillingInvoice', 'currencyIsoCode'),
    when: ({ owner }, family) => family.isElsewhen(owner),
    reason: 'of an invoice all of whose lines lie outside the compared periods',
    reading:
      'A line wholly outside the compared periods is out of scope; the sum of the lines is compared in any currency.',
  },
  {
    fields: [
      ...of('BillingCharge', 'organizations', 'actualQuantity'),
      ...of('NamedEntity', 'id'),
      ...of('BillingProduct', 'sku'),
    ],
    kinds: [...GONE, 'another value'],
    when: ({ pattern, at }, family) => pattern.includes('/charges/') && at.every((one) => family.isOfNothing(one)),
    reason: 'of a charge of nothing',
    reading: 'A product all zero on one side and absent on the other is the same, either way round.',
  },
  {
    fields: of('BillingCharge', 'tokenConversionRate'),
    kinds: ['a cent more'],
    reason: 'where the count that follows from it is the same at the places that it states',
    reading:
      '`convertedTokenCount` is the use divided by the rate, at the places that the count states, however rounded.',
  },
  {
    fields: of('BillingContract', 'dateEnd'),
    kinds: MOVED_A_DAY,
    when: ({ copy }) => copy === 'both alike',
    reason: "where its own last billing period is all that tells how the contract's end is read",
    reading: "Whether an end date is inclusive is inferred: that of contract and ramp from the contract's own periods.",
  },
  {
    fields: of('BillingPlanItem', 'type'),
    kinds: [...GONE, 'unknown value'],
    reason: 'of an item that is not billed once: the vendor lists no types',
    reading: 'An item is recurring unless its type says that it is billed once.',
  },
  {
    fields: of('BillingInvoice', 'dateInvoiced'),
    reason: "which period a line bills is said by the line's own dates",
    reading: 'Invoice lines are placed by their own organisation, product and dates.',
  },
  {
    fields: [...of('usage-api UsageRow', 'grouping'), ...of('partner-billing SubscriptionOverviewUsage', 'grouping')],
    when: ({ from }) => !/^(fair-use|rollup-usage)$/i.test(String(from)),
    reason:
      'of a row that is neither an allowance nor the breakdown of another row, where the scenario states the kind',
    reading: "How use adds up over time is the scenario's kind, else the unit's, else a grouping that says it.",
  },
  {
    fields: [
      ...of('partner-billing SubscriptionOverviewUsage', 'usageQuantity', 'partNumber', 'bundleQuantity'),
      ...of('usage-api UsageRow', 'usageQuantity', 'partNumber', 'bundleQuantity'),
    ],
    when: ({ owner }) => /^fair-use$/i.test(String(owner['grouping'])) && owner['prepayQuantity'] != null,
    reason: 'of a fair-use row that states its allowance',
    reading:
      'A fair-use row is the allowance of the usage row of the same name: its prepay quantity, else its usage quantity.',
  },
  {
    fields: [
      ...of('partner-billing SubscriptionOverviewUsage', 'prepayQuantity'),
      ...of('usage-api UsageRow', 'prepayQuantity'),
    ],
    kinds: ['value swapped'],
    when: ({ owner, to }) =>
      /^fair-use$/i.test(String(owner['grouping'])) &&
      isNothing(to) &&
      Number(owner['usageQuantity']) === Number(owner['prepayQuantity']),
    reason: 'of a fair-use row that states its allowance twice',
    reading:
      'A fair-use row is the allowance of the usage row of the same name: its prepay quantity, else its usage quantity.',
  },
  {
    fields: of('partner-billing SubscriptionOverviewUsage', 'isThirdParty'),
    reason: 'outside the ramp period',
    reading: "In the ramp period what is not a third party's may be free; at all other times both are billed.",
  },
  {
    fields: of('partner-billing TrusteeBillingOverview', 'inRampPeriod'),
    reason: "where all compared rows are a third party's, which are charged in the ramp, too",
    reading: "In the ramp period what is not a third party's may be free; at all other times both are billed.",
  },
  {
    fields: of('partner-billing TrusteeBillingOverview', 'minimumMonthlyAmount'),
    kinds: [...GONE, 'one more', 'a cent more', 'value swapped'],
    reason: 'a minimum that the rows reach',
    reading: 'The minimum is held against the sum of all rows of that answer: one that they reach bills nothing.',
  },
];

const idIn = (owner: JsonObject | undefined, name: string): string => {
  const value = owner?.[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? String(value['id']) : String(value);
};
const appsOf = (value: unknown): string =>
  Array.isArray(value)
    ? value
        .map((usage) => String((usage as JsonObject)['appId']))
        .sort()
        .join(' ')
    : '';

/** Two records that carry each other's value, where no sum and no record is compared by itself. */
const SWAPPED: readonly Exemption[] = [
  {
    fields: of('BillingInvoiceItem', 'organization', 'quantity', 'amount'),
    kinds: ['value swapped'],
    when: ({ owner, other }, family) =>
      family.isShared(idIn(owner, 'organization'), idIn(other?.owner, 'organization')),
    reason: 'between the invoice lines of one charge over several organisations',
    reading: 'Invoice lines of one charge are held against it together: amounts are a sum to be used up.',
  },
  {
    fields: of('BillingCharge', 'fairuseQuantity'),
    kinds: ['value swapped'],
    when: ({ at, other }) => at[0]?.exchange !== other?.at[0]?.exchange,
    reason: 'between the pieces of a period that an amendment cut, of a product that adds up over time',
    reading: 'Several charges of one line in one period: sums add.',
  },
  {
    fields: of('BillingContract', 'dateStart', 'dateEnd'),
    kinds: ['value swapped'],
    when: ({ copy }) => copy === 'both alike',
    reason: 'between the contracts of an unbroken chain of renewals',
    reading: 'Legacy may state the first start and the last end of an unbroken chain of renewals.',
  },
  {
    fields: [
      ...of('usage-api OrganizationListing', 'organizations'),
      ...of('usage-api ListedOrganization', 'orgId', 'usages'),
    ],
    kinds: ['value swapped'],
    when: ({ owner, other }) => appsOf(owner['usages']) === appsOf(other?.owner['usages']),
    reason: 'between organisations that the listing lists for the same apps',
    reading:
      "Listings of organisations are for membership and counts; quantities come from the organisation's own answer.",
  },
  {
    fields: of('usage-api ListedUsage', 'appId'),
    kinds: ['value swapped'],
    when: ({ at, other }) => parentOf(at[0]) === parentOf(other?.at[0]),
    reason: 'between the apps of one organisation in the listing',
    reading:
      "Listings of organisations are for membership and counts; quantities come from the organisation's own answer.",
  },
  {
    fields: of('usage-api OrganizationSubscription', 'usages'),
    kinds: ['value swapped'],
    when: ({ owner, other }) => idIn(owner, 'orgId').toLowerCase() === idIn(other?.owner, 'orgId').toLowerCase(),
    reason: 'between the answers of one organisation in two regions',
    reading: 'An organisation that several regions list is asked in each, and all its rows are compared.',
  },
  {
    fields: of('usage-api OrganizationSubscription', 'usages'),
    kinds: ['value swapped'],
    when: ({ owner, other }, family) => family.isShared(idIn(owner, 'orgId'), idIn(other?.owner, 'orgId')),
    reason: 'between organisations all of whose charges they share',
    reading: 'A charge over several organisations is compared with the sum of their own figures, overages included.',
  },
  {
    fields: of('BillingProduct', 'sku'),
    kinds: ['value swapped'],
    when: ({ from, to }, family) => family.isOneProduct(String(from), String(to)),
    reason: 'between SKUs that stand for one product at one price',
    reading: 'Several SKUs that stand for one part number are compared as their sum.',
  },
  {
    fields: of('BillingPlan', 'organizations'),
    kinds: ['value swapped'],
    when: ({ from, to }) => orgIdsOf(from).every((id) => orgIdsOf(to).includes(id)),
    reason: 'where the plan then names one more, for whom nothing is used',
    reading: 'A plan may name an organisation that uses nothing.',
  },
];

const orgIdsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((org) => String((org as JsonObject)['id']).toLowerCase()) : [];

const parentOf = (at: At | undefined): string => `${at?.exchange} ${at?.pointer.replace(/\/\d+$/, '')}`;

export const EXEMPTIONS: readonly Exemption[] = [...UNREAD, ...LEFT_OUT, ...MEANINGLESS, ...SWAPPED];

/** The first that covers the change; null: it must leave a trace. Of records that swap values, each that is compared is covered. */
export function exemptionOf(change: Change, family: FamilyFacts): Exemption | null {
  const found = halvesOf(change, family).map((half) => exemptionOfOne(half, family));
  return found.includes(null) ? null : (found[0] ?? null);
}

function halvesOf(change: Change, family: FamilyFacts): readonly Change[] {
  const { other, owner, at, from, to } = change;
  if (other === undefined) return [change];
  const theirs = { ...change, owner: other.owner, at: other.at, other: { owner, at }, from: to, to: from };
  return [change, theirs].filter((half) => family.isCompared({ at: half.at }));
}

function exemptionOfOne(change: Change, family: FamilyFacts): Exemption | null {
  const covers = ({ fields, kinds, when }: Exemption): boolean =>
    fields.includes(change.field) &&
    (kinds === undefined || kinds.includes(change.kind)) &&
    (when === undefined || when(change, family));
  return EXEMPTIONS.find(covers) ?? null;
}
