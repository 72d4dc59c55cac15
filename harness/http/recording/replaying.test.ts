import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../domain/exchange.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import { bySource } from '../by-source.ts';
import { requestId } from '../exchange-id.ts';
import { observed } from '../observed.ts';
import { json, serve } from '../testing/server.ts';
import { skippingClock } from '../testing/skipping-clock.ts';
import { API_KEY, transportTo } from '../testing/transport.ts';
import { openRecorder } from './recorder.ts';
import { recording } from './recording.ts';
import { replaying } from './replaying.ts';
import { resuming } from './resuming.ts';
import { openSnapshot, type Snapshot } from './snapshot.ts';
import { answered, counting, exchangeOf, failed, META, request, temporaryFolder } from './testing/exchanges.ts';

async function snapshotOf(exchanges: readonly Exchange[], finish = true): Promise<Snapshot> {
  const dir = await temporaryFolder();
  const recorder = await openRecorder(dir, META);
  for (const exchange of exchanges) await recorder.append(exchange);
  await (finish ? recorder.finish() : recorder.close());
  return openSnapshot(dir);
}

describe('replaying', () => {
  test('answers what was recorded, failures too, as often as it is asked', async () => {
    const exchanges = [answered('/a', '{"n":1.10}'), failed('/b')];
    const transport = replaying(await snapshotOf(exchanges));
    for (const exchange of [...exchanges, ...exchanges]) {
      expect(await transport.send(request(exchange.path))).toEqual(exchange);
    }
  });

  test('what was not recorded is an error that names the nearest', async () => {
    const paths = [
      '/api/v2/billing/contracts?pageSize=10',
      '/api/v2/billing/contracts/1',
      '/api/v2/billing/contracts/invoices',
    ];
    const snapshot = await snapshotOf(paths.map((asked) => answered(asked)));
    await expect(replaying(snapshot).send(request('/api/v2/billing/contracts/2'))).rejects.toMatchObject({
      code: 'snapshot-missing',
      message: expect.stringMatching(
        /GET \/api\/v2\/billing\/contracts\/2 .*nearest recorded:\n {2}\/api\/v2\/billing\/contracts\/1\n/,
      ),
      hint: expect.stringContaining('record it again'),
    });
  });

  test('another reading of the same is its own exchange where it was taken, and else what the first one said', async () => {
    const first = answered('/a');
    const snapshot = await snapshotOf([first]);
    await expect(replaying(snapshot).send(request('/a', { reading: 1 }))).resolves.toMatchObject({
      id: first.id,
      reading: 0,
    });
    const twice = { ...first, id: requestId(request('/a', { reading: 1 })), reading: 1 };
    const moved = await snapshotOf([first, twice]);
    await expect(replaying(moved).send(request('/a', { reading: 1 }))).resolves.toMatchObject({ reading: 1 });
  });

  test('a reading of what was never recorded is an error', async () => {
    const snapshot = await snapshotOf([answered('/a')], false);
    await expect(replaying(snapshot).send(request('/c', { reading: 1 }))).rejects.toMatchObject({
      message: expect.stringContaining('reading 1'),
      hint: expect.stringContaining('--resume'),
    });
  });

  test('only the sources that it is to answer', async () => {
    const snapshot = await snapshotOf([answered('/a')]);
    await expect(replaying(snapshot, ['usage-api']).send(request('/a'))).rejects.toMatchObject({
      code: 'snapshot-missing',
    });
    await expect(replaying(snapshot).send(request('/a', { source: 'usage-api' }))).rejects.toMatchObject({
      message: expect.stringContaining('nothing of usage-api was recorded'),
    });
  });
});

