/** The way back from the copy to the original. It stays with its owner: whoever has it has the names. */
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { HarnessError } from '../../domain/errors.ts';
import { makeFolder } from '../../domain/folder.ts';
import type { Pseudonym } from './table.ts';

const schema = z.object({
  version: z.literal(1),
  pseudonyms: z.array(
    z.object({
      kind: z.enum(['uuid', 'name', 'code', 'email', 'text', 'token', 'host']),
      original: z.string(),
      replacement: z.string(),
    }),
  ),
});

/** @returns what an earlier copy used; nothing if there was none. @throws HarnessError `usage` if the file is no mapping */
export async function readMapping(file: string): Promise<readonly Pseudonym[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new HarnessError('usage', `cannot read the mapping ${file}: ${(error as Error).message}`, {
      cause: error,
      hint: 'Name another file with --mapping.',
    });
  }
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data.pseudonyms;
  throw new HarnessError('usage', `${file} is no mapping of pseudonyms`, {
    hint: 'Name another file with --mapping, or the one that an earlier pseudonymise wrote.',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Readable by its owner alone. @throws HarnessError `snapshot-write` */
export async function writeMapping(file: string, pseudonyms: readonly Pseudonym[]): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await makeFolder(path.dirname(file));
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile('{"version":1,"pseudonyms":[\n');
      for (const [index, one] of pseudonyms.entries()) {
        await handle.writeFile(`${JSON.stringify(one)}${index === pseudonyms.length - 1 ? '' : ','}\n`);
      }
      await handle.writeFile(']}\n');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new HarnessError('snapshot-write', `cannot write ${file}: ${(cause as Error).message}`, {
      cause,
      hint: 'Choose another place with --mapping.',
    });
  }
}
