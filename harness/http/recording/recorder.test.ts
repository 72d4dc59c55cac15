import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../domain/exchange.ts';
import { openRecorder } from './recorder.ts';
import { openSnapshot, type Snapshot } from './snapshot.ts';
import { answered, failed, META, temporaryFolder } from './testing/exchanges.ts';

async function record(dir: string, exchanges: readonly Exchange[], finish = true): Promise<void> {
  const recorder = await openRecorder(dir, META);
  await Promise.all(exchanges.map((exchange) => recorder.append(exchange)));
  await (finish ? recorder.finish() : recorder.close());
}

async function all(snapshot: Snapshot): Promise<Exchange[]> {
  const found: Exchange[] = [];
  for await (const exchange of snapshot.exchanges()) found.push(exchange);
  return found;
}

const log = (dir: string): string => path.join(dir, 'exchanges.jsonl');

describe('what was recorded', () => {
  test('comes back to the letter', async () => {
    const dir = await temporaryFolder();
    const exchanges = [
      answered('/a', '{"price":23.740,"n":12345678901234567890}'),
      answered('/b', 'line\u2028separators\u2029, \n newlines, "quotes", \u0000, 💶 and a lone \ud800'),
      failed('/c'),
      answered('/d', ''),
    ];
    await record(dir, exchanges);
    const snapshot = await openSnapshot(dir);
    expect(await all(snapshot)).toEqual(exchanges);
    expect(await snapshot.get(exchanges[1]?.id ?? '')).toEqual(exchanges[1]);
    expect(await snapshot.get('contract-api-000000000000')).toBeNull();
    expect(snapshot.meta).toMatchObject({
      version: 2,
      complete: true,
      counts: { lines: 4, exchanges: 4, answers: 3, failures: 1 },
      origins: META.origins,
    });
  });

  test('many at once, and read at once', async () => {
    const dir = await temporaryFolder();
    const exchanges = Array.from({ length: 2000 }, (_, index) => answered(`/${index}`, `{"n":"${'x'.repeat(index)}"}`));
    await record(dir, exchanges);
    const snapshot = await openSnapshot(dir);
    expect(await Promise.all(exchanges.map(({ id }) => snapshot.get(id)))).toEqual(exchanges);
  });

  test('stands one a line, with a checksum over the text before it', async () => {
    const dir = await temporaryFolder();
    await record(dir, [answered('/a'), answered('/b')]);
    const lines = (await readFile(log(dir), 'utf8')).split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      v: 1,
      path: '/a',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('the later of two with one id counts', async () => {
    const dir = await temporaryFolder();
    await record(dir, [failed('/a'), answered('/b'), answered('/a', '"later"')]);
    const snapshot = await openSnapshot(dir);
    expect(snapshot.meta.counts).toEqual({ lines: 3, exchanges: 2, answers: 2, failures: 0 });
    expect((await all(snapshot)).map(({ outcome }) => outcome.kind === 'answer' && outcome.body)).toEqual([
      '"later"',
      '{}',
    ]);
  });
});

describe('a crash', () => {
  test('at any byte of the last line loses that line and nothing else', async () => {
    const dir = await temporaryFolder();
    await record(dir, [answered('/a'), answered('/b', '{"n":1}')], false);
    const whole = await readFile(log(dir));
    const first = whole.indexOf(0x0a) + 1;
    for (let cut = first; cut < whole.length; cut += 7) {
      await writeFile(log(dir), whole.subarray(0, cut));
      expect((await all(await openSnapshot(dir))).map(({ path: asked }) => asked)).toEqual(['/a']);
    }
  });

  test('a torn last line is cut off when the recording goes on', async () => {
    const dir = await temporaryFolder();
    await record(dir, [answered('/a')], false);
    await appendFile(log(dir), '{"v":1,"id":"contract-api-12');
    const recorder = await openRecorder(dir, { ...META, resume: true });
    await recorder.append(answered('/b'));
    await recorder.finish();
    const snapshot = await openSnapshot(dir);
    expect((await all(snapshot)).map(({ path: asked }) => asked)).toEqual(['/a', '/b']);
    expect(snapshot.meta.counts?.lines).toBe(2);
  });

  test('before the first exchange leaves a snapshot without any', async () => {
    const dir = await temporaryFolder();
    await record(dir, [], false);
    const snapshot = await openSnapshot(dir);
    expect(snapshot.entries.size).toBe(0);
    expect(snapshot.meta.complete).toBe(false);
  });
});

describe('a snapshot is evidence', () => {
  async function tampered(change: (lines: string[]) => string[], finish = true): Promise<string> {
    const dir = await temporaryFolder();
    await record(dir, [answered('/a', '{"price":"1.00"}'), answered('/b'), answered('/c')], finish);
    const lines = (await readFile(log(dir), 'utf8')).trimEnd().split('\n');
    await writeFile(
      log(dir),
      change(lines)
        .map((line) => `${line}\n`)
        .join(''),
    );
    return dir;
  }
  const altered = (lines: string[]): string[] => lines.map((line) => line.replace('1.00', '1.01'));

  test('an altered line is named', async () => {
    const dir = await tampered(altered);
    await expect(openSnapshot(dir)).rejects.toMatchObject({
      code: 'snapshot-format',
      message: expect.stringContaining(':1: '),
    });
  });

  test('and stops a resumed recording too', async () => {
    const dir = await tampered(altered, false);
    await expect(openRecorder(dir, { ...META, resume: true })).rejects.toMatchObject({ code: 'snapshot-format' });
    // The folder was let go again.
    await expect(openRecorder(dir, { ...META, resume: true })).rejects.toMatchObject({ code: 'snapshot-format' });
  });

  test.each([
    ['a line is gone', (lines: string[]) => lines.slice(1)],
    ['the last line is gone', (lines: string[]) => lines.slice(0, -1)],
    ['a line stands twice', (lines: string[]) => [...lines, lines[0] ?? '']],
    ['two lines changed places', ([a = '', b = '', ...rest]: string[]) => [b, a, ...rest]],
    ['an empty line', (lines: string[]) => ['', ...lines]],
    ['a line without its checksum', (lines: string[]) => lines.map((line) => line.replace(/,"sha256":"[^"]*"/, ''))],
  ])('%s', async (_name, change) => {
    await expect(openSnapshot(await tampered(change))).rejects.toMatchObject({ code: 'snapshot-format' });
  });

  test('a file of a complete snapshot that is cut off', async () => {
    const dir = await temporaryFolder();
    await record(dir, [answered('/a')]);
    const whole = await readFile(log(dir));
    await writeFile(log(dir), whole.subarray(0, -1));
    await expect(openSnapshot(dir)).rejects.toMatchObject({
      code: 'snapshot-format',
      message: expect.stringContaining('cut off'),
    });
  });

  test('a newer version is refused with a clear word', async () => {
    const dir = await temporaryFolder();
    await record(dir, [answered('/a')]);
    const manifest = path.join(dir, 'manifest.json');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"version": 2', '"version": 3'));
    await expect(openSnapshot(dir)).rejects.toMatchObject({
      code: 'snapshot-format',
      message: expect.stringContaining('format version 3; this release reads versions 1 to 2'),
      hint: expect.stringContaining('newer'),
    });
  });

  test('an exchange of a newer version likewise', async () => {
    const dir = await temporaryFolder();
    await record(dir, [{ ...answered('/a'), v: 2 as 1 }], false);
    await expect(openSnapshot(dir)).rejects.toMatchObject({
      code: 'snapshot-format',
      message: expect.stringContaining('version 2'),
    });
  });

  test.each(['', 'no json', '[]', '{"version":1}'])('a manifest that is %j', async (text) => {
    const dir = await temporaryFolder();
    await writeFile(path.join(dir, 'manifest.json'), text);
    await expect(openSnapshot(dir)).rejects.toMatchObject({ code: 'snapshot-format' });
  });

  test('a folder without one is no snapshot', async () => {
    await expect(openSnapshot(await temporaryFolder())).rejects.toMatchObject({ code: 'snapshot-missing' });
    await expect(openSnapshot('/nowhere/at/all')).rejects.toMatchObject({ code: 'snapshot-missing' });
  });
});

describe('opening a folder that is in use', () => {
  test('a folder that holds a snapshot is refused unless it is to be resumed', async () => {
    const dir = await temporaryFolder();
    await record(dir, [answered('/a')]);
    await expect(openRecorder(dir, META)).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('--resume'),
    });
    const recorder = await openRecorder(dir, { ...META, resume: true });
    await recorder.finish();
    expect((await openSnapshot(dir)).entries.size).toBe(1);
  });

  test('an empty folder can be resumed', async () => {
    const recorder = await openRecorder(await temporaryFolder(), { ...META, resume: true });
    await recorder.finish();
  });

  test('a snapshot of other servers is not gone on with; of another port of this machine it is', async () => {
    const dir = await temporaryFolder();
    await record(dir, [answered('/a')]);
    const elsewhere = { ...META, origins: { 'contract-api': 'https://api.elsewhere' }, resume: true };
    await expect(openRecorder(dir, elsewhere)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('https://api.elsewhere'),
    });
    const local = await temporaryFolder();
    await (await openRecorder(local, { ...META, origins: { 'contract-api': 'http://127.0.0.1:1' } })).close();
    await (
      await openRecorder(local, { ...META, origins: { 'contract-api': 'http://127.0.0.1:2' }, resume: true })
    ).close();
  });

  test('exchanges without a manifest are not written over', async () => {
    const dir = await temporaryFolder();
    await writeFile(log(dir), 'precious');
    await expect(openRecorder(dir, META)).rejects.toMatchObject({ code: 'snapshot-format' });
    expect(await readFile(log(dir), 'utf8')).toBe('precious');
  });

  test('after closing nothing is written', async () => {
    const dir = await temporaryFolder();
    const recorder = await openRecorder(dir, META);
    await recorder.close();
    await recorder.close();
    await expect(recorder.append(answered('/a'))).rejects.toMatchObject({ code: 'snapshot-write' });
    await expect(recorder.finish()).rejects.toMatchObject({ code: 'snapshot-write' });
  });

  test('a folder that cannot be made', async () => {
    const file = path.join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    await expect(openRecorder(path.join(file, 'dir'), META)).rejects.toMatchObject({ code: 'snapshot-write' });
  });
});

describe('recalling', () => {
  test('is read again while the recorder is open: the last of several under one id', async () => {
    const dir = await temporaryFolder();
    const recorder = await openRecorder(dir, META);
    const [first, second] = [answered('/a'), answered('/b')];
    const again = { ...first, durationMs: 77 };
    for (const exchange of [first, second, again]) await recorder.append(exchange);
    expect(await recorder.recall(first.id)).toEqual(again);
    expect(await recorder.recall(second.id)).toEqual(second);
    expect(await recorder.recall('contract-api-none')).toBeNull();
    await recorder.close();
    const resumed = await openRecorder(dir, { ...META, resume: true });
    const third = answered('/c');
    await resumed.append(third);
    expect(await resumed.recall(third.id)).toEqual(third);
    await resumed.finish();
  });
});
