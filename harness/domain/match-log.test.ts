import { describe, expect, it } from 'vitest';
import { CURRENCY } from '../report/testing/judgement.ts';
import type { Cell } from './finding.ts';
import { MatchLog } from './match-log.ts';

const match = (id: string, rest: Partial<Cell> = {}): Cell => ({
  ...CURRENCY,
  status: 'match',
  id,
  agreed: null,
  ...rest,
});

describe('a log of matches', () => {
  it('tells each with its rule and place, and of quantities what both sides state', () => {
    const { orgs, region, appId, sku, partNumber, period, side } = CURRENCY.scope;
    const log = MatchLog.from([
      match('00000000000a'),
      match('ffffffffffff', { rule: 'actual-quantity', category: 'quantity', agreed: '12.5' }),
      match('0123456789ab', { agreed: 'USD' }),
    ]);
    const place = { orgs, region, appId, sku, partNumber, period, side };
    const currency = { rule: CURRENCY.rule, category: CURRENCY.category };
    expect([...log]).toEqual([
      { id: '00000000000a', ...currency, currency: null, ...place, value: null },
      { id: 'ffffffffffff', rule: 'actual-quantity', category: 'quantity', currency: null, ...place, value: 12.5 },
      { id: '0123456789ab', ...currency, currency: 'USD', ...place, value: null },
    ]);
  });

  it('joins several in their order, and can be walked again', () => {
    const log = MatchLog.join([
      MatchLog.from([match('00000000000b')]),
      MatchLog.EMPTY,
      MatchLog.from([match('00000000000a')]),
    ]);
    const ids = (): string[] => [...log].map(({ id }) => id);
    expect(ids()).toEqual(['00000000000b', '00000000000a']);
    expect(ids()).toEqual(['00000000000b', '00000000000a']);
    expect([...MatchLog.EMPTY]).toEqual([]);
  });
});
