import { describe, expect, it } from 'vitest';
import { isoDate } from './billing-period.ts';
import { periodStatus, statedPeriod, usablePeriod } from './contract-period.ts';
import { absent, known } from './figure.ts';

const AT = { exchange: 'x', pointer: '/' };
const date = (value: string | null) => (value === null ? absent(AT) : known(isoDate(value), value, AT));
const status = (value: string | null) => (value === null ? absent(AT) : known(value, value, AT));
const period = (start: string | null, end: string | null, word: string | null = 'Open') => ({
  id: 'p',
  start: date(start),
  end: date(end),
  status: status(word),
  at: AT,
});

describe('a billing period of the contract side', () => {
  it.each([
    ['Open', 'open'],
    ['closed', 'closed'],
    ['CLOSED', 'closed'],
    ['Paused', 'unknown'],
    [null, 'unknown'],
  ])('with the status %s is %s', (word, expected) => {
    expect(periodStatus(status(word))).toBe(expected);
    expect(statedPeriod(period('2026-04-01', '2026-04-30', word))).toEqual({
      start: '2026-04-01',
      end: '2026-04-30',
      status: expected,
    });
  });

  it('is none without its dates', () => {
    expect(statedPeriod(period(null, '2026-04-30'))).toBeNull();
    expect(statedPeriod(period('2026-04-01', null))).toBeNull();
    expect(usablePeriod(period(null, '2026-04-30'))).toBeNull();
  });

  it('that ends before it starts is stated, and of no use', () => {
    expect(statedPeriod(period('2026-04-02', '2026-04-01'))).not.toBeNull();
    expect(usablePeriod(period('2026-04-02', '2026-04-01'))).toBeNull();
    expect(usablePeriod(period('2026-04-01', '2026-04-01'))).not.toBeNull();
  });
});
