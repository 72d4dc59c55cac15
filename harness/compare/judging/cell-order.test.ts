import { expect, it } from 'vitest';
import { decimal } from '../../domain/decimal.ts';
import type { Cell, MoneyAtRisk } from '../../domain/finding.ts';
import { APRIL, span } from '../testing/sides.ts';
import { inOrder } from './cell-order.ts';

const usd = (amount: string, currency = 'USD'): MoneyAtRisk => ({
  currency,
  amount: decimal(amount),
  direction: 'over-billed',
});
const cell = (id: string, scope: Partial<Cell['scope']> = {}, money: readonly MoneyAtRisk[] = []): Cell => ({
  id,
  status: 'mismatch',
  category: 'rate',
  rule: 'overage-rate',
  scope: {
    orgs: [{ id: 'm', name: null }],
    region: 'r',
    appId: null,
    sku: 's',
    partNumber: 'p',
    period: APRIL,
    side: 'contract',
    subject: 'j',
    ...scope,
  },
  pair: id,
  legacy: null,
  contract: null,
  agreed: null,
  delta: null,
  relative: null,
  money,
  reason: null,
  waiver: null,
  derivedFrom: null,
  rootCause: null,
});
const idsOf = (...rules: readonly (readonly Cell[])[]): string =>
  inOrder(rules)
    .map(({ id }) => id)
    .join(' ');
const orgs = (...ids: readonly string[]) => ids.map((id) => ({ id, name: null }));

it.each<[string, Partial<Cell['scope']>, Partial<Cell['scope']>]>([
  ['organisations', { orgs: orgs('a', 'z') }, { orgs: orgs('b') }],
  ['several organisations', { orgs: orgs('a', 'b') }, { orgs: orgs('a', 'c') }],
  ['none before some', { orgs: [] }, { orgs: orgs('a') }],
  ['part numbers', { partNumber: null }, { partNumber: 'a' }],
  ['SKUs', { sku: null }, { sku: 'a' }],
  ['periods', { period: span('2026-03-01', '2026-03-31') }, { period: APRIL }],
  ['no period before one', { period: null }, { period: APRIL }],
  ['sides', { side: null }, { side: 'contract' }],
  ['regions', { region: null }, { region: 'a' }],
  ['subjects', { subject: 'a' }, { subject: 'b' }],
])('cells of one rule stand in the order of %s', (_, first, second) => {
  // The ids say the opposite, so that they decide nothing.
  const [a, b] = [cell('z', first), cell('a', second)];
  expect(idsOf([a, b])).toBe('z a');
  expect(idsOf([b, a])).toBe('z a');
});

it('in the order of ids where nothing else tells them apart', () => {
  expect(idsOf([cell('b'), cell('a')])).toBe('a b');
});

it('organisations count before products, products before periods, periods before sides', () => {
  const late = { period: span('2026-05-01', '2026-05-31') };
  const all = [
    cell('1', { orgs: orgs('a'), partNumber: 'z' }),
    cell('2', { orgs: orgs('b'), partNumber: 'a', sku: 'z' }),
    cell('3', { orgs: orgs('b'), partNumber: 'b', sku: 'a', ...late }),
    cell('4', { orgs: orgs('b'), partNumber: 'b', sku: 'b', side: 'legacy' }),
    cell('5', { orgs: orgs('b'), partNumber: 'b', sku: 'b', ...late, side: 'contract', region: 'z' }),
    cell('6', { orgs: orgs('b'), partNumber: 'b', sku: 'b', ...late, side: 'legacy', region: 'a', subject: 'z' }),
    cell('7', { orgs: orgs('b'), partNumber: 'b', sku: 'b', ...late, side: 'legacy', region: 'b', subject: 'a' }),
  ];
  expect(idsOf([...all].reverse())).toBe('1 2 3 4 5 6 7');
});

it('money comes first, the greatest amount in any currency before others; rules in the order in which they are given', () => {
  const rich = cell('rich', {}, [usd('1', 'EUR'), usd('9')]);
  const poor = cell('poor', {}, [usd('8')]);
  const other = cell('euro', {}, [usd('8', 'EUR')]);
  expect(idsOf([cell('y'), poor], [cell('x'), rich], [other])).toBe('rich euro poor y x');
});
