/** What a manager files: verdicts, gates, hashes and versions, so that a decision can be followed years later. Pure. */
import { createHash } from 'node:crypto';
import type { History, Night, NightRun } from '../domain/history.ts';

/** Path within the bundle, and its text. */
export type BundleFiles = ReadonlyMap<string, string>;

export interface BundleInput {
  readonly history: History;
  /** Version of this tool. */
  readonly version: string;
  /** Documents for people, by name: the page, the summary. */
  readonly documents: BundleFiles;
  /** Text of the result.json of a run, by its folder. */
  readonly results: ReadonlyMap<string, string>;
}

const MANIFEST = 'manifest.json';

/** Where a night's result.json stands in the bundle. */
const resultPath = (scenario: string, { date }: Pick<Night, 'date'>): string =>
  `nights/${scenario}/${date}.result.json`;

/** The same history makes the same bundle, to the byte. */
export function bundleOf({ history, version, documents, results }: BundleInput): BundleFiles {
  const files = new Map<string, string>([['history.json', `${JSON.stringify(history, null, 2)}\n`], ...documents]);
  const nights = history.scenarios.flatMap(({ scenario, nights: all }) =>
    all.flatMap((night) => (night.run === null ? [] : [{ scenario, night, run: night.run }])),
  );
  for (const { scenario, night, run } of nights) {
    const text = results.get(run.dir);
    if (text !== undefined) files.set(resultPath(scenario, night), text);
  }
  const inOrder = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const manifest = {
    formatVersion: 1,
    tool: { name: 'cutover-parity', version },
    asOf: history.today,
    nights: nights.map(({ scenario, night, run }) => entryOf(scenario, night, run)),
    leftOut: history.leftOut,
    /** SHA-256 of every other file of the bundle. */
    files: Object.fromEntries(inOrder.map(([path, text]) => [path, sha256(text)])),
  };
  return new Map([...inOrder, [MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`]]);
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const entryOf = (scenario: string, { date, standing }: Night, run: NightRun): object => ({
  scenario,
  night: date,
  verdict: standing,
  gate: run.gate,
  run: run.id,
  finishedAt: run.finishedAt,
  sources: run.sources,
  version: run.version,
  scenarioSha256: run.scenarioSha256,
  resultSha256: run.sha256.result,
  findingsSha256: run.sha256.findings,
  /** What the result says otherwise than its findings, counted again; empty if it follows from them. */
  recount: run.differences,
  snapshot: run.snapshot,
});
