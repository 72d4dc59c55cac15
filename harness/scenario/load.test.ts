// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the places of variables in a scenario are the subject here.
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { HarnessError } from '../domain/errors.ts';
import { ratio } from '../domain/ratio.ts';
import { loadScenario } from './load.ts';
import { ENV, faults, LIVE, load } from './testing/write-scenario.ts';

const ORG = '9d750d63-95ae-4df7-8955-2bca7152ca19';

describe('loadScenario', () => {
  it('resolves the least scenario with all defaults', async () => {
    const loaded = await load(LIVE);
    expect(loaded.scenario).toEqual({
      name: 'live',
      checks: { listingDetail: 'auto', invoices: 'period' },
      legacy: {
        usageApi: { baseUrl: 'https://billable-vendor-usage-api.usw2.pure.cloud', apiKey: 'key-from-env', fields: {} },
        partnerBilling: null,
      },
      contract: {
        apiUrl: 'https://api.mypurecloud.com',
        loginUrl: 'https://login.mypurecloud.com',
        clientId: 'id-from-env',
        clientSecret: 'secret-from-env',
        withoutPermission: null,
      },
      apps: [{ appId: 'wallboard', products: loaded.policy.products }],
      appIds: ['wallboard'],
      orgs: null,
      period: { kind: 'open' },
      periodEnd: 'auto',
      limits: { concurrency: 8, requestsPerMinute: 300, timeoutSeconds: 30, retries: 5, maxBodyMegabytes: 64 },
      sandbox: null,
      readiness: null,
    });
    expect(loaded.policy).toEqual({
      products: [
        {
          appId: 'wallboard',
          partNumber: 'PC-1',
          skus: ['PC-1'],
          factor: ratio(1),
          kind: null,
          trial: 'unknown',
          ramp: 'unknown',
          expected: null,
        },
      ],
      orgs: null,
      period: { kind: 'open' },
      bundleQuantity: 'multiplier',
      tolerances: {},
      waivers: [],
      gate: {
        mode: 'enforce',
        minParity: '100',
        minCoverage: '100',
        maxMoneyAtRisk: null,
        maxWaivedMoney: null,
        failOnDrift: false,
      },
      units: {},
    });
    expect(loaded.warnings).toEqual([]);
    expect(loaded.sha256).toBe(createHash('sha256').update(LIVE).digest('hex'));
  });

  it('reads every field', async () => {
    const text = `version: 1
name: full
legacy:
  usageApi: { baseUrl: "http://127.0.0.1:8080/", apiKey: "\${LEGACY_API_KEY}", fields: { prepayQuantity: commitmentQty } }
  partnerBilling: { apiUrl: https://api.example.com, loginUrl: https://login.example.com, clientId: p, clientSecret: "\${CLIENT_SECRET}" }
contract: { region: eu-central-1, clientId: c, clientSecret: "\${CLIENT_SECRET}" }
apps:
  - appId: a
    products:
      - { partNumber: 0012, sku: [S-1, S-2], factor: 0.10, kind: sum, trial: free, ramp: charged, expected: { currency: usd, committedRate: 20.00, overageRate: "23.74" } }
      - { partNumber: P2, sku: S-3, factor: 1/17 }
orgs:
  - { id: ${ORG.toUpperCase()}, region: us-east-1, name: Example Org }
period: 2026-04-15
periodEnd: exclusive
bundleQuantity: ignore
tolerances: { actual-quantity: { absolute: 0.5, relative: 1e-2, when: open } }
waivers:
  - { rule: overage-rate, org: ${ORG.toUpperCase()}, sku: s-1, appId: a, period: 2026-04-01, reason: r, owner: o, ticket: 6749, expires: 2026-07-31, delta: -1.260 }
  - { cause: bundle-ignored, reason: r, owner: o, expires: 2026-07-31, maxMoney: { USD: 500.0, JPY: 0 } }
gate: { mode: report, minParity: 99.50, minCoverage: 90, maxMoneyAtRisk: { USD: 12345678901234567.89 }, maxWaivedMoney: { EUR: 500 }, failOnDrift: true }
units: { seat: [User, Person] }
limits: { concurrency: 4, requestsPerMinute: 60, timeoutSeconds: 5, retries: 0, maxBodyMegabytes: 16 }
`;
    const { scenario, policy } = await load(text);
    expect(scenario.legacy).toEqual({
      usageApi: {
        baseUrl: 'http://127.0.0.1:8080',
        apiKey: 'key-from-env',
        fields: { prepayQuantity: 'commitmentQty' },
      },
      partnerBilling: {
        apiUrl: 'https://api.example.com',
        loginUrl: 'https://login.example.com',
        clientId: 'p',
        clientSecret: 'secret-from-env',
      },
    });
    expect(scenario.contract?.apiUrl).toBe('https://api.mypurecloud.de');
    expect(scenario.limits).toEqual({
      concurrency: 4,
      requestsPerMinute: 60,
      timeoutSeconds: 5,
      retries: 0,
      maxBodyMegabytes: 16,
    });
    expect(scenario.periodEnd).toBe('exclusive');
    expect(policy).toEqual({
      products: [
        {
          appId: 'a',
          partNumber: '0012',
          skus: ['S-1', 'S-2'],
          factor: ratio('0.1'),
          kind: 'sum',
          trial: 'free',
          ramp: 'charged',
          expected: { currency: 'USD', committedRate: '20', overageRate: '23.74' },
        },
        {
          appId: 'a',
          partNumber: 'P2',
          skus: ['S-3'],
          factor: ratio('1/17'),
          kind: null,
          trial: 'unknown',
          ramp: 'unknown',
          expected: null,
        },
      ],
      orgs: [{ id: ORG, region: 'us-east-1', name: 'Example Org' }],
      period: { kind: 'date', date: '2026-04-15' },
      bundleQuantity: 'ignore',
      tolerances: { 'actual-quantity': { absolute: '0.5', relative: '0.01', when: 'open' } },
      waivers: [
        {
          rule: 'overage-rate',
          cause: null,
          org: ORG,
          sku: 's-1',
          appId: 'a',
          period: '2026-04-01',
          reason: 'r',
          owner: 'o',
          ticket: '6749',
          expires: '2026-07-31',
          delta: '-1.26',
          maxMoney: null,
        },
        {
          rule: null,
          cause: 'bundle-ignored',
          org: null,
          sku: null,
          appId: null,
          period: null,
          reason: 'r',
          owner: 'o',
          ticket: null,
          expires: '2026-07-31',
          delta: null,
          maxMoney: { USD: '500', JPY: '0' },
        },
      ],
      gate: {
        mode: 'report',
        minParity: '99.5',
        minCoverage: '90',
        maxMoneyAtRisk: { USD: '12345678901234567.89' },
        maxWaivedMoney: { EUR: '500' },
        failOnDrift: true,
      },
      units: { seat: ['User', 'Person'] },
    });
  });

  it('takes variables from the environment first, then from .env beside the scenario', async () => {
    const dotEnv = 'CLIENT_ID=from-file\nCLIENT_SECRET="quoted # secret"\nLEGACY_API_KEY=shadowed\n';
    const { scenario } = await load(LIVE, { env: { LEGACY_API_KEY: 'env' }, dotEnv });
    expect(scenario.legacy?.usageApi?.apiKey).toBe('env');
    expect(scenario.contract).toMatchObject({ clientId: 'from-file', clientSecret: 'quoted # secret' });
  });

  it('says of a sandbox scenario that both sides may be left out', async () => {
    const text =
      'version: 1\nname: s\napps: [{ appId: a, products: [{ partNumber: P }] }]\nsandbox: { defects: "rate-off*3, actual-off@o:s" }\n';
    const { scenario } = await load(text, { env: {} });
    expect(scenario).toMatchObject({
      legacy: null,
      contract: null,
      sandbox: { seed: 42, orgs: 40, defects: ['rate-off*3', 'actual-off@o:s'], faults: [], apiVersion: null },
      limits: { requestsPerMinute: 60_000 },
    });
  });

  it('needs no credentials for sides that nobody asks', async () => {
    const { scenario, warnings } = await load(`${LIVE}sandbox: { seed: 7 }\n`, { env: {} });
    expect(scenario.contract?.clientSecret).toBe('unset');
    expect(warnings).toEqual([]);
    expect(await faults(LIVE, { env: {}, unasked: ['legacy'] })).toEqual([
      '8:13: the variable CLIENT_ID is neither in the environment nor in an .env file beside the scenario',
      '9:17: the variable CLIENT_SECRET is neither in the environment nor in an .env file beside the scenario',
    ]);
  });

  it('leaves legacy out for scenarios that only validate', async () => {
    const text = LIVE.replace(/legacy:[\s\S]*?(?=contract:)/, '').replace(/apps:[\s\S]*$/, '');
    const { scenario, policy } = await load(text);
    expect(scenario).toMatchObject({ legacy: null, apps: [], orgs: null });
    expect(policy.products).toEqual([]);
  });

  it('refuses what is no file of a scenario in the words of a user', async () => {
    await expect(loadScenario('/nowhere/at/all.yaml', { env: {} })).rejects.toThrow(
      /\/nowhere\/at\/all\.yaml cannot be read: there is no such file/,
    );
    await expect(loadScenario(tmpdir(), { env: {} })).rejects.toThrow(/it is a folder/);
    await expect(load(`# ${'x'.repeat(1024 * 1024)}`)).rejects.toThrow(/larger than 1 MiB/);
    await expect(load(new Uint8Array([0xff, 0xfe, 0x61]))).rejects.toThrow(/not UTF-8/);
    const error = await loadScenario('/nowhere.yaml', { env: {} }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HarnessError);
    expect(error).toMatchObject({ code: 'usage' });
  });

  it('reads a file with a byte order mark', async () => {
    expect((await load(`\uFEFF${LIVE}`)).name).toBe('live');
  });

  it('warns of secrets in the file, of plain HTTP, and of what can match nothing', async () => {
    const text = `${LIVE.replace('${LEGACY_API_KEY}', 'literal')
      .replace('${CLIENT_ID}', 'literal')
      .replace('${CLIENT_SECRET}', 'literal')
      .replace(
        'region: us-east-1',
        'apiUrl: http://api.example.com\n  loginUrl: http://localhost:1',
      )}orgs: [{ id: ${ORG}, region: us-esat-1 }]
waivers:
  - { rule: currency, sku: PC-2, appId: wallbord, org: 00000000-0000-4000-8000-000000000000, reason: r, owner: o, expires: 2026-01-01 }
`;
    const { warnings } = await load(text, { env: ENV });
    expect(warnings.map((warning) => `${warning.line}:${warning.column}: ${warning.message}`)).toEqual([
      '5:13: `apiKey` stands in the file itself; write ${NAME} and keep the secret in the environment',
      '7:11: credentials go over http:// unencrypted; expected https://',
      '10:17: `clientSecret` stands in the file itself; write ${NAME} and keep the secret in the environment',
      '15:60: us-esat-1 is no region that the vendor documents; did you mean `us-east-1`?',
      '17:28: this waiver can match nothing: no product of `apps` has this SKU or part number',
      '17:41: this waiver can match nothing: no entry of `apps` has this id',
      '17:56: this waiver can match nothing: no entry of `orgs` has this id',
    ]);
  });
});

describe('readiness', () => {
  it('is read with what is left out as null', async () => {
    const { scenario } = await load(`${LIVE}readiness: { cutover: 2026-07-31, nights: 14 }\n`);
    expect(scenario.readiness).toEqual({ cutover: '2026-07-31', nights: 14, closedCycles: null });
  });

  it.each([
    ['{ nights: 14 }', 'cutover'],
    ['{ cutover: 2026-07-31 }', 'expected at least one of `nights`, `closedCycles`'],
    ['{ cutover: 2026-02-30, nights: 14 }', 'a date that exists'],
    ['{ cutover: 2026-07-31, nights: 0 }', 'a whole number from 1 to 366'],
  ])('%s is refused', async (text, message) => {
    expect(await faults(`${LIVE}readiness: ${text}\n`)).toEqual([expect.stringContaining(message)]);
  });

  it('is for a world that has begun', async () => {
    expect(await faults(`${LIVE}sandbox: { today: 2026-04-19 }\n`)).toEqual([
      expect.stringContaining('expected 2026-04-20 or a later date'),
    ]);
  });
});
