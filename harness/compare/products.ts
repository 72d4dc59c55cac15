/** The scenario's products as they are compared: entries that share a part number or a SKU stand together. */
import { ascending } from 'd3-array';
import { type Decimal, ONE } from '../domain/decimal.ts';
import type { Line, UsageKind } from '../domain/line.ts';
import type { ComparisonPolicy, ExpectedRates, ProductMapping } from '../domain/policy.ts';
import { productKey } from '../domain/side.ts';

export interface ProductGroup {
  /** Unique within a scenario, made of the part numbers and SKUs. */
  readonly key: string;
  /** Joined by a comma and a space where the group holds several; so are the two below. */
  readonly appId: string;
  readonly partNumber: string;
  readonly sku: string;
  readonly appIds: readonly string[];
  readonly kind: UsageKind | null;
  readonly expected: ExpectedRates | null;
  /** The entries of the group expect different rates: then the rate card says nothing. */
  readonly expectedConflict: boolean;
  /** Contract units per unit of a legacy line of the group. */
  factorOf(line: Line): Decimal;
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
  const owners = new Map<string, number>();
  const parent = policy.products.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== undefined && parent[at] !== at) at = parent[at] ?? at;
    return at;
  };
  policy.products.forEach((mapping, index) => {
    const names = [`part ${productKey(mapping.partNumber)}`, ...mapping.skus.map((sku) => `sku ${productKey(sku)}`)];
    for (const name of names) {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, index);
      else parent[root(index)] = root(owner);
    }
  });
  const members = new Map<number, ProductMapping[]>();
  policy.products.forEach((mapping, index) => {
    const list = members.get(root(index));
    if (list === undefined) members.set(root(index), [mapping]);
    else list.push(mapping);
  });
  const groups = [...members.values()].map(groupOf).sort((a, b) => ascending(a.key, b.key));
  return indexOf(groups, [...members.values()]);
}

function indexOf(groups: readonly ProductGroup[], members: readonly (readonly ProductMapping[])[]): Products {
  const byKey = new Map(groups.map((group) => [group.key, group]));
  const byPart = new Map<string, ProductGroup>();
  const bySku = new Map<string, ProductGroup>();
  for (const mappings of members) {
    const group = byKey.get(keyOf(mappings));
    if (group === undefined) continue;
    for (const mapping of mappings) {
      byPart.set(productKey(mapping.partNumber), group);
      for (const sku of mapping.skus) bySku.set(productKey(sku), group);
    }
  }
  return {
    groups,
    byPartNumber: (partNumber) => byPart.get(productKey(partNumber)),
    bySku: (sku) => bySku.get(productKey(sku)),
  };
}

const distinct = (texts: readonly string[]): string[] => {
  const byKey = new Map<string, string>();
  for (const text of texts) if (!byKey.has(productKey(text))) byKey.set(productKey(text), text.trim());
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
  const conflict = cards.some((other) => card !== undefined && !sameCard(card, other));
  const [onlyKind] = kinds;
  return {
    key: keyOf(mappings),
    appId: appIds.join(', '),
    partNumber: partNumbersOf(mappings).join(', '),
    sku: skusOf(mappings).join(', '),
    appIds,
    kind: kinds.size === 1 && onlyKind !== undefined ? onlyKind : null,
    expected: conflict ? null : (card ?? null),
    expectedConflict: conflict,
    factorOf: (line) => factorOf(mappings, line),
  };
}

const sameCard = (a: ExpectedRates, b: ExpectedRates): boolean =>
  a.currency === b.currency && a.committedRate === b.committedRate && a.overageRate === b.overageRate;

function factorOf(mappings: readonly ProductMapping[], line: Line): Decimal {
  if (mappings.length === 1) return mappings[0]?.factor ?? ONE;
  const key = productKey(line.product);
  const same = mappings.filter((mapping) => productKey(mapping.partNumber) === key);
  return (same.find((mapping) => mapping.appId === line.appId) ?? same[0])?.factor ?? ONE;
}
