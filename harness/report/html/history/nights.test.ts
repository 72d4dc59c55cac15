import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import type { Night } from '../../../domain/history.ts';
import { drawnOf } from './fold-void.tsx';
import { Nights } from './nights.tsx';
import { Percentages } from './percentages.tsx';

const DAY_MS = 86_400_000;

/** Nights from one day to another; those that are named had a run at parity. */
function nightsFrom(first: string, last: string, runs: readonly string[]): Night[] {
  const count = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  return Array.from({ length: count }, (_, at): Night => {
    const date = new Date(Date.parse(first) + at * DAY_MS).toISOString().slice(0, 10);
    return { date, standing: runs.includes(date) ? 'parity' : 'missing', run: null } as unknown as Night;
  });
}

const squares = (html: string): number => [...html.matchAll(/<li class="square /g)].length;

it('tells months without a run in one line, and draws those with one', () => {
  const html = renderToString(
    h(Nights, { id: 's1', nights: nightsFrom('2026-04-20', '2026-09-30', ['2026-04-20', '2026-09-01']) }),
  );
  expect(html).toContain('May 2026 to August 2026: no run on 123 nights');
  expect(squares(html)).toBe(11 + 30);
});

it('counts nights of folded months as nights without a run', () => {
  const html = renderToString(h(Nights, { id: 's1', nights: nightsFrom('2026-04-01', '2026-05-31', ['2026-04-02']) }));
  expect(html).toContain('May 2026: no run on 31 nights');
  expect(html).toMatch(/No run<\/span><\/span>\s*<strong>60<\/strong>/);
});

it('draws one place for a long stretch without a run, and every night of a short one', () => {
  const short = nightsFrom('2026-04-01', '2026-04-16', ['2026-04-01', '2026-04-16']);
  expect(drawnOf(short)).toEqual({ nights: short, places: short.map((_, at) => at), folds: [] });
  const long = nightsFrom('2026-04-01', '2026-09-30', ['2026-04-01', '2026-09-30']);
  const { nights, places, folds } = drawnOf(long);
  expect(nights.map(({ date }) => date)).toEqual(['2026-04-01', '2026-04-02', '2026-09-30']);
  expect(places).toEqual([0, 1, 182]);
  expect(folds).toEqual([{ at: 1, first: '2026-04-02', last: '2026-09-29', count: 181 }]);
});

it('says which nights a picture leaves out', () => {
  const nights = nightsFrom('2026-04-01', '2026-09-30', ['2026-04-01', '2026-09-30']);
  const text = renderToString(h(Percentages, { id: 's1', nights })).replaceAll(/<[^>]+>/g, '');
  expect(text).toContain('Not drawn: 2026-04-02 to 2026-09-29, no run on 181 nights.');
});
