/** The HTTP Archive of a snapshot as a file: whole or not at all. */
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { HarnessError } from '../domain/errors.ts';
import { makeFolder } from '../domain/folder.ts';
import { harText } from './har.ts';

/** @returns bytes written. @throws HarnessError `report-write`, `snapshot-*` */
export async function writeHar(
  dir: string,
  file: string,
  tool: { readonly name: string; readonly version: string },
): Promise<number> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await makeFolder(path.dirname(file));
    const handle = await open(temporary, 'w');
    let bytes = 0;
    try {
      for await (const piece of harText(dir, tool)) bytes += (await handle.write(piece)).bytesWritten;
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    return bytes;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new HarnessError('report-write', `cannot write ${file}: ${error.message}`, {
      cause: error,
      hint: 'Choose another place with --har FILE.',
    });
  }
}
