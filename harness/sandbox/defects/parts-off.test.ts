/** One of two, one of several, and plans that say something else than their charges, as they stand on the wire. */
import { describe, expect, it } from 'vitest';
import { add, multiply, subtract, ZERO } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import { read } from '../testing/both-sides.ts';
import { type Change, changedIn, endpointsOf, fieldsOf, inEndpoint, withDefect } from '../testing/changes.ts';
import { list, type Read, text } from '../testing/session.ts';

const SEEDS = [1, 2];

const skuOf = ({ product }: Read): unknown => (product as Read)['sku'];

/** Plans of the first contract that changed, in the listing and by id alike. */
function plansBefore(changes: readonly Change[]): { before: readonly Read[]; after: readonly Read[] } {
  expect(endpointsOf(changes)).toEqual(expect.arrayContaining(['contract', 'contracts']));
  const [change] = inEndpoint(changes, 'contract').filter(({ now }) => now['status'] === 'Active');
  const listed = inEndpoint(changes, 'contracts').flatMap(({ now }) => list(now['entities']));
  expect(listed.find(({ id }) => id === change?.now['id'])).toEqual(change?.now);
  return { before: list(change?.was['plans']), after: list(change?.now['plans']) };
}

/** Items of the plans that differ. */
const itemsChanged = (changes: readonly Change[]): (readonly [Read, Read])[] => {
  const { before, after } = plansBefore(changes);
  return after.flatMap((plan, index) =>
    changedIn({ path: '', was: before[index] ?? {}, now: plan }, 'items').map(([was, now]) => [was, now] as const),
  );
};

describe.each(SEEDS)('one of two charges in the world of seed %i', (seed) => {
  it('half-rate-off: has another rate, and the amount that it makes', () =>
    withDefect(
      'half-rate-off',
      ({ defect, changes }) => {
        expect(endpointsOf(changes).filter((endpoint) => endpoint !== 'lines' && endpoint !== 'invoices')).toEqual([
          'period',
        ]);
        for (const change of inEndpoint(changes, 'period')) {
          const changed = changedIn(change, 'charges');
          expect(new Set(changed.map(([, now]) => skuOf(now))).size).toBe(1);
          for (const [was, now] of changed) {
            expect(defect.skus).toContain(skuOf(now));
            expect(read(now['overageRate'])).not.toBe(read(was['overageRate']));
            if (list(now['organizations']).length > 1) continue;
            const due = multiply(read(now['overageQuantity']), read(now['overageRate']));
            expect(read(now['overageCharge'])).toBe(toMinorUnit(due, text(now['overageCurrency'])));
          }
        }
      },
      { seed },
    ));

  it('half-currency: is in another currency', () =>
    withDefect(
      'half-currency',
      ({ changes }) => {
        expect(endpointsOf(changes)).toEqual(['period']);
        for (const change of changes) {
          const changed = changedIn(change, 'charges');
          expect(new Set(changed.map(([, now]) => skuOf(now))).size).toBe(1);
          for (const [was, now] of changed) expect(fieldsOf(was, now)).toEqual(['overageCurrency']);
        }
      },
      { seed },
    ));

  it('member-rate-off: both legacy APIs state another price for one of those who share a charge', () =>
    withDefect(
      'member-rate-off',
      ({ defect, changes }) => {
        expect(defect.orgs.length).toBeGreaterThan(1);
        expect(endpointsOf(changes)).toEqual(['organization', 'overview']);
        for (const change of changes) {
          const [[was, now] = [{}, {}], ...others] = changedIn(change, 'usages');
          expect(others).toEqual([]);
          expect([['overagePrice'], ['prepayPrice']]).toContainEqual(fieldsOf(was, now));
        }
        expect(inEndpoint(changes, 'organization')).toHaveLength(1);
      },
      { seed },
    ));
});

describe.each(SEEDS)('a plan in the world of seed %i', (seed) => {
  it('plan-currency: is in another currency than its charges', () =>
    withDefect(
      'plan-currency',
      ({ changes }) => {
        const changed = itemsChanged(changes);
        expect(changed.length).toBeGreaterThan(0);
        for (const [was, now] of changed) expect(fieldsOf(was, now)).toEqual(['currencyIsoCode']);
        expect(endpointsOf(changes)).toEqual(['contract', 'contracts']);
      },
      { seed },
    ));

  it('plan-quantity: has more than its charges prepay', () =>
    withDefect(
      'plan-quantity',
      ({ changes }) => {
        const changed = itemsChanged(changes);
        const more = changed.map(([was, now]) => subtract(read(now['quantity']), read(was['quantity'])));
        expect(new Set(more).size).toBe(1);
        expect(more[0]).not.toBe(ZERO);
        for (const [was, now] of changed) expect(fieldsOf(was, now)).toEqual(['quantity']);
        expect(endpointsOf(changes)).toEqual(['contract', 'contracts']);
      },
      { seed },
    ));

  it('plan-of-another: says another price than legacy, charge and the plan of another do', () =>
    withDefect(
      'plan-of-another',
      ({ defect, changes }) => {
        expect(endpointsOf(changes)).toEqual(['contract', 'contracts']);
        const { before, after } = plansBefore(changes);
        const ofProduct = (plans: readonly Read[]) => plans.filter((plan) => skuOf(plan) === defect.skus[0]);
        const prices = (plan: Read) =>
          list(plan['items'])
            .map(({ price, overagePrice }) => `${read(price)} ${read(overagePrice)}`)
            .sort()
            .join();
        const orgs = (plan: Read) => list(plan['organizations']).map(({ id }) => text(id).toLowerCase());
        const own = ofProduct(after).find((plan) => orgs(plan).includes(defect.orgs[0] ?? ''));
        const others = ofProduct(after).filter((plan) => plan !== own);
        expect(own && orgs(own)).toEqual(defect.orgs);
        expect(others.length).toBeGreaterThan(0);
        const truth = new Set(ofProduct(before).map(prices));
        for (const plan of others) expect(truth).toContain(prices(plan));
        expect(truth).not.toContain(own && prices(own));
        const total = (plans: readonly Read[]) =>
          ofProduct(plans).reduce((sum, plan) => add(sum, read(list(plan['items'])[0]?.['quantity'])), ZERO);
        expect(total(after)).toBe(total(before));
      },
      { seed },
    ));
});
