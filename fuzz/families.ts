/**
 * Cuts the bodies of a world into families: organisations that contracts join. Each is a whole small run of its own, in which one
 * change is judged in milliseconds.
 */
import { group } from 'd3-array';
import { type Body, type Corpus, corpusOf, type Json, type JsonObject } from './corpus.ts';

export const list = (owner: JsonObject, name: string): JsonObject[] => {
  const value = owner[name];
  return Array.isArray(value) ? value.filter((entry): entry is JsonObject => isObject(entry)) : [];
};
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const idOf = (value: Json | undefined): string | null =>
  isObject(value) && typeof value['id'] === 'string' ? value['id'].toLowerCase() : null;
const segment = ({ exchange }: Body, index: number): string =>
  decodeURIComponent((exchange.path.split('?')[0] ?? '').split('/')[index] ?? '').toLowerCase();

/** Organisations that an object names anywhere in it, in `organizations` or `organization`. */
function orgsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(orgsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    if (name === 'organizations' && Array.isArray(part)) return part.flatMap((entry) => idOf(entry) ?? []);
    if (name === 'organization') return idOf(part) ?? [];
    return orgsIn(part);
  });
}

export const orgIdsIn = (value: JsonObject): ReadonlySet<string> => new Set(orgsIn(value));

export function familiesOf(corpus: Corpus): Corpus[] {
  const { bodies } = corpus;
  const of = (type: string): readonly Body[] => bodies.filter((body) => body.type === type);
  const named = of('OrganizationSubscription').map((body) => segment(body, 5));
  const billed = of('TrusteeBillingOverview').map((body) => segment(body, 5));
  const contracts = [
    ...of('BillingContract').map((body) => [segment(body, 5), body.json] as const),
    ...of('BillingContractListing').flatMap(({ json }) =>
      list(json, 'entities').map((entity) => [idOf(entity) ?? '', entity] as const),
    ),
    ...of('BillingContractPeriodDetail').map((body) => [segment(body, 5), body.json] as const),
  ];
  const roots = new Map<string, string>();
  const rootOf = (node: string): string => {
    const parent = roots.get(node) ?? node;
    return parent === node ? node : rootOf(parent);
  };
  for (const [contract, json] of contracts) {
    for (const org of orgsIn(json)) roots.set(rootOf(`org ${org}`), rootOf(`contract ${contract}`));
  }
  const nodes = [
    ...[...named, ...billed].map((org) => `org ${org}`),
    ...contracts.map(([contract]) => `contract ${contract}`),
  ];
  const families = [...group(new Set(nodes), rootOf).values()];
  return families.map((members) => corpusOf(pruned(corpus, new Set(members))));
}

function pruned(corpus: Corpus, family: ReadonlySet<string>) {
  const hasOrg = (id: string | null): boolean => id !== null && family.has(`org ${id}`);
  const hasContract = (id: string | null): boolean => id !== null && family.has(`contract ${id}`);
  const invoices = new Set(
    corpus.bodies
      .filter(({ type, json }) => type === 'BillingInvoiceItemListing' && orgsIn(json).some(hasOrg))
      .map((body) => segment(body, 6)),
  );
  const kept = new Set(
    [...corpus.exchanges.values()].filter(({ outcome }) => outcome.kind !== 'answer').map(({ id }) => id),
  );
  const other = new Map<string, JsonObject>();
  const gather = (type: string, isKept: (entity: JsonObject) => boolean): void => {
    const pages = corpus.bodies.filter((body) => body.type === type);
    const [first] = pages.filter(({ exchange }) => !exchange.path.includes('after=')) as [Body | undefined];
    if (first === undefined) return;
    const { nextUri, ...json } = first.json;
    other.set(first.exchange.id, {
      ...json,
      entities: pages.flatMap((page) => list(page.json, 'entities')).filter(isKept),
    });
  };
  gather('BillingContractListing', (entity) => hasContract(idOf(entity)));
  gather('BillingInvoiceListing', (entity) => invoices.has(idOf(entity) ?? ''));
  const counts = new Map<string, Record<string, number>>();
  for (const body of corpus.bodies) {
    if (body.type !== 'OrganizationListing') continue;
    const organizations = list(body.json, 'organizations').filter((entry) =>
      hasOrg(String(entry['orgId'] ?? idOf(entry) ?? idOf(entry['organization'])).toLowerCase()),
    );
    other.set(body.exchange.id, { ...body.json, organizations });
    counts.set(segment(body, 3), countsOf(organizations));
  }
  for (const body of corpus.bodies) {
    const { id } = body.exchange;
    if (body.type === 'Regions')
      other.set(id, { ...body.json, regions: recounted(list(body.json, 'regions'), counts) });
    if (body.type === 'OrganizationSubscription' && hasOrg(segment(body, 5))) kept.add(id);
    if (body.type === 'TrusteeBillingOverview' && hasOrg(segment(body, 5))) kept.add(id);
    if (/^BillingContract(PeriodDetail)?$/.test(body.type) && hasContract(segment(body, 5))) kept.add(id);
    if (body.type === 'BillingInvoiceItemListing' && invoices.has(segment(body, 6))) kept.add(id);
  }
  return [...corpus.exchanges.values()].flatMap((exchange) => {
    const json = other.get(exchange.id);
    if (json === undefined) return kept.has(exchange.id) ? [exchange] : [];
    const { outcome } = exchange;
    return outcome.kind === 'answer' ? [{ ...exchange, outcome: { ...outcome, body: JSON.stringify(json) } }] : [];
  });
}

function countsOf(organizations: readonly JsonObject[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entry of organizations) {
    const apps = new Set(list(entry, 'usages').map((usage) => String(usage['appId'])));
    for (const app of apps) counts[app] = (counts[app] ?? 0) + 1;
  }
  return counts;
}

const recounted = (regions: readonly JsonObject[], counts: ReadonlyMap<string, Record<string, number>>): JsonObject[] =>
  regions.flatMap((region) => {
    const own = counts.get(idOf(region) ?? '') ?? {};
    return Object.keys(own).length === 0 ? [] : [{ ...region, organizationCounts: own }];
  });
