/** A made-up report of realistic shape: many rules, currencies, long, right-to-left and hostile names. Deterministic. */
import { customerKey } from '../../domain/customer.ts';
import { compareDecimals, decimal } from '../../domain/decimal.ts';
import { EXCHANGE_VERSION, type Exchange } from '../../domain/exchange.ts';
import type {
  EarlierRun,
  Finding,
  FindingEvidence,
  FindingMoney,
  FindingStatement,
  RunResult,
  StatementRow,
} from '../../domain/run-result.ts';
import { passedChecks } from '../passed-checks.ts';
import type { Check, ReportContext } from '../reporter.ts';
import { accountsOf, COMPARED, moneyTotals, statementOf, tieOutOf } from './sample-books.ts';
import { CURRENCIES, HOSTILE_NAMES, NAMES, PRODUCTS, REGIONS, RULES, type SampleRule } from './sample-parts.ts';

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
const hex = (number: number, length: number): string => number.toString(16).padStart(length, '0');

const orgOf = (index: number) => ({
  id: `9d750d63-95ae-4df7-8955-${hex(index, 12)}`,
  name: index === 5 ? null : at(NAMES, index) + (index < NAMES.length ? '' : ` ${index}`),
});

const STATUSES: readonly Finding['status'][] = [
  ...Array.from({ length: 12 }, () => 'mismatch' as const),
  'not-comparable',
  'tolerated',
  'unstable',
  'waived',
];

const usageId = (org: number): string => `usage-api-${hex(org, 12)}`;
const contractId = (org: number): string => `contract-api-${hex(org, 12)}`;
const usagePath = (org: number): string => `/v1/regions/${at(REGIONS, org)}/organizations/${orgOf(org).id}?appIds=a,b`;
const contractPath = (org: number): string => `/api/v2/billing/contracts/c-${org}/billingperiods/p-7`;

const evidence = (exchange: string, url: string, pointer: string): FindingEvidence => ({
  exchange,
  url,
  at: '2026-04-20T12:00:00.000Z',
  correlationId: exchange.startsWith('contract') ? '5f6d0b52-8a0c-4b1e-9a52-0d7c1f6f2a11' : null,
  pointer,
});

const statement = (of: SampleRule['legacy'], exchange: string, url: string): FindingStatement => ({
  value: of[1],
  raw: of[2],
  derivation: of[3],
  evidence: evidence(exchange, url, of[0]),
});

function moneyOf(rule: SampleRule, org: number, status: Finding['status']): FindingMoney[] {
  if (rule.amount === null || status === 'not-comparable') return [];
  const currency = at(CURRENCIES, org);
  const amount = { JPY: rule.amount.replace('.', ''), KWD: `${rule.amount}0` }[currency as string] ?? rule.amount;
  const under = rule.delta?.startsWith('-') ?? true;
  const first: FindingMoney = { currency, amount, direction: under ? 'under-billed' : 'over-billed' };
  return rule.id === 'currency' ? [first, { currency: 'USD', amount: '1200.00', direction: 'over-billed' }] : [first];
}

function statusFields(status: Finding['status'], rule: SampleRule) {
  const reasons: Partial<Record<Finding['status'], string>> = {
    'not-comparable':
      'its charges could not be read: the server could not answer (status 503 after 6 tries); run again later; asked for billing period p-7 of contract c-1: GET /api/v2/billing/contracts/c-1/billingperiods/p-7',
    unstable: `${rule.reason} The figure moved while it was read twice.`,
  };
  const waiver = {
    reason: 'renegotiated from May on',
    owner: 'billing@example.com',
    ticket: 'PURE-6749',
    expires: '2026-07-31',
  };
  return { status, reason: reasons[status] ?? rule.reason, waiver: status === 'waived' ? waiver : null };
}

function findingOf(index: number, orgs: number): Finding {
  const standing = at(STATUSES, index * 3);
  // What is waived or tolerated costs money here, which no total of money at risk may hold.
  const rule = at(RULES, standing === 'waived' ? 0 : standing === 'tolerated' ? 2 : index);
  const org = (index * 7) % orgs;
  const product = at(PRODUCTS, index + org);
  const { status, reason, waiver } = statusFields(standing, rule);
  const [first, ...more] = moneyOf(rule, org, status);
  return {
    id: hex(index + 4096, 12),
    status,
    category: rule.category,
    rule: rule.id,
    side: rule.side,
    orgs: index % 9 === 4 ? [orgOf(org), orgOf((org + 1) % orgs), orgOf((org + 2) % orgs)] : [orgOf(org)],
    region: at(REGIONS, org),
    appId: product.appId,
    sku: product.sku,
    partNumber: product.sku,
    period: { start: '2026-04-01', end: '2026-04-30', status: 'open' },
    legacy: rule.side === 'contract' ? null : statement(rule.legacy, usageId(org), usagePath(org)),
    contract: status === 'not-comparable' ? null : statement(rule.contract, contractId(org), contractPath(org)),
    delta: status === 'not-comparable' ? null : rule.delta,
    relative: status === 'not-comparable' ? null : rule.relative,
    moneyAtRisk: first ?? null,
    ...(more.length === 0 ? {} : { moreMoneyAtRisk: more }),
    rootCause: rule.id === 'committed-quantity' && status === 'mismatch' ? 'bundle-ignored' : null,
    derivedFrom: rule.id === 'overage-charge' && index > 0 ? hex(index - 1 + 4096, 12) : null,
    waiver,
    reason,
  };
}

