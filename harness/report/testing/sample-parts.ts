/** Names, products and rules of the made-up report. */
import type { Category } from '../../domain/finding.ts';
import type { RuleText } from '../reporter.ts';

/** Would run script, break markup or turn the line around if a name were ever taken for more than text. */
export const HOSTILE_NAMES = [
  '</script><script>globalThis.hacked=1</script>',
  '<img src=x onerror="globalThis.hacked=1">',
  '"><svg onload=globalThis.hacked=1>',
  '\u202Eevil\u202C name \u0007 with controls',
] as const;

export const NAMES = [
  'Northwind Traders',
  'Acme Corporation',
  'Contoso Deutschland GmbH & Co. KG',
  'شركة الاتصالات الوطنية المحدودة',
  'קבוצת מוקדי שירות בע"מ',
  '株式会社サンプルコンタクトセンター',
  'Société Générale de Téléassistance et de Relation Client du Grand Ouest, Département des Services Mutualisés',
  'Pneumonoultramicroscopicsilicovolcanoconiosis-Research-Foundation-International-Holdings',
  'Bluebird Health',
  'Fjord Energi AS',
  'Łódź Transport Sp. z o.o.',
  'Kestrel Insurance',
  'Harbour & Lane',
  'Meridian Bank',
  'Oakfield Schools Trust',
  'Pacific Freight Lines',
  ...HOSTILE_NAMES,
] as const;

export const PRODUCTS = [
  { appId: 'wallboard', sku: 'PC-170-NV-WALLB' },
  { appId: 'botpack', sku: 'PC-170-NV-BOTMSG' },
  { appId: 'botpack', sku: 'PC-170-NV-BOTPEAK' },
  { appId: 'sitekit', sku: 'PC-170-NV-SITE' },
  { appId: 'sitekit', sku: 'PC-170-NV-MIN-VOICE' },
] as const;

export const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'] as const;
/** With 2, 2, 0 and 3 places. */
export const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'] as const;

export interface SampleRule extends RuleText {
  readonly category: Category;
  readonly side: 'contract' | null;
  /** Pointer, legacy and contract value, delta, relative, sentence. */
  readonly legacy: readonly [pointer: string, value: string | null, raw: string | null, derivation: string | null];
  readonly contract: readonly [pointer: string, value: string | null, raw: string | null, derivation: string | null];
  readonly delta: string | null;
  readonly relative: string | null;
  readonly reason: string;
  readonly amount: string | null;
}

type Stated = SampleRule['legacy'];
type Rest = Pick<SampleRule, 'reason'> & Partial<Pick<SampleRule, 'delta' | 'relative' | 'amount' | 'side'>>;

const rule = (
  id: string,
  category: Category,
  title: string,
  legacy: Stated,
  contract: Stated,
  rest: Rest,
): SampleRule => ({
  id,
  category,
  title,
  doc: `${title}: both sides must state the same for one organisation, product and billing period, in contract units, before tax.`,
  example: '`"usageQuantity": "15"` against `"actualQuantity": 15.0` agrees; against `14` it does not.',
  side: null,
  delta: null,
  relative: null,
  amount: null,
  legacy,
  contract,
  ...rest,
});

export const RULES: readonly SampleRule[] = [
  rule(
    'overage-rate',
    'rate',
    'Overage rate',
    ['/usages/0/overagePrice', '23.74', '"23.740"', null],
    ['/charges/1/overageRate', '25', '25.00', null],
    {
      delta: '1.26',
      relative: '0.0531',
      amount: '6.30',
      reason: 'Legacy bills 23.74 for each unit over, contract bills 25 (1.26 more).',
    },
  ),
  rule(
    'committed-quantity',
    'quantity',
    'Committed quantity',
    ['/usages/0/prepayQuantity', '120', null, '10 × 12 (prepayQuantity × bundleQuantity)'],
    ['/charges/1/prepaidQuantity', '10', '10', null],
    {
      delta: '-110',
      relative: '-0.9167',
      amount: '2200.00',
      reason: 'Legacy commits to 120 (10 × 12), contract to 10 (110 less).',
    },
  ),
  rule(
    'actual-quantity',
    'quantity',
    'Actual quantity',
    ['/usages/0/usageQuantity', '15', '"15"', null],
    ['/charges/1/actualQuantity', '14', '14.0', null],
    { delta: '-1', relative: '-0.0667', amount: '23.74', reason: 'Legacy counted 15 used, contract 14 (1 less).' },
  ),
  rule(
    'overage-charge',
    'overage',
    'Overage charge',
    ['/usages/0', '118.7', null, '5 over × 23.74'],
    ['/charges/1/overageCharge', '94.96', '94.96', null],
    {
      delta: '-23.74',
      relative: '-0.2',
      reason: 'By legacy 5 over × 23.74 = 118.70, the contract side charges 94.96 (23.74 less).',
    },
  ),
  rule(
    'currency',
    'rate',
    'Currency',
    ['/currency', 'EUR', '"EUR"', null],
    ['/charges/1/overageCurrency', 'USD', '"USD"', null],
    { amount: '1181.20', reason: 'Legacy bills in EUR, contract in USD.' },
  ),
  rule(
    'contract-end',
    'term',
    'Contract end',
    ['/contractEndDate', '2026-06-30', '"2026-06-30T23:59:59.999Z"', null],
    ['/charges/0', '2026-06-29', null, '2026-06-30, read as exclusive'],
    { delta: '-1', reason: 'Legacy ends on 2026-06-30, contract on 2026-06-29 (1 day earlier).' },
  ),
  rule(
    'product-missing-in-contract',
    'coverage',
    'Product missing on the contract side',
    ['/usages/0', '15', null, null],
    ['/charges', null, null, null],
    { amount: '318.70', reason: 'Legacy bills this product, the contract side has no charge for it.' },
  ),
  rule(
    'charge-arithmetic',
    'invariant',
    'Charge arithmetic',
    ['/charges', null, null, null],
    ['/charges/1/overageCharge', '94.96', '94.96', null],
    {
      side: 'contract',
      delta: '-0.01',
      reason: '4 over at 23.7425 make 94.97 at the minor unit, the charge says 94.96.',
    },
  ),
];
