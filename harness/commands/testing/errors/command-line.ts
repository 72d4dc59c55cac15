/** Errors of what is typed, and of scenarios. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { embedded } from '../sandbox-scenario.ts';
import type { Section } from './error-case.ts';

const WORLD = { seed: 3, orgs: 4 } as const;

const NO_CREDENTIALS = {
  LEGACY_API_KEY: '',
  PARTNER_CLIENT_ID: '',
  PARTNER_CLIENT_SECRET: '',
  CONTRACT_CLIENT_ID: '',
  CONTRACT_CLIENT_SECRET: '',
} as const;
const CREDENTIALS = {
  ...NO_CREDENTIALS,
  LEGACY_API_KEY: 'key',
  CONTRACT_CLIENT_ID: 'client',
  CONTRACT_CLIENT_SECRET: 'secret',
} as const;
const addresses = (url: string): string[] => ['--api-url', url, '--login-url', url];

export const COMMAND_LINE: Section = {
  title: 'The command line',
  cases: [
    { what: 'a command that does not exist', args: ['rnu'] },
    { what: 'an option that does not exist', args: ['run', 's.yaml', '--ouput', 'x'] },
    { what: 'an argument left out', args: ['doctor'] },
    { what: 'a shard that is none', args: ['run', 's.yaml', '--shard', '3/2'] },
    { what: 'an origin that is none', args: ['run', 's.yaml', '--legacy', 'snapshoot:x'] },
    { what: 'a reporter that is none', args: ['run', 's.yaml', '--reporter', 'json,hmtl'] },
    { what: '--resume without a folder', args: ['run', 's.yaml', '--resume'] },
    { what: 'one folder for two scenarios', args: ['run', 's.yaml', 'live.yaml', '--out', 'x'] },
    { what: 'an organisation that is not there', args: ['run', 's.yaml', '--org', 'Nobody'] },
    { what: 'an organisation spelt nearly right', args: ['run', 'listed.yaml', '--org', 'Exampel One'] },
    { what: 'a name that two organisations have', args: ['run', 'listed.yaml', '--org', 'twin'] },
    { what: 'an organisation by name where nothing may be asked', args: ['run', 's.yaml', '--org', 'X', '--dry-run'] },
    { what: 'an organisation by name where no region answers', args: ['run', 'refused.yaml', '--org', 'X'] },
    { what: 'a file of proposed waivers that is there', args: ['run', 's.yaml', '--propose-waivers', 's.yaml'] },
    { what: 'validate without anything', args: ['validate'] },
    { what: 'validate with two places', args: ['validate', '--from', 'done', '--contract', 'snapshot:done'] },
    { what: 'a day that is no date', args: ['history', 'done', '--today', '2026-02-30'] },
    { what: 'a part of a report without a folder', args: ['report', 'done', '--only', 'org:acme'] },
    {
      what: 'a part of a report by a field that is none',
      args: ['report', 'done', '--only', 'orgs:acme', '--out', 'x'],
    },
    {
      what: 'a PDF by a browser that is not there',
      args: ['report', 'done', '--pdf'],
      env: { PARITY_BROWSER: '/nowhere/chromium' },
    },
    { what: 'a report of what only a run knows', args: ['report', 'done', '--reporter', 'junit'] },
    { what: 'a part of a report that nothing fits', args: ['report', 'done', '--only', 'org:nobody', '--out', 'x'] },
    { what: 'a finding that is not there', args: ['explain', 'zzz', '--run', 'done'] },
    { what: 'a beginning that several findings have', args: ['explain', '', '--run', 'done'] },
    { what: 'explain where no run was', args: ['explain', 'abc'] },
  ],
};

export const SCENARIOS: Section = {
  title: 'Scenarios',
  cases: [
    { what: 'a file that is not there', args: ['run', 'nope.yaml'] },
    { what: 'a folder in place of a file', args: ['run', 'done'] },
    {
      what: 'a file that is far too large',
      args: ['run', 'large.yaml'],
      before: ({ write }) => write('large.yaml', `# ${'x'.repeat(1_100_000)}`),
    },
    {
      what: 'a file that is not UTF-8',
      args: ['run', 'latin.yaml'],
      before: ({ write }) => write('latin.yaml', Buffer.from([0x6e, 0xe9, 0x6d]) as unknown as string),
    },
    { what: 'an empty file', args: ['run', 'empty.yaml'], before: ({ write }) => write('empty.yaml', '') },
    {
      what: 'several faults at once',
      args: ['run', 'faulty.yaml'],
      before: ({ write }) =>
        write(
          'faulty.yaml',
          embedded(WORLD).replace('orgs: discover', 'orgs: discovr\nperoid: open\ngate: { minParity: 101 }'),
        ),
    },
    {
      what: 'a variable that is not set',
      args: ['run', 'unset.yaml'],
      before: async ({ write, read }) =>
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the place of a variable in a scenario.
        write('unset.yaml', (await read('live.yaml')).replace(/apiKey: "[^"]+"/, 'apiKey: "${LEGACY_KEY}"')),
    },
    {
      what: 'a period in the future',
      args: ['run', 'future.yaml'],
      before: ({ write }) => write('future.yaml', embedded({ ...WORLD, extra: 'period: 2999-01-15\n' })),
    },
    {
      what: 'a period in the future, asked of doctor',
      args: ['doctor', 'future.yaml'],
    },
    { what: 'the result of a run', args: ['run', 'done/result.json'] },
    { what: 'the manifest of a snapshot', args: ['validate', 'done/snapshot/manifest.json'] },
    { what: 'what a shard left', args: ['run', 'one/shard.json'] },
    {
      what: 'a file of waivers',
      args: ['run', 'waivers.yaml'],
      before: ({ write }) => write('waivers.yaml', 'waivers:\n  - rule: overage-rate\n'),
    },
    {
      what: 'a world of the sandbox',
      args: ['run', 'world.yaml'],
      before: ({ write }) => write('world.yaml', 'version: 1\nproducts: []\norganisations: []\n'),
    },
    {
      what: 'an .env that cannot be read',
      args: ['run', 'env/s.yaml'],
      before: async ({ write, read, dir }) => {
        await write('env/s.yaml', await read('s.yaml'));
        await mkdir(path.join(dir, 'env/.env'));
      },
    },
    { what: 'the sandbox where the scenario has none', args: ['run', 'live.yaml', '--contract', 'sandbox'] },
    {
      what: 'a side that the scenario does not name',
      args: ['run', 'contract.yaml', '--legacy', 'live'],
      before: async ({ write }) => write('contract.yaml', embedded(WORLD)),
    },
    {
      what: 'no scenario at all',
      args: ['run'],
    },
    {
      what: 'nothing but an example and waivers in ./scenarios',
      args: ['run'],
      before: async ({ write, read }) => {
        await write('scenarios/example-live.yaml', await read('s.yaml'));
        await write('scenarios/waivers.yaml', '# Proposed\nwaivers:\n  - rule: overage-rate\n');
      },
    },
    { what: 'parity init over a file that is there', args: ['init', 's.yaml'] },
    { what: 'parity init in a folder that is no folder', args: ['init', 's.yaml/mine.yaml'] },
    { what: 'parity init over a folder', args: ['init', 'done/.'] },
    { what: 'parity init --template over a file that is there', args: ['init', 's.yaml', '--template'] },
    { what: 'parity init without credentials', args: ['init', 'mine.yaml'], env: NO_CREDENTIALS },
    {
      what: 'parity init with credentials of legacy alone',
      args: ['init', 'mine.yaml'],
      env: { ...NO_CREDENTIALS, LEGACY_API_KEY: 'key' },
    },
    {
      what: 'parity init without application ids',
      args: ['init', 'mine.yaml', '--region', 'us-east-1'],
      env: CREDENTIALS,
    },
    { what: 'parity init without a region', args: ['init', 'mine.yaml', '--app', 'wallboard'], env: CREDENTIALS },
    {
      what: 'parity init with a region that nobody knows',
      args: ['init', 'mine.yaml', '--app', 'wallboard', '--region', 'us-est-1'],
      env: CREDENTIALS,
    },
    {
      what: 'parity init with half an address',
      args: ['init', 'mine.yaml', '--app', 'wallboard', '--api-url', 'https://api.example.com'],
      env: CREDENTIALS,
    },
    {
      what: 'parity init where nobody listens',
      args: ({ served }) => [
        'init',
        'mine.yaml',
        '--app',
        'wallboard',
        '--usage-url',
        served.url,
        ...addresses('http://127.0.0.1:9'),
      ],
      env: CREDENTIALS,
    },
    {
      what: 'parity init with an application id that nobody knows',
      args: ({ served }) => [
        'init',
        'mine.yaml',
        '--app',
        'walboard',
        '--usage-url',
        served.url,
        ...addresses(served.url),
      ],
      env: (scene) => ({
        ...CREDENTIALS,
        LEGACY_API_KEY: scene.served.apiKey,
        CONTRACT_CLIENT_ID: scene.served.clientId,
        CONTRACT_CLIENT_SECRET: scene.served.clientSecret,
      }),
    },
    { what: 'parity init from one snapshot alone', args: ['init', 'mine.yaml', '--legacy', 'snapshot:done'] },
    {
      what: 'parity init from a snapshot that does not say where tokens are issued',
      args: ['init', 'mine.yaml', '--legacy', 'snapshot:done', '--contract', 'snapshot:done'],
    },
    {
      what: 'parity init from a snapshot of the contract side alone',
      args: ['init', 'mine.yaml', '--legacy', 'snapshot:checked', '--contract', 'snapshot:checked'],
    },
    { what: 'parity init with a cutover that is no date', args: ['init', 'mine.yaml', '--cutover', 'soon'] },
    { what: 'parity init with no nights at all', args: ['init', 'mine.yaml', '--nights', '0'] },
  ],
};