const usageBody = (org: number): string =>
  `{"orgId":"${orgOf(org).id}","orgName":${JSON.stringify(orgOf(org).name)},"subscriptionType":"PREPAY","currency":"EUR",
  "contractEffectiveDate":"2025-07-01T00:00:00Z","contractEndDate":"2026-06-30T23:59:59.999Z",
  "usages":[{"appId":"wallboard","name":"Wallboard Add-on","partNumber":"PC-170-NV-WALLB","grouping":"billable-app-usage-license",
  "prepayQuantity":"10","usageQuantity":"15","prepayPrice":"20.00","overagePrice":"23.740","bundleQuantity":"12"},{"appId":"b"},{"appId":"c"}]}`;

const contractBody = (org: number): string =>
  `{"id":"p-7","startDate":"2026-04-01","endDate":"2026-04-30","charges":[{"id":"ch-1"},{"id":"ch-2","organizations":[{"id":"${orgOf(org).id}",
  "name":${JSON.stringify(orgOf(org).name)}}],"prepaidQuantity":10,"actualQuantity":14.0,"overageQuantity":4,"overageRate":25.00,
  "overageCharge":94.96,"overageCurrency":"USD"}],"wallets":[]}`;

function exchangeOf(id: string): Exchange | null {
  const org = Number.parseInt(id.slice(-12), 16);
  const legacy = id === usageId(org);
  if (!legacy && id !== contractId(org)) return null;
  const path = legacy ? usagePath(org) : contractPath(org);
  const origin = legacy ? 'https://billable-vendor-usage-api.usw2.pure.cloud' : 'https://api.mypurecloud.com';
  const startedAt = '2026-04-20T12:00:00.000Z';
  return {
    v: EXCHANGE_VERSION,
    id,
    source: legacy ? 'usage-api' : 'contract-api',
    method: 'GET',
    url: origin + path,
    path,
    subject: `organisation ${orgOf(org).id}`,
    reading: 0,
    startedAt,
    durationMs: 184,
    attempts: [{ startedAt, durationMs: 184, status: 200, error: null, waitedMs: 0 }],
    outcome: { kind: 'answer', status: 200, headers: {}, body: legacy ? usageBody(org) : contractBody(org) },
  };
}

const amountOf = (finding: Finding): number => Number(finding.moneyAtRisk?.amount ?? 0);

/** Limits look at the greater direction. */
function greaterIn(currency: string, findings: readonly Finding[]): string {
  const total = moneyTotals(findings, 'mismatch').find((money) => money.currency === currency);
  if (total === undefined) return '0.00';
  const { overBilled, underBilled } = total;
  return compareDecimals(decimal(overBilled), decimal(underBilled)) > 0 ? overBilled : underBilled;
}

