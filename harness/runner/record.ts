/** Capture only: writes a snapshot of what the sides say, and reads it again to prove that it is whole. */
import path from 'node:path';
import type { IsoDate } from '../domain/billing-period.ts';
import { knownValue } from '../domain/figure.ts';
import type { LegacySide } from '../domain/legacy-side.ts';
import type { RunListener } from '../domain/run-event.ts';
import { openSnapshot } from '../http/recording/snapshot.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';
import { SideCapture } from './capture/side-capture.ts';
import { newRunId, openOutputFolder, pointLatest } from './folder/output-folder.ts';
import type { RunOptions } from './options.ts';
import { openRecordedTransport } from './recorded-transport.ts';
import { openSides, settleSides } from './sides.ts';

export interface Archive {
  /** Folder of the snapshot. */
  readonly dir: string;
  readonly exchanges: number;
  readonly answers: number;
  readonly failures: number;
  /** SHA-256 over all exchanges, as the manifest states it and as it was read again. */
  readonly digest: string | null;
  /** What could not be had: subject and message. */
  readonly failed: readonly string[];
}

/** @throws HarnessError `usage`, `interrupted`, `configuration`, `snapshot-*` */
export async function recordScenario(
  loaded: LoadedScenario,
  asked: RunOptions,
  listener: RunListener,
  signal: AbortSignal,
): Promise<Archive> {
  const options = await settleSides(loaded.scenario, asked, true);
  const runId = newRunId(new Date());
  const folder = await openOutputFolder(options.record ?? options.out, loaded.name, runId);
  const dir = path.resolve(options.record ?? path.join(folder.dir, 'snapshot'));
  listener({ type: 'run-started', scenario: loaded.name, runId, out: dir });
  const { scenario } = loaded;
  const sides = await openSides({ scenario, options, withLegacy: true, listen: listener, signal });
  try {
    const recorded = await openRecordedTransport({
      sides,
      dir,
      resume: options.resume,
      scenario: loaded.name,
      listen: listener,
    });
    try {
      const capture = new SideCapture({
        scenario,
        legacySources: sides.legacySources,
        transport: recorded.transport,
        shard: null,
        plan: (source, count) => listener({ type: 'requests-planned', source, count }),
      });
      const { legacy } = await capture.first();
      // What a run over this archive may ask for when figures differ: later nobody can.
      await capture.earlier(periodStarts(legacy));
      await recorded.finish();
    } finally {
      await recorded.close();
    }
    const archive = await readAgain(dir);
    await pointLatest(folder);
    return archive;
  } finally {
    await sides.close();
  }
}

/** By organisation, the first day of the period that is archived. */
function periodStarts(legacy: LegacySide | null): ReadonlyMap<string, IsoDate> {
  const starts = new Map<string, IsoDate>();
  for (const { org, periodStart } of legacy?.subscriptions ?? []) {
    const start = knownValue(periodStart);
    if (start !== null) starts.set(org.id, start);
  }
  return starts;
}

/** Opening checks every line and the digest; reading each exchange proves that it can be replayed. */
async function readAgain(dir: string): Promise<Archive> {
  const snapshot = await openSnapshot(dir);
  const failed: string[] = [];
  let exchanges = 0;
  for await (const { outcome, subject, path: asked } of snapshot.exchanges()) {
    exchanges += 1;
    if (outcome.kind === 'failure') failed.push(`${subject}: ${outcome.message}`);
    else if (outcome.status >= 400 && outcome.status !== 404)
      failed.push(`${subject}: GET ${asked} answered ${outcome.status}`);
  }
  const { digest } = snapshot.meta;
  return { dir, exchanges, answers: exchanges - failed.length, failures: failed.length, digest, failed };
}
