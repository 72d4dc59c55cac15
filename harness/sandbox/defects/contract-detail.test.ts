/** Contracts that disagree with themselves, and records without a name, as they stand on the wire. */
import { describe, expect, it } from 'vitest';
import {
  type Change,
  changedIn,
  endpointOf,
  endpointsOf,
  fieldsOf,
  inEndpoint,
  withDefect,
} from '../testing/changes.ts';
import { list, type Read, text } from '../testing/session.ts';

const CONTRACTS = '/api/v2/billing/contracts';
const SEEDS = [1, 2, 3, 4];
const NOTHING: Pick<Change, 'was' | 'now'> = { was: {}, now: {} };

describe('a contract', () => {
  it.each(SEEDS)('detail-thinner lacks by id what the listing has: seed %i', (seed) =>
    withDefect(
      'detail-thinner',
      ({ changes }) => {
        expect(endpointsOf(changes)).toEqual(['contract']);
        for (const { was, now } of changes) {
          const [field = '', ...others] = fieldsOf(was, now);
          expect([['plans'], ['billingPeriods']]).toContainEqual([field, ...others]);
          expect(list(now[field]).length).toBeLessThan(list(was[field]).length);
        }
      },
      { seed },
    ),
  );

  it.each(SEEDS)('period-head-differs has other dates or another status by id: seed %i', (seed) =>
    withDefect(
      'period-head-differs',
      ({ changes }) => {
        expect(endpointsOf(changes)).toEqual(['period']);
        for (const { was, now } of changes) {
          expect([['dateStart'], ['dateEnd'], ['status']]).toContainEqual(fieldsOf(was, now));
        }
      },
      { seed },
    ),
  );

  it('period-listed-twice lists the open period twice, and its charges stay', () =>
    withDefect('period-listed-twice', ({ changes }) => {
      expect(endpointsOf(changes)).toEqual(['contract', 'contracts']);
      const [change] = inEndpoint(changes, 'contract');
      const ids = list(change?.now['billingPeriods']).map(({ id }) => id);
      expect(ids.length - new Set(ids).size).toBe(1);
      expect(ids).toHaveLength(list(change?.was['billingPeriods']).length + 1);
    }));

  it('ramp-unknown-to-legacy has a ramp that reaches over the open period', () =>
    withDefect('ramp-unknown-to-legacy', ({ changes }) => {
      expect(endpointsOf(changes)).toEqual(['contract', 'contracts']);
      const [{ was, now } = NOTHING] = inEndpoint(changes, 'contract');
      const ends = list(now['billingPeriods']).map(({ dateEnd }) => text(dateEnd));
      expect([was['dateRampStart'], was['dateRampEnd']]).toEqual([undefined, undefined]);
      expect(now['dateRampStart']).toBe(now['dateStart']);
      expect(now['dateRampEnd']).toBe(ends.sort().at(-1));
    }));
});

describe('second-contract', () => {
  it.each([
    ['charge', [1, 1, 0]],
    ['plan-only', [1, 0, 0]],
    ['wallet-only', [0, 0, 1]],
  ] as const)('%s: a product that legacy does not list stands in another contract', (variant, expected) =>
    withDefect(
      `second-contract[${variant}]`,
      async ({ defect, broken, clean, changes }) => {
        const known = new Set((await clean.walk(CONTRACTS)).map(({ id }) => id));
        const [second, ...others] = (await broken.walk(CONTRACTS)).filter(({ id }) => !known.has(id));
        expect(others).toEqual([]);
        const { id } = list(second?.['billingPeriods']).find(({ status }) => status === 'Open') ?? {};
        const detail = await broken.json(`${CONTRACTS}/${text(second?.['id'])}/billingperiods/${text(id)}`);
        const shown = [second?.['plans'], detail['charges'], detail['wallets']].map(list);
        expect(shown.map((all) => Math.min(all.length, 1))).toEqual(expected);
        for (const each of shown.flat()) {
          expect(defect.skus).toContain((each['product'] as Read)['sku']);
          expect(list(each['organizations']).map((org) => text(org['id']).toLowerCase())).toEqual(defect.orgs);
        }
        for (const { path } of changes) expect(['contracts', 'invoices']).toContain(endpointOf(path));
      },
      { seed: 3 },
    ),
  );
});

describe('a record without a name', () => {
  const rows = (change: Read): readonly Read[] => list(change['usages']);

  it('row-nameless[no-part-number] states the use, and not of what', () =>
    withDefect('row-nameless[no-part-number]', ({ changes }) => {
      expect(endpointsOf(changes)).toEqual(['organization', 'overview']);
      for (const change of changes) {
        const changed = changedIn(change, 'usages');
        expect(changed.length).toBe(1);
        for (const [was, now] of changed) expect(fieldsOf(was, now)).toEqual(['partNumber']);
        for (const [, now] of changed) expect(now['partNumber']).toBeUndefined();
      }
    }));

  it('row-nameless[breakdown-only] states it below a rollup of another part number', () =>
    withDefect('row-nameless[breakdown-only]', ({ changes }) => {
      expect(endpointsOf(changes)).toEqual(['organization', 'overview']);
      for (const { was, now } of changes) {
        const before = new Set(rows(was).map((row) => JSON.stringify(row)));
        const [part, whole, ...others] = rows(now).filter((row) => !before.has(JSON.stringify(row)));
        expect([part?.['grouping'], whole?.['grouping'], others]).toEqual(['rollup-usage', 'rollup', []]);
        expect(whole?.['partNumber']).toBe(`${text(part?.['partNumber'])}-ALL`);
        expect(
          rows(now).filter((row) => row['partNumber'] === part?.['partNumber'] && row['grouping'] !== 'fair-use'),
        ).toEqual([part]);
      }
    }));

  it.each([
    ['product', 'product'],
    ['organisation', 'organizations'],
  ])('charge-nameless[%s] leaves %s out of charges, and nothing else', (variant, field) =>
    withDefect(`charge-nameless[${variant}]`, ({ changes }) => {
      expect(endpointsOf(changes)).toEqual(['period']);
      for (const change of changes) {
        const changed = changedIn(change, 'charges');
        expect(changed.length).toBeGreaterThan(0);
        for (const [was, now] of changed) expect(fieldsOf(was, now)).toEqual([field]);
        for (const [, now] of changed) expect(now[field]).toBeUndefined();
      }
    }),
  );
});
