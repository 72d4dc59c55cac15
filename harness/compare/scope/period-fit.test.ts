import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import { APRIL, span } from '../testing/sides.ts';
import { PeriodFit, wanted } from './period-fit.ts';

const fit = new PeriodFit();

describe('which period a piece belongs to', () => {
  it.each([
    ['the same', '2026-04-01', '2026-04-30', true],
    ['a day later', '2026-04-02', '2026-05-01', true],
    ['shifted by fourteen days', '2026-04-15', '2026-05-14', true],
    ['shifted by half', '2026-04-16', '2026-05-15', false],
    ['a piece that lies inside', '2026-04-20', '2026-04-22', true],
    ['a piece with half outside', '2026-04-29', '2026-05-02', false],
    ['the month after', '2026-05-01', '2026-05-31', false],
    ['one that ends before it starts', '2026-04-20', '2026-04-10', false],
  ])('%s', (_, start, end, answer) => {
    expect(fit.belongs(span(start, end), APRIL)).toBe(answer);
    expect(fit.belongs(span(start, end), APRIL)).toBe(answer);
  });
});

describe('coverage', () => {
  it.each<[string, [string, string][], string]>([
    ['nothing', [], 'none'],
    ['all in one', [['2026-03-15', '2026-05-14']], 'all'],
    [
      'all in two',
      [
        ['2026-04-01', '2026-04-14'],
        ['2026-04-15', '2026-04-30'],
      ],
      'all',
    ],
    [
      'all in three, of which one lies within another',
      [
        ['2026-04-01', '2026-04-20'],
        ['2026-04-05', '2026-04-10'],
        ['2026-04-16', '2026-04-30'],
      ],
      'all',
    ],
    [
      'pieces that each begin before the last one ends',
      [
        ['2026-04-01', '2026-04-10'],
        ['2026-04-08', '2026-04-12'],
        ['2026-04-11', '2026-04-14'],
      ],
      'under-half',
    ],
    ['half', [['2026-04-01', '2026-04-15']], 'half'],
    ['less than half', [['2026-04-01', '2026-04-14']], 'under-half'],
    [
      'two that overlap count once',
      [
        ['2026-04-01', '2026-04-10'],
        ['2026-04-05', '2026-04-14'],
      ],
      'under-half',
    ],
    [
      'a gap of a day',
      [
        ['2026-04-01', '2026-04-14'],
        ['2026-04-16', '2026-04-30'],
      ],
      'half',
    ],
  ])('%s', (_, pieces, answer) => {
    expect(fit.coverage(pieces.map(([start, end]) => span(start, end)).reverse(), APRIL)).toBe(answer);
  });
});

describe('the period that is asked for', () => {
  const periods = [
    span('2026-02-01', '2026-02-28', 'closed'),
    span('2026-03-01', '2026-03-31', 'closed'),
    APRIL,
    span('2026-05-01', '2026-05-31', 'unknown'),
  ];
  const today = isoDate('2026-04-20');

  it('open: by its status, or because it contains today', () => {
    expect(wanted(periods, { kind: 'open' }, today)).toEqual([APRIL]);
    expect(wanted(periods, { kind: 'open' }, isoDate('2026-05-02'))).toEqual([APRIL, periods[3]]);
  });
  it('last-closed: the newest that has ended by the clock', () => {
    expect(wanted(periods, { kind: 'last-closed' }, today)).toEqual([periods[1]]);
    expect(wanted(periods, { kind: 'last-closed' }, isoDate('2026-01-01'))).toEqual([]);
    expect(wanted(periods, { kind: 'last-closed' }, isoDate('2026-03-31'))).toEqual([periods[0]]);
    expect(wanted([...periods].reverse(), { kind: 'last-closed' }, today)).toEqual([periods[1]]);
  });
  it('a date: the one that contains it', () => {
    expect(wanted(periods, { kind: 'date', date: isoDate('2026-02-28') }, today)).toEqual([periods[0]]);
  });
});
