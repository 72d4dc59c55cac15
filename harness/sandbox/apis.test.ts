/** All three APIs and the login service, over real HTTP. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from './index.ts';
import { ask, list, login, parsed, Session, text } from './testing/session.ts';

const CONTRACTS = '/api/v2/billing/contracts';
const INVOICES = `${CONTRACTS}/invoices`;

let sandbox: RunningSandbox;
let session: Session;
let apps: string;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 5, orgs: 40, defects: 'none' });
  session = await Session.open(sandbox);
  apps = `appIds=${sandbox.appIds.join(',')}`;
});
afterAll(() => sandbox.close());

const ids = (entities: readonly { readonly [key: string]: unknown }[]): string[] => entities.map(({ id }) => text(id));

describe('the usage API', () => {
  it('counts by region and app what it lists, a region without anyone included', async () => {
    const { regions } = await session.json(`/v1/regions?${apps}`);
    let empty = 0;
    for (const { id, organizationCounts } of list(regions)) {
      const { organizations } = await session.json(`/v1/regions/${text(id)}/organizations?${apps}`);
      const listed = list(organizations).flatMap(({ usages }) => list(usages).map(({ appId }) => text(appId)));
      for (const [appId, count] of Object.entries(organizationCounts as Record<string, string>)) {
        expect(count).toBe(String(listed.filter((each) => each === appId).length));
      }
      if (listed.length === 0) empty += 1;
    }
    expect(empty).toBe(1);
  });

  it('shows only the apps asked for', async () => {
    const { regions } = await session.json('/v1/regions?appIds=wallboard,unheard-of');
    const region = list(regions).find(({ organizationCounts }) => Object(organizationCounts)['wallboard'] !== '0');
    expect(Object(region?.['organizationCounts'])['unheard-of']).toBe('0');
    const { organizations } = await session.json(`/v1/regions/${text(region?.['id'])}/organizations?appIds=wallboard`);
    const [first] = list(organizations);
    const path = `/v1/regions/${text(region?.['id'])}/organizations/${text(first?.['orgId'])}?appIds=wallboard`;
    const { usages } = await session.json(path);
    expect(new Set(list(usages).map(({ appId }) => appId))).toEqual(new Set(['wallboard']));
  });

  it.each([
    ['without a key', '/v1/regions?appIds=wallboard', {}, 401],
    ['with a wrong key', '/v1/regions?appIds=wallboard', { 'x-api-key': 'nonsense' }, 401],
  ])('answers 401 %s', async (_, path, headers, status) => {
    const reply = await ask(sandbox.url, path, headers);
    expect([reply.status, parsed(reply.text)['code']]).toEqual([status, 'authentication.required']);
  });

  it.each([
    ['/v1/regions', 400],
    ['/v1/regions/atlantis-1/organizations?appIds=wallboard', 404],
    ['/v1/regions/us-east-1/organizations/00000000-0000-4000-8000-000000000000?appIds=wallboard', 404],
  ])('answers %s with %i', async (path, status) => {
    expect((await session.usage(path)).status).toBe(status);
  });
});

describe('the login service', () => {
  it('gives a token that expires', async () => {
    const { status, body } = await login(sandbox.url, sandbox.clientId, sandbox.clientSecret);
    expect([status, parsed(body)['token_type'], parsed(body)['expires_in']]).toEqual([200, 'bearer', '86400']);
  });

  it('refuses a wrong secret and another grant', async () => {
    expect(await login(sandbox.url, sandbox.clientId, 'wrong')).toMatchObject({ status: 401 });
    const answer = await request(`${sandbox.url}/oauth/token`, { method: 'POST' });
    expect([answer.statusCode, parsed(await answer.body.text())['error']]).toEqual([400, 'unsupported_grant_type']);
  });

  it('lets expired tokens through nowhere', async () => {
    const short = await startSandbox({ seed: 5, orgs: 1, defects: 'none', tokenSeconds: 0 });
    const reply = await (await Session.open(short)).platform(CONTRACTS);
    await short.close();
    expect([reply.status, parsed(reply.text)['code']]).toEqual([401, 'bad.credentials']);
  });
});

describe('errors of the platform APIs', () => {
  it('are ErrorBody with the answer’s correlation id', async () => {
    const reply = await session.platform(`${CONTRACTS}/00000000-0000-4000-8000-000000000000`);
    expect(reply.status).toBe(404);
    expect(parsed(reply.text)).toMatchObject({ status: '404', code: 'not.found', details: [], errors: [] });
    expect(parsed(reply.text)['contextId']).toBe(reply.headers['inin-correlation-id']);
    expect(parsed(reply.text)['message']).toContain('contract');
  });

  it('are 401 without a token and 403 without the permission, which they name', async () => {
    const without = await ask(sandbox.url, CONTRACTS, {});
    expect([without.status, parsed(without.text)['code']]).toEqual([401, 'authentication.required']);
    const { body } = await login(sandbox.url, sandbox.restricted.clientId, sandbox.restricted.clientSecret);
    const token = { authorization: `Bearer ${text(parsed(body)['access_token'])}` };
    const contracts = await ask(sandbox.url, CONTRACTS, token);
    expect([contracts.status, parsed(contracts.text)['code']]).toEqual([403, 'missing.permissions']);
    expect(contracts.text).toContain('billing:subscription:view');
    const overview = await ask(sandbox.url, '/api/v2/billing/trusteebillingoverview/x', token);
    expect([overview.status, overview.text.includes('affiliateOrganization:clientBilling:view')]).toEqual([403, true]);
  });

  it.each([
    [`${CONTRACTS}?pageSize=11`, 400, '10'],
    [`${CONTRACTS}?pageSize=0`, 400, 'positive'],
    [`${CONTRACTS}?pageSize=ten`, 400, 'positive'],
    [`${CONTRACTS}?after=nonsense`, 400, 'cursor'],
    [`${CONTRACTS}?status=Sleeping`, 400, 'Active'],
    [`${CONTRACTS}?dateStart=2026-02-30`, 400, 'yyyy-MM-dd'],
    [`${INVOICES}?pageSize=201`, 400, '200'],
    [`${INVOICES}?paymentStatus=Maybe`, 400, 'UnPaid'],
    [`${INVOICES}/none/lines`, 404, 'invoice'],
    [`${INVOICES}/none/document`, 404, 'invoice'],
    ['/api/v2/billing/trusteebillingoverview/none', 404, 'organization'],
    ['/api/v2/nothing', 404, 'GET /api/v2/nothing'],
  ])('%s: %i', async (path, status, words) => {
    const reply = await session.platform(path);
    expect(reply.status).toBe(status);
    expect(parsed(reply.text)['message']).toContain(words);
  });
});

describe('listings', () => {
  it.each(['1', '3', '10'])('lead to the end and back again in pages of %s', async (pageSize) => {
    const forward = await session.walk(`${CONTRACTS}?pageSize=${pageSize}`);
    expect(new Set(ids(forward)).size).toBe(forward.length);
    let last = await session.json(`${CONTRACTS}?pageSize=${pageSize}`);
    while (text(last['nextUri']) !== '') last = await session.json(text(last['nextUri']));
    const back = await session.walk(text(last['selfUri']), 'previousUri');
    expect(ids(back)).toEqual(ids(forward));
  });

  it('say every contract as it is said by id', async () => {
    for (const listed of await session.walk(CONTRACTS)) {
      expect(await session.json(`${CONTRACTS}/${text(listed['id'])}`)).toEqual(listed);
    }
  });

  it('heed their filters', async () => {
    const all = await session.walk(CONTRACTS);
    const active = await session.walk(`${CONTRACTS}?status=Active&pageSize=4`);
    const inactive = await session.walk(`${CONTRACTS}?status=Inactive`);
    expect(active.every(({ status }) => status === 'Active')).toBe(true);
    expect(inactive.length).toBeGreaterThan(0);
    expect(active.length + inactive.length).toBe(all.length);
    const [one] = all;
    const numbered = await session.walk(`${CONTRACTS}?externalNumber=${text(one?.['externalNumber'])}`);
    expect(ids(numbered)).toEqual([one?.['id']]);
    const running = await session.walk(`${CONTRACTS}?dateStart=2026-04-20&dateEnd=2026-04-20`);
    expect(new Set(ids(running))).toEqual(new Set(ids(active)));
  });

  it('take both spellings of unpaid', async () => {
    const all = await session.walk(INVOICES);
    const query = await session.walk(`${INVOICES}?paymentStatus=UnPaid`);
    const model = await session.walk(`${INVOICES}?paymentStatus=Unpaid`);
    const paid = await session.walk(`${INVOICES}?paymentStatus=Paid&pageSize=2`);
    expect(ids(query)).toEqual(ids(model));
    expect([query.length > 0, paid.length > 0, query.length + paid.length]).toEqual([true, true, all.length]);
  });

  it('write nextUri with a leading slash in one and without it in another', async () => {
    expect(text((await session.json(`${CONTRACTS}?pageSize=1`))['nextUri'])).toMatch(/^\/api\/v2\//);
    expect(text((await session.json(`${INVOICES}?pageSize=1`))['nextUri'])).toMatch(/^api\/v2\//);
  });

  it('list the lines of an invoice, and lead to its document', async () => {
    const [invoice] = await session.walk(INVOICES);
    const lines = await session.walk(`${INVOICES}/${text(invoice?.['id'])}/lines?pageSize=1`);
    expect(lines.length).toBeGreaterThan(0);
    const { url } = await session.json(`${INVOICES}/${text(invoice?.['id'])}/document`);
    const document = await ask(sandbox.url, text(url), {});
    expect([document.status, document.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(document.text).toMatch(/^%PDF-1\.4[\s\S]*%%EOF\s*$/);
  });
});

describe('partner billing', () => {
  it('goes back period by period and answers 404 before the oldest', async () => {
    const { regions } = await session.json(`/v1/regions?${apps}`);
    const region = list(regions).find(({ organizationCounts }) => Object(organizationCounts)['wallboard'] !== '0');
    const { organizations } = await session.json(`/v1/regions/${text(region?.['id'])}/organizations?${apps}`);
    const org = text(list(organizations)[0]?.['orgId']);
    const starts: number[] = [];
    for (let index = 0; ; index += 1) {
      const reply = await session.platform(`/api/v2/billing/trusteebillingoverview/${org}?billingPeriodIndex=${index}`);
      if (reply.status === 404) break;
      starts.push(Date.parse(text(parsed(reply.text)['billingPeriodStartDate'])));
    }
    expect(starts.length).toBeGreaterThan(1);
    expect(starts.length).toBeLessThanOrEqual(12);
    expect(starts).toEqual([...starts].sort((a, b) => b - a));
  });
});

describe('every answer', () => {
  it('tells rate, correlation and the world’s own time', async () => {
    const { headers } = await session.platform(CONTRACTS);
    expect(headers).toMatchObject({
      date: 'Mon, 20 Apr 2026 12:00:00 GMT',
      'inin-ratelimit-allowed': '100000',
      'inin-correlation-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(Number(headers['inin-ratelimit-count'])).toBeGreaterThan(0);
    const again = await session.platform(CONTRACTS);
    expect(again.headers['inin-correlation-id']).toBe(headers['inin-correlation-id']);
  });

  it('comes compressed where that is accepted', async () => {
    const plain = await session.platform(CONTRACTS);
    for (const [encoding, unpack] of [
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
    ] as const) {
      const { body, headers } = await request(`${sandbox.url}/v1/regions?${apps}`, {
        headers: { 'x-api-key': sandbox.apiKey, 'accept-encoding': encoding },
      });
      expect(headers['content-encoding']).toBe(encoding);
      expect(unpack(Buffer.from(await body.arrayBuffer())).toString()).toContain('organizationCounts');
    }
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  it('is 429 beyond the limit, with the seconds to wait, for each credential alone', async () => {
    const limited = await startSandbox({
      seed: 5,
      orgs: 1,
      defects: 'none',
      rateLimit: { allowed: 2, windowSeconds: 30 },
    });
    const other = await Session.open(limited);
    const statuses = [];
    for (let asked = 0; asked < 3; asked += 1) statuses.push((await other.platform(CONTRACTS)).status);
    const refused = await other.platform(CONTRACTS);
    const byKey = await other.usage('/v1/regions?appIds=wallboard');
    await limited.close();
    expect(statuses).toEqual([200, 200, 429]);
    expect(parsed(refused.text)['code']).toBe('too.many.requests.retry.after');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(30);
    expect(byKey.status).toBe(200);
  });
});

describe('a sandbox', () => {
  it('serves other page sizes when asked to', async () => {
    const wide = await startSandbox({ seed: 5, orgs: 12, defects: 'none', apiPageMax: { contracts: 200, others: 3 } });
    const other = await Session.open(wide);
    const statuses = [
      (await other.platform(`${CONTRACTS}?pageSize=200`)).status,
      (await other.platform(`${INVOICES}?pageSize=4`)).status,
    ];
    await wide.close();
    expect(statuses).toEqual([200, 400]);
  });

  it('tells what it has hidden', async () => {
    const hiding = await startSandbox({ seed: 5, orgs: 20, defects: ['rate-off'] });
    const { text: body } = await ask(hiding.url, '/sandbox/defects', {});
    await hiding.close();
    expect(JSON.parse(body)).toEqual({ defects: hiding.defects });
    expect(hiding.defects).toMatchObject([{ id: 'rate-off', rules: ['overage-rate'] }]);
  });
});
