/** A small judgement with one cell of each kind that matters to results. */

import { isoDate } from '../../domain/billing-period.ts';
import { decimal, subtract } from '../../domain/decimal.ts';
import type { Cell } from '../../domain/finding.ts';
import { MatchLog } from '../../domain/match-log.ts';
import type { Judgement, TieOut } from '../../domain/verdict.ts';
import type { ExchangeIndex } from '../json/findings.ts';
import type { ResultMeta } from '../json/result.ts';

const MISMATCH: Cell = {
  id: 'aaaaaaaaaaaa',
  status: 'mismatch',
  category: 'rate',
  rule: 'overage-rate',
  scope: {
    orgs: [{ id: '9d750d63-95ae-4df7-8955-2bca7152ca19', name: 'Example Org' }],
    region: 'us-east-1',
    appId: 'wallboard',
    sku: 'PC-170-NV-WALLB',
    partNumber: 'PC-170-NV-WALLB',
    period: { start: isoDate('2026-04-01'), end: isoDate('2026-04-30'), status: 'closed' },
    side: null,
    subject: '',
  },
  pair: 'pair-1',
  legacy: {
    value: '23.74',
    raw: '"23.740"',
    at: { exchange: 'usage-api-1', pointer: '/usages/0/overagePrice' },
    derivation: null,
  },
  contract: {
    value: '25',
    raw: '25.00',
    at: { exchange: 'contract-api-1', pointer: '/charges/3/overageRate' },
    derivation: null,
  },
  agreed: null,
  delta: decimal('1.26'),
  relative: decimal('0.0531'),
  money: [{ currency: 'USD', amount: decimal('6.3'), direction: 'over-billed' }],
  reason: 'Legacy says 23.74, contract says 25 (1.26 more).',
  waiver: null,
  derivedFrom: null,
  rootCause: null,
};

const MATCH: Cell = { ...MISMATCH, id: 'bbbbbbbbbbbb', status: 'match', money: [], delta: null, reason: null };

export const CURRENCY: Cell = {
  ...MISMATCH,
  id: 'cccccccccccc',
  rule: 'currency',
  delta: null,
  relative: null,
  money: [
    { currency: 'JPY', amount: decimal('1181'), direction: 'under-billed' },
    { currency: 'USD', amount: decimal('1200'), direction: 'over-billed' },
  ],
};

const WAIVED: Cell = {
  ...MISMATCH,
  id: 'dddddddddddd',
  status: 'waived',
  money: [{ currency: 'USD', amount: decimal('80'), direction: 'under-billed' }],
  waiver: {
    rule: 'overage-rate',
    cause: null,
    org: null,
    sku: null,
    appId: null,
    period: null,
    reason: 'renegotiated from May on',
    owner: 'billing@example.com',
    ticket: null,
    expires: isoDate('2026-07-31'),
    maxMoney: null,
    delta: decimal('1.26'),
  },
};

interface Bills {
  readonly legacy: string;
  readonly contract: string;
  readonly findings: string;
  readonly residual?: string;
  /** Contract bills that no pair took. */
  readonly left?: string;
}

function tieOut(currency: string, { legacy, contract, findings, residual = '0', left = '0' }: Bills): TieOut {
  return {
    currency,
    legacy: decimal(legacy),
    contract: decimal(contract),
    difference: subtract(decimal(contract), decimal(legacy)),
    findings: decimal(findings),
    residual: decimal(residual),
    notCompared: { legacy: decimal('0'), contract: decimal(left) },
  };
}

