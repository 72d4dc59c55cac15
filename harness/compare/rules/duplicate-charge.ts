/** The same charge twice in one billing period. */
import { ascending } from 'd3-array';
import { statedPeriod } from '../../domain/contract-period.ts';
import type { Charge, PeriodDetail } from '../../domain/contract-side.ts';
import { decimal } from '../../domain/decimal.ts';
import { orgId } from '../../domain/side.ts';
import { shortHash } from '../cell-id.ts';
import { EQUAL } from '../outcome.ts';
import { type Products, productsOf } from '../products.ts';
import type { Observation, Outcome, SideRule } from '../rule.ts';

export const duplicateCharge: SideRule = {
  id: 'duplicate-charge',
  category: 'coverage',
  looksAt: 'sides',
  title: 'Duplicate charge',
  doc: 'Within one billing period of one contract no charge comes twice: not with the same id, and not with another id and all else alike. Duplicates stay in the sums that are compared, because the contract side would bill them.',
  example: 'contract "charges":[{"id":"c1","sku":"PC-170-NV-WALLB",…},{"id":"c1","sku":"PC-170-NV-WALLB",…}]',
  *examine({ legacy, contract, policy }) {
    const products = productsOf(policy);
    const listed = legacy === null || policy.orgs === null ? null : new Set(policy.orgs.map((org) => orgId(org.id)));
    for (const detail of contract.details) {
      const concerned = detail.charges.filter((charge) =>
        isConcerned(charge, listed, legacy === null ? null : products),
      );
      for (const alike of heapsOf(concerned)) yield observe(detail, alike, products);
    }
  },
};

const isConcerned = (charge: Charge, listed: ReadonlySet<string> | null, products: Products | null): boolean =>
  (listed === null || charge.orgs.some((org) => listed.has(org.id))) &&
  (products === null || (charge.sku !== null && products.bySku(charge.sku) !== undefined));

/** Charges that are one and the same. */
type Heap = [Charge, ...Charge[]];

/** By id or by all else; in the order of ids. */
function heapsOf(charges: readonly Charge[]): readonly Heap[] {
  const heaps: Heap[] = [];
  const byId = new Map<string, Heap>();
  const byRest = new Map<string, Heap>();
  for (const charge of [...charges].sort(inOrder)) {
    const id = charge.ref.chargeId;
    const heap = (id === null ? undefined : byId.get(id)) ?? byRest.get(charge.likeness);
    if (heap === undefined) {
      const fresh: Heap = [charge];
      heaps.push(fresh);
      if (id !== null) byId.set(id, fresh);
      byRest.set(charge.likeness, fresh);
    } else {
      heap.push(charge);
      if (id !== null && !byId.has(id)) byId.set(id, heap);
      if (!byRest.has(charge.likeness)) byRest.set(charge.likeness, heap);
    }
  }
  return heaps;
}

const orderKey = ({ ref, likeness, at }: Charge): string =>
  `${ref.chargeId ?? ''} ${likeness} ${at.exchange} ${at.pointer}`;
const inOrder = (a: Charge, b: Charge): number => ascending(orderKey(a), orderKey(b));

function observe(detail: PeriodDetail, alike: Heap, products: Products): Observation {
  const [first] = alike;
  const group = first.sku === null ? undefined : products.bySku(first.sku);
  const subject = `${detail.contractId}/${detail.period.id}/${first.ref.chargeId ?? shortHash(first.likeness)}`;
  return {
    scope: {
      orgs: first.orgs,
      region: null,
      appId: group?.appId ?? null,
      sku: group?.sku ?? first.sku,
      partNumber: group?.partNumber ?? null,
      period: statedPeriod(detail.period),
      side: 'contract',
      subject,
    },
    pair: `charge ${subject}`,
    outcome: outcomeOf(alike),
  };
}

function outcomeOf(alike: Heap): Outcome {
  const second = alike[1];
  if (second === undefined) return EQUAL;
  const ids = [...new Set(alike.map((charge) => charge.ref.chargeId ?? 'without an id'))];
  const how = ids.length === 1 ? `with the same id (${ids[0]})` : `alike in all but their ids (${ids.join(', ')})`;
  return {
    kind: 'different',
    legacy: null,
    contract: { value: String(alike.length), raw: null, at: second.at, derivation: `${alike.length} charges` },
    delta: decimal(alike.length - 1),
    sentence: `the billing period has ${alike.length} charges ${how}`,
  };
}
