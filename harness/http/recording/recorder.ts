/** Writes a snapshot: exchanges as they come, append-only; the manifest says at the end that it is complete. */
import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, rm, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import pLimit from 'p-limit';
import { HarnessError } from '../../domain/errors.ts';
import type { Exchange } from '../../domain/exchange.ts';
import { makeFolder } from '../../domain/folder.ts';
import { compressLog, dropOther, PLAIN_LOG, unpackLog } from './compression.ts';
import { decodeLine, encodeLine } from './exchange-line.ts';
import { scanLog } from './exchange-log.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import {
  EXCHANGES,
  type LogEncoding,
  type Manifest,
  readManifest,
  SNAPSHOT_VERSION,
  writeManifest,
} from './manifest.ts';
import { checkOrigins } from './same-origins.ts';
import { writeError } from './write-error.ts';

export interface RecordingMeta {
  readonly tool: { readonly name: string; readonly version: string };
  readonly scenario: string | null;
  /** Origins that are asked, by source. */
  readonly origins: Readonly<Record<string, string>>;
  /** Go on with the snapshot that is there, if there is one. */
  readonly resume?: boolean;
  /** For a copy: when the original was begun (ISO instant). Left out: now. */
  readonly createdAt?: string;
  readonly pseudonymised?: boolean;
  /** A log of more bytes than this is compressed when it is complete. */
  readonly compressAbove?: number;
}

const COMPRESS_ABOVE = 8 * 1024 * 1024;

export interface Recorder {
  readonly dir: string;
  /** Resolves when the operating system has the line. @throws HarnessError `snapshot-write`, from then on for every call. */
  append(exchange: Exchange): Promise<void>;
  /** What this recorder was given under the id, the last of several; null: nothing. Until `finish` or `close`. */
  recall(id: string): Promise<Exchange | null>;
  /** Flushes to the disk, marks the snapshot complete and lets go of the folder. */
  finish(): Promise<void>;
  /** Lets go of the folder; what was not finished stays incomplete and can be resumed. May be called at any time, and twice. */
  close(): Promise<void>;
}

/** What stands in the log so far: a later exchange with the same id takes the place of an earlier one. */
class Tally {
  readonly #answered = new Map<string, boolean>();
  readonly #digest = createHash('sha256');
  #lines = 0;

  add(exchange: Exchange, checksum: string): void {
    this.#lines += 1;
    this.#digest.update(checksum);
    this.#answered.set(exchange.id, exchange.outcome.kind === 'answer');
  }

