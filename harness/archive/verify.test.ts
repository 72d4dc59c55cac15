import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../domain/exchange.ts';
import { openRecorder } from '../http/recording/recorder.ts';
import { answered, failed, META, temporaryFolder } from '../http/recording/testing/exchanges.ts';
import { verifySnapshot } from './verify.ts';

const EXCHANGES = [answered('/a'), failed('/b'), answered('/c'), answered('/d')];

async function recorded(exchanges: readonly Exchange[], compressAbove = Number.POSITIVE_INFINITY): Promise<string> {
  const dir = await temporaryFolder();
  const recorder = await openRecorder(dir, { ...META, compressAbove });
  for (const exchange of exchanges) await recorder.append(exchange);
  await recorder.finish();
  return dir;
}

/** File, line and message of each fault. */
const faultsIn = async (dir: string): Promise<string[]> => {
  const { holds, faults } = await verifySnapshot(dir);
  expect(holds).toBe(faults.length === 0);
  return faults.map(({ file, line, message }) => `${path.basename(file)}:${line ?? ''}: ${message}`);
};

it('a snapshot holds, failures and all', async () => {
  const found = await verifySnapshot(await recorded(EXCHANGES));
  expect(found).toMatchObject({ holds: true, lines: { whole: 4, found: 4 }, exchanges: 4, answers: 3, failures: 1 });
});

describe('lines that were changed', () => {
  const [A, B, C, D] = [0, 1, 2, 3] as const;
  type Change = (lines: string[]) => (string | undefined)[];
  const altered: readonly (readonly [string, Change, readonly string[]])[] = [
    [
      'two altered ones are both named',
      (lines) =>
        lines.map((line, at) => (at === A || at === C ? line.replace('"durationMs":3', '"durationMs":4') : line)),
      ['exchanges.jsonl:1: the line is not as', 'exchanges.jsonl:3: the line is not as'],
    ],
    ['one is gone', (lines) => lines.toSpliced(B, 1), ['manifest.json:: it counts 4 lines; 3 are there']],
    [
      'two changed places',
      (lines) => [lines[B], lines[A], lines[C], lines[D]],
      ['manifest.json:: its digest does not'],
    ],
    [
      'one is no exchange',
      (lines) => [...lines, '{}'],
      ['exchanges.jsonl:5: ', 'manifest.json:: it counts 4 lines; 5'],
    ],
  ];
  it.each(altered)('%s', async (_name, change, expected) => {
    const dir = await recorded(EXCHANGES);
    const file = path.join(dir, 'exchanges.jsonl');
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    await writeFile(file, `${change(lines).join('\n')}\n`);
    expect(await faultsIn(dir)).toEqual(expected.map((text) => expect.stringContaining(text)));
  });

  it('an id that is not that of its request, and an exchange of a newer release', async () => {
    const wrong = { ...answered('/a'), id: 'contract-api-000000000000' };
    expect(await faultsIn(await recorded([wrong]))).toEqual([expect.stringContaining(':1: its id contract-api-0000')]);
    const newer = { ...answered('/a'), v: 2 as 1 };
    expect((await faultsIn(await recorded([newer])))[0]).toContain(':1: an exchange has format version 2');
  });
});

describe('files that were damaged', () => {
  it.each([
    [
      'cut off',
      (dir: string) => writeFile(`${dir}/exchanges.jsonl`, 'half a li'),
      'exchanges.jsonl:1: the line is cut off',
    ],
    ['gone', (dir: string) => rm(`${dir}/exchanges.jsonl`), 'exchanges.jsonl:: the file is gone'],
    ['without a manifest', (dir: string) => rm(`${dir}/manifest.json`), 'manifest.json:: the manifest is gone'],
    [
      'a manifest that is no JSON',
      (dir: string) => writeFile(`${dir}/manifest.json`, '{'),
      'manifest.json:: is not JSON',
    ],
    ['a newer manifest', (dir: string) => writeFile(`${dir}/manifest.json`, '{"version":9}'), 'use that one or newer'],
  ])('%s', async (_name, damage, words) => {
    const dir = await recorded(EXCHANGES);
    await damage(dir);
    expect((await faultsIn(dir)).join('\n')).toContain(words);
  });

  it('a compressed one: the line from which on it cannot be read', async () => {
    const many = Array.from({ length: 60 }, (_, at) => answered(`/${at}`, `{"n":"${'x'.repeat(20_000)}${at}"}`));
    const dir = await recorded(many, 0);
    expect((await verifySnapshot(dir)).encoding).toBe('gzip');
    const file = path.join(dir, 'exchanges.jsonl.gz');
    const bytes = await readFile(file);
    const at = Math.floor(bytes.length * 0.6);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
    await writeFile(file, bytes);
    const [fault] = await faultsIn(dir);
    expect(fault).toMatch(/^exchanges\.jsonl\.gz:(?!1:)\d+: from this line on it cannot be decompressed/);
  });

  it('a run that was interrupted is not complete, and that is said', async () => {
    const dir = await temporaryFolder();
    const recorder = await openRecorder(dir, META);
    await recorder.append(answered('/a'));
    await recorder.close();
    expect(await faultsIn(dir)).toEqual([expect.stringContaining('finish it with --resume')]);
  });
});
