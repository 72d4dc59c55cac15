import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { ExpectedOrgs } from '../../domain/policy.ts';
import { type Told, telling } from '../testing/answers.ts';
import { captureUsage } from './capture.ts';
import { normaliseUsage } from './normalise.ts';

const ORG = '9d750d63-95ae-4df7-8955-2bca7152ca19';
const QUERY = 'appIds=wallboard,botpack';
const DETAIL = `/v1/regions/us-east-1/organizations/${ORG}?${QUERY}`;

const ROW = {
  appId: 'wallboard',
  name: 'Wallboard',
  partNumber: 'PC-170-NV-WALLB',
  grouping: 'billable-app-usage-license',
  unitOfMeasureType: 'seat',
  prepayQuantity: '10',
  usageQuantity: '15',
  prepayPrice: '20.00',
  overagePrice: '23.740',
  bundleQuantity: '1',
};
const SUBSCRIPTION = {
  orgId: ORG.toUpperCase(),
  orgName: 'Example Org',
  subscriptionType: 'PREPAY',
  currency: 'usd',
  contractEffectiveDate: '2025-07-01T00:00:00Z',
  contractEndDate: '2026-06-30T23:59:59Z',
  billingPeriodStartDate: '2026-04-01T02:00:00+02:00',
  billingPeriodEndDate: '2026-04-30T23:59:59.999Z',
  usages: [ROW],
};

async function read(
  detail: unknown,
  fields = {},
  more: Record<string, Told> = {},
  orgs: ExpectedOrgs = null,
): Promise<{ side: LegacySide; asked: readonly string[] }> {
  const transport = telling({
    [`/v1/regions?${QUERY}`]: {
      body: {
        regions: [
          { id: 'us-east-1', organizationCounts: { wallboard: 1, botpack: 0 } },
          { id: 'eu-west-1', organizationCounts: { wallboard: 0, botpack: 0 } },
        ],
      },
    },
    [`/v1/regions/us-east-1/organizations?${QUERY}`]: {
      body: {
        organizations: [{ orgId: ORG, orgName: 'Example Org', usages: [{ appId: 'wallboard', usageQuantity: '15' }] }],
      },
    },
    [`/v1/regions/eu-west-1/organizations?${QUERY}`]: { body: { organizations: [] } },
    [DETAIL]: { body: detail },
    ...more,
  });
  const input = { transport, plan: () => undefined, appIds: ['wallboard', 'botpack'], orgs, fields };
  const side = normaliseUsage(await captureUsage(input), {
    appIds: input.appIds,
    fields,
    today: isoDate('2026-04-20'),
  });
  return { side, asked: transport.asked };
}

const lineOf = async (detail: unknown, fields = {}) => (await read(detail, fields)).side.subscriptions[0]?.lines[0];

