/** Both sides of a world without defects say the same, read here without the normalisers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareDecimals, type Decimal, maximum, multiply, subtract, sum, ZERO } from '../domain/decimal.ts';
import { toMinorUnit } from '../domain/money.ts';
import { type RunningSandbox, startSandbox } from './index.ts';
import { type BothSides, type ChargeRead, type LegacyRowRead, readBothSides } from './testing/both-sides.ts';
import { list, type Read, text } from './testing/session.ts';

const overageOf = (row: LegacyRowRead): Decimal => {
  const over = subtract(row.actual, maximum(row.committed, row.included));
  return compareDecimals(over, ZERO) > 0 ? over : ZERO;
};

const chargeOf = (row: LegacyRowRead): Decimal =>
  row.rate === null ? ZERO : toMinorUnit(multiply(overageOf(row), row.rate), row.currency);

const isSum = (partNumber: string): boolean => partNumber.endsWith('BOTMSG') || partNumber.endsWith('MIN');
const partNumberOf = (sku: string): string => sku.replace(/-(VOICE|VIDEO)$/, '');

/** Charges of one product and one set of organisations, by the period that they stand in. */
function groupsOf(charges: readonly ChargeRead[]): Map<string, Map<string, ChargeRead[]>> {
  const groups = new Map<string, Map<string, ChargeRead[]>>();
  for (const charge of charges) {
    const key = `${partNumberOf(charge.sku)} ${[...charge.orgs].sort().join(' ')}`;
    const periods = groups.get(key) ?? new Map<string, ChargeRead[]>();
    groups.set(key, periods);
    const period = text(charge.period['id']);
    periods.set(period, [...(periods.get(period) ?? []), charge]);
  }
  return groups;
}

/** Adds over SKUs; over the parts of a cut period adds what is metered and takes the greatest of all else. */
function fold(
  periods: ReadonlyMap<string, readonly ChargeRead[]>,
  metered: boolean,
  of: (charge: ChargeRead) => Decimal,
): Decimal {
  const parts = [...periods.values()].map((charges) => sum(charges.map(of)));
  return metered ? sum(parts) : parts.reduce((greatest, part) => maximum(greatest, part), ZERO);
}

const kindsOfCharge = ({ orgs, charge, fairuse, actual, currency }: ChargeRead): string[] => [
  currency,
  ...(orgs.length > 1 ? ['charge over several organisations'] : []),
  ...(fairuse === ZERO ? [] : ['fair use']),
  ...(actual.includes('.') ? ['fraction of a unit'] : []),
  ...(charge === ZERO ? [] : ['overage']),
];

const kindsOfContract = (contract: Read): string[] => [
  ...(contract['status'] === 'Inactive' ? ['ended contract'] : []),
  ...(contract['dateEnd'] === undefined ? ['month to month'] : []),
  ...(contract['dateRampStart'] === undefined ? [] : ['ramp']),
];

describe.each([1, 2, 3, 4, 5, 6])('the world of seed %i', (seed) => {
  let sandbox: RunningSandbox;
  let both: BothSides;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed, orgs: 40, defects: 'none' });
    both = await readBothSides(sandbox);
  });
  afterAll(() => sandbox.close());

  it('has every organisation on both sides', () => {
    const legacy = new Set(both.subscriptions.map(({ orgId }) => text(orgId).toLowerCase()));
    expect(legacy.size).toBe(40);
    expect(new Set(both.charges.flatMap(({ orgs }) => orgs))).toEqual(legacy);
  });

  it('states the same figures on both sides', () => {
    const rows = new Map(both.rows.map((row) => [`${row.partNumber} ${row.org}`, row]));
    for (const [key, periods] of groupsOf(both.charges)) {
      const [partNumber = '', ...orgs] = key.split(' ');
      const mine = orgs.flatMap((org) => rows.get(`${partNumber} ${org}`) ?? []);
      const of = (figure: (row: LegacyRowRead) => Decimal): Decimal => sum(mine.map(figure));
      const metered = isSum(partNumber);
      expect
        .soft([key, fold(periods, metered, ({ prepaid }) => prepaid)])
        .toEqual([key, of(({ committed }) => committed)]);
      expect
        .soft([key, fold(periods, metered, ({ fairuse }) => fairuse)])
        .toEqual([key, of(({ included }) => included)]);
      expect.soft([key, fold(periods, metered, ({ actual }) => actual)]).toEqual([key, of(({ actual }) => actual)]);
      expect.soft([key, fold(periods, metered, ({ overage }) => overage)]).toEqual([key, of(overageOf)]);
      expect.soft([key, fold(periods, metered, ({ charge }) => charge)]).toEqual([key, of(chargeOf)]);
      for (const charge of [...periods.values()].flat()) {
        for (const row of mine) {
          expect.soft([key, charge.rate]).toEqual([key, row.rate ?? ZERO]);
          expect.soft([key, charge.currency]).toEqual([key, row.currency]);
        }
      }
    }
  });

  it('lists every product in use on both sides', () => {
    const charged = new Set(both.charges.flatMap(({ sku, orgs }) => orgs.map((org) => `${partNumberOf(sku)} ${org}`)));
    const used = both.rows.filter(({ committed, actual }) => committed !== ZERO || actual !== ZERO);
    for (const row of used) expect.soft([...charged]).toContain(`${row.partNumber} ${row.org}`);
  });

  it('begins and ends billing periods on the same days', () => {
    for (const { orgs, period } of both.charges) {
      for (const row of both.rows.filter(({ org }) => orgs.includes(org))) {
        expect.soft(text(period['dateStart']) >= row.start && text(period['dateStart']) <= row.end).toBe(true);
      }
    }
    const ends = new Set(
      both.contracts.flatMap(({ billingPeriods }) => list(billingPeriods).map(({ dateEnd }) => text(dateEnd))),
    );
    const starts = new Set(
      both.contracts.flatMap(({ billingPeriods }) => list(billingPeriods).map(({ dateStart }) => text(dateStart))),
    );
    expect([...ends].some((end) => starts.has(end))).toBe(true);
  });
});

describe('the worlds together', () => {
  it('hold every kind of contract and figure that the comparison must understand', async () => {
    const seen = new Set<string>();
    for (const seed of [1, 2, 3]) {
      const sandbox = await startSandbox({ seed, orgs: 40, defects: 'none' });
      const both = await readBothSides(sandbox);
      await sandbox.close();
      for (const kind of [...both.charges.flatMap(kindsOfCharge), ...both.contracts.flatMap(kindsOfContract)])
        seen.add(kind);
    }
    const kinds = ['charge over several organisations', 'fair use', 'fraction of a unit', 'overage', 'ended contract'];
    expect([...seen]).toEqual(
      expect.arrayContaining([...kinds, 'month to month', 'ramp', 'USD', 'EUR', 'GBP', 'JPY', 'KWD', 'AUD']),
    );
  });
});