function resultOf(findings: readonly Finding[], statement: readonly StatementRow[], orgs: number): RunResult {
  const count = (status: Finding['status']): number => findings.filter((finding) => finding.status === status).length;
  const caused = findings.filter((finding) => finding.rootCause !== null).map((finding) => finding.id);
  return {
    schemaVersion: 1,
    tool: { name: 'cutover-parity', version: '0.1.0' },
    run: {
      id: '20260420T120000Z-7f3a',
      scenario: 'us-nightly',
      scenarioSha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
      startedAt: '2026-04-20T11:58:12.000Z',
      finishedAt: '2026-04-20T12:00:41.000Z',
      sources: { legacy: 'live', contract: 'live' },
      shard: null,
      origins: {
        'contract-api': 'https://api.mypurecloud.com',
        'usage-api': 'https://billable-vendor-usage-api.usw2.pure.cloud',
      },
      sandbox: null,
    },
    verdict: 'mismatch',
    gate: {
      mode: 'enforce',
      met: false,
      checks: [
        { name: 'minParity', limit: '100', actual: '98.6512', met: false },
        { name: 'minCoverage', limit: '99', actual: '99.8712', met: true },
        { name: 'maxMoneyAtRisk.USD', limit: '0.00', actual: greaterIn('USD', findings), met: false },
        { name: 'expiredWaivers', limit: '0', actual: '0', met: true },
      ],
    },
    orgs: { expected: orgs, compared: orgs - 1, atParity: orgs - 10, unreachable: 1 },
    cells: {
      match: 3312,
      tolerated: count('tolerated'),
      mismatch: count('mismatch'),
      waived: count('waived'),
      unstable: count('unstable'),
      notComparable: count('not-comparable'),
    },
    moneyAtRisk: moneyTotals(findings, 'mismatch'),
    rootCauses: [
      {
        id: 'bundle-ignored',
        title: 'The contract side leaves bundleQuantity out',
        sku: 'PC-170-NV-MIN-VOICE',
        explains: caused.length,
        of: caused.length + 2,
        moneyAtRisk: [{ currency: 'USD', overBilled: '0.00', underBilled: '2200.00' }],
        findings: caused,
      },
    ],
    unread: [
      {
        side: 'contract',
        source: 'contract-api',
        code: 'http-status',
        reason: 'the server could not answer (status 503 after 6 tries); run again later',
        request: 'GET /api/v2/billing/contracts/c-1/billingperiods/p-7 (billing period p-7 of contract c-1)',
        count: 4,
      },
    ],
    unexplained: count('mismatch') - caused.length,
    waivers: { used: 1, unused: 1, expired: 0 },
    moneyWaived: moneyTotals(findings, 'waived'),
    moneyUnknown: 3,
    accounts: accountsOf(orgs),
    tieOut: tieOutOf(statement),
    compared: COMPARED,
    drift: [{ type: 'BillingCharge', pointer: '/charges/*/tierName', kind: 'unknown-field', count: 12 }],
    requests: { legacy: 45, contract: 132, retries: 3, rateLimited: 0, replayed: 0 },
    notes: ['SKU PC-999-OTHER is on the contract side and in no product of the scenario (4 charges).'],
  };
}

const pairOf = (orgs: Finding['orgs'], sku: string | null): string => `${orgs.map(({ id }) => id).join()} ${sku}`;

const checkOf = (finding: Finding): Check => ({
  id: finding.id,
  status: finding.status,
  category: finding.category,
  rule: finding.rule,
  orgs: finding.orgs,
  region: finding.region,
  appId: finding.appId,
  pair: pairOf(finding.orgs, finding.sku),
  legacy: finding.legacy?.value ?? null,
  contract: finding.contract?.value ?? null,
  rootCause: finding.rootCause,
  outsideCoverage: false,
});

const matchOf = (index: number, orgs: number): Check => ({
  id: hex(index + 65_536, 12),
  status: 'match',
  category: at(RULES, index).category,
  rule: at(RULES, index).id,
  orgs: [orgOf(index % orgs)],
  region: at(REGIONS, index % orgs),
  appId: at(PRODUCTS, index).appId,
  pair: pairOf([orgOf(index % orgs)], at(PRODUCTS, index).sku),
  legacy: String(10 + index),
  contract: String(10 + index),
  rootCause: null,
  outsideCoverage: false,
});

/** Two nights before: a better one, and one like this that lacked every third finding. */
function earlierOf(result: RunResult, findings: readonly Finding[]): ReportContext['earlier'] {
  const night = (day: number, cells: RunResult['cells'], known: readonly Finding[]): EarlierRun => ({
    result: {
      ...result,
      cells,
      run: { ...result.run, id: `202604${day}T120000Z-0000`, startedAt: `2026-04-${day}T12:00:00.000Z` },
    },
    statuses: new Map(known.map(({ id, status }) => [id, status])),
    unresolved: new Map(known.map(({ orgs }) => [customerKey(orgs), 3])),
  });
  const half = { ...result.cells, mismatch: Math.floor(result.cells.mismatch / 2), match: result.cells.match + 30 };
  return [
    night(
      18,
      half,
      findings.filter((_, index) => index % 2 === 0),
    ),
    night(
      19,
      result.cells,
      findings.filter((_, index) => index % 3 !== 0),
    ),
  ];
}

/** A report context over made-up answers; `out` is the caller's folder. */
export function sampleContext(options: { out: string; orgs?: number; findings?: number }): ReportContext {
  const orgs = options.orgs ?? 40;
  const findings = Array.from({ length: options.findings ?? 64 }, (_, index) => findingOf(index, orgs)).sort(
    (a, b) => amountOf(b) - amountOf(a),
  );
  const checks = [...findings.map(checkOf), ...Array.from({ length: 2 * orgs }, (_, index) => matchOf(index, orgs))];
  const statement = statementOf(findings, orgs, orgOf);
  const result = resultOf(findings, statement, orgs);
  return {
    result,
    earlier: earlierOf(result, findings),
    checks,
    passed: passedChecks(checks),
    findings,
    statement,
    exchanges: exchangeOf,
    rules: RULES,
    tolerances: { 'actual-quantity': { absolute: decimal('0.5'), relative: decimal('0.01'), when: 'open' } },
    out: options.out,
  };
}

export { HOSTILE_NAMES };
