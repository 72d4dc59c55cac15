/** Whatever a server answers with, over real HTTP: a run ends in order, and nothing that it could not read is a match. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../domain/run-result.ts';
import { exitCodeOf, runScenario } from '../runner/run.ts';
import { loadScenario } from '../scenario/load.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';
import { remote } from './testing/sandbox-scenario.ts';

const ORG = '9d750d63-95ae-4df7-8955-2bca7152ca19';
const RUNS = 40;

interface Said {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

let said: Said = { body: new Uint8Array(), headers: {} };
let server: Server;
let dir: string;
let loaded: LoadedScenario;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    if (request.url === '/oauth/token') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"access_token":"token-of-the-test","token_type":"bearer","expires_in":3600}');
      return;
    }
    response.writeHead(200, said.headers);
    response.end(said.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  dir = await mkdtemp(path.join(tmpdir(), 'parity-bytes-'));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const text = remote({ url, apiKey: 'a-key', clientId: 'client', clientSecret: 'a-secret' })
    .replace('orgs: discover', `orgs: [{ id: ${ORG}, region: us-east-1 }]`)
    .replace('limits: {', 'limits: { retries: 0,');
  await writeFile(path.join(dir, 's.yaml'), text);
  loaded = await loadScenario(path.join(dir, 's.yaml'), { env: {} });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true, force: true });
});

let runs = 0;
async function run(next: Said) {
  said = next;
  runs += 1;
  const out = path.join(dir, String(runs));
  const options = { out, legacy: null, contract: null, record: null, resume: false, reporters: ['json'], shard: null };
  const outcome = await runScenario(loaded, 'run', options, () => undefined, new AbortController().signal);
  const matches = (await readFile(path.join(out, 'matches.txt'), 'utf8')).split('\n').filter((line) => line !== '');
  await rm(out, { recursive: true, force: true });
  return { ...outcome, code: exitCodeOf(outcome), matches };
}

const encodings = fc.constantFrom('none', 'gzip', 'deflate', 'claimed');
const types = fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/html', '');

/** As it is, compressed, or said to be compressed. */
function dressed(bytes: Uint8Array, encoding: string, type: string): Said {
  const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
  if (encoding === 'none') return { body: bytes, headers };
  if (encoding === 'claimed') return { body: bytes, headers: { ...headers, 'content-encoding': 'gzip' } };
  const body = encoding === 'gzip' ? gzipSync(bytes) : deflateRawSync(bytes);
  return { body, headers: { ...headers, 'content-encoding': encoding } };
}

const reasons = (findings: readonly Finding[]): string[] => findings.map(({ reason }) => reason ?? '');

describe('any bytes as the body of every answer', () => {
  it('never a match, never a mismatch, never a crash: not comparable, and why', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), encodings, types, async (bytes, encoding, type) => {
        const { code, result, findings, matches } = await run(dressed(bytes, encoding, type));
        expect([code, result.verdict, matches]).toEqual([3, 'inconclusive', []]);
        expect(result.cells).toMatchObject({ match: 0, tolerated: 0, mismatch: 0 });
        expect(result.cells.notComparable).toBeGreaterThan(0);
        expect(reasons(findings).every((reason) => reason !== '')).toBe(true);
      }),
      { numRuns: RUNS, seed: 20260420 },
    );
  });

  const text = fc.oneof(fc.json({ maxDepth: 4 }), fc.string({ unit: 'binary', maxLength: 300 }));
  it('any JSON likewise: whatever it is, it says nothing of the organisation', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        const { code, result } = await run(dressed(Buffer.from(body), 'none', 'application/json'));
        expect([1, 3]).toContain(code);
        expect(result.orgs.atParity).toBe(0);
        expect(result.verdict).not.toBe('parity');
      }),
      { numRuns: RUNS, seed: 20260420 },
    );
  });
});
