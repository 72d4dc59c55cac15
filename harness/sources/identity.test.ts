/** Every endpoint of the three APIs, and every way in which its body may be another's or nobody's. */
import { describe, expect, it } from 'vitest';
import { isoDate } from '../domain/billing-period.ts';
import type { CaptureFailure, CaptureSubject, SchemaNote } from '../domain/capture.ts';
import { capturePeriods } from './contract-api/capture.ts';
import { capturePartnerBilling } from './partner-billing/capture.ts';
import { type Told, telling } from './testing/answers.ts';
import { captureAll } from './testing/contract-capture.ts';
import { captureUsage } from './usage-api/capture.ts';

const ORG = '9d750d63-95ae-4df7-8955-2bca7152ca19';
const OTHER = '00000000-95ae-4df7-8955-2bca7152ca19';
const CONTRACTS = '/api/v2/billing/contracts';
const INVOICES = `${CONTRACTS}/invoices`;

interface Endpoint {
  readonly path: string;
  readonly body: object;
  readonly subject: CaptureSubject['kind'];
  /** The least that a body must hold. */
  readonly lists: readonly string[];
  readonly isListing?: true;
  /** The same body as of another thing. */
  readonly ofAnother: readonly object[];
  /** The same thing under other spellings of its own address. */
  readonly itself: readonly string[];
}

const ROW = {
  partNumber: 'P',
  name: 'N',
  grouping: 'g',
  unitOfMeasureType: 'seat',
  usageQuantity: '1',
  prepayQuantity: '1',
};
const DATES = { billingPeriodStartDate: '2026-04-01T00:00:00Z', billingPeriodEndDate: '2026-04-30T23:59:59Z' };
const PERIOD = { id: 'p-4', dateStart: '2026-04-01', dateEnd: '2026-04-30' };

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  regions: {
    path: '/v1/regions?appIds=a,b',
    body: { regions: [{ id: 'us-east-1', organizationCounts: { a: 1 } }] },
    subject: 'regions',
    lists: ['regions'],
    isListing: true,
    ofAnother: [],
    itself: ['/v1/regions'],
  },
  'organisations of a region': {
    path: '/v1/regions/us-east-1/organizations?appIds=a,b',
    body: { organizations: [{ orgId: ORG }] },
    subject: 'region-listing',
    lists: ['organizations'],
    isListing: true,
    ofAnother: [{ selfUri: '/v1/regions/eu-west-1/organizations' }],
    itself: ['v1/regions/US-EAST-1/organizations?appIds=a'],
  },
  'one organisation': {
    path: `/v1/regions/us-east-1/organizations/${ORG}?appIds=a,b`,
    body: { orgId: ORG, ...DATES, usages: [ROW] },
    subject: 'organisation',
    lists: ['usages'],
    ofAnother: [
      { orgId: OTHER },
      { orgId: undefined, organizationId: OTHER },
      { orgId: undefined, id: OTHER },
      { organization: { id: OTHER } },
      { selfUri: `/v1/regions/us-east-1/organizations/${OTHER}` },
      { orgId: undefined, selfUri: `/v1/regions/eu-west-1/organizations/${ORG}` },
    ],
    itself: [`v1/regions/us-east-1/organizations/${ORG.toUpperCase()}`],
  },
  'partner overview': {
    path: `/api/v2/billing/trusteebillingoverview/${ORG}?billingPeriodIndex=0`,
    body: {
      organization: { id: ORG },
      currency: 'USD',
      enabledProducts: [],
      subscriptionType: 'PREPAY',
      ...DATES,
      usages: [ROW],
    },
    subject: 'organisation',
    lists: ['usages'],
    ofAnother: [
      { organization: { id: OTHER } },
      { organization: { name: 'nobody' } },
      { selfUri: `/api/v2/billing/trusteebillingoverview/${OTHER}?billingPeriodIndex=0` },
    ],
    itself: [`https://api.example/api/v2/billing/trusteebillingoverview/${ORG}`],
  },
  contracts: {
    path: `${CONTRACTS}?pageSize=10`,
    body: { entities: [{ id: 'k', plans: [] }] },
    subject: 'contracts',
    lists: ['entities'],
    isListing: true,
    ofAnother: [],
    itself: [`${CONTRACTS}?pageSize=10`],
  },
  'contract by id': {
    path: `${CONTRACTS}/k`,
    body: { id: 'k', plans: [], billingPeriods: [PERIOD] },
    subject: 'contract',
    lists: ['plans', 'billingPeriods'],
    ofAnother: [
      { id: 'l' },
      { selfUri: `${CONTRACTS}/l` },
      { id: undefined, selfUri: 'api/v2/billing/contracts/l?x=k' },
    ],
    itself: [`${CONTRACTS}/K`, `http://elsewhere.example${CONTRACTS}/%6B`, '/another/structure/of/l'],
  },
  'billing period': {
    path: `${CONTRACTS}/k/billingperiods/p-4`,
    body: { ...PERIOD, charges: [], wallets: [] },
    subject: 'period',
    lists: ['charges', 'wallets'],
    ofAnother: [
      { id: 'p-3' },
      { selfUri: `${CONTRACTS}/k/billingperiods/p-3` },
      { selfUri: `${CONTRACTS}/l/billingperiods/p-4` },
    ],
    itself: [`${CONTRACTS}/k/billingperiods/P-4`, `${CONTRACTS}/l/amendments/p-4`],
  },
  invoices: {
    path: `${INVOICES}?pageSize=200`,
    body: { entities: [{ id: 'i' }] },
    subject: 'invoices',
    lists: ['entities'],
    isListing: true,
    ofAnother: [],
    itself: [INVOICES],
  },
  'lines of an invoice': {
    path: `${INVOICES}/i/lines?pageSize=200`,
    body: { entities: [] },
    subject: 'invoice',
    lists: ['entities'],
    isListing: true,
    ofAnother: [{ selfUri: `${INVOICES}/j/lines?pageSize=200` }],
    itself: [`${INVOICES}/i/lines?after=1`],
  },
  'document of an invoice': {
    path: `${INVOICES}/i/document`,
    body: { url: 'https://files.example/i.pdf' },
    subject: 'invoice',
    lists: ['url'],
    ofAnother: [{ selfUri: `${INVOICES}/j/document` }],
    itself: [`${INVOICES}/i/document`],
  },
};

