import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../../domain/rule-ids.ts';
import { buildWorld } from '../world/build.ts';
import { inject } from './inject.ts';
import { DEFECT_IDS, DEFECTS } from './registry.ts';

const world = buildWorld(3, 60);

/** The catalogue as it is published; ids are permanent. */
const CATALOGUE = [
  'org-dropped',
  'org-unknown',
  'product-dropped',
  'product-unknown',
  'sku-renamed',
  'region-count-wrong',
  'charge-duplicated',
  'page-lost',
  'page-repeated',
  'pooled-overage',
  'sources-disagree',
  'contract-inactive',
  'actual-off',
  'committed-off',
  'bundle-as-allowance',
  'bundle-ignored',
  'previous-period',
  'peak-as-sum',
  'unit-factor',
  'rounded',
  'overage-ignores-committed',
  'overage-ignores-included',
  'overage-negative',
  'overage-charge-wrong',
  'rate-off',
  'committed-rate-off',
  'list-price',
  'annual-price',
  'stale-rate',
  'currency-wrong',
  'date-shift',
  'ramp-missing',
  'orgs-swapped',
  'wallet-broken',
  'invoice-broken',
  'period-gap',
  'period-overlap',
  'plan-charge-disagree',
  'listing-stale',
  'field-unknown',
  'field-retyped',
  'field-renamed',
  'enum-unknown',
  'date-time-for-date',
  'answer-hollow',
  'answer-of-another',
  'detail-thinner',
  'period-head-differs',
  'row-nameless',
  'charge-nameless',
  'second-contract',
  'counts-zero',
  'half-rate-off',
  'half-currency',
  'member-rate-off',
  'plan-currency',
  'plan-quantity',
  'plan-of-another',
  'rows-pooled',
  'ramp-unknown-to-legacy',
  'sources-shifted',
  'trial-billed',
  'trial-free',
  'minimum-not-met',
  'cut-billed-twice',
  'period-listed-twice',
  'invoice-twice',
  'invoice-line-twice',
  'invoice-fee-for-overage',
  'invoice-stray',
  'invoice-currency',
  'invoice-quantity',
  'wallet-charge',
  'wallet-charge-disagree',
  'wallet-currency',
  'tokens-wrong',
  'flicker',
  'moving-apart',
];

/** Variants as they are published; permanent, too. */
const VARIANTS = {
  'answer-hollow': ['error-body', 'empty', 'charges-null', 'next-renamed'],
  'row-nameless': ['no-part-number', 'breakdown-only'],
  'charge-nameless': ['product', 'organisation'],
  'second-contract': ['charge', 'plan-only', 'wallet-only'],
  'invoice-stray': ['no-charge', 'no-sku', 'no-organisation', 'no-dates', 'shifted', 'two-charges'],
  flicker: ['rate', 'duplicate'],
};

describe('the registry', () => {
  it('has every defect of the catalogue, once', () => {
    expect([...DEFECT_IDS].sort()).toEqual([...CATALOGUE].sort());
  });

  it('has every variant, once', () => {
    const shown = DEFECTS.flatMap(({ id, variants }) => (variants === undefined ? [] : [[id, variants]]));
    expect(Object.fromEntries(shown)).toEqual(VARIANTS);
  });

  it('names rules that exist', () => {
    for (const { rules } of DEFECTS) {
      expect(rules.length).toBeGreaterThan(0);
      expect([...RULE_IDS]).toEqual(expect.arrayContaining([...rules]));
    }
  });
});

