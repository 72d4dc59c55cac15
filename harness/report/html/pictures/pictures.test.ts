import { describe, expect, it } from 'vitest';
import type { Check } from '../../reporter.ts';
import { sampleContext } from '../../testing/sample.ts';
import { moneyByCause } from './cause-money.ts';
import { heatMap } from './heat.ts';
import { PLOT, quantityPicture } from './quantities.ts';

const context = sampleContext({ out: '' });
const check = (more: Partial<Check>): Check => ({
  id: 'c',
  status: 'match',
  category: 'quantity',
  rule: 'actual-quantity',
  orgs: [],
  region: null,
  appId: null,
  pair: 'p',
  legacy: '10',
  contract: '10',
  rootCause: null,
  outsideCoverage: false,
  ...more,
});

describe('legacy against contract quantity', () => {
  it('puts what agrees on the diagonal, and a factor on a line beside it', () => {
    const wrong = ['1', '10', '100'].map((legacy) =>
      check({ status: 'mismatch', rootCause: 'unit-factor', legacy, contract: String(Number(legacy) * 60) }),
    );
    const picture = quantityPicture([check({}), check({ legacy: '5000', contract: '5000' }), ...wrong], []);
    const series = (key: string) => picture?.series.find((one) => one.key === key);
    for (const [x, y] of series('match')?.points ?? [[0, 1]]) expect(x).toBe(y);
    const factor = series('unit-factor');
    expect(factor?.ratios).toEqual([60, 60]);
    const offsets = factor?.points.map(([x, y]) => y - x) ?? [];
    expect(Math.max(...offsets) - Math.min(...offsets)).toBeLessThanOrEqual(2);
    expect(Math.min(...offsets)).toBeGreaterThan(10);
  });

  it('has a place for zero and for what is below it, and keeps all within the plot', () => {
    const odd = ['0', '-3', '1e-9', '123456789012345678'].map((contract) =>
      check({ status: 'mismatch', legacy: '0', contract }),
    );
    const all = quantityPicture(odd, [])?.series.flatMap(({ points }) => points) ?? [];
    expect(all.length).toBeGreaterThan(2);
    for (const at of all.flat()) expect(at >= 0 && at <= PLOT).toBe(true);
  });

  it('draws points in the same place once, and counts them all', () => {
    const [series] =
      quantityPicture(
        Array.from({ length: 500 }, () => check({})),
        [],
      )?.series ?? [];
    expect([series?.points.length, series?.count]).toEqual([1, 500]);
  });

  it('is left out where no quantity stands on both sides', () => {
    expect(quantityPicture([check({ contract: null }), check({ rule: 'overage-rate' })], [])).toBeNull();
  });
});

describe('the heat map', () => {
  it('counts every mismatch of an organisation once', () => {
    const heat = heatMap(context.findings);
    const mismatches = context.findings.filter(({ status }) => status === 'mismatch');
    const total = heat?.rows.reduce((sum, row) => sum + row.total, 0);
    expect(total).toBe(mismatches.reduce((sum, { orgs }) => sum + orgs.length, 0));
    for (const row of heat?.rows ?? []) expect(row.counts.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(row.total);
  });

  it('gathers the organisations beyond its rows in the last one', () => {
    const rows = heatMap(context.findings)?.rows ?? [];
    expect(rows.at(-1)?.org).toBeNull();
    expect(rows.at(-1)?.orgs).toBeGreaterThan(1);
  });
});

describe('money by cause', () => {
  it('adds up to the money at risk of its currency', () => {
    const { result } = context;
    for (const { currency, bars } of moneyByCause(result)) {
      const whole = result.moneyAtRisk.find((money) => money.currency === currency);
      const cents = (amounts: string[]): number =>
        amounts.reduce((sum, amount) => sum + Math.round(Number(amount) * 1000), 0);
      expect(cents(bars.map(({ under }) => under))).toBe(cents([whole?.underBilled ?? '']));
      expect(cents(bars.map(({ over }) => over))).toBe(cents([whole?.overBilled ?? '']));
    }
  });
});
