/** junit.xml, as Jenkins and GitLab read it: passing cases too. */
import { join } from 'node:path';
import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import { writeAtomically } from '../atomic-write.ts';
import type { ReportContext, Reporter } from '../reporter.ts';
import { triageOf } from '../triage/triage.ts';
import { amountsOf, tieOutWords, unknownMoneyWords } from '../words/books.ts';
import { verdictWords } from '../words/common.ts';
import { comparedSentence, limitSentences, limitWords } from '../words/compared.ts';
import { moneyWords, productOf, reasonOf, unverified } from '../words/finding.ts';
import { safeText } from '../words/safe-text.ts';
import { suitesOf, type TestCase, type TestSuite } from './cases.ts';

export const junitReporter: Reporter = {
  name: 'junit',
  async write(context) {
    const file = join(context.out, 'junit.xml');
    await writeAtomically(file, [junitXml(context)]);
    return [file];
  },
};

function junitXml({ result, checks, findings }: ReportContext): string {
  const suites = suitesOf(checks, findings);
  const document = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '·' });
  const root = document.ele('testsuites', {
    name: `cutover-parity ${safeText(result.run.scenario)}`,
    ...counts(suites.flatMap(({ cases }) => cases)),
    time: secondsOf(result),
  });
  const properties = propertiesOf(result, findings);
  for (const suite of suites) addSuite(root, suite, result, properties);
  return `${document.end({ prettyPrint: true })}\n`;
}

const secondsOf = ({ run }: RunResult): string =>
  ((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000).toFixed(3);

function counts(cases: readonly TestCase[]) {
  const of = (outcome: TestCase['outcome']): string => String(cases.filter((one) => one.outcome === outcome).length);
  return { tests: String(cases.length), failures: of('failure'), errors: of('error'), skipped: of('skipped') };
}

type Property = readonly [name: string, value: string];

/** What the whole run says, in every suite: readers show one suite by itself, and a suite alone must not claim more. */
function propertiesOf(result: RunResult, findings: readonly Finding[]): readonly Property[] {
  const limits = limitWords(result);
  const compared = comparedSentence(result);
  const unknown = unknownMoneyWords(result);
  const waived = amountsOf(result.moneyWaived ?? []);
  const { open, other } = unverified(findings);
  const triage = triageOf(result, findings);
  const reasons = triage.points.map(({ words, request }) => (request === null ? words : `${words} ${request}`));
  return [
    ['run.verdict', `${result.verdict}${limits === '' ? '' : ` (${limits})`}`],
    ['run.headline', `${verdictWords(result).word}: ${triage.title}`],
    ...(reasons.length === 0 ? [] : [['run.reason', reasons.join(' ')] as const]),
    ...(limits === '' ? [] : [['run.not-compared', limitSentences(result).join(' ')] as const]),
    ...(compared === null ? [] : [['run.compared', compared] as const]),
    ...(open + other === 0 ? [] : [['run.unverified', String(open + other)] as const]),
    ...(result.tieOut ?? []).map((row): Property => [`run.tie-out.${row.currency}`, tieOutWords(row)]),
    ...(waived.length === 0 ? [] : [['run.money-waived', waived.join(', ')] as const]),
    ...(unknown === null ? [] : [['run.money-unknown', unknown.replace(/^and /, '')] as const]),
  ];
}

function addSuite(
  root: XMLBuilder,
  { app, region, cases }: TestSuite,
  { run }: RunResult,
  properties: readonly Property[],
): void {
  const suite = root.ele('testsuite', {
    name: `${app} · ${region}`,
    ...counts(cases),
    time: '0',
    timestamp: run.startedAt.replace(/\.\d+Z$/, ''),
  });
  const node = suite.ele('properties');
  for (const [name, value] of properties) node.ele('property', { name: safeText(name), value: safeText(value) });
  // Jenkins takes what stands before the last dot for a package.
  const classname = [safeText(run.scenario), app, region].map((part) => part.replaceAll('.', '_')).join('.');
  for (const one of cases) addCase(suite.ele('testcase', { name: one.name, classname, time: '0' }), one);
}

const KIND = { failure: 'mismatch', error: 'not-comparable', skipped: null } as const;

/** Readers allow one of failure, error and skipped; what else there is to say goes to system-out. */
function addCase(element: XMLBuilder, { outcome, findings, checks }: TestCase): void {
  const worst = outcome === 'passed' ? [] : findings.filter(({ status }) => isWorst(status, outcome));
  const [first] = worst;
  if (outcome !== 'passed' && first !== undefined) {
    const more = worst.length > 1 ? ` (and ${worst.length - 1} more)` : '';
    const type = KIND[outcome];
    const node = element.ele(outcome, {
      message: `${first.rule}: ${reasonOf(first)}${more}`,
      ...(type === null ? {} : { type }),
    });
    // The schema of Jenkins has no text in skipped.
    if (type !== null) node.txt(worst.map(lineOf).join('\n'));
  }
  const others = outcome === 'skipped' ? findings : findings.filter((finding) => !worst.includes(finding));
  const passed = checks.length - findings.length;
  const lines = [...(passed > 0 ? [`${passed} of ${checks.length} checks match`] : []), ...others.map(lineOf)];
  if (lines.length > 0) element.ele('system-out').txt(lines.join('\n'));
}

const isWorst = (status: Finding['status'], outcome: 'failure' | 'error' | 'skipped'): boolean =>
  outcome === 'skipped' ? status === 'unstable' || status === 'not-comparable' : status === KIND[outcome];

function lineOf(finding: Finding): string {
  const { status, rule, period, delta, rootCause, waiver, id } = finding;
  const facts = [
    productOf(finding),
    period === null ? null : `${period.start} to ${period.end}`,
    delta === null ? null : `delta ${delta}`,
    moneyWords(finding) || null,
    rootCause === null ? null : `cause ${rootCause}`,
    waiver === null
      ? null
      : `waived by ${safeText(waiver.owner)}${waiver.ticket === null ? '' : ` (${safeText(waiver.ticket)})`} until ${waiver.expires}: ${safeText(waiver.reason)}`,
    `finding ${id}`,
  ];
  return `[${status}] ${rule}: ${reasonOf(finding)} (${facts.filter((fact) => fact !== null).join('; ')})`;
}
