/** Which SKU stands for which part number: proven by quantities, said by names, or open. */
import { describe, expect, it } from 'vitest';
import { decimal } from '../../domain/decimal.ts';
import { ratioText } from '../../domain/ratio.ts';
import type { Held, HeldProducts, Holding } from './holdings.ts';
import { type Proposal, proposeMapping } from './mapping.ts';

type Uses = Readonly<Record<string, number | string>>;

/** What each organisation used of a product. */
function held(name: string, uses: Uses): Held {
  const holdings = Object.entries(uses).map(
    ([org, use]): Holding => ({
      orgs: [org],
      lines: [],
      committed: [],
      actual: [decimal(use)],
      committedRates: [],
      overageRates: [],
    }),
  );
  return { name, holdings, lines: [] };
}

const products = (all: Readonly<Record<string, Uses>>): HeldProducts =>
  new Map(Object.entries(all).map(([name, uses]) => [name, held(name, uses)]));

function proposed(legacy: Readonly<Record<string, Uses>>, contract: Readonly<Record<string, Uses>>) {
  const { proposals, leftSkus } = proposeMapping(products(legacy), products(contract));
  return { told: proposals.map(tell), left: leftSkus.map(({ name }) => name) };
}

const tell = (proposal: Proposal): string =>
  proposal.standing === 'open'
    ? `${proposal.partNumber} open: ${proposal.because}`
    : `${proposal.partNumber} ${proposal.standing}: ${proposal.chosen.skus.join('+')} × ${ratioText(proposal.chosen.evidence.factor)}`;

const USES = { a: 101, b: 257, c: 389, d: 4021 };

describe('a mapping', () => {
  it('is proven by three quantities, whatever the names', () => {
    expect(proposed({ P: USES }, { S: USES, T: { a: 7, b: 9, c: 11 } })).toEqual({
      told: ['P proven: S × 1'],
      left: ['T'],
    });
  });

  it('is open where two SKUs fit as well', () => {
    expect(proposed({ P: USES }, { S: USES, T: USES }).told).toEqual([
      'P open: several SKUs fit its quantities equally well',
    ]);
  });

  it('is open where two part numbers fit one SKU', () => {
    const reason = 'the SKU that fits its quantities fits another part number, too';
    expect(proposed({ P: USES, Q: USES }, { S: USES }).told).toEqual([`P open: ${reason}`, `Q open: ${reason}`]);
  });

  it('takes the name where quantities do not tell, and leaves it where they contradict', () => {
    expect(proposed({ P: { a: 5 } }, { P: { a: 5 } }).told).toEqual(['P named: P × 1']);
    expect(proposed({ P: USES }, { P: { a: 7, b: 9, c: 11, d: 13 } }).told).toEqual([
      'P open: the SKU of its name states other quantities',
    ]);
  });

  it('is open where fewer than three organisations tell', () => {
    expect(proposed({ P: { a: 101, b: 257 } }, { S: { a: 101, b: 257 } }).told).toEqual([
      'P open: fewer than 3 of its organisations state quantities that tell, and no name says it',
    ]);
  });

  it('is no proof where everybody has the same small number', () => {
    const ones = { a: 1, b: 1, c: 1, d: 1 };
    expect(proposed({ P: ones }, { S: ones }).told).toEqual([expect.stringMatching(/^P open: /)]);
  });

  it.each([
    ['60', { a: 60 * 101, b: 60 * 257, c: 60 * 389, d: 60 * 4021 }],
    ['1/17', { a: '5.94', b: '15.12', c: '22.88', d: '236.53' }],
    ['2.5', { a: '252.5', b: '642.5', c: '972.5', d: '10052.5' }],
  ])('finds the factor %s, also where the other side rounds', (factor, uses) => {
    expect(proposed({ P: USES }, { S: uses }).told).toEqual([`P proven: S × ${factor}`]);
  });

  it('is of two SKUs where they add up, or where each organisation has one', () => {
    const half = { a: 41, b: 157, c: 200, d: 21 };
    const rest = { a: 60, b: 100, c: 189, d: 4000 };
    expect(proposed({ P: USES }, { S: half, T: rest }).told).toEqual(['P proven: S+T × 1']);
    const more = { ...USES, e: 77, f: 88, g: 99 };
    const [first, second] = [USES, { e: 77, f: 88, g: 99 }];
    expect(proposed({ P: more }, { NEW: first, OLD: second }).told).toEqual(['P proven: NEW+OLD × 1']);
  });

  it('outlives some figures that differ', () => {
    const off = { ...USES, e: 55, f: 66, g: 78 };
    expect(proposed({ P: off }, { S: { ...off, a: 1, b: 2 } }).told).toEqual(['P proven: S × 1']);
  });
});
