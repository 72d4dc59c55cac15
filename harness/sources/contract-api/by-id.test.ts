import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import { telling } from '../testing/answers.ts';
import { contractsToAsk, lacksWhatIsCompared } from './by-id.ts';
import { captureListings, type ListedEntry } from './capture.ts';

const BASE = '/api/v2/billing/contracts';
const DAY = isoDate('2026-04-20');

const ITEM = { dateEffectiveStart: '2026-04-01', quantity: 5, price: 20, currencyIsoCode: 'USD' };
const PLAN = { product: { sku: 'PC-1' }, organizations: [{ id: 'a' }], items: [ITEM] };
const PERIOD = { id: 'p', dateStart: '2026-04-01', dateEnd: '2026-04-30', status: 'Open' };
const CONTRACT = {
  status: 'Active',
  dateStart: '2026-01-01',
  dateEnd: '2026-12-31',
  billingPeriods: [PERIOD],
  plans: [PLAN],
};

async function listed(contracts: readonly object[]): Promise<readonly ListedEntry[]> {
  const entities = contracts.map((contract, index) => ({ id: `c${index}`, ...contract }));
  const transport = telling({ [`${BASE}?pageSize=10`]: { body: { entities } } });
  const { contracts: listing } = await captureListings({ transport, plan: () => undefined }, 'none');
  return listing.entries;
}

const ids = (entries: readonly ListedEntry[]): string[] => entries.map(({ id }) => id);
const many = (count: number): readonly object[] => Array.from({ length: count }, () => CONTRACT);

describe('contracts that are asked for by id', () => {
  it('are all of them up to 500, and wherever all are wanted', async () => {
    const [few, lots] = [await listed(many(500)), await listed(many(501))];
    expect(contractsToAsk(few, 'auto', DAY)).toHaveLength(500);
    expect(contractsToAsk(lots, 'full', DAY)).toHaveLength(501);
    expect(contractsToAsk(few, 'none', DAY)).toEqual([]);
  });

  it('are a sample of more: 2 %, at least 20', async () => {
    expect(contractsToAsk(await listed(many(501)), 'auto', DAY)).toHaveLength(20);
    expect(contractsToAsk(await listed(many(1500)), 'auto', DAY)).toHaveLength(30);
  });

  it('are the same sample whatever the order of the listing, and others on another day', async () => {
    const entries = await listed(many(600));
    const drawn = ids(contractsToAsk(entries, 'auto', DAY));
    expect(ids(contractsToAsk([...entries].reverse(), 'auto', DAY)).sort()).toEqual([...drawn].sort());
    expect(ids(contractsToAsk(entries, 'auto', isoDate('2026-04-21')))).not.toEqual(drawn);
  });

  it('are those whose listing lacks what is compared, whatever is chosen', async () => {
    const entries = await listed([...many(600), { ...CONTRACT, plans: [] }]);
    for (const choice of ['auto', 'none'] as const) expect(ids(contractsToAsk(entries, choice, DAY))).toContain('c600');
    expect(contractsToAsk(entries, 'none', DAY)).toHaveLength(1);
  });

  it.each([
    ['its status', { status: null }],
    ['its start', { dateStart: undefined }],
    ['its billing periods', { billingPeriods: undefined }],
    ['the dates of a billing period', { billingPeriods: [PERIOD, { id: 'q', status: 'Open' }] }],
    ['whose a plan is', { plans: [{ ...PLAN, organizations: [] }] }],
    ['what a plan is for', { plans: [{ ...PLAN, product: { name: 'Wallboard' } }] }],
    ['the items of a plan', { plans: [PLAN, { ...PLAN, items: [] }] }],
    ['a price', { plans: [{ ...PLAN, items: [{ ...ITEM, price: null }] }] }],
    ['a quantity', { plans: [{ ...PLAN, items: [{ ...ITEM, quantity: undefined }] }] }],
    ['a currency', { plans: [{ ...PLAN, items: [{ ...ITEM, currencyIsoCode: undefined }] }] }],
  ])('are those whose listing lacks %s', async (_, lack) => {
    const [whole, thin] = await listed([CONTRACT, { ...CONTRACT, ...lack }]);
    const endless = (await listed([{ ...CONTRACT, dateEnd: undefined }]))[0];
    expect(endless !== undefined && lacksWhatIsCompared(endless.entity)).toBe(false);
    expect(whole !== undefined && lacksWhatIsCompared(whole.entity)).toBe(false);
    expect(thin !== undefined && lacksWhatIsCompared(thin.entity)).toBe(true);
  });
});
