import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import { decimal } from '../../domain/decimal.ts';
import type { Cell } from '../../domain/finding.ts';
import type { Waiver } from '../../domain/policy.ts';
import { waivedByCause } from './waived-causes.ts';
import { WaiverBook } from './waivers.ts';

const WAIVER: Waiver = {
  rule: null,
  cause: 'rounding',
  org: null,
  sku: null,
  appId: null,
  period: null,
  reason: 'agreed',
  owner: 'owner',
  ticket: null,
  expires: isoDate('2026-07-31'),
  delta: null,
  maxMoney: null,
};
const cell = (id: string, rule: string, changes: Partial<Cell> = {}): Cell => ({
  id,
  status: 'mismatch',
  category: 'quantity',
  rule,
  scope: {
    orgs: [{ id: 'a', name: null }],
    region: null,
    appId: 'app',
    sku: 'P1',
    partNumber: 'P1',
    period: null,
    side: null,
    subject: '',
  },
  pair: 'pair',
  legacy: null,
  contract: null,
  agreed: null,
  delta: null,
  relative: null,
  money: [],
  reason: 'differs',
  waiver: null,
  derivedFrom: null,
  rootCause: null,
  ...changes,
});
const MONEY = [{ currency: 'USD', amount: decimal('5'), direction: 'over-billed' }] as const;
const FIRST = cell('1', 'committed-quantity', { rootCause: 'rounding', money: MONEY });

const settled = (cells: readonly Cell[], parents: Record<string, string[]> = {}): Record<string, string> => {
  const book = new WaiverBook([WAIVER], isoDate('2026-04-20'));
  const all = waivedByCause(cells, book, new Map(Object.entries(parents)));
  return Object.fromEntries(all.map(({ id, status, money }) => [id, `${status}${money.length > 0 ? ' $' : ''}`]));
};

describe('a waiver of a cause', () => {
  it('takes with it what follows from waived differences alone, over several steps and beside the pair', () => {
    const second = cell('2', 'overage-quantity', { derivedFrom: '1' });
    const third = cell('3', 'overage-charge', { derivedFrom: '2' });
    const sided = cell('4', 'plan-charge-agreement', { derivedFrom: '1', pair: 'charge', category: 'invariant' });
    const parents = { 2: ['1'], 3: ['2'] };
    expect(settled([FIRST, third, second, sided], parents)).toEqual({
      1: 'waived $',
      2: 'waived',
      3: 'waived',
      4: 'waived',
    });
  });

  it('leaves what follows from another mismatch too, and the money of the pair stands there', () => {
    const rate = cell('2', 'overage-rate', { category: 'rate' });
    const charge = cell('3', 'overage-charge', { derivedFrom: '1', category: 'overage' });
    const parents = { 3: ['1', '2'] };
    expect(settled([FIRST, rate, charge], parents)).toEqual({ 1: 'waived', 2: 'mismatch $', 3: 'mismatch' });
  });

  it('that is expired opens nothing but says so', () => {
    const book = new WaiverBook([WAIVER], isoDate('2026-08-01'));
    const [only] = waivedByCause([FIRST], book, new Map());
    expect(only).toMatchObject({ status: 'mismatch', reason: 'differs; the waiver of owner expired on 2026-07-31' });
  });
});
