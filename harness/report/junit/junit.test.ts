import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convert } from 'xmlbuilder2';
import type { Finding } from '../../domain/run-result.ts';
import type { Check, ReportContext } from '../reporter.ts';
import { HOSTILE_NAMES, sampleContext } from '../testing/sample.ts';
import { suitesOf } from './cases.ts';
import { junitReporter } from './junit-reporter.ts';

async function written(change: (context: ReportContext) => Partial<ReportContext> = () => ({})): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'parity-junit-'));
  const context = sampleContext({ out, orgs: 12, findings: 24 });
  const [file = ''] = await junitReporter.write({ ...context, ...change(context) });
  return readFile(file, 'utf8');
}

const ORG = { id: 'o-1', name: 'Acme' };
const check = (id: string, status: Check['status'], more: Partial<Check> = {}): Check => ({
  id,
  status,
  category: 'rate',
  rule: 'overage-rate',
  orgs: [ORG],
  region: 'us-east-1',
  appId: 'wallboard',
  pair: 'pair-1',
  legacy: '1',
  contract: '2',
  rootCause: null,
  outsideCoverage: false,
  ...more,
});
const outcomes = (...checks: Check[]) =>
  suitesOf(checks, []).flatMap(({ cases }) => cases.map(({ outcome }) => outcome));

describe('junit.xml', () => {
  it('tells of passing and failing cases (golden)', async () => {
    await expect(await written()).toMatchFileSnapshot('./testing/junit.golden.xml');
  });

  it('counts in testsuites and testsuite what stands in them', async () => {
    const text = await written();
    const count = (what: RegExp): string => String([...text.matchAll(what)].length);
    const [, tests, failures, errors, skipped] =
      /<testsuites [^>]*tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(text) ?? [];
    expect([tests, failures, errors, skipped]).toEqual([
      count(/<testcase /g),
      count(/<failure /g),
      count(/<error /g),
      count(/<skipped /g),
    ]);
    const summed = [...text.matchAll(/<testsuite [^>]*tests="(\d+)"/g)].reduce(
      (sum, [, each]) => sum + Number(each),
      0,
    );
    expect(String(summed)).toBe(tests);
  });

  it('is well-formed whatever the names are, and shows them as text', async () => {
    const names = [...HOSTILE_NAMES, ']]>&amp;<!-- --', 'lone \uD800 surrogate \uFFFE', 'two\nlines'];
    const text = await written(({ findings, checks }) => {
      const orgs = names.map((name, index) => ({ id: `h-${index}`, name }));
      const reason = names.join(' ');
      return {
        findings: findings.map((finding): Finding => ({ ...finding, orgs, reason })),
        checks: [...checks].map((one) => ({ ...one, orgs })),
      };
    });
    const root = convert(text, { format: 'object' }) as { testsuites: object };
    expect(Object.keys(root)).toEqual(['testsuites']);
    expect(text).not.toMatch(/<(?:script|img|svg)/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold is exactly what must not come through
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\uFFFE]/);
  });
});

describe('a case', () => {
  it('has the outcome of its worst check', () => {
    expect(outcomes(check('a', 'match'), check('b', 'mismatch'), check('c', 'not-comparable'))).toEqual(['failure']);
    expect(outcomes(check('a', 'match'), check('c', 'not-comparable'), check('d', 'unstable'))).toEqual(['error']);
    expect(outcomes(check('a', 'match'), check('d', 'unstable'))).toEqual(['skipped']);
    expect(outcomes(check('a', 'waived'), check('b', 'tolerated'), check('c', 'match'))).toEqual(['passed']);
  });

  it('is not failed by what no configured source carries', () => {
    const outside = check('n', 'not-comparable', { outsideCoverage: true });
    expect(outcomes(outside)).toEqual(['skipped']);
    expect(outcomes(outside, check('a', 'match'))).toEqual(['passed']);
  });

  it('is of one organisation, category, app and region', () => {
    const other = { orgs: [{ id: 'o-2', name: 'Acme' }] };
    const suites = suitesOf(
      [
        check('a', 'match'),
        check('b', 'match', other),
        check('c', 'match', { category: 'term' }),
        check('d', 'match', { region: null }),
      ],
      [],
    );
    expect(suites.map(({ app, region, cases }) => [app, region, cases.map(({ name }) => name)])).toEqual([
      ['wallboard', 'all regions', ['Acme (o-1): rate']],
      ['wallboard', 'us-east-1', ['Acme (o-1): rate', 'Acme (o-1): term', 'Acme (o-2): rate']],
    ]);
  });
});
