import { describe, expect, it } from 'vitest';
import { contractSide, ORGS, PRODUCT } from '../testing/contract-side.ts';

const APRIL = { id: 'k-4', dateStart: '2026-04-01', dateEnd: '2026-04-30', status: 'Open' };
const item = { price: 20, quantity: 10, dateEffectiveStart: '2025-07-01' };
const plan = (id: string | undefined, more: object = {}) => ({
  id,
  organizations: ORGS,
  product: PRODUCT,
  items: [item],
  ...more,
});

describe('a contract by id and its entry in the listing', () => {
  it('are one contract: plans and periods that only the listing has are there, where it has them', async () => {
    const { side, asked } = await contractSide({
      contract: { plans: [plan('one')], billingPeriods: [], dateEnd: '2026-06-30', status: 'Active' },
      listed: { plans: [plan('two'), plan('ONE')], billingPeriods: [APRIL], dateEnd: '2027-06-30', status: 'Inactive' },
    });
    expect(side.contracts).toMatchObject([
      {
        status: { value: 'Active' },
        term: { contractEnd: { value: '2026-06-30' } },
        plans: [{ id: 'one' }, { id: 'two', at: { pointer: '/entities/0/plans/0' } }],
        periods: [{ id: 'k-4', at: { pointer: '/entities/0/billingPeriods/0' } }],
      },
    ]);
    expect(asked.filter((path) => path.includes('billingperiods'))).toHaveLength(1);
    expect(side.listed[0]?.plans.map(({ id }) => id)).toEqual(['two', 'ONE']);
  });

  it.each([
    [
      'spelled otherwise',
      [plan(undefined, { name: 'W', items: [{ ...item, price: 20.0, unitOfMeasure: 'Person' }] })],
      1,
    ],
    ['named in one alone', [plan('x')], 1],
    ['at another price', [plan(undefined, { items: [{ ...item, price: 21 }] })], 2],
    ['twice where the other has one', [plan(undefined), plan(undefined)], 2],
    ['of another organisation', [plan(undefined, { organizations: [{ id: 'z' }] })], 2],
  ])('know a plan without an id by what it says: %s', async (_, plans, count) => {
    const { side } = await contractSide({ contract: { plans: [plan(undefined)] }, listed: { plans } });
    expect(side.contracts[0]?.plans).toHaveLength(count);
  });

  it('keep a period that is listed twice, which is asked for once and whose charges count once', async () => {
    const { side, asked } = await contractSide({
      contract: { billingPeriods: [APRIL, { ...APRIL, id: 'K-4' }] },
      period: { charges: [{ id: 'c', product: PRODUCT, organizations: ORGS }] },
    });
    expect(side.contracts[0]?.periods).toHaveLength(2);
    expect(asked.filter((path) => path.includes('billingperiods'))).toHaveLength(1);
    expect(side.lines).toHaveLength(1);
    expect(side.records.filter(({ kind }) => kind === 'billing-period')).toMatchObject([
      { mark: null },
      { mark: 'repeated' },
    ]);
  });
});