const plan = (): void => undefined;

/** All that the three APIs say, one body of it as given. */
async function capture(
  { path }: Endpoint,
  body: object,
): Promise<{ failures: readonly CaptureFailure[]; schema: readonly SchemaNote[] }> {
  const table: Record<string, Told> = {};
  for (const endpoint of Object.values(ENDPOINTS)) table[endpoint.path] = { body: endpoint.body };
  const transport = telling({ ...table, [path]: { body } });
  const org = { id: ORG, name: null };
  const usage = await captureUsage({ transport, plan, appIds: ['a', 'b'], orgs: null, fields: {} });
  const partner = await capturePartnerBilling({
    transport,
    plan,
    orgs: [{ org, region: 'us-east-1' }],
    period: { kind: 'open' },
    today: isoDate('2026-04-20'),
  });
  const contracts = await captureAll({ transport, plan }, true);
  const periods = await capturePeriods({ transport, plan }, [{ contractId: 'k', periodId: 'p-4' }]);
  const documents = [...usage.documents, ...partner.answers.map(({ document }) => document), ...contracts.documents];
  return {
    failures: [usage, partner, contracts, periods].flatMap(({ failures }) => failures),
    schema: [...documents, ...periods.details.map(({ document }) => document)].flatMap(({ schema }) => schema),
  };
}

const NAMES = ['id', 'orgId', 'organization', 'selfUri'];
const nameless = (body: object): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !NAMES.includes(name)));

describe.each(Object.entries(ENDPOINTS))('%s', (_, endpoint) => {
  const { body, lists, subject, itself } = endpoint;

  it('is accepted as it is, without a word of drift', async () => {
    expect(await capture(endpoint, body)).toEqual({ failures: [], schema: [] });
  });

  const hollow: readonly (readonly [string, object])[] = [
    ['an error body', { status: 200, code: 'not.ready', message: 'come back later' }],
    ['an empty object', {}],
    ...lists.map((list) => [`null for ${list}`, { ...body, [list]: null }] as const),
    ...lists.map((list) => [`an object for ${list}`, { ...body, [list]: {} }] as const),
  ];

  it.each(hollow)('is a failure with %s', async (what, told) => {
    const { failures } = await capture(endpoint, told);
    expect(failures).toMatchObject([{ code: 'wire-contract', subject: { kind: subject } }]);
    if (what === 'an error body') expect(failures[0]?.message).toContain('come back later, code not.ready');
  });

  it('is itself under every spelling of its address', async () => {
    for (const selfUri of itself) {
      expect((await capture(endpoint, { ...body, selfUri })).failures, selfUri).toEqual([]);
    }
  });
});