  get counts(): NonNullable<Manifest['counts']> {
    const answers = [...this.#answered.values()].filter((answered) => answered).length;
    const exchanges = this.#answered.size;
    return { lines: this.#lines, exchanges, answers, failures: exchanges - answers };
  }

  get digest(): string {
    return this.#digest.copy().digest('hex');
  }
}

/**
 * Opens a folder for one capture; it is created if it is not there, and locked until `finish` or `close`.
 * @throws HarnessError `usage` if it holds a snapshot and `resume` is not asked for, or one of other servers;
 *   `snapshot-write` if another run writes there or the folder cannot be written; `snapshot-format` if what is to be resumed
 *   was altered
 */
export async function openRecorder(dir: string, meta: RecordingMeta): Promise<Recorder> {
  const folder = path.resolve(dir);
  try {
    await makeFolder(folder);
  } catch (error) {
    throw writeError(folder, error);
  }
  const lock = await lockFolder(folder);
  try {
    const known = await existing(folder, meta);
    await dropTemporary(folder);
    const tally = new Tally();
    const file = path.join(folder, EXCHANGES);
    if (known !== null) await mend(folder, known, tally);
    const manifest: Manifest = {
      version: SNAPSHOT_VERSION,
      tool: meta.tool,
      scenario: meta.scenario,
      createdAt: known?.createdAt ?? meta.createdAt ?? new Date().toISOString(),
      origins: { ...known?.origins, ...meta.origins },
      pseudonymised: meta.pseudonymised ?? known?.pseudonymised ?? false,
      exchanges: PLAIN_LOG,
      complete: false,
      finishedAt: null,
      counts: null,
      digest: null,
    };
    await writeManifest(folder, manifest);
    await dropOther(folder, manifest.exchanges);
    const log = await openLog(file);
    const { size } = await log.stat();
    const compressAbove = meta.compressAbove ?? COMPRESS_ABOVE;
    return new LogRecorder({ folder, manifest, tally, log, size, lock, compressAbove });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function existing(dir: string, meta: RecordingMeta): Promise<Manifest | null> {
  const manifest = await readManifest(dir);
  if (manifest === null) {
    if (!(await exists(path.join(dir, EXCHANGES)))) return null;
    throw new HarnessError('snapshot-format', `${dir} holds exchanges but no manifest`, {
      hint: 'Choose another folder, or take the manifest from a backup.',
    });
  }
  if (meta.resume !== true) {
    throw new HarnessError('usage', `${dir} holds a snapshot already, of ${manifest.createdAt}`, {
      hint: 'Choose another folder with --record, or go on with this one with --resume.',
    });
  }
  checkOrigins(dir, manifest.origins, meta.origins);
  return manifest;
}

/** What a run left behind that was killed while it wrote a file whole. */
async function dropTemporary(dir: string): Promise<void> {
  const left = (await readdir(dir)).filter((name) =>
    /^(?:manifest\.json|exchanges\.jsonl(?:\.gz)?)\.\d+\.tmp$/.test(name),
  );
  for (const name of left) await rm(path.join(dir, name), { force: true });
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Reads the log that is to be gone on with and cuts off a line that a crash left torn. */
async function mend(dir: string, known: Manifest, tally: Tally): Promise<void> {
  const file = path.join(dir, EXCHANGES);
  const packed = known.exchanges.encoding === 'gzip';
  if (!(packed || (await exists(file)))) return;
  const from = path.join(dir, known.exchanges.file);
  const end = await scanLog(from, known.exchanges, ({ exchange, checksum }) => tally.add(exchange, checksum));
  if (end.tornBytes === 0 && !packed) return;
  try {
    if (packed) await unpackLog(dir, known.exchanges);
    else await truncate(file, end.wholeBytes);
  } catch (error) {
    throw writeError(file, error);
  }
}

async function openLog(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'a');
  } catch (error) {
    throw writeError(file, error);
  }
}

/** Bytes of a line in the log, without its newline. */
interface Place {
  readonly offset: number;
  readonly length: number;
}

/** Lines that are read again at once. */
const MAX_READS = 16;

interface Opened {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly tally: Tally;
  readonly log: FileHandle;
  /** Bytes that the log holds already. */
  readonly size: number;
  readonly lock: FolderLock;
  readonly compressAbove: number;
}

class LogRecorder implements Recorder {
  readonly dir: string;
  readonly #manifest: Manifest;
  readonly #tally: Tally;
  readonly #handle: FileHandle;
  readonly #lock: FolderLock;
  readonly #compressAbove: number;
  readonly #places = new Map<string, Place>();
  readonly #reads = pLimit(MAX_READS);
  #size: number;
  #last: Promise<void> = Promise.resolve();
  #broken: HarnessError | null = null;
  #closing: Promise<void> | null = null;

  constructor({ folder, manifest, tally, log, size, lock, compressAbove }: Opened) {
    this.dir = folder;
    this.#manifest = manifest;
    this.#tally = tally;
    this.#handle = log;
    this.#lock = lock;
    this.#compressAbove = compressAbove;
    this.#size = size;
  }

  append(exchange: Exchange): Promise<void> {
    if (this.#closing !== null) return Promise.reject(closedAlready(this.dir));
    const { line, checksum } = encodeLine(exchange);
    const written = this.#last.then(() => this.#write(line, exchange, checksum));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async recall(id: string): Promise<Exchange | null> {
    const place = this.#places.get(id);
    if (place === undefined) return null;
    return this.#reads(() => this.#readLine(place));
  }

  async #readLine({ offset, length }: Place): Promise<Exchange> {
    const file = path.join(this.dir, EXCHANGES);
    const handle = await open(file, 'r');
    try {
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, offset);
      const decoded = decodeLine(buffer.toString('utf8'));
      if (decoded !== null) return decoded.exchange;
    } finally {
      await handle.close();
    }
    throw new HarnessError('snapshot-format', `${file} changed while it was being written`, { context: { file } });
  }

  async finish(): Promise<void> {
    if (this.#closing !== null) throw closedAlready(this.dir);
    this.#closing = this.#end(true);
    await this.#closing;
  }

  async close(): Promise<void> {
    this.#closing ??= this.#end(false);
    // Whoever finished it has heard of its failure already.
    await this.#closing.catch(() => undefined);
  }

  async #write(line: string, exchange: Exchange, checksum: string): Promise<void> {
    // After a write that failed midway, a further line would make the torn one look altered.
    if (this.#broken !== null) throw this.#broken;
    const bytes = Buffer.from(`${line}\n`);
    try {
      await this.#handle.appendFile(bytes);
    } catch (error) {
      this.#broken = writeError(path.join(this.dir, EXCHANGES), error);
      throw this.#broken;
    }
    this.#places.set(exchange.id, { offset: this.#size, length: bytes.length - 1 });
    this.#size += bytes.length;
    this.#tally.add(exchange, checksum);
  }

  async #end(complete: boolean): Promise<void> {
    await this.#last;
    try {
      try {
        await this.#handle.sync();
      } finally {
        await this.#handle.close();
      }
      if (this.#broken !== null) throw this.#broken;
      if (complete) await this.#complete();
    } catch (error) {
      throw error instanceof HarnessError ? error : writeError(path.join(this.dir, EXCHANGES), error);
    } finally {
      await this.#lock.release();
    }
  }

  async #complete(): Promise<void> {
    const exchanges = await this.#packed();
    await writeManifest(this.dir, {
      ...this.#manifest,
      exchanges,
      complete: true,
      finishedAt: new Date().toISOString(),
      counts: this.#tally.counts,
      digest: this.#tally.digest,
    });
    await dropOther(this.dir, exchanges);
  }

  /** Compressed if it is large. What cannot be compressed (a disk that has no room for both) stays as it is: it is whole. */
  async #packed(): Promise<LogEncoding> {
    const { size } = await stat(path.join(this.dir, EXCHANGES));
    return size > this.#compressAbove ? compressLog(this.dir).catch(() => PLAIN_LOG) : PLAIN_LOG;
  }
}

const closedAlready = (dir: string): HarnessError =>
  new HarnessError('snapshot-write', `the snapshot in ${dir} is closed already`);
