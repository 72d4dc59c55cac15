import { describe, expect, test } from 'vitest';
import { json, serve } from './testing/server.ts';
import { transportTo } from './testing/transport.ts';

interface Limited {
  readonly origin: string;
  /** Requests in each window, in order. */
  readonly windows: number[];
  readonly refused: () => number;
}

/** Counts as the vendor does: fixed windows, whole seconds left, 429 above the limit. */
async function limitedServer(allowed: number, windowMs: number): Promise<Limited> {
  const windows: number[] = [];
  let endsAt = 0;
  let refusals = 0;
  const { origin } = await serve((_request, response) => {
    const now = performance.now();
    if (now >= endsAt) {
      windows.push(0);
      endsAt = now + windowMs;
    }
    const count = (windows.at(-1) ?? 0) + 1;
    windows[windows.length - 1] = count;
    const left = String(Math.ceil((endsAt - now) / 1000));
    const headers = {
      'inin-ratelimit-count': String(count),
      'inin-ratelimit-allowed': String(allowed),
      'inin-ratelimit-reset': left,
    };
    if (count > allowed) refusals += 1;
    json(response, {}, count > allowed ? 429 : 200, count > allowed ? { ...headers, 'retry-after': left } : headers);
  });
  return { origin, windows, refused: () => refusals };
}

describe("the server's rate limit", () => {
  test('330 requests at 60 a second: never refused, and in hardly more windows than it takes', async () => {
    const server = await limitedServer(60, 1000);
    const transport = transportTo({ origin: server.origin, limits: { concurrency: 8 } });
    const sends = Array.from({ length: 330 }, (_, index) => transport.get(`/${index}`));
    const exchanges = await Promise.all(sends);
    expect(
      exchanges.every(
        ({ outcome, attempts }) => outcome.kind === 'answer' && outcome.status === 200 && attempts.length === 1,
      ),
    ).toBe(true);
    expect(server.refused()).toBe(0);
    const least = Math.ceil(330 / 60);
    expect(server.windows.length).toBeLessThanOrEqual(Math.floor(least * 1.3));
    expect(Math.max(...server.windows)).toBeLessThanOrEqual(60);
    expect(transport.events.length).toBeGreaterThan(0);
    expect(transport.events.length).toBeLessThan(20);
  });

  test('what another client used up is left alone from the first answer on', async () => {
    const server = await limitedServer(20, 1000);
    await transportTo({ origin: server.origin }).get('/other');
    const other = transportTo({ origin: server.origin });
    await Promise.all(Array.from({ length: 15 }, (_, index) => other.get(`/other/${index}`)));
    const transport = transportTo({ origin: server.origin });
    await Promise.all(Array.from({ length: 20 }, (_, index) => transport.get(`/${index}`)));
    expect(server.refused()).toBe(0);
  });

  test('two sources with one credential share its budget', async () => {
    const server = await limitedServer(20, 1000);
    const transport = transportTo({ origin: server.origin });
    const sends = Array.from({ length: 50 }, (_, index) =>
      transport.send({ source: index % 2 === 0 ? 'usage-api' : 'contract-api', path: `/${index}`, subject: 's' }),
    );
    await Promise.all(sends);
    expect(server.refused()).toBe(0);
  });
});
