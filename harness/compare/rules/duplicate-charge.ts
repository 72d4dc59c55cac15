/** The same charge twice in one billing period. */
import { ascending, group } from 'd3-array';
import { statedPeriod } from '../../domain/contract-period.ts';
import type { Charge, PeriodDetail } from '../../domain/contract-side.ts';
import { decimal } from '../../domain/decimal.ts';
import { orgId } from '../../domain/side.ts';
import { shortHash } from '../cell-id.ts';
import { Groups } from '../groups.ts';
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
      for (const [first, ...again] of heapsOf(concerned)) {
        if (first !== undefined) yield observe(detail, first, again, products);
      }
    }
  },
};

const isConcerned = (charge: Charge, listed: ReadonlySet<string> | null, products: Products | null): boolean =>
  (listed === null || charge.orgs.some((org) => listed.has(org.id))) &&
  (products === null || (charge.sku !== null && products.bySku(charge.sku) !== undefined));

/** Charges that are one and the same, by id or by all else; in the order of ids. */
function heapsOf(charges: readonly Charge[]): Iterable<readonly Charge[]> {
  const alike = new Groups();
  for (const charge of charges) alike.join(namesOf(charge));
  return group([...charges].sort(inOrder), ({ likeness }) => alike.rootOf(`as ${likeness}`)).values();
}

const namesOf = ({ ref, likeness }: Charge): readonly string[] => [
  `as ${likeness}`,
  ...(ref.chargeId === null ? [] : [`id ${ref.chargeId}`]),
];

const orderKey = ({ ref, likeness, at }: Charge): string =>
  `${ref.chargeId ?? ''} ${likeness} ${at.exchange} ${at.pointer}`;
const inOrder = (a: Charge, b: Charge): number => ascending(orderKey(a), orderKey(b));

function observe(detail: PeriodDetail, first: Charge, again: readonly Charge[], products: Products): Observation {
  const product = products.bySku(first.sku ?? '');
  const subject = `${detail.contractId}/${detail.period.id}/${first.ref.chargeId ?? shortHash(first.likeness)}`;
  return {
    scope: {
      orgs: first.orgs,
      region: null,
      appId: product?.appId ?? null,
      sku: product?.sku ?? first.sku,
      partNumber: product?.partNumber ?? null,
      period: statedPeriod(detail.period),
      side: 'contract',
      subject,
    },
    pair: `charge ${subject}`,
    outcome: outcomeOf(first, again),
  };
}

function outcomeOf(first: Charge, again: readonly Charge[]): Outcome {
  const [second] = again;
  if (second === undefined) return EQUAL;
  const alike = [first, ...again];
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
