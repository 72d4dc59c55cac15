import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';
import { temporaryFolder } from './testing/exchanges.ts';

const lockOf = (dir: string): string => path.join(dir, '.lock');
const holder = (pid: number, host = hostname()): string =>
  JSON.stringify({ pid, host, since: '2026-04-20T12:00:00.000Z' });

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  if (child.pid === undefined) throw new Error('no process was started');
  return child.pid;
}

test('two runs in one folder: the second is refused and told who the first is', async () => {
  const dir = await temporaryFolder();
  const lock = await lockFolder(dir);
  await expect(lockFolder(dir)).rejects.toMatchObject({
    code: 'snapshot-write',
    message: expect.stringContaining(`process ${process.pid} on ${hostname()}`),
    hint: expect.stringContaining('.lock'),
  });
  await lock.release();
  await (await lockFolder(dir)).release();
  expect(await readdir(dir)).toEqual([]);
});

test('a process that lives keeps its lock', async () => {
  const dir = await temporaryFolder();
  await writeFile(lockOf(dir), holder(process.ppid));
  await expect(lockFolder(dir)).rejects.toMatchObject({ code: 'snapshot-write' });
});

test('the lock of a dead process is taken over', async () => {
  const dir = await temporaryFolder();
  await writeFile(lockOf(dir), holder(await deadPid()));
  const lock = await lockFolder(dir);
  expect(JSON.parse(await readFile(lockOf(dir), 'utf8'))).toMatchObject({ pid: process.pid });
  expect(await readdir(dir)).toEqual(['.lock']);
  await lock.release();
});

test('our own process id in a lock that we do not hold is that of an earlier life', async () => {
  const dir = await temporaryFolder();
  await writeFile(lockOf(dir), holder(process.pid));
  await (await lockFolder(dir)).release();
});

test('of another machine nothing is known, so its lock stands', async () => {
  const dir = await temporaryFolder();
  await writeFile(lockOf(dir), holder(await deadPid(), 'elsewhere.example'));
  await expect(lockFolder(dir)).rejects.toMatchObject({ message: expect.stringContaining('elsewhere.example') });
});

test('of many that find a stale lock at once, one gets it', async () => {
  const dir = await temporaryFolder();
  await writeFile(lockOf(dir), holder(await deadPid()));
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(dir)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await readdir(dir)).toEqual(['.lock']);
});
