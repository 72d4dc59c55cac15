/** The vendor's own SDK against the sandbox: login, all six contract endpoints, the partner overview. */
import platformClient from 'purecloud-platform-client-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from './index.ts';
import { list, Session, text } from './testing/session.ts';

let sandbox: RunningSandbox;
let billing: InstanceType<typeof platformClient.BillingApi>;
const client = platformClient.ApiClient.instance;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 9, orgs: 30, defects: 'none' });
  const { hostname, port } = new URL(sandbox.url);
  client.setGateway({ host: hostname, port: Number(port), protocol: 'http' });
  billing = new platformClient.BillingApi();
  await client.loginClientCredentialsGrant(sandbox.clientId, sandbox.clientSecret);
});
afterAll(() => sandbox.close());

/** The cursor in an address that the listing leads to. */
const cursor = (uri: string | undefined): string | undefined =>
  uri === undefined ? undefined : (new URL(uri, 'http://sandbox').searchParams.get('after') ?? undefined);

describe('the SDK', () => {
  it('reads all contracts page by page, each by id, and its billing periods', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await billing.getBillingContracts({ pageSize: '5', ...(after === undefined ? {} : { after }) });
      seen.push(...(page.entities ?? []).map(({ id }) => id ?? ''));
      after = cursor(page.nextUri);
    } while (after !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(10);
    for (const id of seen.slice(0, 4)) {
      const contract = await billing.getBillingContract(id);
      expect(contract.id).toBe(id);
      const [period] = contract.billingPeriods ?? [];
      const detail = await billing.getBillingContractBillingperiod(id, period?.id ?? '');
      expect(detail.dateStart).toBe(period?.dateStart);
      expect(detail.charges?.every(({ product }) => typeof product?.sku === 'string')).toBe(true);
    }
  });

  it('reads invoices, their lines and documents', async () => {
    const { entities } = await billing.getBillingContractsInvoices({ pageSize: '200', paymentStatus: 'UnPaid' });
    const [invoice] = entities ?? [];
    expect(invoice?.paymentStatus).toBe('Unpaid');
    const lines = await billing.getBillingContractsInvoiceLines(invoice?.id ?? '', { pageSize: '200' });
    expect(lines.entities?.length).toBeGreaterThan(0);
    const { url } = await billing.getBillingContractsInvoiceDocument(invoice?.id ?? '');
    expect(url).toContain(sandbox.url);
  });

  it('reads the partner overview', async () => {
    const session = await Session.open(sandbox);
    const { regions } = await session.json(`/v1/regions?appIds=botpack`);
    const region = list(regions).find(({ organizationCounts }) => Object(organizationCounts)['botpack'] !== '0');
    const { organizations } = await session.json(`/v1/regions/${text(region?.['id'])}/organizations?appIds=botpack`);
    const org = text(list(organizations)[0]?.['orgId']);
    const overview = await billing.getBillingTrusteebillingoverviewTrustorOrgId(org, { billingPeriodIndex: 0 });
    expect(overview.organization.id?.toLowerCase()).toBe(org.toLowerCase());
    expect(overview.usages.length).toBeGreaterThan(4);
  });

  it('gets errors as it knows them', async () => {
    await expect(billing.getBillingContract('none')).rejects.toMatchObject({ status: 404, code: 'not.found' });
    await expect(billing.getBillingContracts({ pageSize: '11' })).rejects.toMatchObject({ status: 400 });
  });
});
