/** Runs that are ended early, by a person or by the machine: nothing lost, nothing half-written, and told how to go on. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifySnapshot } from '../archive/verify.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded } from './testing/sandbox-scenario.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const WORLD = { seed: 3, orgs: 4, defects: 'actual-off' } as const;
const QUICK = ['--reporter', 'json'];

let place: Workplace;
let calm: string;
beforeAll(async () => {
  place = await openWorkplace();
  await place.write('s.yaml', embedded(WORLD));
  // One request is never answered: a run comes so far, and no further.
  await place.write(
    'stuck.yaml',
    embedded(WORLD).replace('defects:', 'faults: [no-answer*forever@/billingperiods], defects:'),
  );
  await place.parity(['run', 's.yaml', '--out', 'calm', '--quiet', ...QUICK]);
  calm = await place.read('calm/findings.jsonl');
});
afterAll(() => place.dispose());

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

/** Does `then` once so many exchanges are told of; resolves when the run has ended. */
function afterExchanges(child: ChildProcess, count: number, then: () => void): Promise<Ended> {
  return new Promise((resolve) => {
    let stderr = '';
    let done = false;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (done || stderr.split(' in ').length <= count) return;
      done = true;
      then();
    });
    child.on('close', (code) => resolve({ code, stderr }));
  });
}

async function resumed(out: string): Promise<void> {
  const outcome = await place.parity(['run', 's.yaml', '--out', out, '--resume', '--quiet', ...QUICK]);
  expect(outcome.code).toBe(1);
  expect(await place.read(`${out}/findings.jsonl`)).toBe(calm);
  expect((await place.result(out)).requests.replayed).toBeGreaterThan(5);
}

const filesOf = async (out: string): Promise<string[]> =>
  (await readdir(path.join(place.dir, out), { recursive: true })).sort();

describe('a signal ends a run in order', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: what was recorded is kept, and it says how to go on', async (signal, code) => {
    const child = place.start(['run', 'stuck.yaml', '--out', signal, '--verbose', ...QUICK]);
    const ended = await afterExchanges(child, 8, () => child.kill(signal));
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(`the same command with --out ${signal} --resume`);
    expect(await filesOf(signal)).toEqual([
      'run.log',
      'snapshot',
      'snapshot/exchanges.jsonl',
      'snapshot/manifest.json',
    ]);
    if (signal === 'SIGINT') await resumed(signal);
  });
});

it('two runs in one folder: the second is refused, and touches nothing of the first', async () => {
  const first = place.start(['run', 'stuck.yaml', '--out', 'one', '--verbose', ...QUICK]);
  let second: Ended | null = null;
  let kept = false;
  const ended = afterExchanges(first, 8, () => {
    void (async () => {
      const before = await place.read('one/run.log');
      second = await place.parity(['run', 's.yaml', '--out', 'one', '--quiet']);
      const log = await place.read('one/run.log');
      kept = before !== '' && log.startsWith(before) && !log.slice(before.length).includes('run-started');
      first.kill('SIGINT');
    })();
  });
  expect((await ended).code).toBe(130);
  expect(second).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/another run writes into .*one.*: process \d+/),
  });
  expect(kept).toBe(true);
});

describe('what cannot be written', () => {
  /** Files may grow to so many blocks of 1024 bytes: as a full disk does, it lets a line begin and not end. */
  const limited = (blocks: number, args: readonly string[]): Promise<Ended> => {
    const child = spawn('bash', ['-c', `ulimit -f ${blocks}; exec "$@"`, '-', process.execPath, CLI, ...args], {
      cwd: place.dir,
      env: { ...process.env, CI: 'true' },
    });
    return afterExchanges(child, Number.POSITIVE_INFINITY, () => undefined);
  };

  it('a file that may not grow: exit 3, the file named, the lines before it whole', async () => {
    const ended = await limited(24, ['run', 's.yaml', '--out', 'full', ...QUICK]);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/error: cannot write .*full\/snapshot\/exchanges\.jsonl: EFBIG/);
    expect(ended.stderr).toContain('the same command with --out full --resume');
    const { lines } = await verifySnapshot(path.join(place.dir, 'full/snapshot'));
    expect(lines.whole).toBeGreaterThan(3);
    expect(lines.found - lines.whole).toBeLessThanOrEqual(1);
    expect(await filesOf('full')).toEqual([
      'run.log',
      'snapshot',
      'snapshot/exchanges.jsonl',
      'snapshot/manifest.json',
    ]);
  });

  it('a log that may not grow: exit 3, and not a bug', async () => {
    const log = await limited(1, ['run', 's.yaml', '--out', 'log', ...QUICK]);
    expect([log.code, log.stderr]).toEqual([
      3,
      expect.stringMatching(/cannot write .*(?:run\.log|exchanges\.jsonl): EFBIG/),
    ]);
  });

  it('a file in the place of the folder: exit 3 before anything is asked', async () => {
    await writeFile(path.join(place.dir, 'file'), 'precious');
    await mkdir(path.join(place.dir, 'taken'));
    await writeFile(path.join(place.dir, 'taken/snapshot'), 'precious');
    for (const out of ['file/below', 'taken']) {
      const outcome = await place.parity(['run', 's.yaml', '--out', out, '--verbose', ...QUICK]);
      expect([outcome.code, outcome.stderr]).toEqual([3, expect.stringMatching(/error: cannot/)]);
      expect(outcome.stderr).not.toContain(' in ');
    }
    expect(await place.read('file')).toBe('precious');
    expect(await place.read('taken/snapshot')).toBe('precious');
  });
});
