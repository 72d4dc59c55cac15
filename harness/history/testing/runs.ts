/** Small runs to set against each other. */
import type { RunRecord } from '../../domain/run-comparison.ts';
import type { Finding, RunResult } from '../../domain/run-result.ts';

export const MISMATCH: Finding = {
  id: 'a',
  status: 'mismatch',
  category: 'quantity',
  rule: 'committed-quantity',
  side: null,
  orgs: [{ id: 'org-1', name: 'Example Org' }],
  region: 'us-east-1',
  appId: 'wallboard',
  sku: 'PC-170-NV-WALLB',
  partNumber: 'PC-170-NV-WALLB',
  period: { start: '2026-04-01', end: '2026-04-30', status: 'open' },
  legacy: { value: '10', raw: '10', derivation: null, evidence: null },
  contract: { value: '12', raw: '12', derivation: null, evidence: null },
  delta: '2',
  relative: '0.2',
  moneyAtRisk: { currency: 'USD', amount: '40.00', direction: 'over-billed' },
  rootCause: null,
  derivedFrom: null,
  waiver: null,
  reason: 'legacy says 10, contract says 12 (2 more)',
};

export const finding = (change: Partial<Finding>): Finding => ({ ...MISMATCH, ...change });

export interface RunChange {
  readonly id?: string;
  readonly startedAt?: string;
  readonly scenarioSha256?: string;
  readonly shard?: string;
  readonly unreachable?: number;
  readonly money?: RunResult['moneyAtRisk'];
}

/** @param matches null for a run that does not say */
export function run(
  findings: readonly Finding[],
  matches: readonly string[] | null,
  change: RunChange = {},
): RunRecord {
  const count = (status: Finding['status']): number => findings.filter((one) => one.status === status).length;
  const result: RunResult = {
    schemaVersion: 1,
    tool: { name: 'cutover-parity', version: '0.1.0' },
    run: {
      id: change.id ?? `run-${change.startedAt ?? ''}`,
      scenario: 'nightly',
      scenarioSha256: change.scenarioSha256 ?? 'sha',
      startedAt: change.startedAt ?? '2026-04-20T02:00:00.000Z',
      finishedAt: '2026-04-20T02:10:00.000Z',
      sources: { legacy: 'live', contract: 'live' },
      shard: change.shard ?? null,
      origins: {},
      sandbox: null,
    },
    verdict: count('mismatch') > 0 ? 'mismatch' : 'parity',
    gate: {
      mode: 'enforce',
      met: count('mismatch') === 0,
      checks: [
        { name: 'minParity', limit: '100', actual: '99.5', met: false },
        { name: 'minCoverage', limit: '100', actual: '100', met: true },
      ],
    },
    orgs: { expected: 1, compared: 1, atParity: 0, unreachable: change.unreachable ?? 0 },
    cells: {
      match: matches?.length ?? 0,
      tolerated: count('tolerated'),
      mismatch: count('mismatch'),
      waived: count('waived'),
      unstable: count('unstable'),
      notComparable: count('not-comparable'),
    },
    moneyAtRisk: change.money ?? [],
    rootCauses: [],
    unexplained: count('mismatch'),
    waivers: { used: 0, unused: 0, expired: 0 },
    drift: [],
    requests: { legacy: 1, contract: 1, retries: 0, rateLimited: 0, replayed: 0 },
    notes: [],
  };
  return { result, findings, matches: matches === null ? null : new Set(matches) };
}
