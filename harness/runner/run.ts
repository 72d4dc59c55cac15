/** The pipeline of one scenario: capture → normalise → compare → report, telling of itself in events. */
import path from 'node:path';
import { plausibilityNotes } from '../compare/judging/plausibility.ts';
import { RULES } from '../compare/rules/registry.ts';
import { CURRENT_API_VERSION } from '../domain/api-version.ts';
import type { IsoDate } from '../domain/billing-period.ts';
import type { ContractSide } from '../domain/contract-side.ts';
import { HarnessError } from '../domain/errors.ts';
import type { Transport } from '../domain/exchange.ts';
import type { RunEvent, RunListener } from '../domain/run-event.ts';
import type { Finding, RunIdentity, RunResult, SandboxScore } from '../domain/run-result.ts';
import { type Shard, shardText } from '../domain/shard.ts';
import { EXIT, type Judgement } from '../domain/verdict.ts';
import { earlierRuns } from '../history/earlier-runs.ts';
import { requestId } from '../http/exchange-id.ts';
import { mustBeFree } from '../http/recording/folder-lock.ts';
import { toChecks } from '../report/checks.ts';
import { exchangesCited, toFindings } from '../report/json/findings.ts';
import { toResult } from '../report/json/result.ts';
import { toStatement } from '../report/json/statement.ts';
import { passedChecks } from '../report/passed-checks.ts';
import type { ReportContext, Reporter } from '../report/reporter.ts';
import type { LoadedScenario, SandboxChoice } from '../scenario/scenario.ts';
import { type CaptureInput, SideCapture } from './capture/side-capture.ts';
import { detectionScore, visibleTo } from './detection-score.ts';
import { judgeFiles } from './files/judge-files.ts';
import { EvidenceIndex } from './folder/evidence-index.ts';
import { newRunId, type OutputFolder, openOutputFolder, pointLatest } from './folder/output-folder.ts';
import { openRunLog } from './folder/run-log.ts';
import { writeShardFile } from './folder/shard-file.ts';
import { judgeSides } from './judge-sides.ts';
import type { RunOptions } from './options.ts';
import { openRecordedTransport, type RecordedTransport } from './recorded-transport.ts';
import { chooseReporters } from './reporters.ts';
import { openRequestCounter } from './request-counts.ts';
import { scopeOf } from './scope.ts';
import {
  NO_UPDATE,
  openShapeWatch,
  type ShapeUpdate,
  type ShapeWatch,
  shapeNotes,
  updateShape,
} from './shape/watch.ts';
import { type OpenSides, openSides, settleSides } from './sides.ts';
import { timed } from './timed.ts';
import { VERSION } from './version.ts';

/** `run` compares both sides; `validate` looks at the contract side alone. */
export type RunMode = 'run' | 'validate';

export interface RunOutcome {
  readonly result: RunResult;
  readonly findings: readonly Finding[];
  /** Every cell, those that match too. */
  readonly judgement: Judgement;
  /** Folder of the results. */
  readonly out: string;
  readonly files: readonly string[];
  /** Reporters that could not write; the others did. */
  readonly failures: readonly HarnessError[];
}

/**
 * Runs one scenario, over what `open` opens. Mismatches and failed requests are results; only what keeps a run from having any is thrown.
 * @throws HarnessError `usage`, `interrupted`, `configuration`, `snapshot-*`, `report-write`
 */
