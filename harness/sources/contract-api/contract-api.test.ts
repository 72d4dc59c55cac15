import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import type { PeriodEndReading } from '../../domain/policy.ts';
import { exchangeOf, type Told, telling } from '../testing/answers.ts';
import { captureAll } from '../testing/contract-capture.ts';
import { capturePeriods } from './capture.ts';
import { normaliseContracts, readContracts } from './normalise.ts';
import { resolveUri } from './paging.ts';
import { periodsConcerned } from './periods-concerned.ts';

const BASE = '/api/v2/billing/contracts';
const ORGS = [
  { id: 'B', name: 'Beta' },
  { id: 'a', name: 'Alpha' },
];
const PRODUCT = { id: 'p', sku: 'PC-1', name: 'Wallboard', unitOfMeasure: 'User' };

const contract = (id: string, more: object = {}): object => ({
  id,
  status: 'Active',
  dateStart: '2025-07-01',
  dateEnd: '2026-06-30',
  billingPeriods: [
    { id: `${id}-4`, dateStart: '2026-04-01', dateEnd: '2026-04-30', status: 'Open' },
    { id: `${id}-3`, dateStart: '2026-03-01', dateEnd: '2026-03-31', status: 'Closed' },
  ],
  plans: [
    {
      id: 'plan',
      organizations: ORGS,
      product: PRODUCT,
      items: [{ price: 20, overagePrice: 23.74, currencyIsoCode: 'USD', dateEffectiveStart: '2025-07-01' }],
    },
  ],
  ...more,
});
const CHARGE = {
  id: 'c',
  product: PRODUCT,
  organizations: ORGS,
  prepaidQuantity: 10.0,
  actualQuantity: 15,
  overageQuantity: 5,
  overageRate: 23.74,
  overageCharge: 118.7,
  overageCurrency: 'USD',
};
const detail = (charges: unknown[], more: object = {}): Told => ({
  body: { id: 'k-4', dateStart: '2026-04-01', dateEnd: '2026-04-30', status: 'Open', charges, wallets: [], ...more },
});

const LISTS: Record<string, Told> = {
  [`${BASE}?pageSize=10`]: { body: { entities: [contract('k')] } },
  [`${BASE}/k`]: { body: contract('k') },
  [`${BASE}/invoices?pageSize=200`]: { body: { entities: [] } },
};
const PERIOD = `${BASE}/k/billingperiods/k-4`;

async function read(table: Record<string, Told>, reading: PeriodEndReading = 'auto') {
  const transport = telling({ ...LISTS, ...table });
  const input = { transport, plan: () => undefined };
  const capture = await captureAll(input);
  const { contracts } = readContracts(capture, reading);
  const wanted = periodsConcerned(contracts, { kind: 'open' }, isoDate('2026-04-20'), new Map());
  const periods = await capturePeriods(input, wanted);
  return { side: normaliseContracts(capture, periods, reading), asked: transport.asked };
}