const those = (which: (endpoint: Endpoint) => boolean) => Object.entries(ENDPOINTS).filter(([, each]) => which(each));

it.each(those(({ isListing }) => isListing === true))(
  'the listing of %s is a failure where it may go on under another name',
  async (_, endpoint) => {
    const { body, subject } = endpoint;
    for (const name of ['nextLink', 'nextPage', 'next', 'NextUri']) {
      const { failures } = await capture(endpoint, { ...body, [name]: 'x' });
      expect(failures, name).toMatchObject([{ code: 'wire-contract', subject: { kind: subject } }]);
      expect(failures[0]?.message).toContain(name);
      expect((await capture(endpoint, { ...body, [name]: null })).failures).toEqual([]);
    }
  },
);

it.each(those(({ ofAnother }) => ofAnother.length > 0))(
  '%s is a failure as the answer of another',
  async (_, endpoint) => {
    for (const more of endpoint.ofAnother) {
      const { failures } = await capture(endpoint, { ...endpoint.body, ...more });
      expect(failures, JSON.stringify(more)).toMatchObject([{ subject: { kind: endpoint.subject } }]);
    }
  },
);

describe('a body without a name', () => {
  const {
    'contract by id': contract,
    'billing period': period,
    'one organisation': org,
    'partner overview': overview,
  } = ENDPOINTS as Record<'contract by id' | 'billing period' | 'one organisation' | 'partner overview', Endpoint>;

  it.each([
    ['contract by id', contract, 'BillingContract'],
    ['billing period', period, 'BillingContractPeriodDetail'],
  ])('is drift of a %s, once a body', async (_, endpoint, type) => {
    const { failures, schema } = await capture(endpoint, nameless(endpoint.body));
    expect(failures).toEqual([]);
    expect(schema).toMatchObject([{ type, pointer: '/id', kind: 'vanished-field' }]);
  });

  it('is no drift where its address says it, and none of the usage API, whose names are not certain', async () => {
    const told = { ...nameless(contract.body), selfUri: `${CONTRACTS}/k` };
    const { schema } = await capture(contract, told);
    expect(schema.filter(({ kind }) => kind === 'vanished-field')).toEqual([]);
    expect(await capture(org, nameless(org.body))).toEqual({ failures: [], schema: [] });
  });

  it('is a failure of partner billing, which always says whose it is', async () => {
    const { failures } = await capture(overview, nameless(overview.body));
    expect(failures).toMatchObject([{ subject: { kind: 'organisation', org: { id: ORG } } }]);
  });

  it('is a failure if it holds less than the least', async () => {
    for (const endpoint of [contract, period, org]) {
      const { failures } = await capture(endpoint, { dateStart: '2026-04-01', dateEnd: '2026-04-30' });
      expect(failures).toHaveLength(1);
    }
  });

  it('names both where it is of another', async () => {
    const { failures } = await capture(period, { ...period.body, id: 'p-3' });
    expect(failures[0]).toMatchObject({ code: 'normalisation', at: { pointer: '/id' } });
    expect(failures[0]?.message).toContain('billing period p-3, where p-4 was asked for');
  });
});

it('goes by the name of the organisation that the scenario gives, and by no other', async () => {
  const { 'one organisation': org } = ENDPOINTS;
  if (org === undefined) throw new Error('no such endpoint');
  const table = Object.fromEntries(Object.values(ENDPOINTS).map(({ path, body }) => [path, { body }]));
  const read = async (told: object) => {
    const transport = telling({ ...table, [org.path]: { body: { ...org.body, ...told } } });
    const named = [{ id: ORG, name: null, region: 'us-east-1' }];
    return captureUsage({ transport, plan, appIds: ['a', 'b'], orgs: named, fields: { orgId: 'customer' } });
  };
  expect((await read({ orgId: 'another meaning', customer: ORG })).subscriptions).toHaveLength(1);
  expect((await read({ orgId: ORG, customer: OTHER })).failures.map(({ subject }) => subject.kind)).toContain(
    'organisation',
  );
});
