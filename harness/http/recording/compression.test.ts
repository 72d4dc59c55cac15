/** Large snapshots are compressed; old ones are read; a crash at any step between leaves one that is whole. */
import { execFileSync } from 'node:child_process';
import { copyFile, cp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../domain/exchange.ts';
import { openRecorder } from './recorder.ts';
import { replaying } from './replaying.ts';
import { openSnapshot } from './snapshot.ts';
import { answered, failed, META, request, temporaryFolder } from './testing/exchanges.ts';

const MANY = Array.from({ length: 40 }, (_, at) => answered(`/${at}`, `{"n":"${String(at).repeat(15_000)} \u2028 é"}`));

async function recorded(compressAbove: number, exchanges: readonly Exchange[] = MANY): Promise<string> {
  const dir = await temporaryFolder();
  const recorder = await openRecorder(dir, { ...META, compressAbove });
  for (const exchange of exchanges) await recorder.append(exchange);
  await recorder.finish();
  return dir;
}

async function all(dir: string): Promise<Exchange[]> {
  const found: Exchange[] = [];
  for await (const exchange of (await openSnapshot(dir)).exchanges()) found.push(exchange);
  return found;
}

const manifestOf = async (dir: string): Promise<{ version: number; exchanges: { segments?: number[] } }> =>
  JSON.parse(await readFile(path.join(dir, 'manifest.json'), 'utf8'));

describe('a large snapshot', () => {
  test('is compressed when it is complete, and comes back to the letter, in any order', async () => {
    const dir = await recorded(100_000);
    expect((await readdir(dir)).sort()).toEqual(['exchanges.jsonl.gz', 'manifest.json']);
    expect((await manifestOf(dir)).exchanges.segments?.length).toBeGreaterThan(2);
    expect((await stat(path.join(dir, 'exchanges.jsonl.gz'))).size).toBeLessThan(100_000);
    expect(await all(dir)).toEqual(MANY);
    const replay = replaying(await openSnapshot(dir));
    for (const at of [39, 0, 17, 17]) expect(await replay.send(request(`/${at}`))).toEqual(MANY[at]);
  });

  test('is read line by line with what every system has', async () => {
    const dir = await recorded(0);
    const text = execFileSync('gzip', ['-dc', path.join(dir, 'exchanges.jsonl.gz')], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    const plain = await recorded(Number.POSITIVE_INFINITY);
    expect(text).toBe(await readFile(path.join(plain, 'exchanges.jsonl'), 'utf8'));
  });

  test('is unpacked when it is gone on with, and compressed again', async () => {
    const dir = await recorded(0, [...MANY, failed('/late')]);
    const recorder = await openRecorder(dir, { ...META, resume: true, compressAbove: 0 });
    expect((await readdir(dir)).sort()).toEqual(['.lock', 'exchanges.jsonl', 'manifest.json']);
    await recorder.append(answered('/late'));
    await recorder.finish();
    expect((await readdir(dir)).sort()).toEqual(['exchanges.jsonl.gz', 'manifest.json']);
    expect((await openSnapshot(dir)).meta.counts).toEqual({ lines: 42, exchanges: 41, answers: 41, failures: 0 });
  });

  test('that was altered is not read', async () => {
    const dir = await recorded(0);
    const file = path.join(dir, 'exchanges.jsonl.gz');
    const bytes = await readFile(file);
    for (const damaged of [bytes.subarray(0, -9), Buffer.concat([bytes, bytes]), Buffer.alloc(bytes.length)]) {
      await writeFile(file, damaged);
      await expect(openSnapshot(dir)).rejects.toMatchObject({ code: 'snapshot-format' });
    }
  });
});

describe('a crash', () => {
  test.each([
    ['while the compressed file is written', ['exchanges.jsonl.gz.123.tmp'], 'plain'],
    ['between the compressed file and the manifest', ['exchanges.jsonl.gz'], 'plain'],
    ['between the manifest and deleting the plain file', ['exchanges.jsonl'], 'packed'],
    ['while the plain file is made again', ['exchanges.jsonl.123.tmp', 'manifest.json.123.tmp'], 'packed'],
  ])('%s: it resumes to the same, and leaves nothing lying about', async (_when, leftovers, kind) => {
    const [plain, packed] = [await temporaryFolder(), await recorded(0)];
    const recorder = await openRecorder(plain, META);
    for (const exchange of MANY) await recorder.append(exchange);
    await recorder.close();
    const dir = kind === 'plain' ? plain : packed;
    for (const name of leftovers) {
      const from = name === 'exchanges.jsonl' ? path.join(plain, name) : path.join(packed, 'exchanges.jsonl.gz');
      await copyFile(from, path.join(dir, name));
    }
    await (await openRecorder(dir, { ...META, resume: true, compressAbove: 0 })).finish();
    expect((await readdir(dir)).sort()).toEqual(['exchanges.jsonl.gz', 'manifest.json']);
    expect(await all(dir)).toEqual(MANY);
  });
});

describe('a snapshot of version 1', () => {
  const OLD = path.join(import.meta.dirname, 'testing', 'version-1');

  test('is read', async () => {
    expect((await manifestOf(OLD)).version).toBe(1);
    const snapshot = await openSnapshot(OLD);
    expect(snapshot.meta).toMatchObject({ version: 2, pseudonymised: false, complete: true });
    expect((await all(OLD)).map(({ path: asked, outcome }) => [asked, outcome.kind])).toEqual([
      ['/v1/regions?appIds=wallboard', 'answer'],
      ['/api/v2/billing/contracts?pageSize=10', 'answer'],
      ['/api/v2/billing/contracts/1', 'failure'],
    ]);
  });

  test('is gone on with, and is of this version then', async () => {
    const dir = await temporaryFolder();
    await cp(OLD, dir, { recursive: true });
    const recorder = await openRecorder(dir, { ...META, origins: {}, resume: true });
    await recorder.append(answered('/late'));
    await recorder.finish();
    expect((await manifestOf(dir)).version).toBe(2);
    expect((await openSnapshot(dir)).entries.size).toBe(4);
  });
});
