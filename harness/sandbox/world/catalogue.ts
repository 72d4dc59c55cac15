/** The fixed catalogue: three apps of one vendor and the five products that they sell. */
import type { UsageKind } from '../../domain/line.ts';

/** A product that an app sells. */
export interface Product {
  readonly appId: string;
  /** On the legacy side. */
  readonly partNumber: string;
  /** On the contract side; two where two charges add up to the one legacy row. */
  readonly skus: readonly string[];
  /** Under which earlier contracts sold it; a scenario lists them beside `skus`. */
  readonly formerSkus?: readonly string[];
  readonly name: string;
  readonly kind: UsageKind;
  /** Legacy groupings in which it is seen. */
  readonly groupings: readonly string[];
  /** Words for its unit that mean the same on both sides. */
  readonly units: readonly { readonly legacy: string; readonly contract: string }[];
  /** So many units cost one token (a decimal); left out: tokens do not pay for it. */
  readonly unitsPerToken?: string;
  /** Tokens pay for all of it: nothing is charged for it by itself. */
  readonly paidByTokens?: boolean;
}

const EACH = [
  { legacy: 'unit', contract: 'Unit' },
  { legacy: 'unit', contract: 'Each' },
  { legacy: 'unit', contract: 'EA' },
];

export const CATALOGUE: readonly Product[] = [
  {
    appId: 'wallboard',
    partNumber: 'PC-170-NV-WALLB',
    skus: ['PC-170-NV-WALLB'],
    name: 'Wallboard Add-on',
    kind: 'user',
    groupings: ['billable-app-usage-license', 'billable-app-concurrent-license'],
    units: [
      { legacy: 'seat', contract: 'User' },
      { legacy: 'seat', contract: 'Person' },
    ],
  },
  {
    appId: 'botpack',
    partNumber: 'PC-170-NV-BOTMSG',
    skus: ['PC-170-NV-BOTMSG'],
    name: 'Bot Pack Messages',
    kind: 'sum',
    groupings: ['messaging-usage'],
    units: [{ legacy: 'message', contract: 'Message' }],
    unitsPerToken: '20',
  },
  {
    appId: 'botpack',
    partNumber: 'PC-170-NV-BOTPEAK',
    skus: ['PC-170-NV-BOTPEAK'],
    name: 'Bot Pack Peak Sessions',
    kind: 'peak',
    groupings: ['resource', 'device'],
    units: EACH,
  },
  {
    appId: 'sitekit',
    partNumber: 'PC-170-NV-SITE',
    skus: ['PC-170-NV-SITE'],
    name: 'Site Kit',
    kind: 'site',
    groupings: ['billable-app-org-license'],
    units: EACH,
  },
  {
    appId: 'sitekit',
    partNumber: 'PC-170-NV-MIN',
    skus: ['PC-170-NV-MIN-VOICE', 'PC-170-NV-MIN-VIDEO'],
    name: 'Site Kit Minutes',
    kind: 'sum',
    groupings: ['resource', 'rollup'],
    units: EACH,
  },
];

/** Sold in the world of rare shapes only. */
const RARE: readonly Product[] = [
  {
    appId: 'coach',
    partNumber: 'PC-170-NV-COACH',
    skus: ['PC-170-NV-COACH-PLUS'],
    formerSkus: ['PC-170-NV-COACH'],
    name: 'Coaching Add-on',
    kind: 'user',
    groupings: ['billable-app-usage-license'],
    units: [
      { legacy: 'seat', contract: 'User' },
      { legacy: 'seat', contract: 'Person' },
    ],
  },
  {
    appId: 'aipack',
    partNumber: 'GC-170-NV-AITC',
    skus: ['GC-170-NV-AITC'],
    name: 'AI Experience Tokens',
    kind: 'sum',
    groupings: ['resource'],
    units: [{ legacy: 'unit', contract: 'Token' }],
  },
  {
    appId: 'aipack',
    partNumber: 'PC-170-NV-VOICEBOT',
    skus: ['PC-170-NV-VOICEBOT'],
    name: 'Voice Bot Minutes',
    kind: 'sum',
    groupings: ['resource'],
    units: [{ legacy: 'minute', contract: 'Minute' }],
    unitsPerToken: '17',
    paidByTokens: true,
  },
];

const UNSPLIT = new Map(CATALOGUE.map((product) => [product, { ...product, skus: product.skus.slice(0, 1) }]));

/** The product under its first SKU alone: the same object each time. */
export const unsplit = (product: Product): Product => UNSPLIT.get(product) ?? product;

/** What is sold in the world of rare shapes. */
export const RARE_CATALOGUE: readonly Product[] = [...CATALOGUE, ...RARE];

/** @throws Error for a part number that no catalogue has. */
export function productOf(partNumber: string): Product {
  const found = RARE_CATALOGUE.find((product) => product.partNumber === partNumber);
  if (found === undefined) throw new Error(`no such product: ${partNumber}`);
  return found;
}

/** Currencies of the worlds: with minor units of 2, 0 and 3 places. */
export const CURRENCIES: readonly string[] = ['USD', 'USD', 'EUR', 'GBP', 'JPY', 'KWD', 'AUD'];