export async function runScenario(
  loaded: LoadedScenario,
  mode: RunMode,
  asked: RunOptions,
  listener: RunListener,
  signal: AbortSignal,
  open: typeof openSides = openSides,
): Promise<RunOutcome> {
  const chosen = await chooseReporters(asked.reporters);
  const options = open === openSides ? await settleSides(loaded.scenario, asked, mode === 'run') : asked;
  const startedAt = new Date();
  const runId = newRunId(startedAt);
  const watch = await openShapeWatch({
    scenario: loaded.name,
    always: mode === 'validate',
    update: options.updateShape === true,
    part: options.shard !== null,
  });
  const folder = await openOutputFolder(options.out, loaded.name, runId);
  const counter = openRequestCounter();
  // Before anything in the folder is touched: it may be another run's.
  await mustBeFree(snapshotDir(options, folder));
  const log = openRunLog(folder.dir, options.resume);
  const listen: RunListener = (event: RunEvent) => {
    for (const one of [counter.listen, log.listen, listener]) one(event);
  };
  listen({ type: 'run-started', scenario: loaded.name, runId, out: folder.dir });
  const { scenario } = loaded;
  let sides: OpenSides | null = null;
  try {
    sides = await open({ scenario, options, withLegacy: mode === 'run', listen, signal });
    const { judgement, evidence, today, shapeUpdate } = await judge(loaded, options, folder, sides, watch, listen);
    const findings = toFindings(judgement, (id) => evidence.cite(id));
    const run: RunIdentity = {
      id: runId,
      scenario: loaded.name,
      scenarioSha256: loaded.sha256,
      startedAt: startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      sources: sides.kinds,
      shard: options.shard === null ? null : shardText(options.shard),
      origins: sides.origins,
      // A shard sees a part of the world only: what was hidden elsewhere is not missed by it.
      sandbox: options.shard === null ? honestyOf(sides, scenario.sandbox, findings, judgement.outsideCoverage) : null,
      today,
      readiness: scenario.readiness,
      scope: scopeOf(loaded),
    };
    const result = toResult(judgement, { version: VERSION, run, requests: counter.counts() });
    const { files, failures } = await timed('report', listen, async () =>
      report(chosen, {
        result,
        earlier: await earlierRuns(path.dirname(folder.dir), run),
        checks: toChecks(judgement),
        passed: passedChecks(toChecks(judgement)),
        findings,
        statement: toStatement(judgement),
        exchanges: (id) => evidence.get(id),
        rules: RULES,
        tolerances: loaded.policy.tolerances,
        out: folder.dir,
      }),
    );
    if (options.shard !== null) await leaveForMerge(loaded, options, options.shard, folder, sides);
    // A shard is a part: whoever looks at the newest run must not take it for the whole.
    if (failures.length === 0 && options.shard === null) await pointLatest(folder);
    const written = [...files, ...shapeUpdate.files];
    listen({ type: 'run-finished', result, out: folder.dir, files: written });
    return { result, findings, judgement, out: folder.dir, files: written, failures };
  } finally {
    await sides?.close();
    log.close();
  }
}

/** @returns 0 met (or gate mode `report`), 1 a mismatch is proven, 3 could not verify, or a report could not be written. */
export function exitCodeOf({ result, failures }: RunOutcome): number {
  if (result.gate.mode === 'enforce') {
    if (result.verdict === 'mismatch') return EXIT.notMet;
    if (result.verdict === 'inconclusive') return EXIT.notVerified;
  }
  return failures.length > 0 ? EXIT.notVerified : EXIT.met;
}

async function judge(
  loaded: LoadedScenario,
  options: RunOptions,
  folder: OutputFolder,
  sides: OpenSides,
  watch: ShapeWatch,
  listen: RunListener,
): Promise<{ judgement: Judgement; evidence: EvidenceIndex; today: IsoDate; shapeUpdate: ShapeUpdate }> {
  const evidence = new EvidenceIndex();
  const recorded = await openRecordedTransport({
    sides,
    dir: snapshotDir(options, folder),
    resume: options.resume,
    scenario: loaded.name,
    listen,
  });
  try {
    if (sides.files !== undefined) {
      const transport = evidence.watching(recorded.transport);
      const input = { names: sides.files, transport, periodEnd: loaded.scenario.periodEnd };
      const judged = await judgeFiles({ ...input, baseline: watch?.shape ?? null }, loaded.policy, listen);
      await evidence.gather(exchangesCited(judged.judgement), recorded.recall);
      await recorded.finish();
      const odd = plausibilityNotes(judged.contract, (id) => evidence.cite(id)?.subject ?? id);
      const noted = { ...judged.judgement, notes: [...judged.judgement.notes, ...odd] };
      return { ...(await withShape(noted, judged.contract, watch, options)), evidence, today: judged.today };
    }
    const input: CaptureInput = {
      scenario: loaded.scenario,
      legacySources: sides.legacySources,
      transport: evidence.watching(recorded.transport),
      batch: BATCH,
      shard: options.shard,
      ...(sides.legacySources.length === 0 ? { probe: { restricted: sides.restricted } } : {}),
      ...(watch === null ? {} : { shape: { baseline: watch.shape } }),
      plan: (source, count) => listen({ type: 'requests-planned', source, count }),
    };
    const { judgement, capture } = await judgeSides(new SideCapture(input), loaded.policy, listen, () =>
      everythingAgain(input, recorded),
    );
    await evidence.gather(exchangesCited(judgement), recorded.recall);
    await recorded.finish();
    const noted = { ...judgement, notes: [...judgement.notes, ...aloneNotes(sides, capture, evidence)] };
    return { ...(await withShape(noted, capture.contract, watch, options)), evidence, today: capture.today };
  } finally {
    await recorded.close();
  }
}

