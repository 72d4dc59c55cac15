/** Canaries in every credential, looked for in everything that any command writes, at every verbosity. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPORTER_NAMES } from '../report/names.ts';
import { type RunningSandbox, startSandbox } from '../sandbox/index.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { leaksIn } from './testing/disturbed.ts';
import { CANARY, CREDENTIALS, type Gateway, openGateway, TRAVELLING } from './testing/echoing-gateway.ts';

let place: Workplace;
let sandbox: RunningSandbox;
let gateway: Gateway;
let refused = '';
beforeAll(async () => {
  place = await openWorkplace();
  sandbox = await startSandbox({ seed: 3, orgs: 6, defects: ['actual-off*2', 'rate-off'] });
  const listing = await fetch(`${sandbox.url}/v1/regions/eu-west-1/organizations?appIds=wallboard,botpack,sitekit`, {
    headers: { 'x-api-key': sandbox.apiKey },
  });
  const { organizations } = (await listing.json()) as { organizations: { orgId: string }[] };
  refused = organizations[0]?.orgId ?? '';
  gateway = await openGateway(sandbox, `/${refused}?`);
  await place.write('s.yaml', scenario(gateway.url));
});
afterAll(async () => {
  await place.dispose();
  await gateway.close();
  await sandbox.close();
});

const ENV = {
  LEGACY_API_KEY: CREDENTIALS.apiKey,
  PARTNER_SECRET: CREDENTIALS.partner.clientSecret,
  CONTRACT_SECRET: CREDENTIALS.contract.clientSecret,
} as const;

const platform = (url: string, id: string, secret: string): string =>
  `{ apiUrl: "${url}", loginUrl: "${url}", clientId: "${id}", clientSecret: "\${${secret}}" }`;

const scenario = (url: string): string => `version: 1
name: canaries
legacy:
  usageApi: { baseUrl: "${url}", apiKey: "\${LEGACY_API_KEY}" }
  partnerBilling: ${platform(url, CREDENTIALS.partner.clientId, 'PARTNER_SECRET')}
contract: ${platform(url, CREDENTIALS.contract.clientId, 'CONTRACT_SECRET')}
apps:
  - appId: wallboard
    products: [{ partNumber: PC-170-NV-WALLB, kind: user }]
  - appId: botpack
    products: [{ partNumber: PC-170-NV-BOTMSG, kind: sum }]
  - appId: sitekit
    products: [{ partNumber: PC-170-NV-SITE, kind: site }]
limits: { requestsPerMinute: 60000 }
`;

/** Everything that no output may hold: what a canary is in, and how it travels. Half of a secret is one too. */
const WANTED = [
  CANARY,
  encodeURIComponent(`${CANARY}-`),
  Buffer.from(`${CANARY}-key`).toString('base64').slice(0, 10),
  ...TRAVELLING,
];

/** Into a folder that holds a snapshot already. */
const REFUSED = ['run', 's.yaml', '--out', 'out'];
const COMMANDS: readonly (readonly string[])[] = [
  ['run', 's.yaml', '--out', 'out', '--reporter', REPORTER_NAMES.join(','), '--verbose', '--propose-waivers', 'w.yaml'],
  ['run', 's.yaml', '--out', 'quiet', '--quiet'],
  ['run', 's.yaml', '--out', 'json', '--json'],
  ['run', 's.yaml', '--out', 'replayed', '--legacy', 'snapshot:out/snapshot', '--contract', 'snapshot:out/snapshot'],
  ['run', 's.yaml', '--dry-run'],
  ['record', 's.yaml', '--out', 'archive', '--verbose'],
  ['validate', 's.yaml', '--out', 'validated', '--verbose'],
  ['doctor', 's.yaml'],
  ['doctor', 's.yaml', '--json'],
  ['snapshot', 'verify', 'out'],
  ['snapshot', 'stats', 'out'],
  ['snapshot', 'export', 'out', '--har', 'out.har'],
  ['snapshot', 'pseudonymise', 'out', '--out', 'pack', '--scenario', 's.yaml'],
  ['run', 's.yaml', '--out', 'first', '--shard', '1/2'],
  ['run', 's.yaml', '--out', 'second', '--shard', '2/2'],
  ['merge', 'first', 'second', '--out', 'merged'],
  ['compare', 'json', 'out', '--markdown', 'compared.md', '--html', 'compared.html'],
  ['report', 'json'],
  ['history', '.', '--html', 'history.html', '--bundle', 'bundle'],
  REFUSED,
];

describe('a canary', () => {
  it.each(COMMANDS.map((args) => [args.slice(0, 4).join(' '), args] as const))(
    'is not printed by %s',
    async (_name, args) => {
      const { stdout, stderr, code } = await place.parity(args, { ...ENV, GITHUB_ACTIONS: 'true' });
      expect(code).not.toBe(4);
      // A command line that does nothing would print no canary either.
      expect(code === 2).toBe(args === REFUSED);
      expect(stdout + stderr).not.toBe('');
      for (const secret of WANTED) expect(`${stdout}${stderr}`).not.toContain(secret);
    },
  );

  it('is in no file that they wrote, though the gateway echoes all of them', async () => {
    const exchanges = await place.read('out/snapshot/exchanges.jsonl');
    expect(exchanges).toContain(`refused for [redacted]`);
    expect(exchanges).toContain('inin-correlation-id":"Bearer [redacted]');
    expect(await leaksIn(place.dir, WANTED)).toEqual([]);
  });

  it('is not printed by explain, for any finding', async () => {
    const findings = await place.findings('out');
    const some = findings.filter(({ status }) => status === 'not-comparable' || status === 'mismatch').slice(0, 6);
    expect(some.length).toBeGreaterThan(2);
    for (const { id } of some) {
      const { stdout, stderr, code } = await place.parity(['explain', id, '--run', 'out'], ENV);
      expect(code).toBe(0);
      for (const secret of WANTED) expect(`${stdout}${stderr}`).not.toContain(secret);
    }
  });

  it('that stands in the scenario itself is warned of, and neither shown nor kept', async () => {
    const plain = scenario(gateway.url).replace(`\${LEGACY_API_KEY}`, `${CANARY}-in-the-file`);
    await place.write('plain.yaml', plain);
    const { stderr, stdout } = await place.parity(['run', 'plain.yaml', '--out', 'plain', '--verbose'], ENV);
    expect(stderr).toContain('warning: plain.yaml:4');
    expect(stdout + stderr).not.toContain(CANARY);
    await rm(path.join(place.dir, 'plain.yaml'));
    expect(await leaksIn(place.dir, WANTED)).toEqual([]);
  });

  it('that a server refuses is not shown either', async () => {
    const outcome = await place.parity(['run', 's.yaml', '--out', 'refused', '--verbose'], {
      ...ENV,
      CONTRACT_SECRET: `${CANARY}-wrong`,
    });
    expect(outcome.code).toBe(3);
    expect(outcome.stdout + outcome.stderr).not.toContain(CANARY);
    expect(await leaksIn(place.dir, WANTED)).toEqual([]);
  });
});

it('links with which an invoice is seen or paid are not kept', async () => {
  await place.parity(['validate', 's.yaml', '--out', 'links'], ENV);
  const text = await readFile(path.join(place.dir, 'links/snapshot/exchanges.jsonl'), 'utf8');
  expect(text).toContain(String.raw`\"paymentLink\":\"https://pay.example.com/[redacted]\"`);
  expect(text).toMatch(/sandbox\/documents\/[^"]*\.pdf\?\[redacted\]/);
  expect(text).not.toMatch(/signature=|token=/);
});