describe('contract API', () => {
  it('walks listing, contracts, periods and invoices, and makes a line of each charge', async () => {
    const { side, asked } = await read({ [PERIOD]: detail([CHARGE]) });
    expect(side.failures).toEqual([]);
    expect([...asked].sort()).toEqual(
      [`${BASE}/invoices?pageSize=200`, `${BASE}/k`, PERIOD, `${BASE}?pageSize=10`].sort(),
    );
    expect(side.lines).toMatchObject([
      {
        orgs: [
          { id: 'a', name: 'Alpha' },
          { id: 'b', name: 'Beta' },
        ],
        product: 'PC-1',
        committed: { value: '10', raw: '10', at: { pointer: '/charges/0/prepaidQuantity' } },
        included: { state: 'absent' },
        committedRate: { value: '20' },
        overageRate: { value: '23.74' },
        unit: { value: 'User' },
        period: { start: '2026-04-01', end: '2026-04-30', status: 'open' },
      },
    ]);
  });

  it('keeps the literal text of numbers', async () => {
    const body = JSON.stringify(detail([CHARGE]).body).replace(
      '"actualQuantity":15',
      '"actualQuantity":12345678901234.56e0',
    );
    const { side } = await read({ [PERIOD]: { body } });
    expect(side.lines[0]?.actual).toMatchObject({ value: '12345678901234.56', raw: '12345678901234.56e0' });
  });

  it('sees that two charges are alike, however they are spelled, and that others are not', async () => {
    const { name, ...nameless } = CHARGE as typeof CHARGE & { name?: string };
    const others = [
      { ...CHARGE, id: 'other', name: ` ${(name ?? 'x').toUpperCase()}`, actualQuantity: 15.0, fairuseQuantity: 0 },
      { ...nameless, id: 'third', name: 'another thing' },
      { ...CHARGE, id: 'fourth', name: name ?? 'x', actualQuantity: 16 },
    ];
    const { side } = await read({ [PERIOD]: detail([{ ...CHARGE, name: name ?? 'x' }, ...others]) });
    const [first, ...rest] = side.details[0]?.charges.map(({ likeness }) => likeness) ?? [];
    expect(rest.map((likeness) => likeness === first)).toEqual([true, false, false]);
  });

  it('reads names of 2025 and calls them drift, as it does unknown fields', async () => {
    const { actualQuantity, ...rest } = CHARGE;
    const { side } = await read({
      [PERIOD]: detail([{ ...rest, getactualQuantity: actualQuantity, tierName: 'gold' }]),
    });
    expect(side.lines[0]?.actual).toMatchObject({ value: '15' });
    expect(side.schema.map(({ type, pointer, kind }) => [type, pointer, kind]).sort()).toEqual([
      ['BillingCharge', '/charges/*/getactualQuantity', 'old-spelling'],
      ['BillingCharge', '/charges/*/tierName', 'unknown-field'],
    ]);
  });

  it.each([
    ['a number as text', { actualQuantity: '15' }, 'wrong-type', '/charges/*/actualQuantity'],
    ['a date with a time', {}, 'bad-format', '/dateStart'],
    [
      'an unknown word',
      { product: { ...PRODUCT, unitOfMeasure: 'Parsec' } },
      'unknown-value',
      '/charges/*/product/unitOfMeasure',
    ],
  ])('sees %s break the schema, and still reads what can be read', async (_, more, kind, pointer) => {
    const time = kind === 'bad-format' ? { dateStart: '2026-04-01T00:00:00Z' } : {};
    const { side } = await read({ [PERIOD]: detail([{ ...CHARGE, ...more }], time) });
    expect(side.schema).toMatchObject([{ kind, pointer }]);
    expect(side.lines[0]?.actual).toMatchObject({ value: '15' });
    expect(side.lines[0]?.period.start).toBe('2026-04-01');
  });

  it('takes the plan item in force at the start of the period', async () => {
    const items = [
      {
        price: 18,
        overagePrice: 20,
        currencyIsoCode: 'USD',
        dateEffectiveStart: '2025-07-01',
        dateEffectiveEnd: '2026-03-31',
      },
      { price: 21, overagePrice: 25, currencyIsoCode: 'USD', dateEffectiveStart: '2026-04-01' },
      { price: 99, overagePrice: 99, currencyIsoCode: 'USD', dateEffectiveStart: '2026-04-02' },
    ];
    const body = contract('k', { plans: [{ id: 'plan', organizations: ORGS, product: PRODUCT, items }] });
    const { overageRate: _, ...bare } = CHARGE;
    const { side } = await read({ [`${BASE}/k`]: { body }, [PERIOD]: detail([bare]) });
    expect(side.lines[0]).toMatchObject({ committedRate: { value: '21' }, overageRate: { value: '25' } });
  });

  it('states every price in force on some day of the period, and takes the first', async () => {
    const items = [21, 18].map((price) => ({ price, dateEffectiveStart: '2025-07-01' }));
    const body = contract('k', { plans: [{ id: 'plan', organizations: ORGS, product: PRODUCT, items }] });
    const { side } = await read({ [`${BASE}/k`]: { body }, [PERIOD]: detail([CHARGE]) });
    expect(side.lines[0]?.planned?.committed).toMatchObject([{ value: '18' }, { value: '21' }]);
    expect(side.lines[0]?.committedRate).toMatchObject({ value: '18' });
  });

  it.each([
    ['inclusive', '2026-03-31', '2026-04-30', '2026-04-30'],
    ['exclusive', '2026-04-01', '2026-05-01', '2026-04-30'],
  ])('infers that dateEnd is %s from periods that follow each other', async (reading, third, fourth, end) => {
    const billingPeriods = [
      { id: 'k-3', dateStart: '2026-03-01', dateEnd: third, status: 'Closed' },
      { id: 'k-4', dateStart: '2026-04-01', dateEnd: fourth, status: 'Open' },
    ];
    const body = contract('k', { billingPeriods, dateEnd: reading === 'exclusive' ? '2026-07-01' : '2026-06-30' });
    const { side } = await read({ [`${BASE}/k`]: { body }, [PERIOD]: detail([CHARGE], { dateEnd: fourth }) });
    expect(side.periodEnd.reading).toBe(reading);
    expect(side.lines[0]?.period.end).toBe(end);
    expect(side.contracts[0]?.term.contractEnd).toMatchObject({ value: '2026-06-30' });
  });

  it('does not let one shifted contract overrule the others', async () => {
    const shifted = contract('z', {
      billingPeriods: [
        { id: 'z-3', dateStart: '2026-03-01', dateEnd: '2026-04-01' },
        { id: 'z-4', dateStart: '2026-04-01', dateEnd: '2026-05-01', status: 'Open' },
      ],
    });
    const others = ['k', 'l', 'm'].map((id) => contract(id));
    const table = Object.fromEntries(
      [shifted, ...others].map((one) => [`${BASE}/${(one as { id: string }).id}`, { body: one }]),
    );
    const { side } = await read({ ...table, [`${BASE}?pageSize=10`]: { body: { entities: [shifted, ...others] } } });
    expect(side.periodEnd.reading).toBe('inclusive');
  });

  it('lowers a page size that is refused, to the maximum that the message names', async () => {
    const refused = {
      status: 400,
      body: { status: 400, code: 'bad.request', message: 'pageSize must not be greater than 4' },
    };
    const { asked, side } = await read({
      [`${BASE}?pageSize=10`]: refused,
      [`${BASE}?pageSize=4`]: { body: { entities: [contract('k')] } },
    });
    expect(asked).toContain(`${BASE}?pageSize=4`);
    expect(side.contracts).toHaveLength(1);
  });

  it('follows pages over new cursors, counts nothing twice, and says what came twice', async () => {
    const page = (ids: string[], nextUri?: string): Told => ({
      body: { entities: ids.map((id) => contract(id)), nextUri },
    });
    const { side } = await read({
      [`${BASE}?pageSize=10`]: page(['k'], 'api/v2/billing/contracts?after=1'),
      [`${BASE}?after=1`]: page(['k'], '/api/v2/billing/contracts?after=2'),
      [`${BASE}?after=2`]: page(['l'], `https://api.example${BASE}?after=3`),
      [`${BASE}?after=3`]: page(['m'], '/api/v2/billing/contracts?after=1'),
    });
    expect(side.listed.map(({ id }) => id)).toEqual(['k', 'l', 'm']);
    expect(side.paging.find(({ listing }) => listing === BASE)).toMatchObject({
      pages: 4,
      entities: 3,
      fault: 'repeated-cursor',
    });
    expect(side.failures.map(({ code, subject }) => [code, subject.kind])).toContainEqual([
      'wire-contract',
      'contracts',
    ]);
  });

  it('stops after three pages without news, however new their cursors are', async () => {
    const table = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [
        `${BASE}?after=${index}`,
        { body: { entities: [contract('k')], nextUri: `${BASE}?after=${index + 1}` } },
      ]),
    );
    const { asked } = await read({
      ...table,
      [`${BASE}?pageSize=10`]: { body: { entities: [contract('k')], nextUri: `${BASE}?after=0` } },
    });
    expect(asked.filter((path) => path.includes('after='))).toHaveLength(3);
  });

  it('does not follow a nextUri to another origin, and calls the listing incomplete', async () => {
    const { asked, side } = await read({
      [`${BASE}?pageSize=10`]: { body: { entities: [contract('k')], nextUri: 'https://evil.example/x' } },
    });
    expect(asked.some((path) => path.includes('evil'))).toBe(false);
    expect(side.failures).toContainEqual(
      expect.objectContaining({ code: 'foreign-origin', subject: { kind: 'contracts' } }),
    );
  });

  it('names the contract or period that could not be had', async () => {
    const { side } = await read({ [PERIOD]: { status: 503, body: {} } });
    expect(side.failures).toMatchObject([
      {
        code: 'http-status',
        subject: { kind: 'period', contractId: 'k', periodId: 'k-4' },
        message: expect.stringContaining('503'),
      },
    ]);
    expect(side.lines).toEqual([]);
  });

  it('reads an invoice with its lines, and where its document lies', async () => {
    const { side } = await read({
      [`${BASE}/invoices?pageSize=200`]: { body: { entities: [{ id: 'i', amount: 118.7, currencyIsoCode: 'USD' }] } },
      [`${BASE}/invoices/i/lines?pageSize=200`]: {
        body: { entities: [{ id: 'l', amount: 118.7, organization: ORGS[0], product: PRODUCT }] },
      },
    });
    expect(side.invoices).toMatchObject([
      { id: 'i', amount: { value: '118.7' }, lines: [{ sku: 'PC-1', org: { id: 'b' } }] },
    ]);
    const transport = telling({
      ...LISTS,
      [`${BASE}/invoices?pageSize=200`]: { body: { entities: [{ id: 'i' }] } },
      [`${BASE}/invoices/i/lines?pageSize=200`]: { body: { entities: [] } },
      [`${BASE}/invoices/i/document`]: { body: { url: 'https://files.example/i.pdf' } },
    });
    const capture = await captureAll({ transport, plan: () => undefined }, true);
    expect(capture.failures).toEqual([]);
    expect(transport.asked).toContain(`${BASE}/invoices/i/document`);
  });

  it('survives any body whatever: no crash, and no line out of nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.constantFrom('{"charges":[{"__proto__":{"actualQuantity":1}}]}', '{"charges":{"0":1}}'),
        ),
        async (body) => {
          const { side } = await read({ [PERIOD]: { body } });
          expect(side.lines).toEqual([]);
        },
      ),
    );
  });
});

describe('resolveUri', () => {
  const at = exchangeOf({ source: 'contract-api', path: '/a?b=1', subject: '' }, { body: {} });
  it.each([
    ['/x?after=1', '/x?after=1'],
    ['x?after=1', '/x?after=1'],
    ['https://api.example/x', '/x'],
    ['//api.example/x', '/x'],
    ['https://api.example.evil/x', null],
    ['http://api.example/x', null],
    ['//evil/x', null],
    ['\\\\evil\\x', null],
    ['javascript:alert(1)', null],
  ])('%s → %s', (uri, path) => {
    expect(resolveUri(uri, at)).toBe(path);
  });
});
