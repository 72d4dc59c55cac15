/** What a failed `toBeAtParity` says. */
import path from 'node:path';
import picocolors from 'picocolors';
import type { Finding } from '../domain/run-result.ts';
import { moneyWords, productOf, reasonOf, whoOf } from '../report/words/finding.ts';
import { safeText } from '../report/words/safe-text.ts';

/** Findings told in one message; the rest are counted. */
const MOST = 10;

export interface FailureInput {
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly checks: number;
  /** Folder of the run. */
  readonly run: string;
  readonly colour: boolean;
}

type Colours = ReturnType<typeof picocolors.createColors>;

/** Of mismatches: both values one below the other, as in any assertion. */
export function mismatchText({ title, findings, checks, run, colour }: FailureInput): string {
  const colours = picocolors.createColors(colour);
  const one = findings.length === 1;
  return [
    `${safeText(title)}: ${findings.length} of ${checks} checks ${one ? 'does' : 'do'} not agree`,
    ...findings.slice(0, MOST).map((finding) => findingText(finding, run, colours)),
    ...more(findings),
  ].join('\n\n');
}

/** Of what could not be compared: why, most frequent reason first. */
export function unverifiedText({ title, findings, checks, run, colour }: FailureInput): string {
  const colours = picocolors.createColors(colour);
  const reasons = new Map<string, Finding[]>();
  for (const finding of findings) {
    const reason = reasonOf(finding);
    reasons.set(reason, [...(reasons.get(reason) ?? []), finding]);
  }
  const ranked = [...reasons].sort((a, b) => b[1].length - a[1].length);
  return [
    `${safeText(title)}: ${findings.length} of ${checks} checks could not be compared`,
    ...ranked.slice(0, MOST).map(([reason, of]) => {
      const [first] = of;
      return [`  ${of.length} × ${reason}`, colours.dim(`      ${explain(first?.id ?? '', run)}`)].join('\n');
    }),
    ...more(ranked),
  ].join('\n\n');
}

const more = (all: readonly unknown[]): string[] => (all.length > MOST ? [`… and ${all.length - MOST} more`] : []);

const explain = (id: string, run: string): string =>
  `npx parity explain ${id} --run ${path.relative(process.cwd(), run) || '.'}`;

function findingText(finding: Finding, run: string, colours: Colours): string {
  const { id, rule, legacy, contract, delta, rootCause, derivedFrom } = finding;
  const money = moneyWords(finding);
  const about = [whoOf(finding), productOf(finding)].filter((part) => part !== null).join(' · ');
  const lines: readonly (string | null)[] = [
    `  ${colours.bold(rule)}${money === '' ? '' : `  ${money}`}  ${colours.dim(about)}`,
    colours.green(`    - legacy    ${statement(legacy)}`),
    colours.red(`    + contract  ${statement(contract)}`),
    `    ${reasonOf(finding)}`,
    delta === null ? null : `    difference  ${delta}`,
    rootCause === null ? null : `    root cause  ${rootCause}`,
    derivedFrom === null ? null : `    follows from  ${derivedFrom}`,
    colours.dim(`    ${explain(id, run)}`),
  ];
  return lines.filter((line) => line !== null).join('\n');
}

/** The value, and where it stands on the wire. */
function statement(of: Finding['legacy']): string {
  if (of === null) return 'nothing';
  const where = of.evidence === null ? '' : `   ${of.evidence.exchange} ${of.evidence.pointer}`;
  return safeText(`${of.value ?? 'nothing'}${where}`);
}
