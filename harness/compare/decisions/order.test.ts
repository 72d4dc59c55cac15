/** A world in which much is alike and much fails, in the order in which it was made and in others: the same is said of it. */
import { expect, it } from 'vitest';
import type { CaptureFailure, CaptureSubject, SchemaNote } from '../../domain/capture.ts';
import type { Charge, ContractSide } from '../../domain/contract-side.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { compare } from '../compare.ts';
import { orgsToReadAgain, periodsToReadBefore } from '../rereading/follow-up-requests.ts';
import { NO_REREADING } from '../rereading/rereading-context.ts';
import type { Part } from '../scope/comparison-scope.ts';
import { at, number, text } from '../testing/figures.ts';
import {
  APRIL,
  type ChargeFacts,
  type ContractFacts,
  contractSide,
  type Figures,
  legacySide,
  onePair,
  org,
  policy,
  product,
  row,
  span,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';
import { type Study, table } from '../testing/tell.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];
const own = (id: string, sku: string, changes: Figures = {}): ChargeFacts => ({
  ...TYPICAL,
  ...changes,
  orgs: [id],
  sku,
});
/** Explained by × 60 as well as others by × 12: which is told first must not hang on who came first. */
const CHANGES: Readonly<Record<string, Figures>> = {
  a: { committed: '120' },
  b: { committed: '120' },
  c: { committed: '120' },
  d: { committed: '600' },
  e: { committed: '600' },
  f: { committed: '600' },
  g: { currency: 'EUR' },
  h: { currency: 'JPY', overageRate: '24' },
  i: { actual: '16' },
  j: { actual: '16' },
};

const contractOf = (id: string): ContractFacts => ({
  id: `c-${id}`,
  periods: [
    {
      span: APRIL,
      charges: [
        own(id, 'P1', CHANGES[id]),
        ...(id === 'k' ? [own('k', 'P2'), own('k', 'P2', { actual: '14' }), own('k', 'P2')] : []),
        ...(id === 'l' ? [{ ...TYPICAL, committed: '20', actual: '30', orgs: ['m', 'l'], sku: 'P2' }] : []),
      ],
    },
    { span: span('2026-05-02', '2026-05-31'), charges: [] },
  ],
});

const failed = (subject: CaptureSubject, message: string, side: CaptureFailure['side']): CaptureFailure => ({
  side,
  source: side === 'legacy' ? 'usage-api' : 'contract-api',
  subject,
  code: 'http-status',
  message,
  at: at(`failure ${message}`),
});

const drifted = (type: string, pointer: string, kind: SchemaNote['kind'], exchange: string): SchemaNote => ({
  side: 'contract',
  source: 'contract-api',
  type,
  pointer,
  kind,
  found: `found in ${exchange}`,
  expected: 'nothing',
  at: { exchange, pointer: pointer.replace('*', '0') },
});

const withoutId = (charge: Charge): Charge => ({ ...charge, ref: { ...charge.ref, chargeId: null } });

function legacy(): LegacySide {
  const people = [...IDS, 'm'].map((id) => {
    const name = id === 'a' ? 'Anna' : id === 'b' ? null : `Org ${id}`;
    const lines = [row(id, 'P1')];
    if (id === 'k' || id === 'l' || id === 'm') lines.push(row(id, 'P2'));
    if (id === 'i') lines.push(row(id, 'P1', { committed: '0', actual: '0' }), row(id, 'PX'), row(id, 'PW'));
    return subscription(id, lines, { name });
  });
  return legacySide(people, {
    regionListings: [
      {
        region: 'us-east-1',
        members: [
          { org: org('a', 'Ann'), appIds: ['app'] },
          { org: org('b', 'Bea'), appIds: ['app'] },
        ],
        at: at('l1'),
      },
      {
        region: 'eu-west-1',
        members: [
          { org: org('b', 'Aba'), appIds: ['app'] },
          { org: org('n', null), appIds: ['app'] },
        ],
        at: at('l2'),
      },
    ],
    regionCounts: [
      { region: 'us-east-1', appId: 'app', count: number('3') },
      { region: 'eu-west-1', appId: 'app', count: number('2') },
      { region: 'ap-south-1', appId: 'app', count: number('1') },
    ],
    failures: [
      failed({ kind: 'organisation', org: org('o', 'Olga'), region: null }, 'z failed', 'legacy'),
      failed({ kind: 'organisation', org: org('o', null), region: null }, 'y failed', 'legacy'),
      failed({ kind: 'organisation', org: org('p', null), region: null }, 'x failed', 'legacy'),
    ],
    unknownOrgs: [{ org: org('n', 'Nora'), source: 'usage-api', at: at('n') }],
  });
}

function contract(): ContractSide {
  const side = contractSide([
    ...IDS.map(contractOf),
    {
      id: 'c-0',
      periods: [{ span: APRIL, charges: [own('q', 'P1'), own('r', 'P9'), own('a', 'P8'), own('b', 'P7')] }],
    },
  ]);
  const details = side.details.map((detail) => ({
    ...detail,
    charges: detail.charges.map((each) => (each.sku === 'P2' ? withoutId(each) : each)),
  }));
  return {
    ...side,
    details,
    listedFields: new Set(['status']),
    listed: side.listed.map((each) => ({
      ...each,
      fingerprint: `{"id":"${each.id}","status":"${each.id < 'c-c' ? 'Inactive' : 'Active'}"}`,
    })),
    contracts: side.contracts.map((each) => ({ ...each, fingerprint: `{"id":"${each.id}","status":"Active"}` })),
    invoices: ['i2', 'i1'].map((id) => ({
      id,
      date: { state: 'absent', at: at(id) } as const,
      currency: text('USD'),
      amount: number('100'),
      asked: true,
      lines: ['x', 'y'].map((line) => ({
        id: line,
        sku: 'P1',
        org: org(line === 'x' ? 'a' : 'c'),
        start: { state: 'known', value: APRIL.start, raw: '', at: at(id) } as const,
        end: { state: 'known', value: APRIL.end, raw: '', at: at(id) } as const,
        quantity: number(null),
        amount: number(line === 'x' ? '60' : '41'),
        unit: text(null),
        at: at(`${id} ${line}`),
      })),
      at: at(id),
    })),
    schema: [
      drifted('BillingCharge', '/charges/*/tierName', 'unknown-field', 'detail b'),
      drifted('BillingCharge', '/charges/*/tierName', 'unknown-field', 'detail a'),
      drifted('BillingContract', '/colour', 'unknown-field', 'contract a'),
      drifted('BillingContract', '/status', 'unknown-value', 'contract b'),
      {
        ...drifted('BillingContract', '/number', 'vanished-field', 'contract a'),
        effect: { severity: 'none', sentence: 'nothing that is compared is read from it' },
      },
      drifted('BillingContract', '/id', 'missing-field', 'contract a'),
      drifted('BillingContract', '/colour', 'vanished-field', 'contract a'),
    ],
    documents: ['d2', 'd1', 'contract a'].map((exchange) => ({
      side: 'contract',
      source: 'contract-api',
      type: 'BillingContract',
      exchange,
    })),
    paging: ['/z', '/y'].map((listing) => ({
      source: 'contract-api',
      listing,
      pages: 2,
      entities: 3,
      fault: 'repeated-page',
      message: null,
      at: at(listing),
    })),
    probes: ['p2', 'p1', 'p3'].map((subject) => ({
      rule: 'paging',
      subject,
      holds: subject === 'p3' ? null : subject === 'p1',
      message: `${subject} was tried`,
      at: at(subject),
    })),
    failures: [
      failed({ kind: 'contract', contractId: 'c-y' }, 'contract y failed', 'contract'),
      failed({ kind: 'contract', contractId: 'c-x' }, 'contract x failed', 'contract'),
      failed({ kind: 'period', contractId: 'c-b', periodId: 'c-b-p9' }, 'period failed', 'contract'),
      failed({ kind: 'invoice', invoiceId: 'i9' }, 'invoice failed', 'contract'),
    ],
  };
}

/** The lists of a side, and the lists within them, turned round; what one entry itself lists (its organisations) is one fact. */
function turned<T>(value: T, depth = 0): T {
  if (value instanceof Set) return value;
  if (Array.isArray(value)) return value.map((each) => turned(each, depth + 1)).reverse() as T;
  if (typeof value !== 'object' || value === null || depth > 4) return value;
  const entries = Object.entries(value).map(([key, each]) => [
    key,
    key === 'orgs' || key === 'appIds' ? each : turned(each, depth + 1),
  ]);
  return Object.fromEntries(entries) as T;
}

const judge = (left: LegacySide, right: ContractSide): Judgement => {
  const products = [product('P1', { skus: ['P1', 'P0'] }), product('P2'), product('P3', { appId: 'other' })];
  const before = { legacy: left, contract: right, orgs: new Set(['i']) };
  return compare(left, right, policy({ products }), { ...NO_REREADING, before });
};

/** Of each kind of place one: pairs, organisations, regions, charges, listings, contracts, invoices, bodies. */
const STUDY: Study = {
  rules: [
    'org-missing-in-contract',
    'org-missing-in-legacy',
    'region-count',
    'duplicate-charge',
    'committed-quantity',
    'currency',
    'period-start',
    'invoice-total',
    'listing-detail-agreement',
    'organization-count',
    'paging',
    'schema-violation',
    'schema-drift',
  ],
  causes: true,
  notes: true,
  drift: true,
};

it('is told in its order', async () => {
  await expect(table(STUDY, [['the world', judge(legacy(), contract())]])).toMatchFileSnapshot('order.txt');
});

it.each([
  ['legacy', turned(legacy()), contract()],
  ['the contract side', legacy(), turned(contract())],
  ['both', turned(legacy()), turned(contract())],
])('says the same with the lists of %s turned round', (_, left, right) => {
  expect(judge(left, right)).toEqual(judge(legacy(), contract()));
});

it('says the same with the organisations of the scenario and its products turned round', () => {
  const orgs = ['b', 'a', 'x', 'z'].map((id) => ({ id, region: 'us-east-1', name: `Listed ${id}` }));
  const products = [product('P1'), product('P2'), product('P3', { skus: ['P9', 'P8', 'P7'] })];
  const there = compare(legacy(), contract(), policy({ orgs, products }));
  expect(compare(legacy(), contract(), policy({ orgs: turned(orgs), products: turned(products) }))).toEqual(there);
});

it('is told in parts, of which each has its own cells', async () => {
  const parts: readonly (readonly [string, Part])[] = [
    ['up to e', (ids) => (ids[0] ?? '') < 'f'],
    ['from f on', (ids) => (ids[0] ?? '') >= 'f'],
  ];
  const rows = parts.map(([what, part]) => {
    const judgement = compare(legacy(), contract(), policy(), NO_REREADING, part);
    const ids = new Set(judgement.cells.map(({ id }) => id));
    expect([...judgement.outsideCoverage].filter((id) => !ids.has(id))).toEqual([]);
    return [what, judgement] as const;
  });
  await expect(table(STUDY, rows)).toMatchFileSnapshot('order.parts.txt');
});

it('leaves open what a run can still ask for, in whole and in part', async () => {
  const judgement = judge(legacy(), contract());
  const asked = (['whole', 'part'] as const).map((extent) => {
    const periods = [...periodsToReadBefore(judgement, extent)].map(([id, day]) => `${id} before ${day}`);
    return `${extent}: again ${[...orgsToReadAgain(judgement, extent)].join(' ')}; ${periods.join(', ')}\n`;
  });
  await expect(asked.join('')).toMatchFileSnapshot('order.asked.txt');
  const few = onePair(TYPICAL, { actual: '16' });
  const one = compare(few.legacy, few.contract, policy());
  expect([...periodsToReadBefore(one)]).toEqual([]);
  expect([...periodsToReadBefore(one, 'part')]).toEqual([['a', '2026-04-01']]);
});
