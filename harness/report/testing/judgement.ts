/** A small judgement with one cell of each kind that matters to results. */
import { isoDate } from '../../domain/billing-period.ts';
import { decimal } from '../../domain/decimal.ts';
import type { Cell } from '../../domain/finding.ts';
import type { Judgement } from '../../domain/verdict.ts';
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
  money: [],
  waiver: {
    rule: 'overage-rate',
    org: null,
    sku: null,
    appId: null,
    period: null,
    reason: 'renegotiated from May on',
    owner: 'billing@example.com',
    ticket: null,
    expires: isoDate('2026-07-31'),
    delta: decimal('1.26'),
  },
};

export const JUDGEMENT: Judgement = {
  verdict: 'mismatch',
  gate: { mode: 'enforce', met: false, checks: [{ name: 'minParity', limit: '100', actual: '50', met: false }] },
  orgs: { expected: 2, compared: 1, atParity: 0, unreachable: 1 },
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
  outsideCoverage: new Set(),
  notes: ['one note'],
  parityPercent: decimal('50'),
  coveragePercent: decimal('100'),
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
