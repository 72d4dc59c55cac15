import { describe, expect, it } from 'vitest';
import type { ApiRequest, Transport } from '../../domain/exchange.ts';
import type { SourceName } from '../../domain/side.ts';
import { LIVE, load } from '../../scenario/testing/write-scenario.ts';
import { type Told, telling } from '../../sources/testing/answers.ts';
import { SideCapture } from './side-capture.ts';

const A = '9d750d63-95ae-4df7-8955-2bca7152ca19';
const B = '00000000-95ae-4df7-8955-2bca7152ca19';
const QUERY = 'appIds=wallboard';
const CONTRACTS = '/api/v2/billing/contracts';
const PARTNER = `/api/v2/billing/trusteebillingoverview/${A}?billingPeriodIndex=`;

const row = {
  appId: 'wallboard',
  name: 'W',
  partNumber: 'PC-1',
  usageQuantity: '1',
  prepayQuantity: '1',
  grouping: 'g',
  unitOfMeasureType: 'seat',
};
const dates = (month: string) => ({
  billingPeriodStartDate: `2026-${month}-01T00:00:00Z`,
  billingPeriodEndDate: `2026-${month}-${month === '04' ? 30 : 31}T23:59:59Z`,
});
const contract = (id: string, org: string) => ({
  id,
  dateStart: '2025-07-01',
  billingPeriods: [{ id: `${id}-4`, dateStart: '2026-04-01', dateEnd: '2026-04-30', status: 'Open' }],
  plans: [{ id: `${id}-p`, organizations: [{ id: org }], product: { sku: 'PC-1' }, items: [] }],
});
const period = (id: string, org: string): Told => ({
  body: {
    id: `${id}-4`,
    dateStart: '2026-04-01',
    dateEnd: '2026-04-30',
    charges: [{ id: 'c', organizations: [{ id: org }], product: { sku: 'PC-1' } }],
  },
});
const overview = (month: string): Told => ({
  body: {
    organization: { id: A },
    currency: 'USD',
    enabledProducts: [],
    subscriptionType: 'PREPAY',
    ...dates(month),
    usages: [row],
  },
});

/** A is in two regions and in three contracts: by a plan alone, by a charge alone, by both. B has one of its own. */
const TABLE: Record<string, Told> = {
  [`/v1/regions?${QUERY}`]: { body: { regions: [{ id: 'us-east-1' }, { id: 'eu-west-1' }] } },
  [`/v1/regions/us-east-1/organizations?${QUERY}`]: { body: { organizations: [{ orgId: A }, { orgId: B }] } },
  [`/v1/regions/eu-west-1/organizations?${QUERY}`]: { body: { organizations: [{ orgId: A }] } },
  [`/v1/regions/us-east-1/organizations/${A}?${QUERY}`]: { body: { orgId: A, ...dates('04'), usages: [row] } },
  [`/v1/regions/us-east-1/organizations/${B}?${QUERY}`]: { body: { orgId: B, ...dates('04'), usages: [row] } },
  [`/v1/regions/eu-west-1/organizations/${A}?${QUERY}`]: { body: { orgId: A, ...dates('04'), usages: [row] } },
  [`${PARTNER}0`]: overview('04'),
  [`${PARTNER}1`]: overview('03'),
  [`${CONTRACTS}?pageSize=10`]: {
    body: { entities: [contract('k', A), contract('l', A), contract('m', B), contract('n', B)] },
  },
  [`${CONTRACTS}/k`]: { body: contract('k', A) },
  [`${CONTRACTS}/l`]: { body: contract('l', A) },
  [`${CONTRACTS}/m`]: { body: contract('m', B) },
  [`${CONTRACTS}/n`]: { body: contract('n', B) },
  [`${CONTRACTS}/k/billingperiods/k-4`]: period('k', A),
  [`${CONTRACTS}/l/billingperiods/l-4`]: period('l', B),
  [`${CONTRACTS}/m/billingperiods/m-4`]: period('m', A),
  [`${CONTRACTS}/n/billingperiods/n-4`]: period('n', B),
  [`${CONTRACTS}/invoices?pageSize=200`]: { body: { entities: [] } },
};

async function capturing(legacySources: readonly SourceName[] = ['usage-api', 'partner-billing']) {
  const { scenario } = await load(LIVE);
  const table = telling(TABLE);
  const again: string[] = [];
  const transport: Transport = {
    send: (request: ApiRequest) => {
      if ((request.reading ?? 0) > 0) again.push(request.path);
      return table.send(request);
    },
  };
  const capture = new SideCapture({ scenario, legacySources, transport, shard: null, plan: () => undefined });
  return { capture, first: await capture.first(), again };
}

describe('a second reading', () => {
  it('reads every region’s answer and the periods of every contract that names the organisation anywhere', async () => {
    const { capture, again } = await capturing();
    const { contract: side, legacy } = await capture.again(new Set([A]));
    expect([...again].sort()).toEqual(
      [
        `/v1/regions/eu-west-1/organizations/${A}?${QUERY}`,
        `/v1/regions/us-east-1/organizations/${A}?${QUERY}`,
        `${PARTNER}0`,
        ...['k', 'l', 'm'].map((id) => `${CONTRACTS}/${id}/billingperiods/${id}-4`),
      ].sort(),
    );
    expect(side.details).toHaveLength(4);
    expect(legacy?.subscriptions.filter(({ org }) => org.id === A)).toHaveLength(3);
  });

  it('finds the same records', async () => {
    const { capture, first } = await capturing();
    const second = await capture.again(new Set([A]));
    const keys = ({ legacy, contract: side }: typeof first): string[] =>
      [...(legacy?.records ?? []), ...side.records].map(({ key }) => key).sort();
    expect(keys(second)).toEqual(keys(first));
    expect(new Set(keys(first)).size).toBe(keys(first).length);
  });
});

describe('the period before', () => {
  it('has records of its own, beside those that the sides hold', async () => {
    const { capture, first } = await capturing();
    expect(capture.earlierRecords).toEqual([]);
    const start = first.legacy?.subscriptions.find(({ source }) => source === 'partner-billing')?.periodStart;
    if (start?.state !== 'known') throw new Error('no partner overview');
    const found = await capture.earlier(new Map([[A, start.value]]));
    expect([...found.keys()]).toEqual([A]);
    expect(capture.earlierRecords).toMatchObject([{ kind: 'usage-row', period: { start: '2026-03-01' } }]);
  });
});
