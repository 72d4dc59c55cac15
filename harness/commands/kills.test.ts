/**
 * The real CLI, killed with SIGKILL at moments drawn from a seed, and resumed. A moment is the n-th thing that happens: a piece of
 * bytes on the wire, or a change in the run's folder; so that kills fall into requests, into half-written lines and into reports.
 * `npm run kills -- 200` does it as often as one likes.
 */
import { createHash } from 'node:crypto';
import { watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifySnapshot } from '../archive/verify.ts';
import { type RunningSandbox, startSandbox } from '../sandbox/index.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { remote } from './testing/sandbox-scenario.ts';

const KILLS = Number(process.env['PARITY_KILLS'] ?? 6);
const SEED = process.env['PARITY_KILLS_SEED'] ?? '1';
/** A run is killed so often before it is let go to its end. */
const IN_A_ROW = 3;
/** Reports are written too where there is time. */
const REPORTERS = process.env['PARITY_KILLS'] === undefined ? ['--reporter', 'json'] : [];

let place: Workplace;
let sandbox: RunningSandbox;
let wire: Server;
/** Told of each piece of bytes, in either direction. */
let onPiece: () => void = () => undefined;
let requests = 0;
beforeAll(async () => {
  place = await openWorkplace();
  sandbox = await startSandbox({ seed: 3, orgs: 4, defects: ['actual-off', 'rate-off'] });
  const port = Number(new URL(sandbox.url).port);
  wire = createServer((socket) => {
    const inner = connect(port, '127.0.0.1');
    for (const one of [socket, inner]) one.on('error', () => undefined).on('data', () => onPiece());
    socket.on('data', (bytes) => {
      requests += bytes.toString('latin1').split(/(?:GET|POST) \//).length - 1;
    });
    socket.pipe(inner).pipe(socket);
    socket.on('close', () => inner.destroy());
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  const { port: outer } = wire.address() as { port: number };
  await place.write('s.yaml', remote({ ...sandbox, url: `http://127.0.0.1:${outer}` }));
});
afterAll(async () => {
  await place.dispose();
  await sandbox.close();
  wire.close();
});

/** From 0 to 1, the same for the same words. */
const drawn = (...words: (string | number)[]): number =>
  createHash('sha256')
    .update([SEED, ...words].join(' '))
    .digest()
    .readUInt32BE(0) /
  2 ** 32;

interface Ended {
  readonly killed: boolean;
  readonly code: number | null;
  readonly stderr: string;
  /** Things that happened. */
  readonly moments: number;
}

/** @param killAt the moment at which it is killed; null: never */
async function run(out: string, resume: boolean, killAt: number | null): Promise<Ended> {
  await mkdir(path.join(place.dir, out), { recursive: true });
  const child = place.start(['run', 's.yaml', '--out', out, '--quiet', ...REPORTERS, ...(resume ? ['--resume'] : [])]);
  let moments = 0;
  const happened = (): void => {
    moments += 1;
    if (moments === killAt) child.kill('SIGKILL');
  };
  const watcher = watch(path.join(place.dir, out), { recursive: true }, happened);
  onPiece = happened;
  let stderr = '';
  child.stderr?.on('data', (text: Buffer) => {
    stderr += text.toString();
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('close', (...ended) => resolve(ended));
  });
  watcher.close();
  return { killed: signal === 'SIGKILL', code, stderr, moments };
}

/** All that a run says, but for `run` and `requests`. */
async function said(out: string): Promise<readonly string[]> {
  const { run: _run, requests: _requests, ...rest } = await place.result(out);
  return [JSON.stringify(rest), await place.read(`${out}/findings.jsonl`), await place.read(`${out}/matches.txt`)];
}

it(
  'wherever it is killed, it resumes to the result of an undisturbed run',
  async () => {
    const calm = await run('calm', false, null);
    expect(calm.code).toBe(1);
    const [expected, asked] = [await said('calm'), requests];
    const tally = { kills: 0, inCapture: 0, runs: 0, askedAgain: 0 };
    for (let index = 0; tally.kills < KILLS; index += 1) {
      const out = `killed-${index}`;
      requests = 0;
      let ended: Ended | null = null;
      for (let time = 0; time < IN_A_ROW && tally.kills < KILLS; time += 1) {
        // A resumed run has less to do: the later, the sooner it is killed; its moment may still never come.
        ended = await run(out, true, 1 + Math.floor((drawn(index, time) * calm.moments) / (time + 1)));
        if (!ended.killed) break;
        tally.kills += 1;
        const { complete } = await verifySnapshot(path.join(place.dir, out, 'snapshot'));
        if (!complete) tally.inCapture += 1;
      }
      if (ended?.killed !== false) ended = await run(out, true, null);
      expect([ended.code, ended.stderr], `seed ${SEED}, run ${index}`).toEqual([1, calm.stderr]);
      expect(await said(out), `seed ${SEED}, run ${index}`).toEqual(expected);
      const { holds, faults } = await verifySnapshot(path.join(place.dir, out, 'snapshot'));
      expect([holds, faults]).toEqual([true, []]);
      tally.runs += 1;
      tally.askedAgain += requests - asked;
    }
    const { kills, inCapture, runs, askedAgain } = tally;
    process.stdout.write(
      `${kills} kills (${inCapture} before the snapshot was complete, ${kills - inCapture} after) in ${runs} runs, seed ${SEED}: ` +
        `${runs} of ${runs} results identical to the undisturbed run; ${askedAgain} of ${runs * asked} requests sent more than once\n`,
    );
  },
  20_000 + KILLS * 10_000,
);
