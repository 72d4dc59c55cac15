import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import type { PeriodChoice } from '../../domain/policy.ts';
import { type Told, telling } from '../testing/answers.ts';
import { capturePartnerBilling } from './capture.ts';
import { normalisePartnerBilling } from './normalise.ts';

const ORG = { id: '9d750d63-95ae-4df7-8955-2bca7152ca19', name: 'Example Org' };
const today = isoDate('2026-05-03');

const overview = (start: string, end: string, usages: unknown[] = []): Told => ({
  body: {
    organization: { id: ORG.id, name: ORG.name },
    currency: 'USD',
    enabledProducts: [],
    subscriptionType: 'PREPAY',
    billingPeriodStartDate: `${start}T00:00:00Z`,
    billingPeriodEndDate: `${end}T23:59:59Z`,
    usages,
  },
});

async function read(periods: readonly Told[], period: PeriodChoice) {
  const path = (index: number): string =>
    `/api/v2/billing/trusteebillingoverview/${ORG.id}?billingPeriodIndex=${index}`;
  const transport = telling(Object.fromEntries(periods.map((told, index) => [path(index), told])));
  const capture = await capturePartnerBilling({
    transport,
    plan: () => undefined,
    orgs: [{ org: ORG, region: 'us-east-1' }],
    period,
    today,
  });
  return { side: normalisePartnerBilling(capture, today), asked: transport.asked.length };
}

describe('partner billing', () => {
  // For days after its end, index 0 may still be the ended period.
  const late = [overview('2026-04-01', '2026-04-30'), overview('2026-03-01', '2026-03-31')];
  const usual = [
    overview('2026-05-01', '2026-05-31'),
    overview('2026-04-01', '2026-04-30'),
    overview('2026-03-01', '2026-03-31'),
  ];

  it.each([
    ['last-closed at index 0', late, { kind: 'last-closed' }, '2026-04-01', 1],
    ['last-closed at index 1', usual, { kind: 'last-closed' }, '2026-04-01', 2],
    ['open', usual, { kind: 'open' }, '2026-05-01', 1],
    ['a date', usual, { kind: 'date', date: isoDate('2026-03-15') }, '2026-03-01', 3],
  ] as const)('picks the period by its dates: %s', async (_, periods, period, start, requests) => {
    const { side, asked } = await read(periods, period);
    expect(side.failures).toEqual([]);
    expect(side.subscriptions[0]?.periodStart).toMatchObject({ value: start });
    expect(asked).toBe(requests);
  });

  it('takes 404 for the end of the history, and at index 0 for an organisation that it does not know', async () => {
    const old = await read(usual, { kind: 'date', date: isoDate('2025-01-01') });
    expect(old.side.subscriptions).toEqual([]);
    expect(old.side.failures).toMatchObject([{ subject: { kind: 'organisation', org: ORG } }]);
    const unknown = await read([], { kind: 'open' });
    expect(unknown.side.failures).toEqual([]);
    expect(unknown.side.unknownOrgs).toMatchObject([{ org: ORG }]);
  });

  it('sees a field that its schema does not know, and one that breaks it', async () => {
    const row = {
      name: 'W',
      partNumber: 'P',
      grouping: 'g',
      unitOfMeasureType: 'seat',
      usageQuantity: 15,
      prepayQuantity: '1',
      tier: 'x',
    };
    const { side } = await read([overview('2026-05-01', '2026-05-31', [row])], { kind: 'open' });
    expect(side.schema.map(({ type, pointer, kind }) => [type, pointer, kind]).sort()).toEqual([
      ['SubscriptionOverviewUsage', '/usages/*/tier', 'unknown-field'],
      ['SubscriptionOverviewUsage', '/usages/*/usageQuantity', 'wrong-type'],
    ]);
  });
});
