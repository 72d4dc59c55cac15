/** When a hidden defect counts as found, and when a finding is a false alarm. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../domain/run-result.ts';
import { detectionScore, type HiddenDefect } from './detection-score.ts';

const ORG = 'org-1';

const finding = (status: Finding['status'], more: Partial<Finding> = {}): Finding => ({
  id: 'finding-1',
  status,
  category: 'rate',
  rule: 'overage-rate',
  side: null,
  orgs: [{ id: ORG, name: null }],
  region: null,
  appId: null,
  sku: 'SKU',
  partNumber: null,
  period: null,
  legacy: null,
  contract: null,
  delta: null,
  relative: null,
  moneyAtRisk: null,
  rootCause: null,
  derivedFrom: null,
  waiver: null,
  reason: null,
  ...more,
});

const hidden = (outcome: HiddenDefect['outcome'], more: Partial<HiddenDefect> = {}): HiddenDefect => ({
  id: 'some-defect',
  variant: null,
  orgs: [ORG],
  skus: ['SKU'],
  rules: ['overage-rate'],
  outcome,
  ...more,
});

const NOBODY: ReadonlySet<string> = new Set();
const OUTSIDE: ReadonlySet<string> = new Set(['finding-1']);

describe('a defect counts as found', () => {
  it.each<[HiddenDefect['outcome'], Finding['status'], ReadonlySet<string>, number]>([
    ['mismatch', 'mismatch', NOBODY, 1],
    ['mismatch', 'tolerated', NOBODY, 1],
    ['mismatch', 'waived', NOBODY, 1],
    ['mismatch', 'not-comparable', NOBODY, 0],
    ['mismatch', 'unstable', NOBODY, 0],
    ['not-comparable', 'not-comparable', NOBODY, 1],
    ['not-comparable', 'not-comparable', OUTSIDE, 0],
    ['not-comparable', 'mismatch', NOBODY, 1],
    ['not-comparable', 'tolerated', NOBODY, 0],
    ['outside-coverage', 'not-comparable', OUTSIDE, 1],
    ['outside-coverage', 'unstable', NOBODY, 0],
    ['unstable', 'unstable', NOBODY, 1],
    ['unstable', 'mismatch', NOBODY, 0],
    ['unstable', 'not-comparable', NOBODY, 0],
  ])('%s by a finding that is %s', (outcome, status, outside, found) => {
    expect(detectionScore([hidden(outcome)], [finding(status)], outside)).toMatchObject({ hidden: 1, found });
  });

  it('only by one of its rules, at its organisations and products', () => {
    const elsewhere: readonly Partial<Finding>[] = [
      { rule: 'committed-rate' },
      { orgs: [{ id: 'org-2', name: null }] },
      { sku: 'ANOTHER' },
    ];
    for (const more of elsewhere) {
      expect(detectionScore([hidden('mismatch')], [finding('mismatch', more)], NOBODY).found).toBe(0);
    }
  });

  it('and what is missed is told with its variant', () => {
    const { missed } = detectionScore([hidden('not-comparable', { variant: 'empty' })], [], NOBODY);
    expect(missed).toEqual([`some-defect[empty] at ${ORG}`]);
  });
});

describe('a false alarm', () => {
  it.each<[HiddenDefect['outcome'], Finding['status'], string, number]>([
    ['mismatch', 'mismatch', ORG, 0],
    ['not-comparable', 'not-comparable', ORG, 0],
    ['not-comparable', 'not-comparable', 'org-2', 0],
    ['not-comparable', 'mismatch', ORG, 0],
    ['not-comparable', 'mismatch', 'org-2', 1],
    ['mismatch', 'mismatch', 'org-2', 1],
    ['unstable', 'unstable', ORG, 0],
    ['unstable', 'mismatch', ORG, 1],
  ])('beside a defect that is %s: a finding that is %s at %s', (outcome, status, org, falseAlarms) => {
    const orgs = [{ id: org, name: null }];
    expect(detectionScore([hidden(outcome)], [finding(status, { orgs })], NOBODY)).toMatchObject({ falseAlarms });
  });
});
