/** The sandbox while it runs: switches, clock, log, latency; and who may not touch them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../index.ts';
import { list, Session, text } from '../testing/session.ts';

const open: RunningSandbox[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

async function started(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ seed: 3, orgs: 20, defects: 'none', ...options });
  open.push(sandbox);
  return sandbox;
}

const stage = (sandbox: RunningSandbox, wish: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${sandbox.url}/sandbox/stage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(wish),
  });

const form = (sandbox: RunningSandbox, fields: readonly (readonly [string, string])[]): Promise<Response> =>
  fetch(`${sandbox.url}/sandbox/stage`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: sandbox.url },
    body: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
  });

async function use(session: Session, product: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const { regions } = await session.json('/v1/regions?appIds=botpack');
  for (const { id } of list(regions)) {
    const base = `/v1/regions/${text(id)}/organizations`;
    const { organizations } = await session.json(`${base}?appIds=botpack`);
    for (const { orgId } of list(organizations)) {
      const { usages } = await session.json(`${base}/${text(orgId)}?appIds=botpack`);
      const row = list(usages).find(({ partNumber, grouping }) => partNumber === product && grouping !== 'fair-use');
      if (row !== undefined) found[text(orgId).toLowerCase()] = text(row['usageQuantity']);
    }
  }
  return found;
}

describe('switches', () => {
  it('hide and show a defect without a restart: address, credentials and tokens stay', async () => {
    const sandbox = await started();
    const session = await Session.open(sandbox);
    const before = await session.walk('/api/v2/billing/contracts');
    const answer = await stage(sandbox, { defects: ['contract-inactive*2'] });
    expect(await answer.json()).toEqual({ today: '2026-04-20', defects: ['contract-inactive*2'], faults: [] });
    expect(sandbox.defects.map(({ id }) => id)).toStrictEqual(['contract-inactive', 'contract-inactive']);
    const during = await session.walk('/api/v2/billing/contracts');
    const inactive = (contracts: typeof before): number =>
      contracts.filter(({ status }) => status === 'Inactive').length;
    expect(inactive(during)).toBe(inactive(before) + 2);
    await stage(sandbox, { defects: 'none' });
    expect(await session.walk('/api/v2/billing/contracts')).toStrictEqual(before);
  });

  it('play a fault from the next request on, and stop', async () => {
    const sandbox = await started();
    const session = await Session.open(sandbox);
    sandbox.setFaults(['unavailable*forever@/billing/contracts']);
    expect((await session.platform('/api/v2/billing/contracts')).status).toBe(503);
    sandbox.setFaults([]);
    expect((await session.platform('/api/v2/billing/contracts')).status).toBe(200);
  });

  it('change nothing where something cannot be had, and say why', async () => {
    const sandbox = await started();
    const answer = await stage(sandbox, { defects: ['rate-of'], today: '2026-05-05' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('did you mean rate-off?');
    expect(sandbox.defects).toStrictEqual([]);
    expect(() => sandbox.setToday(isoDate('2026-04-01'))).toThrow('it cannot go back to 2026-04-01');
    expect((await stage(sandbox, { today: 'tomorrow' })).status).toBe(400);
    const crowded = await stage(sandbox, { faults: ['figures-move*900'] });
    expect(crowded.status).toBe(400);
    expect(await crowded.text()).toMatch(/figures-move\*900: this world has room for \d+ of them/);
  });

  it('work from a form without script, which leads back to the page', async () => {
    const sandbox = await started();
    const answer = await form(sandbox, [
      ['defects', 'rate-off'],
      ['defects', 'date-shift'],
      ['faults', 'unavailable'],
      ['today', '2026-04-20'],
    ]);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    const page = await (await fetch(sandbox.url)).text();
    expect(page).toMatch(/value="rate-off"[^>]*checked|checked[^>]*value="rate-off"/);
    expect(page).toContain('3 switched on.');
    // Nothing checked: everything is off.
    await form(sandbox, []);
    expect(sandbox.defects).toStrictEqual([]);
    const refused = await form(sandbox, [['today', '2020-01-01']]);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('Not changed: the world stands at 2026-04-20');
  });
});

describe('the clock', () => {
  it('moves the world on: the answers’ date, periods that close', async () => {
    const sandbox = await started();
    const session = await Session.open(sandbox);
    const closed = async (): Promise<number> =>
      (await session.walk('/api/v2/billing/contracts'))
        .flatMap(({ billingPeriods }) => list(billingPeriods))
        .filter(({ dateEnd, status }) => status === 'Closed' && text(dateEnd) >= '2026-04-21').length;
    expect(await closed()).toBe(0);
    sandbox.setToday(isoDate('2026-06-05'));
    expect(await closed()).toBeGreaterThan(10);
    expect((await session.platform('/api/v2/billing/contracts')).headers['date']).toBe('Fri, 05 Jun 2026 12:00:00 GMT');
  });

  it('lets use grow where it adds up, on both sides alike, and never shrink within a period', async () => {
    const sandbox = await started({ moving: true });
    const session = await Session.open(sandbox);
    const messages = await use(session, 'PC-170-NV-BOTMSG');
    sandbox.setToday(isoDate('2026-04-21'));
    const later = await use(session, 'PC-170-NV-BOTMSG');
    const grown = Object.keys(messages).filter((id) => Number(later[id]) > Number(messages[id]));
    expect(grown.length).toBeGreaterThan(2);
    const standing = await started();
    const full = await use(await Session.open(standing), 'PC-170-NV-BOTMSG');
    for (const id of Object.keys(full)) expect(Number(messages[id])).toBeLessThanOrEqual(Number(full[id]));
  });

  it('stops, and tells, where a day that comes by itself cannot have what is asked for', async () => {
    const base = { moving: true, orgs: 40 };
    const crowded = await startSandbox({ seed: 3, defects: 'none', ...base, faults: ['figures-move*900'] }).catch(
      String,
    );
    const room = /room for (\d+)/.exec(String(crowded))?.[1];
    const told = new Promise<string>((resolve, reject) => {
      const onStandstill = ({ message }: Error): void => resolve(message);
      started({ ...base, faults: [`figures-move*${room}`], daySeconds: 0.01, onStandstill }).catch(reject);
    });
    expect(await told).toMatch(/^figures-move\*\d+: this world has room for \d+ of them$/);
  });

  it('leaves closed periods as they closed, while their window slides', async () => {
    const sandbox = await started({ orgs: 30, moving: true });
    const session = await Session.open(sandbox);
    const closed = async (): Promise<Map<string, string>> => {
      const found = new Map<string, string>();
      for (const contract of await session.walk('/api/v2/billing/contracts')) {
        for (const period of list(contract['billingPeriods']).filter(({ status }) => status === 'Closed')) {
          const at = `/api/v2/billing/contracts/${text(contract['id'])}/billingperiods/${text(period['id'])}`;
          const { charges } = await session.json(at);
          const figures = list(charges).map(({ id, actualQuantity, overageCharge }) => [
            id,
            Number(actualQuantity),
            Number(overageCharge ?? 0),
          ]);
          found.set(at, JSON.stringify(figures.sort()));
        }
      }
      return found;
    };
    sandbox.setToday(isoDate('2026-05-31'));
    const before = await closed();
    sandbox.setToday(isoDate('2026-07-31'));
    const after = await closed();
    const kept = [...before].filter(([at]) => after.has(at));
    expect(kept.length).toBeGreaterThan(50);
    for (const [at, figures] of kept) expect([at, after.get(at)]).toStrictEqual([at, figures]);
  });

  it('brings amendments on their day, and they stay when their period closes', async () => {
    const sandbox = await started({ seed: 3, orgs: 60, moving: true });
    const session = await Session.open(sandbox);
    const amended = async (): Promise<Map<string, string>> => {
      const { regions } = await session.json('/v1/regions?appIds=wallboard,botpack,sitekit');
      const found = new Map<string, string>();
      for (const { id } of list(regions)) {
        const { organizations } = await session.json(
          `/v1/regions/${text(id)}/organizations?appIds=wallboard,botpack,sitekit`,
        );
        for (const { orgId } of list(organizations)) {
          const overview = await session.json(`/api/v2/billing/trusteebillingoverview/${text(orgId)}`);
          const on = text(overview['contractAmendmentDate']);
          if (on !== '') found.set(text(orgId).toLowerCase(), new Date(on).toISOString());
        }
      }
      return found;
    };
    const first = await amended();
    sandbox.setToday(isoDate('2026-06-30'));
    const later = await amended();
    expect(later.size).toBeGreaterThan(first.size);
    expect(first.size).toBeGreaterThan(0);
    for (const [org, on] of first) expect(later.get(org)).toBe(on);
  });

  it('moves by itself where a day lasts so many seconds', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const sandbox = await started({ daySeconds: 30 });
      await vi.advanceTimersByTimeAsync(61_000);
      const { headers } = await fetch(`${sandbox.url}/sandbox/defects`);
      expect(headers.get('date')).toBe('Wed, 22 Apr 2026 12:00:00 GMT');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('requests', () => {
  it('are logged as they happen, and into a file without credentials', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'sandbox-record-'));
    const sandbox = await started({ record: dir, faults: ['unavailable@/v1/regions'] });
    const events = (await fetch(`${sandbox.url}/sandbox/log`)).body?.getReader();
    const session = await Session.open(sandbox);
    await session.usage('/v1/regions?appIds=botpack');
    await session.platform('/api/v2/billing/contracts?pageSize=1');
    let told = '';
    while (!told.includes('pageSize=1')) told += new TextDecoder().decode((await events?.read())?.value);
    await events?.cancel();
    const seen = [...told.matchAll(/^data: (.*)$/gm)].map(
      ([, json]) => JSON.parse(json ?? '') as Record<string, unknown>,
    );
    expect(seen.map(({ method, path: at, status, fault }) => [method, at, status, fault])).toStrictEqual([
      ['POST', '/oauth/token', 200, null],
      ['GET', '/v1/regions?appIds=botpack', 503, 'unavailable'],
      ['GET', '/api/v2/billing/contracts?pageSize=1', 200, null],
    ]);
    const file = await readFile(path.join(dir, 'requests.jsonl'), 'utf8');
    const lines = file
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(3);
    expect(JSON.parse(String(lines[2]?.['answer']))).toHaveProperty('entities');
    for (const secret of [sandbox.apiKey, sandbox.clientSecret, ...sandbox.issuedTokens()])
      expect(file).not.toContain(secret);
    await rm(dir, { recursive: true });
  });

  it('take at least as long as they are told to', async () => {
    const sandbox = await started({ latency: { min: 120, max: 120 } });
    const began = performance.now();
    await Session.open(sandbox);
    expect(performance.now() - began).toBeGreaterThanOrEqual(115);
  });
});

describe('other people’s pages', () => {
  it('neither change the sandbox nor read it under another name', async () => {
    const sandbox = await started();
    const foreign = await stage(sandbox, { defects: ['rate-off'] }, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect(sandbox.defects).toStrictEqual([]);
    const { hostname, port } = new URL(sandbox.url);
    const asked = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asking = httpRequest({ hostname, port, path: '/', headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        asking.on('error', reject).end();
      });
    expect(await asked(`rebound.example:${port}`)).toBe(403);
    expect(await asked(`localhost:${port}`)).toBe(200);
  });
});
