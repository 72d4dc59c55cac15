import { describe, expect, it } from 'vitest';
import { addMonths, daysBetween, isoDate, lengthOf, overlapOf, parseDate } from './billing-period.ts';

const period = (start: string, end: string) => ({ start: isoDate(start), end: isoDate(end) });

describe('parseDate', () => {
  it.each([
    ['2026-04-30', '2026-04-30'],
    ['2026-04-30T23:59:59Z', '2026-04-30'],
    ['2026-04-30T23:59:59.999Z', '2026-04-30'],
    ['2026-04-01T02:00:00+02:00', '2026-04-01'],
    ['2026-04-01T00:00:00+02:00', '2026-03-31'],
    ['2026-04-01T00:00:00', '2026-04-01'],
    ['2024-02-29', '2024-02-29'],
  ])('reads %s as %s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  it.each(['', '2026-02-30', '2026-02-29', '30.04.2026', '2026-4-1', 'April', '2026-04-01T25:00:00Z'])(
    'refuses %j',
    (text) => {
      expect(parseDate(text)).toBeNull();
    },
  );
});

describe('periods', () => {
  it('counts both ends', () => {
    expect(lengthOf(period('2026-04-01', '2026-04-30'))).toBe(30);
    expect(overlapOf(period('2026-04-01', '2026-04-30'), period('2026-04-30', '2026-05-02'))).toBe(1);
    expect(overlapOf(period('2026-04-01', '2026-04-30'), period('2026-05-01', '2026-05-31'))).toBe(0);
  });

  it('adds months by the calendar', () => {
    expect(addMonths(isoDate('2026-01-31'), 1)).toBe('2026-02-28');
    expect(addMonths(isoDate('2024-01-31'), 1)).toBe('2024-02-29');
    expect(daysBetween(isoDate('2026-03-01'), isoDate('2026-02-28'))).toBe(-1);
  });
});