/** Organisations that are read before they are judged. */
const BATCH = 16;

/** The same capture in one piece: what was asked for is read from the run's own recording. */
function everythingAgain({ batch: _, ...input }: CaptureInput, { recall }: RecordedTransport): SideCapture {
  const { transport } = input;
  const recalling: Transport = {
    send: async (request) => (await recall(requestId(request))) ?? transport.send(request),
  };
  return new SideCapture({ ...input, transport: recalling, plan: () => undefined });
}

/** The judgement with what is to be said of the baseline, which is written if that was asked for. */
async function withShape(
  judgement: Judgement,
  contract: ContractSide,
  watch: ShapeWatch,
  options: RunOptions,
): Promise<{ judgement: Judgement; shapeUpdate: ShapeUpdate }> {
  const update = options.updateShape === true;
  const shapeUpdate = update ? await updateShape(watch, contract, judgement) : NO_UPDATE;
  const notes = [...judgement.notes, ...shapeNotes(watch, update), ...shapeUpdate.refusals];
  return { judgement: { ...judgement, notes }, shapeUpdate };
}

/** What is said of the contract side where it is looked at alone. */
const aloneNotes = (sides: OpenSides, capture: SideCapture, evidence: EvidenceIndex): string[] =>
  sides.legacySources.length > 0
    ? []
    : [
        ...plausibilityNotes(capture.contract, (id) => `GET ${evidence.cite(id)?.url ?? id}`),
        ...probeNotes(sides, capture),
      ];

/** Said of a recording that was made by a release, or a command, that tries nothing on purpose. */
const probeNotes = ({ legacySources }: OpenSides, { contract }: SideCapture): string[] =>
  legacySources.length === 0 && contract.probes.length === 0
    ? ['nothing was tried on purpose (filters, errors, the way back, documents): this recording has no such requests']
    : [];

const snapshotDir = ({ record }: RunOptions, folder: OutputFolder): string =>
  path.resolve(record ?? path.join(folder.dir, 'snapshot'));

const leaveForMerge = (
  loaded: LoadedScenario,
  options: RunOptions,
  shard: Shard,
  folder: OutputFolder,
  { kinds, legacySources }: OpenSides,
): Promise<void> =>
  writeShardFile(folder.dir, { shard, loaded, sources: kinds, legacySources, snapshot: snapshotDir(options, folder) });

async function report(
  chosen: readonly Reporter[],
  context: ReportContext,
): Promise<{ files: string[]; failures: HarnessError[] }> {
  const files: string[] = [];
  const failures: HarnessError[] = [];
  for (const reporter of chosen) {
    try {
      files.push(...(await reporter.write(context)));
    } catch (error) {
      // One reporter's failure stops no other; anything but a failure to write is a bug and ends the run.
      if (!(error instanceof HarnessError)) throw error;
      failures.push(error);
    }
  }
  return { files, failures };
}

function honestyOf(
  sides: OpenSides,
  choice: SandboxChoice | null,
  findings: readonly Finding[],
  outside: ReadonlySet<string>,
): SandboxScore | null {
  // What another version of the API says otherwise was not hidden, and is no false alarm either.
  const asItIs = (choice?.apiVersion ?? CURRENT_API_VERSION) === CURRENT_API_VERSION;
  if (sides.sandbox === null || choice === null || !asItIs) return null;
  return {
    seed: choice.seed,
    orgs: choice.orgs,
    ...detectionScore(visibleTo(sides.sandbox.defects, sides.legacySources), findings, outside),
  };
}
