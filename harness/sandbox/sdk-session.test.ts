/** A whole session of the vendor's own SDK: login, five hundred contracts, refusals, the rate limit, a token that expires. */
import platformClient from 'purecloud-platform-client-v2';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type RunningSandbox, type SandboxOptions, startSandbox } from './index.ts';

const client = platformClient.ApiClient.instance;
const open: RunningSandbox[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

type Billing = InstanceType<typeof platformClient.BillingApi>;

async function session(options: Partial<SandboxOptions>): Promise<{ billing: Billing; sandbox: RunningSandbox }> {
  const sandbox = await startSandbox({ seed: 9, orgs: 6, defects: 'none', ...options });
  open.push(sandbox);
  const { hostname, port } = new URL(sandbox.url);
  client.setGateway({ host: hostname, port: Number(port), protocol: 'http' });
  await client.loginClientCredentialsGrant(sandbox.clientId, sandbox.clientSecret);
  return { billing: new platformClient.BillingApi(), sandbox };
}

const after = (uri: string | undefined): string | undefined =>
  uri === undefined ? undefined : (new URL(uri, 'http://sandbox').searchParams.get('after') ?? undefined);

describe('a session of the SDK', () => {
  it('pages through five hundred contracts, and back', async () => {
    const { billing } = await session({ orgs: 640 });
    const pages: string[][] = [];
    let cursor: string | undefined;
    let previous: string | undefined;
    do {
      const page = await billing.getBillingContracts({
        pageSize: '10',
        ...(cursor === undefined ? {} : { after: cursor }),
      });
      pages.push((page.entities ?? []).map(({ id }) => id ?? ''));
      previous = page.previousUri;
      cursor = after(page.nextUri);
    } while (cursor !== undefined);
    const ids = pages.flat();
    expect(ids.length).toBeGreaterThan(500);
    expect(new Set(ids).size).toBe(ids.length);
    const before = new URL(previous ?? '', 'http://sandbox').searchParams.get('before') ?? '';
    const back = await billing.getBillingContracts({ pageSize: '10', before });
    expect(back.entities?.map(({ id }) => id)).toStrictEqual(pages.at(-2));
  });

  it('is refused as the platform refuses', async () => {
    const { billing, sandbox } = await session({});
    const refused = (work: Promise<unknown>) =>
      work.then(
        () => null,
        (error: unknown) => error,
      );
    expect(await refused(billing.getBillingContract('none'))).toMatchObject({
      status: 404,
      code: 'not.found',
      contextId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(await refused(billing.getBillingContracts({ dateStart: 'soon' }))).toMatchObject({ status: 400 });
    expect(await refused(client.loginClientCredentialsGrant(sandbox.clientId, 'wrong'))).toMatchObject({ status: 401 });
    const { clientId, clientSecret } = sandbox.restricted;
    await client.loginClientCredentialsGrant(clientId, clientSecret);
    expect(await refused(billing.getBillingContracts())).toMatchObject({ status: 403, code: 'missing.permissions' });
  });

  it('meets the rate limit, and is told how long to wait', async () => {
    const { billing } = await session({ rateLimit: { allowed: 3, windowSeconds: 60 } });
    for (let request = 0; request < 3; request += 1) await billing.getBillingContracts({ pageSize: '1' });
    await expect(billing.getBillingContracts({ pageSize: '1' })).rejects.toMatchObject({
      status: 429,
      code: 'too.many.requests.retry.after',
      // It hands on the body alone, without the headers.
      messageParams: { retryAfter: expect.stringMatching(/^\d+$/) },
    });
  });

  it('outlives its token by logging in again', async () => {
    const { billing, sandbox } = await session({ tokenSeconds: 1 });
    await expect(billing.getBillingContracts({ pageSize: '1' })).resolves.toMatchObject({
      entities: expect.anything(),
    });
    await vi.waitFor(
      () =>
        expect(billing.getBillingContracts({ pageSize: '1' })).rejects.toMatchObject({
          status: 401,
          code: 'bad.credentials',
        }),
      { timeout: 10_000, interval: 100 },
    );
    await client.loginClientCredentialsGrant(sandbox.clientId, sandbox.clientSecret);
    await expect(billing.getBillingContracts({ pageSize: '1' })).resolves.toMatchObject({
      entities: expect.anything(),
    });
  });
});
