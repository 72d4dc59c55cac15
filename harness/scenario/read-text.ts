/** Files that people write: read whole, within a limit, as UTF-8. */
import { open } from 'node:fs/promises';
import { HarnessError, ScenarioInvalidError } from '../domain/errors.ts';

const MAX_BYTES = 1024 * 1024;

type FileKind = 'scenario' | 'world';

const HINTS: Readonly<Record<FileKind, string>> = {
  scenario: 'Give the path of a scenario file; parity init writes one, and parity demo needs none.',
  world: 'Give the path of a world of your own; docs/world.example.yaml shows one.',
};

/**
 * Never reads more than the limit, whatever the file is.
 * @param kind `scenario`, `world`
 * @throws HarnessError `usage` if it cannot be read, or is larger than 1 MiB
 */
export async function readBytes(path: string, kind: FileKind): Promise<Buffer> {
  let size: number;
  const buffer = Buffer.alloc(MAX_BYTES + 1);
  try {
    const file = await open(path, 'r');
    try {
      size = 0;
      for (;;) {
        const { bytesRead } = await file.read(buffer, size, buffer.length - size, null);
        size += bytesRead;
        if (bytesRead === 0 || size === buffer.length) break;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, kind, error);
  }
  if (size > MAX_BYTES)
    throw new HarnessError('usage', `${path} is larger than 1 MiB: no ${kind} is`, { hint: HINTS[kind] });
  return buffer.subarray(0, size);
}

function unreadable(path: string, kind: FileKind, cause: unknown): HarnessError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  const what: Readonly<Record<string, string>> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' };
  return new HarnessError('usage', `the ${kind} ${path} cannot be read: ${what[code] ?? code}`, {
    cause,
    hint: HINTS[kind],
  });
}

/** @throws ScenarioInvalidError if it is not UTF-8 */
export function decode(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ScenarioInvalidError([{ file: path, line: 1, column: 1, message: 'the file is not UTF-8 text' }]);
  }
}
