/** What the tests do. */
import { existsSync } from 'node:fs';
import { type TestInfo, test } from 'playwright/test';
import type { Finding } from '../domain/run-result.ts';
import { triageOf } from '../report/triage/triage.ts';
import { moneyWords } from '../report/words/finding.ts';
import { safeText } from '../report/words/safe-text.ts';
import type { OpenCapture } from './captured.ts';
import { CouldNotVerify, NotAtParity } from './errors.ts';
import { evidenceFile, isReported } from './evidence-path.ts';
import { comparedPair, expect } from './expect.ts';
import type { PlannedTest } from './plan.ts';
import { type OrganisationStanding, type PairStanding, WHOLE_CAPTURE } from './standing.ts';

interface Claimed {
  readonly organisation: OrganisationStanding;
  readonly pair: PairStanding;
}

/** Findings whose evidence is attached to one test. */
const MOST_ATTACHED = 20;

/** @param discovered the scenario names no organisations: one that is listed no longer is nobody's loss */
export async function verifyOne(capture: OpenCapture, planned: PlannedTest, discovered: boolean): Promise<void> {
  const { organisation } = planned;
  if (organisation !== null) mustBeCompared(capture, organisation.id, discovered);
  await verifyAll(capture, claimedBy(capture, [planned]), organisation === null);
}

/** What no other test answers for: the listings as a whole, and organisations that nobody knew when the tests were listed. */
export async function verifyRest(capture: OpenCapture, plan: readonly PlannedTest[]): Promise<void> {
  const claimed = new Set(claimedBy(capture, plan).map(({ pair }) => pair));
  const rest = claimedBy(capture, null).filter(({ pair }) => !claimed.has(pair));
  const known = new Set(plan.map(({ organisation }) => organisation?.id));
  const strangers = plan.some(({ organisation }) => organisation !== null)
    ? [...capture.organisations.values()].filter(({ id }) => id !== WHOLE_CAPTURE && !known.has(id))
    : [];
  if (strangers.length > 0) {
    const names = strangers.map(({ id, name }) => safeText(name ?? id)).join(', ');
    test.info().annotations.push({ type: 'without a test of their own yet', description: names });
  }
  await verifyAll(capture, rest, true);
}

/** As the command line's exit code: gate mode `report` never fails. */
export function verifyGate({ result, run: { findings } }: OpenCapture): void {
  const { gate, verdict, orgs, run } = result;
  // With --no-deps it may be an old one.
  test.info().annotations.push({ type: 'captured', description: `run ${run.id}, finished at ${run.finishedAt}` });
  const missed = gate.checks.filter(({ met }) => !met);
  const details = missed.map(({ name, limit, actual }) => `${name}: limit ${limit}, actual ${actual}`).join('\n');
  if (gate.mode === 'report') {
    if (details !== '') test.info().annotations.push({ type: 'gate would not be met', description: details });
    return;
  }
  const { title, points } = triageOf(result, findings);
  const reasons = points.map(({ words, request }) => (request === null ? words : `${words}\n  ${request}`)).join('\n');
  if (verdict === 'mismatch') throw new NotAtParity(`the gate is not met: ${title}\n\n${reasons}\n\n${details}`);
  if (verdict === 'inconclusive') {
    throw new CouldNotVerify(
      `${title}: ${orgs.compared} of ${orgs.expected} organisations were compared\n\n${reasons}\n\n${details}`,
    );
  }
}

/** An organisation of which nothing was compared never passes; what could not be fetched fails by itself, with its reason. */
function mustBeCompared(capture: OpenCapture, id: string, discovered: boolean): void {
  const standing = capture.organisations.get(id);
  test.skip(standing === undefined && discovered, 'no longer listed: in this capture no side names the organisation');
  const pairs = standing?.pairs ?? [];
  if (pairs.some(({ compared }) => compared)) return;
  if (pairs.some(({ cells }) => (cells.mismatch ?? 0) + (cells['not-comparable'] ?? 0) > 0)) return;
  throw new CouldNotVerify('nothing was compared: no side says anything of the organisation, or all of it moved');
}

/** @param plan null: every pair */
const claimedBy = ({ organisations }: OpenCapture, plan: readonly PlannedTest[] | null): Claimed[] =>
  [...organisations.values()].flatMap((organisation) =>
    organisation.pairs
      // What no configured source carries was not expected to be compared, and is counted nowhere.
      .filter(({ cells }) => Object.keys(cells).length > 0)
      .filter((pair) => plan === null || plan.some((one) => one.claims(organisation, pair)))
      .map((pair) => ({ organisation, pair })),
  );

/** @param named whether a step has to say whose pair it is */
async function verifyAll(capture: OpenCapture, claimed: readonly Claimed[], named: boolean): Promise<void> {
  const findings = capture.findings([...new Set(claimed.flatMap(({ pair }) => pair.findings))]);
  annotate(test.info(), findings);
  const failures: Error[] = [];
  for (const { organisation, pair } of claimed) {
    const whose = named && organisation.id !== WHOLE_CAPTURE ? `${organisation.name ?? organisation.id}: ` : '';
    const title = safeText(`${whose}${pair.title}`);
    const step = test.step(title, () => expect(comparedPair(capture, { ...pair, title })).toBeAtParity());
    await step.catch((error: Error) => failures.push(error));
  }
  await attachEvidence(test.info(), capture, findings);
  throwAll(failures);
}

/** All in one error; a proven mismatch outranks what could not be verified. */
function throwAll(failures: readonly Error[]): void {
  if (failures.length === 0) return;
  const unseen = failures.filter((error) => error instanceof CouldNotVerify);
  const proven = failures.filter((error) => !(error instanceof CouldNotVerify));
  const details = [...proven, ...unseen].map(({ message }) => message).join('\n\n');
  throw proven.length > 0 ? new NotAtParity(details) : new CouldNotVerify(details);
}

/** So that lists of tests and JSON reports tell what stands behind a colour. */
function annotate(info: TestInfo, findings: readonly Finding[]): void {
  for (const status of ['mismatch', 'not-comparable', 'unstable', 'waived', 'tolerated'] as const) {
    const of = findings.filter((finding) => finding.status === status);
    if (of.length > 0) info.annotations.push({ type: status, description: String(of.length) });
  }
  const money = findings.filter(({ status }) => status === 'mismatch').map(moneyWords);
  const amounts = money.filter((words) => words !== '');
  if (amounts.length > 0) info.annotations.push({ type: 'money at risk', description: amounts.join(', ') });
}

/** Both values, both bodies, and a curl command for each, as the capture wrote them down. */
async function attachEvidence(info: TestInfo, capture: OpenCapture, findings: readonly Finding[]): Promise<void> {
  const reported = findings.filter(isReported);
  for (const finding of reported.slice(0, MOST_ATTACHED)) {
    const file = evidenceFile(capture.dir, finding);
    if (existsSync(file)) {
      await info.attach(`${finding.rule} ${finding.id}`, { path: file, contentType: 'text/plain' });
    }
  }
  if (reported.length > MOST_ATTACHED) {
    const description = `${reported.length - MOST_ATTACHED} more: findings.jsonl in ${capture.dir}`;
    info.annotations.push({ type: 'evidence not attached', description });
  }
}
