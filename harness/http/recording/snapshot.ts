/** A snapshot on disk, checked as a whole when it is opened; exchanges are read when they are asked for. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import pLimit from 'p-limit';
import { HarnessError } from '../../domain/errors.ts';
import type { Exchange } from '../../domain/exchange.ts';
import type { SourceName } from '../../domain/side.ts';
import { type Place, readAt, scanLog } from './exchange-log.ts';
import { BlockReader } from './log-blocks.ts';
import { type Manifest, readManifest } from './manifest.ts';

export interface SnapshotEntry {
  readonly id: string;
  readonly source: SourceName;
  readonly path: string;
  readonly reading: number;
  /** Null for an exchange without an answer. */
  readonly status: number | null;
}

export interface Snapshot {
  readonly dir: string;
  readonly meta: Manifest;
  /** By id, in the order of the log; of several exchanges with one id only the last. */
  readonly entries: ReadonlyMap<string, SnapshotEntry>;
  /** @returns null if nothing was recorded under the id. @throws HarnessError `snapshot-format`. */
  get(id: string): Promise<Exchange | null>;
  /** In the order of `entries`. */
  exchanges(): AsyncIterable<Exchange>;
}

/** Open files at once, however many exchanges are asked for. */
const MAX_READS = 16;

interface Indexed {
  readonly entry: SnapshotEntry;
  readonly place: Place;
}

/**
 * Opens a snapshot for reading, complete or not; a torn last line of one that is not complete is left out.
 * @throws HarnessError `snapshot-missing` if the folder holds none; `snapshot-format` if a line was altered, added, lost or
 *   moved, or a newer release wrote it
 */
export async function openSnapshot(dir: string): Promise<Snapshot> {
  const folder = path.resolve(dir);
  const meta = await readManifest(folder);
  if (meta === null) {
    throw new HarnessError('snapshot-missing', `${folder} holds no snapshot`, {
      hint: 'Give the folder that has manifest.json in it, or record one with --record.',
    });
  }
  const file = path.join(folder, meta.exchanges.file);
  const index = await indexOf(file, meta);
  const limit = pLimit(MAX_READS);
  const reader = new BlockReader(file);
  const get = async (id: string): Promise<Exchange | null> => {
    const found = index.get(id);
    return found === undefined ? null : limit(() => readAt(file, reader, found.place));
  };
  return {
    dir: folder,
    meta,
    entries: new Map([...index].map(([id, { entry }]) => [id, entry])),
    get,
    async *exchanges() {
      for (const { place } of index.values()) yield await readAt(file, reader, place);
    },
  };
}

async function indexOf(file: string, meta: Manifest): Promise<ReadonlyMap<string, Indexed>> {
  const index = new Map<string, Indexed>();
  const digest = createHash('sha256');
  let lines = 0;
  const end = await scanLog(file, meta.exchanges, ({ exchange, checksum, place }) => {
    lines += 1;
    digest.update(checksum);
    const { id, source, path: asked, reading, outcome } = exchange;
    const status = outcome.kind === 'answer' ? outcome.status : null;
    index.set(id, { entry: { id, source, path: asked, reading, status }, place });
  }).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
    if (meta.complete) throw incomplete(file, 'the file is gone');
    // Interrupted between the manifest and the first exchange.
    return { tornBytes: 0 };
  });
  if (!meta.complete) return index;
  if (end.tornBytes > 0) throw incomplete(file, 'its last line is cut off');
  if (meta.counts !== null && lines !== meta.counts.lines) {
    throw incomplete(file, `${lines} lines where the manifest counts ${meta.counts.lines}`);
  }
  if (digest.digest('hex') !== meta.digest)
    throw incomplete(file, 'its lines are not those, or not in the order, that were written');
  return index;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const incomplete = (file: string, what: string): HarnessError =>
  new HarnessError('snapshot-format', `${file}: ${what}`, {
    context: { file },
    hint: 'A snapshot is evidence and is not edited: take it from a backup or record it again.',
  });