describe('resuming', () => {
  test.each([
    ['an answer', answered('/a'), false],
    ['a 404', answered('/a', '{}', 404), false],
    ['a failure', failed('/a'), true],
    ['a 503', answered('/a', '{}', 503), true],
    ['a 429', answered('/a', '{}', 429), true],
    ['refused credentials', answered('/a', '{}', 401), true],
    ['a missing permission', answered('/a', '{}', 403), true],
    ['a body that is not JSON', answered('/a', '<html>'), true],
    ['nothing of it', answered('/b'), true],
  ])('asks again or not, where the snapshot holds %s', async (_name, exchange, again) => {
    const live = counting();
    const transport = resuming(await snapshotOf([exchange], false), live);
    await transport.send(request('/a'));
    expect(live.asked).toEqual(again ? ['/a'] : []);
  });

  test('a run that broke off fetches only what is missing, and the snapshot is whole then', async () => {
    const dir = await temporaryFolder();
    const down = new Set(['/3', '/7']);
    const server = await serve((sent, response) =>
      json(response, { path: sent.url }, down.has(sent.url ?? '') ? 503 : 200),
    );
    const paths = Array.from({ length: 10 }, (_, index) => `/${index}`);
    const ask = (path: string) => ({ source: 'usage-api' as const, path, subject: path });
    const origins = { 'usage-api': server.origin };

    const first = await openRecorder(dir, { ...META, origins });
    const live = recording(transportTo({ ...server, clock: skippingClock(), limits: { retries: 0 } }), first);
    await Promise.all(paths.slice(0, 8).map((path) => live.send(ask(path))));
    await first.close();

    down.clear();
    server.asked.length = 0;
    const events: RunEvent[] = [];
    const second = await openRecorder(dir, { ...META, origins, resume: true });
    const snapshot = await openSnapshot(dir);
    const transport = resuming(
      snapshot,
      observed(recording(transportTo(server), second), (event) => events.push(event), false),
      observed(replaying(snapshot), (event) => events.push(event), true),
    );
    const exchanges = await Promise.all(paths.map((path) => transport.send(ask(path))));
    await second.finish();

    expect(server.asked.sort()).toEqual(['/3', '/7', '/8', '/9']);
    expect(exchanges.every(({ outcome }) => outcome.kind === 'answer' && outcome.status === 200)).toBe(true);
    expect(events.filter((event) => event.type === 'exchange-finished' && event.replayed)).toHaveLength(6);
    expect(events.filter((event) => event.type === 'exchange-finished' && !event.replayed)).toHaveLength(4);

    const replayed = replaying(await openSnapshot(dir));
    expect(await Promise.all(paths.map((path) => replayed.send(ask(path))))).toEqual(exchanges);
  });
});

test('no secret reaches the disk', async () => {
  const dir = await temporaryFolder();
  const server = await serve((sent, response) =>
    json(response, { echo: sent.headers, url: sent.url }, 200, { etag: API_KEY }),
  );
  const recorder = await openRecorder(dir, { ...META, origins: { 'usage-api': server.origin } });
  await recording(transportTo(server), recorder).send({
    source: 'usage-api',
    path: `/x?key=${API_KEY}`,
    subject: API_KEY,
  });
  await recorder.finish();
  for (const file of ['exchanges.jsonl', 'manifest.json']) {
    expect(await readFile(path.join(dir, file), 'utf8')).not.toContain(API_KEY);
  }
});

test('sources go through transports of their own', async () => {
  const [usage, contract] = [counting(), counting()];
  const transport = bySource({ 'usage-api': usage, 'contract-api': contract });
  await transport.send(request('/u', { source: 'usage-api' }));
  await transport.send(request('/c'));
  expect([usage.asked, contract.asked]).toEqual([['/u'], ['/c']]);
  await expect(transport.send(request('/p', { source: 'partner-billing' }))).rejects.toMatchObject({
    code: 'configuration',
  });
});

test('an observer hears of answers and failures', async () => {
  const events: RunEvent[] = [];
  const fail = exchangeOf(request('/b'), { kind: 'failure', code: 'timeout', message: 'too late' });
  const transport = observed(
    replaying(await snapshotOf([answered('/a', '{}', 404), fail])),
    (event) => events.push(event),
    true,
  );
  await transport.send(request('/a'));
  await transport.send(request('/b'));
  expect(events).toMatchObject([
    {
      type: 'exchange-finished',
      side: 'contract',
      source: 'contract-api',
      status: 404,
      error: null,
      attempts: 1,
      replayed: true,
    },
    { status: null, error: 'too late', subject: 'test of /b' },
  ]);
});
