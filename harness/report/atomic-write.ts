/** Writes a file whole or not at all: a reader sees the old content or the new, never a part. */
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HarnessError } from '../domain/errors.ts';

/** Bytes are written as they come; text is gathered first. */
export type Chunk = string | Uint8Array;

const BATCH = 1 << 20;

async function writeAll(file: FileHandle, chunks: Iterable<Chunk>): Promise<void> {
  let batch = '';
  for (const chunk of chunks) {
    if (typeof chunk === 'string') batch += chunk;
    if (batch.length >= BATCH || (typeof chunk !== 'string' && batch !== '')) {
      await file.writeFile(batch);
      batch = '';
    }
    if (typeof chunk !== 'string') await file.writeFile(chunk);
  }
  if (batch !== '') await file.writeFile(batch);
}

/** Makes the rename itself survive a power cut; not every file system can, which is no reason to fail. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Errors of the operating system are ours to explain; anything else is a bug in what makes the chunks. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error;

function writeError(path: string, cause: NodeJS.ErrnoException): HarnessError {
  const code = cause.code ?? null;
  const hints: Readonly<Record<string, string>> = {
    ENOSPC: 'The disk is full: free some space, or choose another folder with --out.',
    EACCES: 'Allow writing there, or choose another folder with --out.',
    EPERM: 'Allow writing there, or choose another folder with --out.',
    EROFS: 'The file system is read-only: choose another folder with --out.',
    ENOENT: 'The folder is not there: create it, or choose another one with --out.',
  };
  return new HarnessError('report-write', `cannot write ${path}: ${cause.message}`, {
    cause,
    context: { path, code },
    hint: hints[code ?? ''] ?? 'Choose another folder with --out.',
  });
}

/**
 * Writes `chunks` one after the other to a temporary file beside `path`, flushes it to the disk and renames it.
 * @throws HarnessError `report-write` with the path and what to do if the system refuses; nothing is left behind.
 */
export async function writeAtomically(path: string, chunks: Iterable<Chunk>): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await writeAll(file, chunks);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw isSystemError(error) ? writeError(path, error) : error;
  }
}
