/** What a scenario says of products, in every way: readings of bundleQuantity, factors, rate cards, units, kinds. */
import { describe, expect, it } from 'vitest';
import { decimal } from '../../domain/decimal.ts';
import type { ExpectedRates } from '../../domain/policy.ts';
import { ratio } from '../../domain/ratio.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { compare } from '../compare.ts';
import { said, type Told } from '../testing/figures.ts';
import {
  APRIL,
  contractSide,
  type Figures,
  legacySide,
  onePair,
  policy,
  product,
  row,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';
import { PRESENCE, QUANTITIES, RATES } from '../testing/studied.ts';
import { table } from '../testing/tell.ts';

const BUNDLES: readonly Told[] = [null, '0', '1', '3', { bad: 'x' }];

it('every reading of bundleQuantity', async () => {
  const told: readonly (readonly [Told, Told])[] = [
    [null, null],
    ['10', null],
    ['10', '4'],
    [{ bad: 'N/A' }, '4'],
  ];
  const rows = (['multiplier', 'allowance', 'ignore'] as const).flatMap((bundleQuantity) =>
    BUNDLES.flatMap((bundle) =>
      told.map(([committed, included]) => {
        const legacy: Figures = { ...TYPICAL, actual: '40', bundle, committed, included };
        const sides = onePair(legacy, { committed: '30', included: '13' });
        const judgement = compare(sides.legacy, sides.contract, policy({ bundleQuantity }));
        const figures = `committed ${said(committed)} and included ${said(included)}`;
        return [[bundleQuantity, `bundle ${said(bundle)}`, figures], judgement] as const;
      }),
    ),
  );
  await expect(table({ rules: QUANTITIES }, rows)).toMatchFileSnapshot('bundle.txt');
});

describe('factors', () => {
  it('scale quantities up and rates down, by part number and app', async () => {
    const rows = ['1', '12', '0.001'].flatMap((factor) =>
      [TYPICAL, { ...TYPICAL, actual: '10' }, { ...TYPICAL, included: '12', bundle: '2' }].map((legacy) => {
        const sides = onePair(legacy, { committed: '120', actual: '180', committedRate: '2', overageRate: '1.978' });
        const products = [product('P1', { factor: ratio(factor) })];
        const judgement = compare(sides.legacy, sides.contract, policy({ products }));
        return [[`factor ${factor}`, JSON.stringify(legacy)], judgement] as const;
      }),
    );
    await expect(table({ rules: [...QUANTITIES, ...RATES] }, rows)).toMatchFileSnapshot('factors.txt');
  });

  it('of several part numbers under one SKU are each their own', async () => {
    const rows = [
      ['12', '1'],
      ['12', '12'],
    ].flatMap(([one, other]) =>
      ['23.74', '2', '0', null].map((overageRate) => {
        const legacy = legacySide([
          subscription('a', [
            row('a', 'P1', { ...TYPICAL, overageRate: '24', unit: 'hour' }),
            row('a', 'P2', { ...TYPICAL, overageRate, unit: 'hour' }),
          ]),
        ]);
        const { contract } = onePair(TYPICAL, { committed: '130', actual: '195', unit: 'minute' });
        const products = [
          product('P1', { factor: ratio(one ?? ''), skus: ['P1', 'P3'] }),
          product('P2', { factor: ratio(other ?? ''), skus: ['P1', 'P3'], appId: 'another' }),
        ];
        const judgement = compare(legacy, contract, policy({ products }));
        return [[`factors ${one} and ${other}`, `second overage rate ${overageRate}`], judgement] as const;
      }),
    );
    await expect(table({ rules: [...QUANTITIES, 'unit-of-measure', ...RATES] }, rows)).toMatchFileSnapshot(
      'factors.several.txt',
    );
  });
});

const card = (changes: Partial<ExpectedRates>): ExpectedRates => ({
  currency: null,
  committedRate: null,
  overageRate: null,
  ...changes,
});

describe('rate cards', () => {
  const CARDS: readonly (readonly [string, ExpectedRates | null])[] = [
    ['none', null],
    ['empty', card({})],
    ['currency EUR', card({ currency: 'EUR' })],
    ['committed 25', card({ committedRate: decimal('25') })],
    ['overage 19', card({ overageRate: decimal('19') })],
    ['all', card({ currency: 'USD', committedRate: decimal('20'), overageRate: decimal('23.74') })],
  ];
  const TOLD: readonly (readonly [string, Figures])[] = [
    ['as always', {}],
    ['idle', { committed: '0', actual: '0' }],
    ['idle at no rate', { committed: '0', actual: '0', committedRate: '0', overageRate: '0' }],
    ['without rates', { committedRate: null, overageRate: null, currency: null }],
    ['at rates that cannot be read', { committedRate: { bad: '?' }, overageRate: { bad: '?' }, currency: { bad: '' } }],
  ];

  it('beside what both sides state', async () => {
    const judge = (expected: ExpectedRates | null, legacy: Figures, contract: Figures) => {
      const sides = onePair({ ...TYPICAL, ...legacy }, { ...TYPICAL, ...contract });
      return compare(sides.legacy, sides.contract, policy({ products: [product('P1', { expected })] }));
    };
    const rows = CARDS.flatMap(([what, expected]) =>
      TOLD.map(([how, figures]) => [[`card ${what}`, `both ${how}`], judge(expected, figures, figures)] as const),
    );
    const [all] = CARDS.flatMap(([what, expected]) => (what === 'all' ? [expected] : []));
    const apart = TOLD.flatMap(([before, legacy]) =>
      TOLD.filter(([after]) => before !== after && [before, after].includes('as always')).map(
        ([after, contract]) =>
          [['card all', `legacy ${before}`, `contract ${after}`], judge(all ?? null, legacy, contract)] as const,
      ),
    );
    await expect(table({ rules: [...RATES, 'rate-card'] }, [...rows, ...apart])).toMatchFileSnapshot('rate-card.txt');
  });

  it('of several mappings of one product must agree', async () => {
    const all = { currency: 'USD', committedRate: decimal('20'), overageRate: decimal('23.74') };
    const others = [{}, { currency: 'EUR' }, { committedRate: decimal('21') }, { overageRate: null }];
    const rows: (readonly [string, Judgement])[] = others.map((other) => {
      const products = [
        product('P1', { expected: all, skus: ['P1'] }),
        product('P3', { expected: { ...all, ...other }, skus: ['P1'], appId: 'other', kind: 'peak' }),
      ];
      const sides = onePair();
      return [
        `the other ${JSON.stringify(other)}`,
        compare(sides.legacy, sides.contract, policy({ products })),
      ] as const;
    });
    const silent = contractSide([]);
    const products = [product('P1', { expected: all }), product('P3', { expected: card({}), skus: ['P1'] })];
    rows.push(['no contract line', compare(onePair().legacy, silent, policy({ products }))]);
    await expect(table({ rules: ['product-missing-in-contract', ...RATES, 'rate-card'] }, rows)).toMatchFileSnapshot(
      'rate-card.several.txt',
    );
  });
});

describe('what the scenario does not map', () => {
  it('is told, ten of it by name', async () => {
    const worlds = [1, 10, 12].map((count) => {
      const names = Array.from({ length: count }, (_, index) => `X${String(index).padStart(2, '0')}`);
      const legacy = legacySide([
        subscription('a', [
          row('a', 'P1'),
          ...names.map((name) => row('a', name)),
          row('a', 'OF-ANOTHER-APP', TYPICAL, { appId: 'other' }),
          row('a', 'OF-NO-APP', TYPICAL, { appId: null }),
          row('a', 'NOTHING-IN-IT', { committed: '0', actual: '0' }),
        ]),
      ]);
      const charge = { ...TYPICAL, orgs: ['a'], sku: 'P1' };
      const charges = [
        charge,
        ...names.map((name) => ({ ...charge, sku: name })),
        { ...charge, sku: 'SHARED', orgs: ['a', 'z'] },
        { ...charge, sku: 'OF-A-STRANGER', orgs: ['z'] },
        { ...charge, sku: 'NOTHING-IN-IT', committed: '0', actual: '0' },
        { ...charge, orgs: ['z'] },
      ];
      const contract = contractSide([{ id: 'c', periods: [{ span: APRIL, charges }] }]);
      const orgs = [{ id: 'a', region: 'us-east-1', name: null }];
      return [`${count} of each`, compare(legacy, contract, policy({ orgs }))] as const;
    });
    await expect(table({ rules: PRESENCE, notes: true }, worlds)).toMatchFileSnapshot('unmapped.txt');
  });
});
