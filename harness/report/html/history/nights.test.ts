import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import type { Night } from '../../../domain/history.ts';
import { Nights } from './nights.tsx';

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
