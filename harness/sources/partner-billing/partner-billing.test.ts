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

  const ROW = {
    name: 'W',
    partNumber: 'P',
    grouping: 'billable-app-org-license',
    unitOfMeasureType: 'seat',
    usageQuantity: '15',
    prepayQuantity: '1',
  };

  it('tells third parties by their grouping or their mark, and reads ramp, minimum and currency', async () => {
    const rows = [
      ROW,
      { ...ROW, grouping: 'user-license' },
      { ...ROW, grouping: 'user-license', isThirdParty: true },
      { ...ROW, grouping: 'billable-application', isThirdParty: false },
      { ...ROW, grouping: 'rollup-usage', partNumber: 'PART' },
    ];
    const told = overview('2026-05-01', '2026-05-31', rows);
    const body = {
      ...(told.body as object),
      inRampPeriod: true,
      minimumMonthlyAmount: '1000.00',
      contractEndDate: '9999-12-31',
    };
    const { side } = await read([{ body }], { kind: 'open' });
    expect(side.failures).toEqual([]);
    expect(side.subscriptions[0]?.lines.map(({ thirdParty }) => thirdParty)).toEqual([true, false, true, false]);
    expect(side.subscriptions[0]?.breakdowns.map(({ product }) => product)).toEqual(['PART']);
    expect(side.subscriptions[0]).toMatchObject({
      inRampPeriod: { state: 'known', value: true },
      minimumMonthlyAmount: { value: '1000' },
      currency: { value: 'USD' },
      term: { contractEnd: { state: 'absent' } },
    });
  });

  it.each([
    ['false', false, { state: 'known', value: false }],
    ['a text', ' True ', { state: 'known', value: true }],
    ['null', null, { state: 'absent' }],
    ['a number', 1, { state: 'unreadable', raw: '1' }],
  ])('reads inRampPeriod of %s', async (_, inRampPeriod, figure) => {
    const body = { ...(overview('2026-05-01', '2026-05-31').body as object), inRampPeriod };
    const { side } = await read([{ body }], { kind: 'open' });
    expect(side.subscriptions[0]?.inRampPeriod).toMatchObject(figure);
  });

  it('takes a row without a part number for anyone’s', async () => {
    const { side } = await read([overview('2026-05-01', '2026-05-31', [{ ...ROW, partNumber: '' }])], { kind: 'open' });
    expect(side.subscriptions).toHaveLength(1);
    expect(side.failures).toMatchObject([{ code: 'normalisation', at: { pointer: '/usages/0' } }]);
  });

  it('lists the rows of every period that it read, each with its own', async () => {
    const { side } = await read(
      [overview('2026-05-01', '2026-05-31', [ROW]), overview('2026-04-01', '2026-04-30', [ROW, ROW])],
      { kind: 'last-closed' },
    );
    expect(side.subscriptions).toHaveLength(1);
    expect(side.records.map(({ kind, period }) => [kind, period?.start])).toEqual([
      ['usage-row', '2026-05-01'],
      ['usage-row', '2026-04-01'],
      ['usage-row', '2026-04-01'],
    ]);
  });
});
