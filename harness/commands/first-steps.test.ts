/** What a new user does first: writes a scenario, and asks whether it can work. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstLine, openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded, remote, type Served } from './testing/sandbox-scenario.ts';

let place: Workplace;
let served: Served;
beforeAll(async () => {
  place = await openWorkplace();
  served = JSON.parse(await firstLine(place.start(['sandbox', '--json', '--seed', '3', '--orgs', '5']))) as Served;
});
afterAll(() => place.dispose());

describe('parity init --template', () => {
  it('writes a scenario that loads once its variables are set, with its schema beside it', async () => {
    const outcome = await place.parity(['init', 'mine/first.yaml', '--template']);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toContain('parity doctor mine/first.yaml');
    expect(JSON.parse(await place.read('mine/scenario.schema.json'))).toHaveProperty('properties');
    const env = Object.fromEntries(
      [
        'LEGACY_API_KEY',
        'PARTNER_CLIENT_ID',
        'PARTNER_CLIENT_SECRET',
        'CONTRACT_CLIENT_ID',
        'CONTRACT_CLIENT_SECRET',
      ].map((name) => [name, 'x']),
    );
    const plan = await place.parity(['run', 'mine/first.yaml', '--dry-run'], env);
    expect(plan).toMatchObject({ code: 0, stderr: '' });
  });

  it('names the variables that are still missing', async () => {
    await place.parity(['init', 'second.yaml', '--template']);
    const outcome = await place.parity(['run', 'second.yaml']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/second\.yaml:\d+:\d+: .*CONTRACT_CLIENT_ID/);
  });

  it('never writes over a file', async () => {
    await place.write('there.yaml', 'mine');
    const outcome = await place.parity(['init', 'there.yaml', '--template']);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('there.yaml is there already');
    expect(await place.read('there.yaml')).toBe('mine');
  });
});

describe('parity doctor', () => {
  it('says that a run can work, and names clocks that stand apart', async () => {
    await place.write('good.yaml', remote(served));
    const outcome = await place.parity(['doctor', 'good.yaml', '--json']);
    expect(outcome.code).toBe(0);
    const { checks, ready } = JSON.parse(outcome.stdout) as {
      checks: { what: string; outcome: string; words: string }[];
      ready: boolean;
    };
    expect(ready).toBe(true);
    const byName = new Map(checks.map((check) => [check.what, check]));
    expect(byName.get('versions')?.outcome).toBe('good');
    expect(byName.get('usage-api')?.outcome).toBe('good');
    expect(byName.get('contract-api')?.words).toContain('requests a minute');
    // The sandbox's clock stands still.
    expect(byName.get('contract-api clock')).toMatchObject({
      outcome: 'warning',
      words: expect.stringContaining('days'),
    });
    expect(byName.get('partner-billing')?.outcome).toBe('good');
    expect(byName.get('SKU PC-170-NV-BOTMSG')).toMatchObject({ outcome: 'good' });
  });

  it.each([
    ['999.0.0', 'warning', 'which is newer'],
    ['262.0.0', 'good', 'the project has 262.0.0'],
    ['99.1.0', 'good', 'the project has 99.1.0'],
  ])('says what schemas it goes by, beside the SDK %s of the project', async (version, outcome, words) => {
    const sdk = path.join(place.dir, 'node_modules', 'purecloud-platform-client-v2');
    await mkdir(sdk, { recursive: true });
    await writeFile(path.join(sdk, 'package.json'), JSON.stringify({ version }));
    await place.write('good.yaml', remote(served));
    const { stdout } = await place.parity(['doctor', 'good.yaml', '--json']);
    const { checks } = JSON.parse(stdout) as { checks: { what: string; outcome: string; words: string }[] };
    expect(checks.find(({ what }) => what === 'schemas')).toMatchObject({
      outcome,
      words: expect.stringContaining(words),
    });
  });

  it.each([
    [
      'an API key that is not accepted',
      (text: string) => text.replace(/apiKey: "[^"]+"/, 'apiKey: "wrong"'),
      /✗ usage-api .* answered 401/,
    ],
    [
      'a secret that is not accepted',
      (text: string) => text.replace(/clientSecret: "[^"]+"/g, 'clientSecret: "wrong"'),
      /✗ contract-api .*401/,
    ],
    [
      'a host that is not there',
      (text: string) => text.replace(/baseUrl: "[^"]+"/, 'baseUrl: "http://127.0.0.1:9"'),
      /✗ usage-api .* could not be asked/,
    ],
  ])('names %s, exit 3', async (_, break_, words) => {
    await place.write(
      'bad.yaml',
      `${break_(remote(served))}`.replace('requestsPerMinute: 60000', 'requestsPerMinute: 60000, retries: 0'),
    );
    const outcome = await place.parity(['doctor', 'bad.yaml']);
    expect(outcome.stdout).toMatch(words);
    expect(outcome.code).toBe(3);
    expect(outcome.stdout + outcome.stderr).not.toContain(served.clientSecret);
  });

  it.each([
    [
      'app id',
      ['appId: wallboard', 'appId: wallbord'],
      /✗ app wallbord .*no region counts it|✗ app wallbord .*0 organisations/,
    ],
    [
      'part number',
      ['partNumber: PC-170-NV-BOTMSG', 'partNumber: PC-170-NV-BOTMGS, sku: PC-170-NV-BOTMSG'],
      /✗ part number PC-170-NV-BOTMGS .*did you mean `PC-170-NV-BOTMSG`/,
    ],
    [
      'SKU',
      ['{ partNumber: PC-170-NV-BOTMSG', '{ sku: PC-170-NV-BOTMGS, partNumber: PC-170-NV-BOTMSG'],
      /✗ SKU PC-170-NV-BOTMGS .*did you mean `PC-170-NV-BOTMSG`/,
    ],
  ] as const)('names the nearest to an unknown %s, exit 3', async (_, [before, after], words) => {
    await place.write('misspelt.yaml', remote(served).replace(before, after));
    const outcome = await place.parity(['doctor', 'misspelt.yaml']);
    expect(outcome.stdout).toMatch(words);
    expect(outcome.stdout).toMatch(/Mend that first; then: parity run misspelt\.yaml/);
    expect(outcome.code).toBe(3);
  });

  it('ends with validate where there is the contract side alone', async () => {
    const text = remote(served)
      .replace(/legacy:\n(?: {2}.*\n)+/, '')
      .replace('orgs: discover\n', '');
    await place.write('alone.yaml', text);
    const outcome = await place.parity(['doctor', 'alone.yaml']);
    expect(outcome.stdout).toMatch(/\nNext: parity validate alone\.yaml\n$/);
    expect(outcome.code).toBe(0);
  });

  it('asks the embedded sandbox too', async () => {
    await place.write('sandbox.yaml', embedded({ seed: 1, orgs: 3 }));
    expect(await place.parity(['doctor', 'sandbox.yaml'])).toMatchObject({ code: 0, stderr: '' });
  });
});
