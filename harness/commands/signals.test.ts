/** Signals end every command within two seconds, whatever it is busy with. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded } from './testing/sandbox-scenario.ts';

/** It is busy for longer than a signal takes. */
const LARGE = { seed: 3, orgs: 60, defects: 'all' } as const;
const QUICK = ['--reporter', 'json'];

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
  await place.write('s.yaml', embedded({ ...LARGE, orgs: 8 }));
  await place.write('large.yaml', embedded(LARGE));
  const stuck = embedded({ ...LARGE, orgs: 8 }).replace('defects:', 'faults: [no-answer*forever], defects:');
  await place.write('stuck.yaml', stuck);
  await place.parity(['run', 's.yaml', '--out', 'runs/one', '--quiet', ...QUICK]);
  for (const shard of ['1/2', '2/2']) {
    await place.parity(['run', 's.yaml', '--shard', shard, '--out', shard[0] ?? '', '--quiet', ...QUICK]);
  }
});
afterAll(() => place.dispose());

interface Ended {
  readonly code: number | null;
  readonly milliseconds: number;
}

/** Says when the thread of the command has begun. */
const BEGUN = 'import{isMainThread as main}from"node:worker_threads";main||process.stderr.write("begun\\n")';
const TELLING = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(BEGUN)}` };

/** @param after what the command writes before it is signalled */
function signalled(args: readonly string[], signal: 'SIGINT' | 'SIGTERM', after: RegExp): Promise<Ended> {
  const child = place.start(args, TELLING);
  let said = '';
  let sentAt = Number.POSITIVE_INFINITY;
  const send = (): void => {
    if (Number.isFinite(sentAt)) return;
    sentAt = performance.now();
    child.kill(signal);
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (after.test(said)) send();
    });
  }
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, milliseconds: performance.now() - sentAt }));
  });
}

const SIGTERM = ['SIGTERM', 143] as const;
const SIGINT = ['SIGINT', 130] as const;

/** Both signals take the same way: each is tried on about half of what a command can be busy with, and both on the first. */
it.each([
  ['a run that asks', ['run', 'large.yaml', '--out', 'asks', '--verbose', ...QUICK], / in \d+ ms/, SIGTERM],
  ['a run that asks', ['run', 'large.yaml', '--out', 'asks-too', '--verbose', ...QUICK], / in \d+ ms/, SIGINT],
  ['a run that builds its sandbox', ['run', 'large.yaml', '--out', 'builds', ...QUICK], /^run /m, SIGTERM],
  ['a run that compares and reports', ['run', 'large.yaml', '--out', 'compares'], /capture finished/, SIGINT],
  ['a run that nobody answers', ['run', 'stuck.yaml', '--out', 'stuck', ...QUICK], /^run /m, SIGTERM],
  ['record', ['record', 'stuck.yaml', '--out', 'recorded'], /^run /m, SIGINT],
  ['validate', ['validate', 'stuck.yaml', '--out', 'validated'], /^run /m, SIGTERM],
  ['merge', ['merge', '1', '2', '--out', 'merged'], /^run /m, SIGINT],
  ['a sandbox that listens', ['sandbox', '--json'], /apiKey/, SIGTERM],
  ['a sandbox that builds its world', ['sandbox', '--orgs', '20000'], /begun/, SIGINT],
  ['doctor', ['doctor', 'stuck.yaml'], /begun/, SIGTERM],
  ['history', ['history', 'runs'], /begun/, SIGINT],
  ['snapshot verify', ['snapshot', 'verify', 'runs/one'], /begun/, SIGTERM],
] as const)(
  '%s',
  async (_, args, after, [signal, code]) => {
    const ended = await signalled(args, signal, after);
    expect(ended.code).toBe(code);
    expect(ended.milliseconds).toBeLessThan(2000);
  },
  180_000,
);
