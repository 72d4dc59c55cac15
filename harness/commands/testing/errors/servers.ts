/** Errors of servers and networks, of the sandbox, and of signals. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { embedded, remote } from '../sandbox-scenario.ts';
import type { ErrorCase, Scene, Section } from './error-case.ts';

const WORLD = { seed: 3, orgs: 4 } as const;
const QUICK = 'limits: { requestsPerMinute: 60000, retries: 0, timeoutSeconds: 20, maxBodyMegabytes: 1 }\n';
const QUIET = ['--reporter', 'json', '--quiet'];

/** In the environment, so that nothing is to be warned of. */
const SECRETS = { API_KEY: 'not-the-key', CLIENT_SECRET: 'not-the-word' } as const;

/** A run against something that fails; its result says what could not be asked or read. */
const failing = (what: string, name: string, scenario: (scene: Scene) => string): ErrorCase => ({
  what,
  args: ['run', `${name}.yaml`, '--out', name, ...QUIET],
  env: SECRETS,
  before: (scene) => scene.write(`${name}.yaml`, scenario(scene)),
  failuresOf: name,
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: the places of variables in a scenario.
const at =
  (url: string) =>
  ({ served }: Scene): string =>
    remote({ ...served, url, apiKey: '${API_KEY}', clientSecret: '${CLIENT_SECRET}' }).replace(/limits: .*\n/, QUICK);
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above.

const played = (what: string, fault: string): ErrorCase =>
  failing(what, fault.replace(/\W.*/, ''), () =>
    embedded({ ...WORLD, extra: fault.startsWith('no-answer') ? QUICK.replace('20', '2') : QUICK }).replace(
      'defects:',
      `faults: ["${fault}"], defects:`,
    ),
  );

export const SERVERS: Section = {
  title: 'Servers and networks',
  cases: [
    failing('nothing listens at the address', 'closed', at('http://127.0.0.1:9')),
    {
      what: 'nothing listens at the address, asked of doctor',
      args: ['doctor', 'closed.yaml'],
      env: SECRETS,
      showsOutput: true,
    },
    failing('a host that nobody knows', 'nohost', at('https://billing.invalid')),
    failing('an API key and a client secret that are not accepted', 'credentials', (scene) =>
      at(scene.served.url)(scene),
    ),
    played('a server that fails', 'server-error*forever'),
    played('a server that never answers', 'no-answer*forever@/v1/regions?'),
    played('a rate limit that is used up for an hour', 'retry-after-hour*forever@/contracts'),
    played('a body that does not end', 'endless-body*forever@/v1/regions?'),
    played('a body in an unknown encoding', 'unknown-encoding*forever@/v1/regions?'),
    played('a page that leads to another server', 'foreign-next*forever'),
    played('a body that is a page for people', 'html-page*forever@/contracts'),
    {
      what: 'a proxy that is no address',
      args: ['run', 'nohost.yaml', '--out', 'proxy', ...QUIET],
      env: { ...SECRETS, HTTPS_PROXY: 'not an address', https_proxy: 'not an address' },
      ownProcess: true,
    },
  ],
};

export const SANDBOX: Section = {
  title: 'The sandbox',
  cases: [
    {
      what: 'a port on which another program listens',
      args: ({ served }) => ['sandbox', '--port', new URL(served.url).port],
    },
    { what: 'a port that is none', args: ['sandbox', '--port', '70000'] },
    { what: 'a variant that a defect has not', args: ['sandbox', '--defects', 'answer-hollow[nothing]'] },
    { what: 'clothes that nobody knows', args: ['sandbox', '--clothes', 'hat'] },
    { what: 'a day before the world began', args: ['sandbox', '--today', '2020-01-01'] },
    { what: 'a latency that is none', args: ['sandbox', '--latency', 'slow'] },
    { what: 'a defect that is not known', args: ['sandbox', '--defects', 'rate-of'] },
    { what: 'a defect that is no request', args: ['sandbox', '--defects', 'rate off'] },
    { what: 'a defect at more places than there are', args: ['sandbox', '--orgs', '1', '--defects', 'org-dropped*9'] },
    { what: 'a fault that is not known', args: ['sandbox', '--faults', 'unavailabel'] },
    { what: 'a fault with places where it has none', args: ['sandbox', '--faults', 'figures-move@/v1'] },
    { what: 'a fault at more places than there are', args: ['sandbox', '--orgs', '1', '--faults', 'figures-move*99'] },
    { what: 'a record that cannot be written', args: ['sandbox', '--record', 's.yaml'] },
    {
      what: 'a record in the place of which there is a folder',
      args: ['sandbox', '--record', 'rec'],
      before: ({ write }) => write('rec/requests.jsonl/x', ''),
    },
    { what: 'a world that is not there', args: ['sandbox', '--world', 'nope.yaml'] },
    {
      what: 'a world that is no YAML',
      args: ['sandbox', '--world', 'torn.yaml'],
      before: ({ dir }) => writeFile(path.join(dir, 'torn.yaml'), 'version: [1\n'),
    },
    { what: 'a world with faults', args: ['sandbox', '--world', 's.yaml'] },
    {
      what: 'a world whose contract begins after its day',
      args: ['sandbox', '--world', 'young.yaml'],
      before: ({ write }) =>
        write(
          'young.yaml',
          `version: 1
products:
  - { appId: a, partNumber: P-1, name: One, kind: user, units: { legacy: seat, contract: User } }
organisations:
  - id: 9d750d63-95ae-4df7-8955-2bca7152ca19
    name: Young
    region: us-east-1
    currency: USD
    contractStart: 2027-01-01
    holdings: [{ product: P-1, price: "1.00", use: 1 }]
`,
        ),
    },
  ],
};

export const SIGNALS: Section = {
  title: 'Signals',
  cases: [
    {
      what: 'Ctrl-C while a run asks',
      args: ['run', 'stuck.yaml', '--out', 'stuck', '--reporter', 'json', '--verbose'],
      ended: { signal: 'SIGINT', after: / in \d+ ms/ },
    },
    {
      what: 'SIGTERM while a sandbox listens',
      args: ['sandbox', '--json', '--orgs', '2'],
      ended: { signal: 'SIGTERM', after: /apiKey/ },
    },
  ],
};
