/** Which rules stand on which field of the contract API: what its loss does to a comparison. */
import type { RuleId } from '../../../domain/rule-ids.ts';

type Fields = Readonly<Record<string, readonly RuleId[]>>;

const WHO: readonly RuleId[] = ['org-missing-in-contract', 'product-missing-in-contract'];
const FIGURES: readonly RuleId[] = ['actual-quantity', 'committed-quantity', 'overage-quantity', 'overage-charge'];
const PERIOD: readonly RuleId[] = ['period-start', 'period-end', 'period-contiguity'];
const INVOICE: readonly RuleId[] = ['invoice-total', 'invoice-charge-agreement'];

const period: Fields = { id: FIGURES, dateStart: PERIOD, dateEnd: PERIOD };
const listing: Fields = { entities: WHO, nextUri: ['paging', ...WHO] };
const balances = ['startingBalance', 'endingBalance', 'balanceIncrease', 'balanceDecrease', 'balanceConsumption'];

const STANDS_ON: Readonly<Record<string, Fields>> = {
  BillingContractListing: listing,
  BillingInvoiceListing: { entities: INVOICE, nextUri: ['paging', ...INVOICE] },
  BillingInvoiceItemListing: { entities: INVOICE, nextUri: ['paging', ...INVOICE] },
  NamedEntity: { id: WHO },
  BillingProduct: { sku: ['product-missing-in-contract', ...FIGURES], unitOfMeasure: ['unit-of-measure'] },
  BillingContract: {
    id: FIGURES,
    status: ['contract-status'],
    dateStart: ['contract-start'],
    dateEnd: ['contract-end'],
    dateRampStart: ['ramp-start'],
    dateRampEnd: ['ramp-end'],
    billingPeriods: [...FIGURES, ...PERIOD],
    plans: ['committed-rate', 'plan-charge-agreement', 'organization-count'],
  },
  BillingContractPeriod: period,
  BillingContractPeriodDetail: { ...period, charges: FIGURES, wallets: ['wallet-balance'] },
  BillingPlan: {
    organizations: ['org-missing-in-contract', 'plan-charge-agreement'],
    product: ['committed-rate', 'plan-charge-agreement'],
    items: ['committed-rate', 'plan-charge-agreement'],
  },
  BillingPlanItem: {
    price: ['committed-rate'],
    overagePrice: ['overage-rate', 'plan-charge-agreement'],
    currencyIsoCode: ['currency'],
    dateEffectiveStart: ['committed-rate'],
    dateEffectiveEnd: ['committed-rate'],
  },
  BillingCharge: {
    product: ['product-missing-in-contract'],
    organizations: ['org-missing-in-contract'],
    prepaidQuantity: ['committed-quantity', 'overage-arithmetic'],
    fairuseQuantity: ['included-quantity', 'overage-arithmetic'],
    actualQuantity: ['actual-quantity', 'overage-arithmetic'],
    overageQuantity: ['overage-quantity', 'overage-arithmetic'],
    overageRate: ['overage-rate', 'charge-arithmetic', 'plan-charge-agreement'],
    overageCharge: ['overage-charge', 'charge-arithmetic', 'invoice-charge-agreement'],
    overageCurrency: ['currency'],
  },
  BillingWallet: Object.fromEntries(balances.map((name) => [name, ['wallet-balance'] as const])),
  BillingInvoice: { amount: ['invoice-total'], currencyIsoCode: INVOICE },
  BillingInvoiceItem: {
    product: ['invoice-charge-agreement'],
    organization: ['invoice-charge-agreement'],
    dateStart: ['invoice-charge-agreement'],
    dateEnd: ['invoice-charge-agreement'],
    quantity: ['invoice-charge-agreement'],
    amount: INVOICE,
  },
};

export const rulesOn = (type: string, field: string): readonly RuleId[] => STANDS_ON[type]?.[field] ?? [];
