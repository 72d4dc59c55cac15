/** What the setup project leaves for the tests: `playwright.json` beside the runs of a scenario. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { HarnessError } from '../domain/errors.ts';
import type { Finding, RunResult } from '../domain/run-result.ts';
import { writeAtomically } from '../report/atomic-write.ts';
import { openRunFolder, type RunFolder } from '../runner/folder/run-folder.ts';
import type { OrganisationStanding } from './standing.ts';

export interface Captured {
  readonly version: 1;
  /** Of the scenario's file: another one needs another capture. */
  readonly scenarioSha256: string;
  /** Folder of the run, from that of this file. */
  readonly run: string;
  readonly organisations: readonly OrganisationStanding[];
}

/** A capture that tests can look things up in. */
export interface OpenCapture {
  readonly dir: string;
  readonly result: RunResult;
  readonly organisations: ReadonlyMap<string, OrganisationStanding>;
  findings(ids: readonly string[]): readonly Finding[];
  readonly run: RunFolder;
}

const fileOf = (reports: string, name: string): string => path.join(reports, name, 'playwright.json');

/** @throws HarnessError `report-write`. */
export async function writeCaptured(reports: string, name: string, captured: Captured): Promise<void> {
  const file = fileOf(reports, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeAtomically(file, [JSON.stringify(captured), '\n']);
}

/** @returns null if there is none of this very scenario file. */
export async function readCaptured(reports: string, name: string, sha256: string): Promise<Captured | null> {
  const text = await readFile(fileOf(reports, name), 'utf8').catch(() => null);
  if (text === null) return null;
  const captured = JSON.parse(text) as Captured;
  return captured.version === 1 && captured.scenarioSha256 === sha256 ? captured : null;
}

/** @throws HarnessError `usage` if the scenario was not captured as it is now. */
export async function openCapture(reports: string, name: string, sha256: string): Promise<OpenCapture> {
  const captured = await readCaptured(reports, name, sha256);
  if (captured === null) {
    throw new HarnessError('usage', `${name} was not captured as its file is now`, {
      hint: 'Run the setup project: npx playwright test --project=parity-capture (without --no-deps it runs by itself).',
    });
  }
  const run = await openRunFolder(path.join(path.dirname(fileOf(reports, name)), captured.run));
  const byId = new Map(run.findings.map((finding) => [finding.id, finding]));
  return {
    dir: run.dir,
    result: run.result,
    organisations: new Map(captured.organisations.map((one) => [one.id, one])),
    findings: (ids) => ids.map((id) => byId.get(id) ?? missing(id, run.dir)),
    run,
  };
}

function missing(id: string, dir: string): never {
  throw new HarnessError('usage', `${dir} holds no finding ${id}: the capture and its run do not belong together`, {
    hint: 'Run the setup project again.',
  });
}
