import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, daysBetween, isoDate, lengthOf, overlapOf, parseDate } from './billing-period.ts';

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

describe('as the calendar of Temporal has it', () => {
  const two = (most: number) => fc.nat(most).map((value) => String(value).padStart(2, '0'));
  /** Most exist; some do not. */
  const days = fc
    .tuple(
      fc.nat(9999).map((year) => String(year).padStart(4, '0')),
      two(13),
      two(32),
    )
    .map((parts) => parts.join('-'));
  const seconds = fc.oneof(
    two(61).map((value) => `:${value}`),
    fc.tuple(two(59), fc.stringMatching(/^\d{1,9}$/)).map(([value, fraction]) => `:${value}.${fraction}`),
    fc.constant(''),
  );
  const offset = fc.oneof(
    fc.constantFrom('Z', 'z'),
    fc.tuple(fc.constantFrom('+', '-'), two(24), fc.constantFrom(':', ''), two(60)).map((parts) => parts.join('')),
  );
  const instants = fc
    .tuple(days, fc.constantFrom('T', 't', ' '), two(24), two(60), seconds, offset)
    .map(([day, between, hour, minute, second, zone]) => `${day}${between}${hour}:${minute}${second}${zone}`);

  const asTemporal = (read: () => Temporal.PlainDate): string | null => {
    try {
      return read().toString();
    } catch {
      return null;
    }
  };

  it('are dates and instants read', () => {
    const dateOf = (text: string) => Temporal.PlainDate.from(text, { overflow: 'reject' });
    const same = (text: string, read: (text: string) => Temporal.PlainDate): void => {
      expect(parseDate(text)).toBe(asTemporal(() => read(text)));
    };
    fc.assert(fc.property(days, (text) => same(text, dateOf)));
    const utc = (text: string) => Temporal.Instant.from(text).toZonedDateTimeISO('UTC').toPlainDate();
    fc.assert(
      fc.property(instants, (text) => same(text, utc)),
      { numRuns: 1000 },
    );
  });

  it('are days and months added, and days counted', () => {
    const real = days.map(parseDate).filter((date) => date !== null);
    fc.assert(
      fc.property(real, real, fc.integer({ min: -2000, max: 2000 }), (date, other, count) => {
        const plain = Temporal.PlainDate.from(date);
        expect(addDays(date, count)).toBe(plain.add({ days: count }).toString());
        expect(addMonths(date, count)).toBe(plain.add({ months: count }).toString());
        expect(daysBetween(date, other)).toBe(plain.until(Temporal.PlainDate.from(other)).days);
      }),
      { numRuns: 1000 },
    );
  });
});
