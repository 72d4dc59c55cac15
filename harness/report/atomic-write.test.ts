import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeAtomically } from './atomic-write.ts';

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'parity-write-'));

describe('writeAtomically', () => {
  it('writes chunks beyond its buffer in their order', async () => {
    const file = join(await folder(), 'big.txt');
    const chunks = Array.from({ length: 300 }, (_, at) => `${at}:${'ä'.repeat(10_000)}\n`);
    await writeAtomically(file, chunks);
    expect(await readFile(file, 'utf8')).toBe(chunks.join(''));
  });

  it('keeps the old file, and leaves no temporary one, when its source fails half way', async () => {
    const dir = await folder();
    const file = join(dir, 'kept.txt');
    await writeFile(file, 'old');
    function* broken(): Iterable<string> {
      yield 'new';
      throw new Error('source broke');
    }
    await expect(writeAtomically(file, broken())).rejects.toThrow(/^source broke$/);
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(dir)).toEqual(['kept.txt']);
  });

  it('names a path that is a folder', async () => {
    const dir = await folder();
    await mkdir(join(dir, 'taken'));
    await expect(writeAtomically(join(dir, 'taken'), ['x'])).rejects.toMatchObject({
      code: 'report-write',
      message: expect.stringContaining(join(dir, 'taken')),
    });
    expect(await readdir(dir)).toEqual(['taken']);
  });
});
