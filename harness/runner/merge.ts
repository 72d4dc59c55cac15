/** Shards into one run: their snapshots are joined, and compared once, as a run over all of it would have. */
import path from 'node:path';
import { HarnessError } from '../domain/errors.ts';
import type { RunListener } from '../domain/run-event.ts';
import { shardText } from '../domain/shard.ts';
import { SIDE_OF, type SourceName } from '../domain/side.ts';
import { observed } from '../http/observed.ts';
import { joined } from '../http/recording/joined.ts';
import { otherOrigin } from '../http/recording/same-origins.ts';
import { openSnapshot, type Snapshot } from '../http/recording/snapshot.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';
import { readShardFile, type ShardFile } from './folder/shard-file.ts';
import type { RunOptions } from './options.ts';
import { type RunOutcome, runScenario } from './run.ts';
import type { OpenSides } from './sides.ts';

export interface LoadedShards {
  readonly scenario: LoadedScenario;
  readonly shards: readonly (ShardFile & { readonly dir: string })[];
}

/** @throws HarnessError `usage` unless the folders hold each shard of one run exactly once */
export async function loadShards(dirs: readonly string[]): Promise<LoadedShards> {
  const shards = await Promise.all(
    dirs.map(async (dir) => ({ ...(await readShardFile(path.resolve(dir))), dir: path.resolve(dir) })),
  );
  shards.sort((a, b) => a.shard.index - b.shard.index);
  const [first] = shards;
  if (first === undefined) throw new HarnessError('usage', 'no shard is given');
  for (const one of shards) mustBelong(first, one);
  mustBeAll(shards, first.shard.of);
  return { scenario: { ...first.scenario, warnings: [] }, shards };
}

type Placed = LoadedShards['shards'][number];

function mustBelong(first: Placed, one: Placed): void {
  const same = (of: (shard: Placed) => unknown): boolean => JSON.stringify(of(first)) === JSON.stringify(of(one));
  const differs = !same(({ scenario }) => scenario.sha256)
    ? 'of another scenario, or of another version of it'
    : !same(({ shard }) => shard.of)
      ? `shard ${shardText(one.shard)}, not one of ${first.shard.of}`
      : !same(({ sources, legacySources }) => [sources, legacySources])
        ? 'from other sources'
        : null;
  if (differs !== null)
    throw new HarnessError('usage', `${one.dir} is ${differs}: it does not belong with ${first.dir}`, {
      hint: 'Give the folders of one run, each of its shards once.',
    });
}

function mustBeAll(shards: readonly Placed[], of: number): void {
  const dirs = new Map<number, string>();
  for (const { shard, dir } of shards) {
    const before = dirs.get(shard.index);
    if (before !== undefined)
      throw new HarnessError('usage', `${before} and ${dir} are both shard ${shardText(shard)}`, {
        hint: 'Give each shard once: the newer of the two, if it was run again.',
      });
    dirs.set(shard.index, dir);
  }
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !dirs.has(index));
  if (missing.length === 0) return;
  throw new HarnessError('usage', `shard ${missing.map((index) => `${index}/${of}`).join(', ')} is missing`, {
    hint: 'A verdict over a part of the organisations would say nothing of the rest: run the missing shard and merge again.',
  });
}

/** @throws HarnessError as a run over a snapshot does */
export async function mergeShards(
  { scenario, shards }: LoadedShards,
  options: RunOptions,
  listener: RunListener,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const snapshots = await Promise.all(shards.map(({ dir, snapshot }) => openWhole(path.resolve(dir, snapshot))));
  mustBeOfOneRun(snapshots);
  const [first] = shards;
  if (first === undefined) throw new Error('no shards');
  return runScenario(scenario, 'run', options, listener, signal, async ({ listen }) =>
    sidesOf(first, snapshots, listen),
  );
}

async function openWhole(dir: string): Promise<Snapshot> {
  const snapshot = await openSnapshot(dir);
  if (snapshot.meta.complete) return snapshot;
  throw new HarnessError('usage', `the snapshot ${dir} is incomplete`, { hint: 'Finish that shard with --resume.' });
}

const HOUR_MS = 3_600_000;
/** A shard may fail at night and be run again in the morning; the night before is another run. */
const FARTHEST_APART_HOURS = 12;

/** @throws HarnessError `usage` if they were recorded from different servers, or in different nights */
function mustBeOfOneRun(snapshots: readonly Snapshot[]): void {
  const byTime = [...snapshots].sort((a, b) => Date.parse(a.meta.createdAt) - Date.parse(b.meta.createdAt));
  const [first] = byTime;
  const last = byTime.at(-1);
  if (first === undefined || last === undefined) return;
  for (const one of snapshots) {
    const other = otherOrigin(first.meta.origins, one.meta.origins);
    if (other === null) continue;
    const { source, known, origin } = other;
    throw new HarnessError(
      'usage',
      `${first.dir} was recorded from ${known} (${source}), ${one.dir} from ${origin}: they are not of one run`,
      { hint: 'Run all shards with the same environment.' },
    );
  }
  const hours = (Date.parse(last.meta.createdAt) - Date.parse(first.meta.createdAt)) / HOUR_MS;
  if (hours <= FARTHEST_APART_HOURS) return;
  const when = ({ dir, meta }: Snapshot): string => `${dir} (begun ${meta.createdAt})`;
  throw new HarnessError(
    'usage',
    `${when(first)} and ${when(last)} are more than ${FARTHEST_APART_HOURS} hours apart: they are not of one run`,
    { hint: 'Run the older shards again: figures of two nights do not belong in one verdict.' },
  );
}

/** What was asked of servers counts as asked of servers, as if it had been asked by one run. */
function sidesOf(
  { sources, legacySources }: ShardFile,
  snapshots: readonly Snapshot[],
  listen: RunListener,
): OpenSides {
  const store = joined(snapshots);
  const replay: OpenSides['replay'] = Object.fromEntries(
    ([...legacySources, 'contract-api'] as SourceName[]).map((source) => [
      source,
      observed(store, listen, sources[SIDE_OF[source]] === 'snapshot'),
    ]),
  );
  return {
    legacySources,
    live: store,
    replay,
    kinds: sources,
    origins: Object.assign({}, ...snapshots.map(({ meta }) => meta.origins)) as Record<string, string>,
    sandbox: null,
    restricted: false,
    close: async () => undefined,
  };
}
