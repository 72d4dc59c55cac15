import { describe, expect, it } from 'vitest';
import type { Line } from '../../domain/line.ts';
import { ratio } from '../../domain/ratio.ts';
import { productsOf } from '../scope/products.ts';
import { UnitWords } from '../scope/units.ts';
import { number, type Told } from '../testing/figures.ts';
import { APRIL, contractSide, type Figures, policy, row, TYPICAL } from '../testing/sides.ts';
import { chooseRates } from './choose-rates.ts';
import { type PairMaterial, PLAIN } from './pair.ts';
import { readLegacy } from './read-legacy.ts';
import { valueIn } from './reading.ts';

/** A charge whose plan states these prices for days of the period. */
function charged(committed: readonly Told[], overage: readonly Told[], figures: Figures = {}): Line {
  const charge = { ...TYPICAL, ...figures, orgs: ['a'], sku: 'P1' };
  const [line] = contractSide([{ id: 'c', periods: [{ span: APRIL, charges: [charge] }] }]).lines;
  if (line === undefined) throw new Error('no line');
  const planned = {
    committed: committed.map((price) => number(price)),
    overage: overage.map((price) => number(price)),
  };
  return { ...line, planned };
}

function legacyOf(...rows: readonly Figures[]) {
  const [product] = productsOf(policy()).groups;
  if (product === undefined) throw new Error('no group');
  const material: PairMaterial = {
    ...PLAIN,
    key: 'k',
    product,
    orgs: [{ id: 'a', name: null }],
    region: null,
    period: APRIL,
    legacyLines: rows.map((figures) => row('a', 'P1', { ...TYPICAL, ...figures })),
    contractLines: [],
    notComparableReason: null,
    unreadSource: null,
  };
  return readLegacy(material, 'multiplier', new UnitWords({}));
}

const committed = (lines: readonly Line[], legacy: ReturnType<typeof legacyOf>, conversion: string | null = null) =>
  chooseRates(lines, legacy, conversion === null ? null : ratio(conversion)).map((one) => valueIn(one.committedRate));
const overage = (lines: readonly Line[], legacy: ReturnType<typeof legacyOf>) =>
  chooseRates(lines, legacy, null).map((one) => valueIn(one.overageRate));

describe('the price of a charge', () => {
  it('is the one of those in force that legacy states', () => {
    expect(committed([charged(['18', '20'], [])], legacyOf({ committedRate: '20' }))).toEqual(['20']);
    expect(committed([charged(['18', '20'], [])], legacyOf({ committedRate: '18' }))).toEqual(['18']);
  });

  it('is the first day’s where legacy states none of them', () => {
    expect(committed([charged(['18', '20'], [])], legacyOf({ committedRate: '19' }))).toEqual(['18']);
    expect(committed([charged(['18', '20'], [])], legacyOf({ committedRate: null }))).toEqual(['18']);
    expect(committed([charged(['18', '20'], [])], null)).toEqual(['18']);
  });

  it('is the charge’s own overage rate, unless its plan states that for some day, too', () => {
    const legacy = legacyOf({ overageRate: '24' });
    expect(overage([charged([], ['23', '24'], { overageRate: '23' })], legacy)).toEqual(['24']);
    expect(overage([charged([], ['24'], { overageRate: '25' })], legacy)).toEqual(['25']);
    expect(overage([charged([], ['24'], { overageRate: null })], legacy)).toEqual(['24']);
  });

  it('is converted before it is chosen', () => {
    // 30 an hour is 0.50 a minute, 1 is not.
    expect(committed([charged(['1', '0.5'], [])], legacyOf({ committedRate: '0.5' }), '60')).toEqual(['0.5']);
    expect(committed([charged(['1', '0.333'], [])], legacyOf({ committedRate: '0.3333' }), '60')).toEqual(['0.333']);
    expect(committed([charged(['1', '0.333'], [])], legacyOf({ committedRate: '0.3333' }))).toEqual(['1']);
  });

  it('is used up: two rows at two prices stand against two charges at the same two', () => {
    const rows = legacyOf({ committed: '10', committedRate: '18' }, { committed: '5', committedRate: '20' });
    const [ten, five] = [charged(['18', '20'], [], { committed: '10' }), charged(['18', '20'], [], { committed: '5' })];
    expect(committed([ten, five], rows)).toEqual(['18', '20']);
    expect(committed([five, ten], rows)).toEqual(['20', '18']);
    // Both charges would fit the one row: the second takes the other.
    expect(committed([ten, ten], rows)).toEqual(['18', '20']);
  });

  it('is not known where none fits and one cannot be read', () => {
    const [rates] = chooseRates([charged(['18', { bad: 'N/A' }], [])], legacyOf({ committedRate: '19' }), null);
    expect(rates?.committedRate.state).toBe('unclear');
    const [fits] = chooseRates([charged(['19', { bad: 'N/A' }], [])], legacyOf({ committedRate: '19' }), null);
    expect(fits?.committedRate).toMatchObject({ state: 'known', value: '19' });
  });

  it('is told by the quantities that charges make together, where a row is split over several', () => {
    const both = ['18', '20'] as const;
    const charges = [40, 60, 60].map((quantity) => charged(both, [], { committed: quantity }));
    const rows = legacyOf({ committed: '100', committedRate: '18' }, { committed: '60', committedRate: '20' });
    const rates = committed(charges, rows);
    expect(rates[0]).toBe('18');
    expect([...rates].sort()).toEqual(['18', '18', '20']);
    const split = [100, 30, 30].map((quantity) => charged(both, [], { committed: quantity }));
    expect(committed(split, rows)).toEqual(['18', '20', '20']);
  });
});
