/** The fixed catalogue: three apps of one vendor and the five products that they sell. */
import type { UsageKind } from '../../domain/line.ts';

/** A product that an app sells. */
export interface Product {
  readonly appId: string;
  /** On the legacy side. */
  readonly partNumber: string;
  /** On the contract side; two where two charges add up to the one legacy row. */
  readonly skus: readonly string[];
  readonly name: string;
  readonly kind: UsageKind;
  /** Legacy groupings in which it is seen. */
  readonly groupings: readonly string[];
  /** Words for its unit that mean the same on both sides. */
  readonly units: readonly { readonly legacy: string; readonly contract: string }[];
  /** So many units cost one token (a decimal); left out: tokens do not pay for it. */
  readonly unitsPerToken?: string;
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

/** @throws Error for a part number that the catalogue does not have. */
export function productOf(partNumber: string): Product {
  const found = CATALOGUE.find((product) => product.partNumber === partNumber);
  if (found === undefined) throw new Error(`no such product: ${partNumber}`);
  return found;
}

/** Currencies of the worlds: with minor units of 2, 0 and 3 places. */
export const CURRENCIES: readonly string[] = ['USD', 'USD', 'EUR', 'GBP', 'JPY', 'KWD', 'AUD'];
