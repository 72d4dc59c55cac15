import { describe, expect, it } from 'vitest';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';
import { compare } from '../compare.ts';
import { align } from '../pairs/align.ts';
import { deviations, mismatches } from '../testing/cells.ts';
import { number } from '../testing/figures.ts';
import {
  APRIL,
  contractSide,
  legacySide,
  org,
  policyForP1,
  product,
  row,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';
import { productMapping } from './product-mapping.ts';

const legacyOf = (ids: readonly string[], partNumber = 'P1', changes: Partial<LegacySide> = {}) =>
  legacySide(
    ids.map((id) => subscription(id, [row(id, partNumber)])),
    changes,
  );
const contractOf = (ids: readonly string[], sku = 'P1') =>
  contractSide(
    ids.map((id) => ({ id: `c-${id}`, periods: [{ span: APRIL, charges: [{ ...TYPICAL, orgs: [id], sku }] }] })),
  );
const seen = (legacy: LegacySide, contract: ContractSide, policy: ComparisonPolicy = policyForP1()) =>
  [...productMapping.examine({ legacy, contract, policy, alignment: align(legacy, contract, policy) })].map(
    ({ scope, outcome }) =>
      `${scope.side} ${scope.subject}: ${outcome.kind}${outcome.kind === 'not-comparable' && !outcome.expected ? ' outside coverage' : ''}`,
  );
const THREE = ['a', 'b', 'c'];

describe('product-mapping', () => {
  it('is known where both sides name it', () => {
    expect(seen(legacyOf(['a']), contractOf(['a']))).toEqual([
      'legacy part number P1: equal',
      'contract SKU P1: equal',
    ]);
  });

  it('is a question of the set-up where three have it on one side and nobody on the other', () => {
    expect(seen(legacyOf(THREE), contractOf(THREE, 'ELSE'))).toEqual([
      'legacy part number P1: equal',
      'contract SKU P1: not-comparable',
    ]);
    expect(seen(legacyOf(THREE, 'ELSE'), contractOf(THREE))).toEqual([
      'legacy part number P1: not-comparable',
      'contract SKU P1: equal',
    ]);
  });

  it('calls none of its pairs missing then, and ties out without them', () => {
    const judgement = compare(legacyOf(THREE), contractOf(THREE, 'ELSE'), policyForP1());
    expect(mismatches(judgement)).toEqual([]);
    expect(judgement.verdict).toBe('inconclusive');
    expect(judgement.moneyAtRisk).toEqual([]);
    expect(judgement.tieOut).toMatchObject([
      { currency: 'USD', legacy: '0', contract: '0', residual: '0', notCompared: { legacy: '956.1' } },
    ]);
  });

  it('is missing below three, and the sentence says that the mapping may be wrong', () => {
    const judgement = compare(legacyOf(['a', 'b']), contractOf(['a', 'b'], 'ELSE'), policyForP1());
    expect(mismatches(judgement)).toEqual(['product-missing-in-contract', 'product-missing-in-contract']);
    const [missing] = judgement.cells.filter(({ status }) => status === 'mismatch');
    expect(missing?.reason).toContain('the mapping in the scenario may be wrong');
    expect(deviations(judgement)).not.toContain('product-mapping not-comparable');
  });

  it('asks about a product that neither side knows: within coverage only where everyone is looked at', () => {
    const both = { products: [product('P1'), product('PX')] };
    expect(seen(legacyOf(['a']), contractOf(['a']), policyForP1(both))).toContain(
      'legacy part number PX: not-comparable',
    );
    const orgs = [{ id: 'a', region: 'us-east-1', name: null }];
    expect(seen(legacyOf(['a']), contractOf(['a']), policyForP1({ ...both, orgs }))).toContain(
      'legacy part number PX: not-comparable outside coverage',
    );
  });

  it('asks about an app that the regions count nowhere, list nowhere, and of which no row speaks', () => {
    const counts = (appId: string, value: number | null) => [{ region: 'us-east-1', appId, count: number(value) }];
    const other = subscription('a', [row('a', 'P1', TYPICAL, { appId: null })]);
    const app = (regionCounts: LegacySide['regionCounts'], more: Partial<LegacySide> = {}) =>
      seen(legacySide([other], { regionCounts, ...more }), contractOf(['a'])).filter((one) => one.includes(' app '));
    expect(app(counts('app', 1))).toEqual(['legacy app app: equal']);
    expect(app(counts('app', 0))).toEqual(['legacy app app: not-comparable']);
    expect(app(counts('other', 7))).toEqual(['legacy app app: not-comparable']);
    expect(app([])).toEqual([]);
    const listing = {
      region: 'us-east-1',
      members: [{ org: org('a'), appIds: ['app'] }],
      at: { exchange: 'l', pointer: '' },
    };
    expect(app(counts('other', 7), { regionListings: [listing] })).toEqual(['legacy app app: equal']);
    expect(app(counts('other', 7), { subscriptions: [subscription('a', [row('a', 'P1')])] })).toEqual([
      'legacy app app: equal',
    ]);
  });

  it('knows a SKU that differs by its prefix alone', () => {
    const products = [product('PC-P1')];
    expect(seen(legacyOf(THREE, 'PC-P1'), contractOf(THREE, 'GC-P1'), policyForP1({ products }))).toEqual([
      'legacy part number PC-P1: equal',
      'contract SKU PC-P1: equal',
    ]);
  });
});
