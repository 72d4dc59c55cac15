/** The scenario's products as they are compared: entries that share a part number or a SKU stand together. */
import { ascending, group } from 'd3-array';
import type { Line, UsageKind } from '../../domain/line.ts';
import type { ComparisonPolicy, ExpectedRates, ProductMapping, UseCost } from '../../domain/policy.ts';
import { type Ratio, UNITY } from '../../domain/ratio.ts';
import { productKey } from '../../domain/side.ts';
import { Groups } from './groups.ts';

export interface ProductGroup {
  /** Unique within a scenario, made of the part numbers and SKUs. */
  readonly key: string;
  /** Joined by a comma and a space where the group holds several; so are the two below. */
  readonly appId: string;
  readonly partNumber: string;
  readonly sku: string;
  readonly appIds: readonly string[];
  readonly kind: UsageKind | null;
  /** `unknown` also where the entries of the group say different things. */
  readonly trial: UseCost;
  readonly ramp: UseCost;
  readonly expected: ExpectedRates | null;
  /** The entries of the group expect different rates: then the rate card says nothing. */
  readonly expectedConflict: boolean;
  /** Contract units per unit of a legacy line of the group. */
  factorOf(line: Line): Ratio;
}

export interface Products {
  readonly groups: readonly ProductGroup[];
  /** The group of a legacy part number, or undefined if the scenario does not map it. */
  byPartNumber(partNumber: string): ProductGroup | undefined;
  bySku(sku: string): ProductGroup | undefined;
}

/**
 * Groups are joined across apps too: a contract line names no app, so a SKU that two apps share can only be compared
 * with both.
 */
export function productsOf(policy: Pick<ComparisonPolicy, 'products'>): Products {
  const joined = new Groups();
  for (const mapping of policy.products) joined.join(namesOf(mapping));
  const members = [...group(policy.products, (mapping) => joined.rootOf(partOf(mapping))).values()];
  return indexOf(members.map((mappings) => [groupOf(mappings), mappings] as const));
}

const partOf = ({ partNumber }: ProductMapping): string => `part ${productKey(partNumber)}`;
const namesOf = (mapping: ProductMapping): readonly string[] => [
  partOf(mapping),
  ...mapping.skus.map((sku) => `sku ${productKey(sku)}`),
];

function indexOf(members: readonly (readonly [ProductGroup, readonly ProductMapping[]])[]): Products {
  const byPart = new Map<string, ProductGroup>();
  const bySku = new Map<string, ProductGroup>();
  for (const [own, mappings] of members) {
    for (const mapping of mappings) {
      byPart.set(productKey(mapping.partNumber), own);
      for (const sku of mapping.skus) bySku.set(productKey(sku), own);
    }
  }
  return {
    groups: members.map(([own]) => own).sort((a, b) => ascending(a.key, b.key)),
    byPartNumber: (partNumber) => byPart.get(productKey(partNumber)),
    bySku: (sku) => bySku.get(productKey(sku)),
  };
}

const distinct = (texts: readonly string[]): string[] => {
  const byKey = new Map<string, string>();
  for (const text of texts) if (!byKey.has(productKey(text))) byKey.set(productKey(text), text);
  return [...byKey.entries()].sort(([a], [b]) => ascending(a, b)).map(([, text]) => text);
};
const partNumbersOf = (mappings: readonly ProductMapping[]) => distinct(mappings.map((mapping) => mapping.partNumber));
const skusOf = (mappings: readonly ProductMapping[]) => distinct(mappings.flatMap((mapping) => mapping.skus));
const keyOf = (mappings: readonly ProductMapping[]): string =>
  `${partNumbersOf(mappings).map(productKey).join(',')}>${skusOf(mappings).map(productKey).join(',')}`;

function groupOf(mappings: readonly ProductMapping[]): ProductGroup {
  const appIds = [...new Set(mappings.map((mapping) => mapping.appId))].sort();
  const kinds = new Set(mappings.flatMap((mapping) => (mapping.kind === null ? [] : [mapping.kind])));
  const cards = mappings.flatMap((mapping) => (mapping.expected === null ? [] : [mapping.expected]));
  const [card] = cards;
  const conflict = new Set(cards.map(textOf)).size > 1;
  const [onlyKind = null] = kinds;
  return {
    key: keyOf(mappings),
    appId: appIds.join(', '),
    partNumber: partNumbersOf(mappings).join(', '),
    sku: skusOf(mappings).join(', '),
    appIds,
    kind: kinds.size === 1 ? onlyKind : null,
    trial: oneOf(mappings.map(({ trial }) => trial)),
    ramp: oneOf(mappings.map(({ ramp }) => ramp)),
    expected: conflict ? null : (card ?? null),
    expectedConflict: conflict,
    factorOf: (line) => factorOf(mappings, line),
  };
}

function oneOf(costs: readonly UseCost[]): UseCost {
  const [first = 'unknown', ...others] = costs;
  return others.every((other) => other === first) ? first : 'unknown';
}

const textOf = ({ currency, committedRate, overageRate }: ExpectedRates): string =>
  [currency, committedRate, overageRate].join(' ');

function factorOf(mappings: readonly ProductMapping[], line: Line): Ratio {
  const key = productKey(line.product);
  const same = mappings.filter((mapping) => productKey(mapping.partNumber) === key);
  const [own = same[0]] = same.filter((mapping) => mapping.appId === line.appId);
  return own?.factor ?? UNITY;
}
