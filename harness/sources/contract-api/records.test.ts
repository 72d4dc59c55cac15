import { describe, expect, it } from 'vitest';
import type { ReceivedRecord } from '../../domain/record.ts';
import { contractSide, ORGS, PRODUCT } from '../testing/contract-side.ts';

const INVOICES = '/api/v2/billing/contracts/invoices';
const ITEM = { itemNumber: '1', type: 'Recurring', price: 20 };
const PLANS = [
  { id: 'plan', organizations: ORGS, product: PRODUCT, items: [ITEM, { ...ITEM, itemNumber: '2', type: 'One-Time' }] },
];

const briefly = ({ kind, product, orgs, mark, places }: ReceivedRecord): string =>
  [kind, product, orgs.map(({ id }) => id).join('+') || null, mark, `×${places.length}`]
    .filter((part) => part !== null)
    .join(' ');

describe('records of the contract API', () => {
  it('are each one, in the listing, by id and in the period’s own answer', async () => {
    const { side } = await contractSide({
      contract: { plans: PLANS },
      period: {
        charges: [{ id: 'c', product: { id: 'p' }, organizations: [] }],
        wallets: [{ id: 'w', product: PRODUCT, organizations: [{ id: 'B' }] }],
      },
    });
    expect(side.records.map(briefly)).toEqual([
      'contract a ×2',
      'plan-item PC-1 a ×2',
      'plan-item PC-1 a one-time-item ×2',
      'billing-period a ×3',
      'charge PC-1 a ×1',
      'wallet PC-1 b ×1',
    ]);
    expect(new Set(side.records.map(({ key }) => key)).size).toBe(side.records.length);
    expect(side.records.find(({ kind }) => kind === 'charge')).toMatchObject({
      side: 'contract',
      source: 'contract-api',
      contractId: 'k',
      period: { start: '2026-04-01', end: '2026-04-30' },
      at: { pointer: '/charges/0' },
    });
  });

  it('are those of a body that is lost to everything else, too', async () => {
    const { side } = await contractSide({
      contract: { plans: PLANS, billingPeriods: [{ id: 'k-4', status: 'Open' }] },
      period: { dateStart: 'soon', dateEnd: null, charges: [{ id: 'c' }] },
    });
    expect(side.details).toEqual([]);
    expect(side.records.map(briefly)).toContain('charge a ×1');
    expect(side.records.find(({ kind }) => kind === 'charge')?.period).toBeNull();
  });

  it('are two where one body states two alike, and what only the listing has is one', async () => {
    const charge = { product: PRODUCT, organizations: ORGS };
    const { side } = await contractSide({
      contract: { plans: [] },
      listed: { plans: [{ product: PRODUCT, organizations: ORGS, items: [{ price: 1 }, { price: 1 }] }] },
      period: { charges: [charge, charge, { id: 'c', ...charge }, { id: 'c', ...charge }] },
    });
    const count = (kind: ReceivedRecord['kind']): number => side.records.filter((one) => one.kind === kind).length;
    expect(count('charge')).toBe(4);
    expect(count('plan-item')).toBe(2);
    expect(side.records.find(({ kind }) => kind === 'plan-item')?.places).toHaveLength(1);
  });

  it('are those of invoices, and of lines whose listing was given up', async () => {
    const line = { product: PRODUCT, organization: ORGS[0], dateStart: '2026-04-01', dateEnd: '2026-04-30', amount: 1 };
    const lines = `${INVOICES}/i/lines?pageSize=200`;
    const { side } = await contractSide({
      more: {
        [`${INVOICES}?pageSize=200`]: { body: { entities: [{ id: 'i' }, { id: 'i' }] } },
        [lines]: { body: { entities: [line, line, { id: 'l', ...line }], nextUri: `${INVOICES}/i/lines?after=1` } },
        [`${INVOICES}/i/lines?after=1`]: { status: 503, body: {} },
      },
    });
    expect(side.invoices).toMatchObject([{ lines: null }]);
    const billed = side.records.filter(({ kind }) => kind.startsWith('invoice'));
    expect(billed.map(briefly)).toEqual([
      'invoice ×2',
      'invoice-line PC-1 a ×1',
      'invoice-line PC-1 a ×1',
      'invoice-line PC-1 a ×1',
    ]);
    expect(billed[1]?.period).toEqual({ start: '2026-04-01', end: '2026-04-30' });
  });
});
