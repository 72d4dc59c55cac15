import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CellScope } from '../../domain/finding.ts';
import { APRIL } from '../testing/sides.ts';
import { CellIds } from './cell-id.ts';

const FULL: CellScope = {
  orgs: [
    { id: 'a', name: 'Anna' },
    { id: 'b', name: null },
  ],
  region: 'us-east-1',
  appId: 'app',
  sku: 'S-1',
  partNumber: 'P-1',
  period: APRIL,
  side: 'contract',
  subject: 'charge 1',
};
/** Ids are kept by runs, waivers and whoever compares nights: the text that they are made of never changes. */
const idOf = (...lines: readonly string[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 12);
const next = (scope: CellScope): string => new CellIds().next('paging', scope);

describe('the id of a cell', () => {
  it('is made of rule, side, organisations, product, first day and subject', () => {
    expect(next(FULL)).toBe(idOf('paging', 'contract', 'a b', 'app/P-1/S-1', '2026-04-01', 'charge 1'));
    expect(next({ ...FULL, orgs: [{ id: 'a', name: null }], side: null })).toBe(
      idOf('paging', '', 'a', 'app/P-1/S-1', '2026-04-01', 'charge 1'),
    );
    const bare = { ...FULL, orgs: [], appId: null, partNumber: null, sku: null, period: null, subject: '' };
    expect(next(bare)).toBe(idOf('paging', 'contract', '', '//', '', ''));
  });

  it('knows nothing of names and regions', () => {
    expect(next({ ...FULL, region: null, orgs: FULL.orgs.map(({ id }) => ({ id, name: 'other' })) })).toBe(next(FULL));
  });

  it('is never given twice: what nothing tells apart is numbered', () => {
    const ids = new CellIds();
    const text = ['paging', 'contract', 'a b', 'app/P-1/S-1', '2026-04-01', 'charge 1'];
    expect([1, 2, 3].map(() => ids.next('paging', FULL))).toEqual([
      idOf(...text),
      idOf(...text, '2'),
      idOf(...text, '3'),
    ]);
    expect(ids.next('paging', { ...FULL })).toBe(idOf(...text, '4'));
    expect(ids.next('currency', FULL)).toBe(idOf('currency', ...text.slice(1)));
  });
});