export const JUDGEMENT: Judgement = {
  verdict: 'mismatch',
  gate: { mode: 'enforce', met: false, checks: [{ name: 'minParity', limit: '100', actual: '50', met: false }] },
  orgs: { expected: 2, compared: 1, atParity: 0, unreachable: 1 },
  unread: [
    {
      side: 'legacy',
      source: 'usage-api',
      code: 'http-status',
      reason: 'the server could not answer (status 503 after 6 tries); run again later',
      request: 'GET /v1/regions/us-east-1/organizations/9d75?appIds=wallboard (organisation Example Org (us-east-1))',
      count: 1,
    },
  ],
  counts: { match: 1, tolerated: 0, mismatch: 2, waived: 1, unstable: 0, notComparable: 0 },
  moneyAtRisk: [
    { currency: 'JPY', overBilled: decimal('0'), underBilled: decimal('1181') },
    { currency: 'USD', overBilled: decimal('1206.3'), underBilled: decimal('0') },
  ],
  rootCauses: [
    {
      id: 'currency-swap',
      title: 'Another currency code with the same number',
      sku: null,
      explains: 1,
      of: 1,
      moneyAtRisk: [{ currency: 'KWD', overBilled: decimal('1.5'), underBilled: decimal('0') }],
      findings: ['cccccccccccc'],
    },
  ],
  unexplained: 1,
  waivers: { used: 1, unused: 0, expired: 0 },
  drift: [{ type: 'BillingCharge', pointer: '/charges/*/tierName', kind: 'unknown-field', count: 12 }],
  cells: [CURRENCY, MISMATCH, MATCH, WAIVED],
  matches: MatchLog.EMPTY,
  outsideCoverage: new Set(),
  notes: ['one note'],
  parityPercent: decimal('50'),
  coveragePercent: decimal('100'),
  accounts: [
    { record: 'contract', received: 2, compared: 2, notComparable: 0, outOfScope: [] },
    {
      record: 'charge',
      received: 310,
      compared: 300,
      notComparable: 2,
      outOfScope: [
        { reason: 'product-not-mapped', count: 7 },
        { reason: 'repeated', count: 1 },
      ],
    },
  ],
  tieOut: [
    tieOut('JPY', { legacy: '1204331', contract: '1203150', findings: '-1181' }),
    tieOut('KWD', { legacy: '100', contract: '100.125', findings: '0', residual: '0.125' }),
    tieOut('USD', { legacy: '1204331.2', contract: '1205457.5', findings: '1126.3', left: '120' }),
  ],
  statement: [
    {
      pair: 'pair-1',
      orgs: [{ id: '9d750d63-95ae-4df7-8955-2bca7152ca19', name: 'Example Org' }],
      region: 'us-east-1',
      appId: 'wallboard',
      partNumber: 'PC-170-NV-WALLB',
      sku: 'PC-170-NV-WALLB',
      currency: 'KWD',
      period: { start: '2026-04-01', end: '2026-04-30', status: 'closed' },
      legacy: decimal('100'),
      contract: decimal('100.125'),
      difference: decimal('0.125'),
      findings: decimal('0'),
      residual: decimal('0.125'),
      note: 'valued-at-contract-rates',
    },
    {
      pair: 'pair-2',
      orgs: [],
      region: null,
      appId: null,
      partNumber: 'PC-170-NV-SITE',
      sku: 'PC-170-NV-SITE',
      currency: 'USD',
      period: null,
      legacy: null,
      contract: decimal('120'),
      difference: null,
      findings: decimal('0'),
      residual: null,
      note: 'legacy states no rate',
    },
  ],
  compared: {
    quantities: true,
    prices: false,
    invoices: 'none',
    listingDetail: { asked: 40, of: 812 },
    because: { prices: 'no configured source carries them', invoices: 'the scenario asks for none' },
  },
  moneyWaived: [{ currency: 'USD', overBilled: decimal('0'), underBilled: decimal('80') }],
  moneyUnknown: 3,
};

export const META: ResultMeta = {
  version: '0.1.0',
  run: {
    id: 'run-1',
    scenario: 'us-nightly',
    scenarioSha256: 'b94d27b9',
    startedAt: '2026-04-20T11:58:12.000Z',
    finishedAt: '2026-04-20T12:00:41.000Z',
    sources: { legacy: 'live', contract: 'sandbox' },
    shard: null,
    origins: { 'usage-api': 'https://usage.example', 'contract-api': 'https://api.example' },
    sandbox: null,
  },
  requests: { legacy: 45, contract: 12, retries: 3, rateLimited: 0, replayed: 0 },
};

export const INDEX: ExchangeIndex = (id) => ({
  url: `/path/of/${id}`,
  at: '2026-04-20T12:00:00.000Z',
  correlationId: id.startsWith('contract') ? 'corr-1' : null,
});