describe('usage API', () => {
  it('asks the three endpoints, and every region whatever its counts say', async () => {
    const { asked, side } = await read(SUBSCRIPTION);
    expect(asked).toEqual([
      `/v1/regions?${QUERY}`,
      `/v1/regions/us-east-1/organizations?${QUERY}`,
      `/v1/regions/eu-west-1/organizations?${QUERY}`,
      DETAIL,
    ]);
    expect(side.failures).toEqual([]);
    expect(side.regionCounts.map(({ appId, count }) => [appId, count.state])).toEqual([
      ['wallboard', 'known'],
      ['botpack', 'known'],
      ['wallboard', 'known'],
      ['botpack', 'known'],
    ]);
  });

  it('reads ids, dates, currency and figures exactly, with the places where they stand', async () => {
    const { side } = await read(SUBSCRIPTION);
    const [subscription] = side.subscriptions;
    expect(subscription?.org).toEqual({ id: ORG, name: 'Example Org' });
    expect(subscription?.periodStart).toMatchObject({ value: '2026-04-01' });
    expect(subscription?.periodEnd).toMatchObject({ value: '2026-04-30' });
    expect(subscription?.periodStatus).toBe('open');
    expect(subscription?.lines[0]).toMatchObject({
      kind: 'user',
      committed: { value: '10', raw: '"10"' },
      overageRate: { value: '23.74', raw: '"23.740"', at: { pointer: '/usages/0/overagePrice' } },
      currency: { value: 'USD' },
      period: { start: '2026-04-01', end: '2026-04-30', status: 'open' },
    });
  });

  it.each([
    ['id for orgId', { ...SUBSCRIPTION, orgId: undefined, id: ORG }],
    ['organizationId for orgId', { ...SUBSCRIPTION, orgId: undefined, organizationId: ORG }],
    [
      'a nested organisation',
      { ...SUBSCRIPTION, orgId: undefined, orgName: undefined, organization: { id: ORG, name: 'Example Org' } },
    ],
    ['contractStartDate', { ...SUBSCRIPTION, contractEffectiveDate: undefined, contractStartDate: '2025-07-01' }],
    ['numbers for texts', { ...SUBSCRIPTION, usages: [{ ...ROW, prepayQuantity: 10, usageQuantity: 15 }] }],
    ['quantity', { ...SUBSCRIPTION, usages: [{ ...ROW, usageQuantity: undefined, quantity: '15' }] }],
    ['actual', { ...SUBSCRIPTION, usages: [{ ...ROW, usageQuantity: undefined, actual: '15' }] }],
    ['actualQuantity', { ...SUBSCRIPTION, usages: [{ ...ROW, usageQuantity: undefined, actualQuantity: '1.5e1' }] }],
    ['commitment', { ...SUBSCRIPTION, usages: [{ ...ROW, prepayQuantity: undefined, commitment: '10' }] }],
    [
      'committedQuantity',
      { ...SUBSCRIPTION, usages: [{ ...ROW, prepayQuantity: undefined, committedQuantity: ' 10 ' }] },
    ],
  ])('tolerates %s', async (_, detail) => {
    const { side } = await read(detail);
    expect(side.failures).toEqual([]);
    const [subscription] = side.subscriptions;
    expect(subscription?.org.id).toBe(ORG);
    expect(subscription?.term.contractStart).toMatchObject({ value: '2025-07-01' });
    expect(subscription?.lines[0]).toMatchObject({ committed: { value: '10' }, actual: { value: '15' } });
  });

  it('reads a field under the name that the scenario gives', async () => {
    const { prepayQuantity: _, ...row } = ROW;
    const line = await lineOf(
      { ...SUBSCRIPTION, usages: [{ ...row, commitmentQty: '12' }] },
      { prepayQuantity: 'commitmentQty' },
    );
    expect(line?.committed).toMatchObject({ value: '12', at: { pointer: '/usages/0/commitmentQty' } });
  });

  it.each([
    ['""', ''],
    ['"N/A"', 'N/A'],
    ['null', null],
    ['true', true],
  ])('never makes a number of %s', async (_, usageQuantity) => {
    const line = await lineOf({ ...SUBSCRIPTION, usages: [{ ...ROW, usageQuantity }] });
    expect(line?.actual.state).toBe('unreadable');
  });

  it('tells a missing price from an unreadable one', async () => {
    const { overagePrice: _, ...row } = ROW;
    expect((await lineOf({ ...SUBSCRIPTION, usages: [row] }))?.overageRate.state).toBe('absent');
  });

  it('keeps every digit of a number that floating point cannot hold', async () => {
    const body = JSON.stringify(SUBSCRIPTION).replace('"15"', '12345678901234567.89');
    expect((await lineOf(body))?.actual).toMatchObject({ value: '12345678901234567.89', raw: '12345678901234567.89' });
  });

  it('takes a fair-use row as the allowance of the row with its name, and leaves breakdowns out', async () => {
    const usages = [
      { ...ROW, name: 'Messages', partNumber: 'PC-170-NV-BOTMSG', grouping: 'messaging-usage', prepayQuantity: '0' },
      {
        ...ROW,
        name: 'Messages',
        partNumber: 'PC-170-NV-BOTMSG',
        grouping: 'fair-use',
        unitOfMeasureType: 'message',
        prepayQuantity: '0',
        usageQuantity: '182000',
      },
      { ...ROW, name: 'All', partNumber: 'ALL', grouping: 'rollup' },
      { ...ROW, name: 'Part', partNumber: 'PART', grouping: 'rollup-usage' },
    ];
    const { side } = await read({ ...SUBSCRIPTION, usages });
    expect(
      side.subscriptions[0]?.lines.map(({ product, included, includedUnit }) => [
        product,
        included.state === 'known' ? included.value : null,
        includedUnit?.state === 'known' ? includedUnit.value : null,
      ]),
    ).toEqual([
      ['PC-170-NV-BOTMSG', '182000', 'message'],
      ['ALL', null, null],
    ]);
  });

  it.each([
    ['no JSON', { status: 200, body: '<html>' }, 'wire-contract'],
    ['a list', { status: 200, body: [] }, 'wire-contract'],
    ['JSON 10,000 levels deep', { status: 200, body: '['.repeat(10_000) }, 'wire-contract'],
    ['contradicting duplicate keys', { status: 200, body: '{"orgId":"a","orgId":"b"}' }, 'wire-contract'],
    ['a lost permission', { status: 403, body: {} }, 'configuration'],
    ['another organisation', { body: { ...SUBSCRIPTION, orgId: 'someone-else' } }, 'normalisation'],
    ['no billing period', { body: { ...SUBSCRIPTION, billingPeriodEndDate: undefined } }, 'normalisation'],
  ])('makes a failure of %s, naming the organisation', async (_, told, code) => {
    const { side } = await read(null, {}, { [DETAIL]: told });
    expect(side.subscriptions).toEqual([]);
    expect(side.failures).toMatchObject([{ code, subject: { kind: 'organisation', org: { id: ORG } } }]);
  });

  it('takes 404 for an organisation that the scenario names as: not known there', async () => {
    const named = [{ id: ORG, name: 'Example Org', region: 'us-east-1' }];
    const listing = { [`/v1/regions/us-east-1/organizations?${QUERY}`]: { body: { organizations: [] } } };
    const { side } = await read(null, {}, { ...listing, [DETAIL]: { status: 404, body: {} } }, named);
    expect(side.failures).toEqual([]);
    expect(side.unknownOrgs).toMatchObject([{ org: { id: ORG } }]);
  });

  it('takes 404 for an organisation that the API itself listed as a failure', async () => {
    const { side } = await read(null, {}, { [DETAIL]: { status: 404, body: {} } });
    expect(side.unknownOrgs).toEqual([]);
    expect(side.failures).toMatchObject([{ code: 'http-status', subject: { kind: 'organisation', org: { id: ORG } } }]);
  });

  it('reads a listing whose usages are a map', async () => {
    const body = { organizations: [{ id: ORG, name: 'X', usages: { wallboard: 15, botpack: 1 } }] };
    const { side } = await read(SUBSCRIPTION, {}, { [`/v1/regions/us-east-1/organizations?${QUERY}`]: { body } });
    expect(side.regionListings[0]?.members).toEqual([
      { org: { id: ORG, name: 'X' }, appIds: ['wallboard', 'botpack'] },
    ]);
  });

  it('names no app of a listed organisation of which a row leaves out its app', async () => {
    const body = { organizations: [{ id: ORG, usages: [{ appId: 'wallboard' }, { usageQuantity: '1' }] }] };
    const { side } = await read(SUBSCRIPTION, {}, { [`/v1/regions/us-east-1/organizations?${QUERY}`]: { body } });
    expect(side.regionListings[0]?.members).toEqual([{ org: { id: ORG, name: null }, appIds: [] }]);
  });

  it('takes rows for lines of a third party, keeps breakdowns apart, and reads an end that will never come as none', async () => {
    const usages = [
      ROW,
      { ...ROW, partNumber: 'PART', grouping: 'ROLLUP-usage' },
      { ...ROW, partNumber: 'X', grouping: undefined },
    ];
    const { side } = await read({
      ...SUBSCRIPTION,
      contractEndDate: '9999-12-31T23:59:59Z',
      rampPeriodEndDate: '2999-12-31T00:00:00Z',
      usages,
    });
    const [subscription] = side.subscriptions;
    expect(subscription?.lines).toMatchObject([
      { origin: 'row', grouping: 'billable-app-usage-license', thirdParty: true, planned: null, tokens: null },
      { product: 'X', grouping: null, thirdParty: true },
    ]);
    expect(subscription?.breakdowns).toMatchObject([{ product: 'PART', grouping: 'rollup-usage' }]);
    expect(subscription?.term).toMatchObject({ contractEnd: { state: 'absent' }, rampEnd: { state: 'absent' } });
    expect(subscription).toMatchObject({
      currency: { value: 'USD' },
      inRampPeriod: { state: 'absent' },
      minimumMonthlyAmount: { state: 'absent' },
    });
  });

  it('takes a row without a part number for anyone’s, but not a matched allowance', async () => {
    const allowance = { ...ROW, partNumber: undefined, grouping: 'fair-use' };
    expect((await read({ ...SUBSCRIPTION, usages: [ROW, allowance] })).side.failures).toEqual([]);
    const { side } = await read({ ...SUBSCRIPTION, usages: [ROW, { ...ROW, name: 'Y', partNumber: ' ' }] });
    expect(side.subscriptions).toHaveLength(1);
    expect(side.failures).toMatchObject([
      {
        code: 'normalisation',
        at: { pointer: '/usages/1' },
        message: expect.stringContaining('without a part number'),
      },
    ]);
  });

  it('lists every record: counts of every app, members, rows of every grouping', async () => {
    const usages = [ROW, ROW, { ...ROW, grouping: 'rollup-usage' }, { ...ROW, partNumber: '', grouping: 'fair-use' }];
    const { side } = await read(
      { ...SUBSCRIPTION, billingPeriodStartDate: 'soon', usages },
      {},
      {
        [`/v1/regions?${QUERY}`]: {
          body: { regions: [{ id: 'us-east-1', organizationCounts: { wallboard: 1, other: 0 } }] },
        },
      },
    );
    expect(side.subscriptions).toEqual([]);
    expect(side.records.map(({ kind, product, appIds, mark }) => [kind, product, appIds.join(), mark])).toEqual([
      ['region-count', null, 'wallboard', null],
      ['region-count', null, 'other', null],
      ['listing-member', null, 'wallboard', null],
      ['usage-row', 'PC-170-NV-WALLB', 'wallboard', null],
      ['usage-row', 'PC-170-NV-WALLB', 'wallboard', null],
      ['usage-row', 'PC-170-NV-WALLB', 'wallboard', 'breakdown-row'],
      ['usage-row', null, 'wallboard', null],
    ]);
    expect(new Set(side.records.map(({ key }) => key)).size).toBe(side.records.length);
    expect(side.records.at(-1)).toMatchObject({ orgs: [{ id: ORG }], region: 'us-east-1', period: null });
  });

  describe('regions', () => {
    const there = `/v1/regions/eu-west-1/organizations`;
    const member = { body: { organizations: [{ orgId: ORG }] } };
    const nobody = { body: { organizations: [] } };
    const named = [{ id: ORG, name: 'Example Org', region: 'us-east-1' }];

    it('are each asked for whom they list, whatever their counts say', async () => {
      const more = {
        [`${there}?${QUERY}`]: member,
        [`${there}/${ORG}?${QUERY}`]: { body: { ...SUBSCRIPTION, usages: [{ ...ROW, appId: 'botpack' }] } },
      };
      for (const orgs of [null, named]) {
        const { side } = await read(SUBSCRIPTION, {}, more, orgs);
        expect(side.failures).toEqual([]);
        expect(side.subscriptions.map(({ region, lines }) => [region, lines[0]?.appId])).toEqual([
          ['us-east-1', 'wallboard'],
          ['eu-west-1', 'botpack'],
        ]);
        expect(side.regionListings.map(({ region }) => region)).toEqual(['us-east-1', 'eu-west-1']);
      }
    });

    it('fail where they list an organisation and then do not know it, and say which', async () => {
      const { side } = await read(SUBSCRIPTION, {}, { [`${there}?${QUERY}`]: member }, named);
      expect(side.subscriptions).toHaveLength(1);
      expect(side.unknownOrgs).toEqual([]);
      expect(side.failures).toMatchObject([
        { code: 'http-status', subject: { kind: 'organisation', region: 'eu-west-1' } },
      ]);
    });

    it('know an organisation that is listed elsewhere than the scenario says', async () => {
      const more = {
        [`/v1/regions/us-east-1/organizations?${QUERY}`]: nobody,
        [DETAIL]: { status: 404, body: {} },
        [`${there}?${QUERY}`]: member,
        [`${there}/${ORG}?${QUERY}`]: { body: SUBSCRIPTION },
      };
      const { side } = await read(null, {}, more, named);
      expect(side.failures).toEqual([]);
      expect(side.unknownOrgs).toEqual([]);
      expect(side.subscriptions.map(({ region }) => region)).toEqual(['eu-west-1']);
    });

    it('of listed organisations are asked for though /v1/regions does not name them, and no stranger is', async () => {
      const more = {
        [`/v1/regions?${QUERY}`]: { body: { regions: [{ id: 'eu-west-1' }] } },
        [`${there}?${QUERY}`]: { body: { organizations: [{ orgId: 'stranger' }] } },
      };
      const { side, asked } = await read(SUBSCRIPTION, {}, more, named);
      expect(side.failures).toEqual([]);
      expect(asked.slice(1)).toEqual([`/v1/regions/us-east-1/organizations?${QUERY}`, `${there}?${QUERY}`, DETAIL]);
    });
  });
});