describe('what is asked for', () => {
  it('is hidden as often as asked, each time elsewhere', () => {
    const { defects } = inject(world, ['rate-off*4', 'org-dropped*2']);
    expect(defects.map(({ id }) => id)).toEqual([...Array(4).fill('rate-off'), ...Array(2).fill('org-dropped')]);
    const places = defects.map(({ orgs, skus }) => [...orgs, ...skus].join(' '));
    expect(new Set(places).size).toBe(6);
  });

  it('is hidden where asked, whatever the case of the ids', () => {
    const [account] = world.accounts.filter(
      ({ holdings }) =>
        holdings.filter(({ dormant, product }) => dormant === null && product.kind !== 'site').length > 1,
    );
    const holding = account?.holdings.find(({ product }) => product.kind !== 'site');
    const org = holding?.holders[0]?.org.id ?? '';
    const sku = holding?.product.skus[0] ?? '';
    const { defects } = inject(world, [`actual-off@${org.toUpperCase()}:${sku.toLowerCase()}`]);
    expect(defects).toMatchObject([{ id: 'actual-off', skus: holding?.product.skus }]);
    expect(defects[0]?.orgs).toContain(org);
  });

  it('has the variant in brackets, with a count and a place, too', () => {
    const { defects } = inject(world, ['answer-hollow[empty]*2', 'rate-off']);
    expect(defects.map(({ id, variant }) => [id, variant])).toEqual([
      ['answer-hollow', 'empty'],
      ['answer-hollow', 'empty'],
      ['rate-off', null],
    ]);
    const org = world.accounts[0]?.orgs[0]?.id ?? '';
    const [sku = ''] = world.accounts[0]?.holdings[0]?.product.skus ?? [];
    const there = inject(world, [`row-nameless[breakdown-only]@${org}:${sku}`]).defects;
    expect(there).toMatchObject([{ id: 'row-nameless', variant: 'breakdown-only' }]);
    expect(there[0]?.orgs).toContain(org);
  });

  it('has a variant that the seed chooses without brackets, and another one each time', () => {
    const chosen = (asked: string, seed: number): (string | null)[] =>
      inject(buildWorld(seed, 60), [asked]).defects.map(({ variant }) => variant);
    expect(new Set(chosen('invoice-stray*6', 3))).toEqual(new Set(VARIANTS['invoice-stray']));
    const first = Array.from({ length: 12 }, (_, seed) => seed).flatMap((seed) => chosen('second-contract', seed));
    expect(new Set(first)).toEqual(new Set(VARIANTS['second-contract']));
    expect(chosen('second-contract', 5)).toEqual(chosen('second-contract', 5));
  });

  it('is hidden at the same places every time', () => {
    expect(inject(buildWorld(3, 60), 'all').defects).toEqual(inject(world, 'all').defects);
  });

  it.each([
    [['rate-of'], /no defect rate-of; did you mean rate-off\?/],
    [['Rate Off'], /expected id, id\*3, id@org or id@org:sku, or id\[variant\] for id/],
    [['answer-hollow[full]'], /answer-hollow has no variant full/],
    [['rate-off[empty]'], /rate-off has no variant empty/],
    [['answer-hollow[empty'], /expected id/],
    [['flicker[rate]*999'], /flicker\[rate\] cannot be hidden in this world 999 times/],
    [['rate-off*0'], /expected id/],
    [['rate-off@00000000-0000-4000-8000-000000000000'], /rate-off cannot be hidden at 0{8}/],
    [['ramp-missing*1000'], /only \d+ fit/],
  ])('is refused as a usage error: %j', (asked, words) => {
    expect(() => inject(world, asked)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(words) }),
    );
  });

  it('lists the known defects when an id is not known', () => {
    const known = expect.stringContaining('actual-off, annual-price');
    expect(() => inject(world, ['nope'])).toThrow(expect.objectContaining({ hint: known }));
  });
});

describe('all', () => {
  it('hides every defect in a world that is large enough, those with a cause in three places', () => {
    const { defects } = inject(buildWorld(2, 400), 'all');
    for (const { id, cause } of DEFECTS) {
      const times = defects.filter((each) => each.id === id).length;
      expect([id, times]).toEqual([id, cause === null ? 1 : 3]);
    }
  });

  it('gives every defect organisations of its own where there are enough', () => {
    const { defects } = inject(buildWorld(2, 400), 'all');
    const orgs = defects.flatMap((each) => each.orgs);
    expect(new Set(orgs).size).toBe(orgs.length);
  });

  it('hides what fits in a small world', () => {
    for (const seed of [1, 2, 3, 42]) {
      const { defects } = inject(buildWorld(seed, 40), 'all');
      expect(new Set(defects.map(({ id }) => id)).size).toBeGreaterThan(36);
    }
    const everywhere = Array.from({ length: 24 }, (_, seed) => inject(buildWorld(seed, 40), 'all').defects).flat();
    expect(new Set(everywhere.map(({ id }) => id))).toEqual(new Set(DEFECT_IDS));
    expect(inject(buildWorld(1, 1), 'all').defects.length).toBeGreaterThan(0);
    expect(inject(world, 'none').defects).toEqual([]);
  });
});
