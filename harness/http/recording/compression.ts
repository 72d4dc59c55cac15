/**
 * A large log is compressed when it is complete, and unpacked when it is gone on with. The manifest says which of both files
 * counts, and is written between making the one and deleting the other: a crash at any moment leaves one that is whole.
 */
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { logLines } from './exchange-log.ts';
import { Packer } from './log-blocks.ts';
import { COMPRESSED, EXCHANGES, type LogEncoding } from './manifest.ts';

export const PLAIN_LOG: LogEncoding = { file: EXCHANGES, encoding: 'identity' };

/** Makes the compressed file beside the plain one, which stays. @returns what the manifest must say of it */
export async function compressLog(dir: string): Promise<LogEncoding> {
  const packed = await whole(path.join(dir, COMPRESSED), async (write) => {
    const packer = new Packer(write);
    for await (const { bytes } of logLines(path.join(dir, EXCHANGES), PLAIN_LOG)) await packer.add(bytes);
    await packer.flush();
    return packer.segments;
  });
  return { file: COMPRESSED, encoding: 'gzip', segments: packed };
}

/** Makes the plain file of a compressed one, which stays. */
export async function unpackLog(dir: string, encoding: LogEncoding): Promise<void> {
  await whole(path.join(dir, EXCHANGES), async (write) => {
    for await (const { bytes } of logLines(path.join(dir, encoding.file), encoding)) {
      await write(Buffer.concat([bytes, Buffer.from('\n')]));
    }
  });
}

/** The file that the manifest does not speak of: what a crash left over, or what has just been replaced. */
export const dropOther = (dir: string, { encoding }: LogEncoding): Promise<void> =>
  rm(path.join(dir, encoding === 'gzip' ? EXCHANGES : COMPRESSED), { force: true });

async function whole<T>(file: string, fill: (write: (bytes: Buffer) => Promise<void>) => Promise<T>): Promise<T> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    let result: T;
    try {
      result = await fill((bytes) => handle.appendFile(bytes));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    return result;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
