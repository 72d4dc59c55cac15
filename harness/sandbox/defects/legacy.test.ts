/** What the legacy side says wrongly, or says and cannot mean, as it stands on the wire. */
import { describe, expect, it } from 'vitest';
import { compareDecimals, type Decimal, maximum, subtract, sum, ZERO } from '../../domain/decimal.ts';
import { startSandbox } from '../index.ts';
import { read } from '../testing/both-sides.ts';
import { changedIn, endpointsOf, fieldsOf, inEndpoint, withDefect } from '../testing/changes.ts';
import { list, type Read, Session, text } from '../testing/session.ts';

const SEEDS = [1, 2];

describe.each(SEEDS)('the legacy side of the world of seed %i', (seed) => {
  it('rows-pooled: two rows add up to the one, and are over by more', () =>
    withDefect(
      'rows-pooled',
      ({ changes }) => {
        expect(endpointsOf(changes)).toEqual(['organization', 'overview']);
        const [change] = inEndpoint(changes, 'organization');
        const [was, now] = [list(change?.was['usages']), list(change?.now['usages'])];
        const rowsOf = (rows: readonly Read[], partNumber: unknown) =>
          rows.filter((row) => row['partNumber'] === partNumber);
        const [partNumber] = now
          .map((row) => row['partNumber'])
          .filter((each) => rowsOf(now, each).length > rowsOf(was, each).length);
        const mine = (rows: readonly Read[]) => rowsOf(rows, partNumber);
        const total = (rows: readonly Read[], field: string) =>
          sum(mine(rows).map((row) => read(text(row[field]).trim())));
        const over = (row: Read): Decimal =>
          maximum(subtract(read(text(row['usageQuantity']).trim()), read(text(row['prepayQuantity']).trim())), ZERO);
        expect([mine(was).length, mine(now).length]).toEqual([1, 2]);
        for (const field of ['usageQuantity', 'prepayQuantity']) expect(total(now, field)).toBe(total(was, field));
        expect(compareDecimals(sum(mine(now).map(over)), sum(mine(was).map(over)))).toBe(1);
        expect(mine(now).map(over)).toContain(ZERO);
      },
      { seed },
    ));

  it('sources-shifted: partner billing has another period, and another quantity', () =>
    withDefect(
      'sources-shifted',
      ({ defect, changes }) => {
        expect(defect.needs).toBe('partner-billing');
        expect(endpointsOf(changes)).toEqual(['overview']);
        for (const change of changes) {
          const { was, now } = change;
          const days = (field: string) => (Date.parse(text(now[field])) - Date.parse(text(was[field]))) / 86_400_000;
          expect([days('billingPeriodStartDate'), days('billingPeriodEndDate')]).toEqual([1, 1]);
          const [[before, after] = [{}, {}], ...others] = changedIn(change, 'usages');
          expect([fieldsOf(before, after), others]).toEqual([['prepayQuantity'], []]);
        }
      },
      { seed },
    ));

  it('minimum-not-met: the minimum is above what the rows cost', () =>
    withDefect(
      'minimum-not-met',
      ({ defect, changes }) => {
        expect(defect.outcome).toBe('not-comparable');
        expect(endpointsOf(changes)).toEqual(['overview']);
        for (const { was, now } of changes) {
          expect(fieldsOf(was, now)).toEqual(['minimumMonthlyAmount']);
          const numbers = (field: string) => list(now['usages']).map((row) => Number(text(row[field] ?? '0')));
          const [prepay, price, bundle] = ['prepayQuantity', 'prepayPrice', 'bundleQuantity'].map(numbers);
          const fees = prepay?.reduce((total, each, at) => total + each * (price?.[at] ?? 0) * (bundle?.[at] || 1), 0);
          expect(Number(now['minimumMonthlyAmount'])).toBeGreaterThan(fees ?? Number.NaN);
        }
      },
      { seed },
    ));

  it.each(['trial-billed', 'trial-free'])('%s: both legacy APIs call it a trial', (id) =>
    withDefect(
      id,
      ({ defect, changes }) => {
        for (const endpoint of ['organization', 'overview']) {
          const said = inEndpoint(changes, endpoint);
          expect(said.length).toBeGreaterThan(0);
          for (const { was, now } of said) {
            expect(fieldsOf(was, now)).toEqual(['subscriptionType']);
            expect(now['subscriptionType']).toBe('FREE_TRIAL_MONTH_TO_MONTH');
          }
        }
        const charges = inEndpoint(changes, 'period').flatMap((change) => changedIn(change, 'charges'));
        expect(charges.length > 0).toBe(id === 'trial-free');
        for (const [, now] of charges)
          expect([read(now['overageRate']), read(now['overageCharge'])]).toEqual([ZERO, ZERO]);
        expect(defect.outcome).toBe(id === 'trial-free' ? 'outside-coverage' : 'not-comparable');
      },
      { seed },
    ),
  );

  it('counts-zero: a region counts nobody, and lists them all the same', () =>
    withDefect(
      'counts-zero',
      ({ changes }) => {
        expect(endpointsOf(changes)).toEqual(['regions']);
        const [[was, now] = [{}, {}], ...others] = changes.flatMap((change) => changedIn(change, 'regions'));
        expect(others).toEqual([]);
        const counts = ({ organizationCounts }: Read) => Object.values(organizationCounts as Read);
        expect(counts(now).every((count) => count === '0')).toBe(true);
        expect(counts(was).some((count) => count !== '0')).toBe(true);
      },
      { seed },
    ));
});

describe('a usage API without prices', () => {
  it('states none, and partner billing still does', async () => {
    const sandbox = await startSandbox({ seed: 2, orgs: 4, defects: 'none', usagePrices: false });
    const session = await Session.open(sandbox);
    const apps = `appIds=${sandbox.appIds.join(',')}`;
    const stated: Read[] = [];
    for (const { id } of list((await session.json(`/v1/regions?${apps}`))['regions'])) {
      const listing = `/v1/regions/${text(id)}/organizations`;
      for (const { orgId } of list((await session.json(`${listing}?${apps}`))['organizations'])) {
        stated.push(...list((await session.json(`${listing}/${text(orgId)}?${apps}`))['usages']));
        const overview = await session.json(`/api/v2/billing/trusteebillingoverview/${text(orgId)}`);
        expect(list(overview['usages']).some((row) => 'prepayPrice' in row)).toBe(true);
      }
    }
    await sandbox.close();
    expect(stated.length).toBeGreaterThan(0);
    expect(stated.filter((row) => 'prepayPrice' in row || 'overagePrice' in row)).toEqual([]);
  });
});
