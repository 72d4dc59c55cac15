import { describe, expect, it } from 'vitest';
import { type Decimal, decimal, sum } from '../../../domain/decimal.ts';
import type { Check } from '../../reporter.ts';
import { sampleContext } from '../../testing/sample.ts';
import { amountsOn, unexplainedMoney } from './cause-money.ts';
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

  it('gives what lies far beyond the rest a band of its own, so that the rest fills the plot', () => {
    const usual = Array.from({ length: 200 }, (_, at) => check({ legacy: String(at + 1), contract: String(at + 2) }));
    const far = check({ legacy: '1e12', contract: '1e12' });
    const picture = quantityPicture([...usual, far], []);
    expect(picture?.ticks.at(-1)?.label).toBe('> 1K');
    const places = picture?.series.flatMap(({ points }) => points.map(([x]) => x)) ?? [];
    expect(places.filter((x) => x > PLOT / 2 && x < PLOT - 26).length).toBeGreaterThan(20);
    expect(quantityPicture(usual, [])?.ticks.at(-1)?.label).not.toContain('>');
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
    for (const row of heat?.rows ?? [])
      expect(row.cells.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(row.total);
  });

  it('colours by money: the costliest of a currency is the deepest, whatever the counts', () => {
    const heat = heatMap(context.findings);
    for (const row of heat?.rows ?? []) {
      for (const cell of row.cells) expect(cell.share >= 0 && cell.share <= 1).toBe(true);
    }
    expect(heat?.rows.flatMap(({ cells }) => cells.map(({ share }) => share))).toContain(1);
  });

  it('gathers the organisations beyond its rows in the last one', () => {
    const rows = heatMap(context.findings)?.rows ?? [];
    expect(rows.at(-1)?.org).toBeNull();
    expect(rows.at(-1)?.orgs).toBeGreaterThan(1);
  });
});

describe('money by cause', () => {
  it('adds up to the money at risk of its currency, with what no cause explains', () => {
    const { result } = context;
    const parts = [...result.rootCauses.flatMap(({ moneyAtRisk }) => moneyAtRisk), ...unexplainedMoney(result)];
    for (const { currency, overBilled, underBilled } of result.moneyAtRisk) {
      const own = parts.filter((one) => one.currency === currency);
      const total = (of: 'overBilled' | 'underBilled'): Decimal => sum(own.map((one) => decimal(one[of])));
      expect([total('overBilled'), total('underBilled')]).toEqual([decimal(overBilled), decimal(underBilled)]);
    }
  });

  it('draws each amount against the largest of its own currency', () => {
    const { result } = context;
    const all = amountsOn(result)([
      ...result.rootCauses.flatMap(({ moneyAtRisk }) => moneyAtRisk),
      ...unexplainedMoney(result),
    ]);
    for (const { currency } of result.moneyAtRisk) {
      const shares = all.filter((one) => one.currency === currency).map(({ share }) => share);
      expect(Math.max(...shares)).toBe(1);
      expect(Math.min(...shares)).toBeGreaterThan(0);
    }
  });
});
