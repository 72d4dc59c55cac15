/** The setup project's work: asks both sides once, as `parity run` does, and leaves what the tests read. */

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RULES } from '../compare/rules/registry.ts';
import { HarnessError } from '../domain/errors.ts';
import { explainFinding } from '../report/terminal/finding.ts';
import { citedBy, openRunFolder } from '../runner/folder/run-folder.ts';
import { runScenario } from '../runner/run.ts';
import { loadScenario } from '../scenario/load.ts';
import { writeCaptured } from './captured.ts';
import { evidenceFile, isReported } from './evidence-path.ts';
import { isListedFromCapture } from './organisations.ts';
import type { ParitySettings } from './settings.ts';
import { standingsOf } from './standing.ts';

/**
 * Runs one scenario into `reports/<scenario>/<run id>`. Mismatches and failed requests are results, for the tests to tell.
 * @param sharded this machine tests a part, and lists by itself
 * @returns one line on what was captured, and the report
 * @throws HarnessError as `runScenario`; ScenarioInvalidError
 */
export async function captureScenario(
  file: string,
  { reports, origin, env }: ParitySettings,
  sharded: boolean,
): Promise<{ readonly summary: string; readonly report: string | null }> {
  const loaded = await loadScenario(file, { env, unasked: origin === null ? [] : ['legacy', 'contract'] });
  if (sharded && (await isListedFromCapture(loaded, reports))) {
    throw new HarnessError('usage', `the tests of ${loaded.name} were listed from an earlier capture of this machine`, {
      hint: 'Shards must all list the same: give each machine the same snapshot with PARITY_SNAPSHOT, or start from an empty reports folder.',
    });
  }
  const options = { out: null, legacy: origin, contract: origin, record: null, resume: false, shard: null };
  const { signal } = new AbortController();
  const listen = (): void => undefined;
  const outcome = await runScenario(loaded, 'run', { ...options, reporters: null }, listen, signal);
  await writeCaptured(reports, loaded.name, {
    version: 1,
    scenarioSha256: loaded.sha256,
    run: path.relative(path.join(reports, loaded.name), outcome.out),
    organisations: standingsOf(outcome.judgement),
  });
  await writeEvidence(outcome);
  const { orgs, requests, run } = outcome.result;
  const [failure] = outcome.failures;
  if (failure !== undefined) throw failure;
  return {
    summary: `run ${run.id}: ${orgs.compared} of ${orgs.expected} organisations compared, ${requests.legacy + requests.contract} requests`,
    report: outcome.files.find((one) => one.endsWith('.html')) ?? null,
  };
}

/** The costliest so many findings; of the others findings.jsonl tells. */
const MOST = 5000;

/** Holds no credentials: they are redacted where exchanges are recorded. */
async function writeEvidence({ out }: { readonly out: string }): Promise<void> {
  const run = await openRunFolder(out);
  const rules = new Map(RULES.map((rule) => [rule.id as string, rule]));
  await mkdir(path.join(run.dir, 'evidence'), { recursive: true });
  for (const finding of run.findings.filter(isReported).slice(0, MOST)) {
    const exchanges = await citedBy(finding, run);
    const text = explainFinding(finding, { colour: false, rule: rules.get(finding.rule) ?? null, exchanges });
    await writeFile(evidenceFile(run.dir, finding), text);
  }
}
