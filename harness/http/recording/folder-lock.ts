/** One writer a folder: a lock file that names its process, taken over when that process is dead. */
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { HarnessError } from '../../domain/errors.ts';
import { writeError } from './write-error.ts';

const LOCK = '.lock';

export interface FolderLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/** Locks of this process: a container often gives a new run the process id that a killed one had. */
const held = new Set<string>();

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and another user's.
    return !hasCode(error, 'ESRCH');
  }
}

function readHolder(text: string): Holder | null {
  try {
    const { pid, host, since } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host, since: String(since) } : null;
  } catch {
    return null;
  }
}

/** A lock that nobody could have finished writing, or whose process is gone. */
function isStale(text: string, file: string): boolean {
  const holder = readHolder(text);
  if (holder === null) return text === '';
  if (holder.host !== hostname()) return false;
  return holder.pid === process.pid ? !held.has(file) : !isAlive(holder.pid);
}

function refused(dir: string, text: string): HarnessError {
  const holder = readHolder(text);
  const who = holder === null ? 'an unreadable lock' : `process ${holder.pid} on ${holder.host} since ${holder.since}`;
  return new HarnessError('snapshot-write', `another run writes into ${dir}: ${who}`, {
    context: { dir, pid: holder?.pid, host: holder?.host },
    hint: `Choose another folder with --out or --record. If that run is certainly over, delete ${path.join(dir, LOCK)}.`,
  });
}

/** Not every file system has hard links; without them the lock is made and then filled. */
async function place(temporary: string, file: string, text: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].some((code) => hasCode(error, code))) throw error;
    await writeFile(file, text, { flag: 'wx' });
  }
}

/** Creates the lock with its content in one step, so that nobody ever reads half of it. @returns false if there is one. */
async function create(file: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  const text = JSON.stringify(holder);
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await place(temporary, file, text);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Moves a stale lock away. Of several runs that try it, one moves it; whoever moved a fresh lock puts it back. */
async function discard(file: string, stale: string): Promise<void> {
  const aside = `${file}.stale.${randomBytes(4).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = await readFile(aside, 'utf8');
  if (moved !== stale) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function acquire(dir: string, file: string): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    if (await create(file)) return;
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    });
    if (text === null) continue;
    if (!isStale(text, file)) throw refused(dir, text);
    await discard(file, text);
  }
  throw refused(dir, '');
}

/** For a look before anything is written; who writes takes the lock. @throws HarnessError `snapshot-write` if another run holds the folder. */
export async function mustBeFree(dir: string): Promise<void> {
  const file = path.resolve(dir, LOCK);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text !== null && !isStale(text, file)) throw refused(dir, text);
}

/** @throws HarnessError `snapshot-write` if another run holds the folder or the lock cannot be written. */
export async function lockFolder(dir: string): Promise<FolderLock> {
  const file = path.resolve(dir, LOCK);
  try {
    await acquire(dir, file);
  } catch (error) {
    throw error instanceof HarnessError ? error : writeError(file, error);
  }
  held.add(file);
  return {
    async release() {
      held.delete(file);
      await rm(file, { force: true });
    },
  };
}
