/** Checks as test cases: one an organisation (or group of them) and rule category, in suites by app and region. */
import type { Category } from '../../domain/finding.ts';
import type { Finding } from '../../domain/run-result.ts';
import type { Check } from '../reporter.ts';
import { whoOf } from '../words/finding.ts';
import { safeText } from '../words/safe-text.ts';

export interface TestCase {
  readonly name: string;
  readonly category: Category;
  readonly checks: readonly Check[];
  /** Of the checks that are no match; costliest first. */
  readonly findings: readonly Finding[];
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
}

export interface TestSuite {
  readonly app: string;
  readonly region: string;
  readonly cases: readonly TestCase[];
}

/** Sorted by name, so that a suite stands at the same place in every run. */
export function suitesOf(checks: Iterable<Check>, findings: readonly Finding[]): readonly TestSuite[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  return grouped([...checks], ({ appId, region }) => JSON.stringify([appId ?? '', region ?? '']))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => ({
      app: safeText(members[0]?.appId ?? 'all apps'),
      region: safeText(members[0]?.region ?? 'all regions'),
      cases: casesOf(members, byId),
    }));
}

function casesOf(checks: readonly Check[], byId: ReadonlyMap<string, Finding>): readonly TestCase[] {
  return grouped(checks, ({ orgs, category }) => JSON.stringify([category, ...orgs.map(({ id }) => id)]))
    .flatMap(([, members]) => {
      const [first] = members;
      return first === undefined ? [] : [caseOf(first, members, byId)];
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function caseOf(first: Check, checks: readonly Check[], byId: ReadonlyMap<string, Finding>): TestCase {
  const ids = first.orgs.map(({ id }) => id).join(', ');
  return {
    // The id keeps a case apart from that of another organisation with the same name.
    name: `${whoOf(first)}${ids === '' ? '' : ` (${ids})`}: ${first.category}`,
    category: first.category,
    checks,
    findings: checks.flatMap(({ id }) => byId.get(id) ?? []),
    outcome: outcomeOf(checks),
  };
}

/** The worst of its checks. What no source carries was not expected, and skips a case only if it holds nothing else. */
function outcomeOf(checks: readonly Check[]): TestCase['outcome'] {
  const some = (status: Check['status']): boolean => checks.some((check) => check.status === status);
  if (some('mismatch')) return 'failure';
  if (checks.some((check) => check.status === 'not-comparable' && !check.outsideCoverage)) return 'error';
  if (some('unstable')) return 'skipped';
  return checks.every(({ status }) => status === 'not-comparable') ? 'skipped' : 'passed';
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): [key: string, members: T[]][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups];
}
