/** Both sides of a world without defects say the same, read here without the normalisers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZERO } from '../domain/decimal.ts';
import { type RunningSandbox, startSandbox } from './index.ts';
import { type BothSides, type ChargeRead, readBothSides } from './testing/both-sides.ts';
import { disagreements } from './testing/disagreements.ts';
import { list, type Read, text } from './testing/session.ts';

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

  it('says the same on both sides', () => {
    expect(both.charges.length).toBeGreaterThan(50);
    expect(disagreements(both)).toEqual([]);
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
