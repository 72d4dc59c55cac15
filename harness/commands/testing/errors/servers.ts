/** Errors of servers and networks, of the sandbox, and of signals. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { embedded, remote } from '../sandbox-scenario.ts';
import type { ErrorCase, Scene, Section } from './error-case.ts';

const WORLD = { seed: 3, orgs: 4 } as const;
const QUICK = 'limits: { requestsPerMinute: 60000, retries: 0, timeoutSeconds: 1, maxBodyMegabytes: 1 }\n';
const QUIET = ['--reporter', 'json', '--quiet'];

/** A run against something that fails; its failures stand in its snapshot. */
const failing = (what: string, name: string, scenario: (scene: Scene) => string): ErrorCase => ({
  what,
  args: ['run', `${name}.yaml`, '--out', name, ...QUIET],
  before: (scene) => scene.write(`${name}.yaml`, scenario(scene)),
  failuresOf: name,
});

const at =
  (url: string) =>
  ({ served }: Scene): string =>
    remote({ ...served, url }).replace(/limits: .*\n/, QUICK);

const played = (what: string, fault: string): ErrorCase =>
  failing(what, fault.replace(/\W.*/, ''), () =>
    embedded({ ...WORLD, extra: QUICK }).replace('defects:', `faults: ["${fault}"], defects:`),
  );

export const SERVERS: Section = {
  title: 'Servers and networks',
  cases: [
    failing('nothing listens at the address', 'closed', at('http://127.0.0.1:9')),
    { what: 'nothing listens at the address, asked of doctor', args: ['doctor', 'closed.yaml'] },
    failing('a host that nobody knows', 'unknown', at('http://billing.invalid')),
    failing('an API key that is not accepted', 'key', ({ served }) =>
      remote({ ...served, apiKey: 'wrong' }).replace(/limits: .*\n/, QUICK),
    ),
    failing('a client secret that is not accepted', 'secret', ({ served }) =>
      remote({ ...served, clientSecret: 'wrong' }).replace(/limits: .*\n/, QUICK),
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
      args: ['run', 'unknown.yaml', '--out', 'proxy', ...QUIET],
      env: { HTTP_PROXY: 'not an address', http_proxy: 'not an address' },
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
    { what: 'a day before the world began', args: ['sandbox', '--today', '2020-01-01'] },
    { what: 'a latency that is none', args: ['sandbox', '--latency', 'slow'] },
    { what: 'a defect that is not known', args: ['sandbox', '--defects', 'rate-of'] },
    { what: 'a defect that is no request', args: ['sandbox', '--defects', 'rate off'] },
    { what: 'a defect at more places than there are', args: ['sandbox', '--orgs', '1', '--defects', 'org-missing*9'] },
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
  - { appId: a, partNumber: P-1, sku: S-1, name: One, unit: User, kind: user, committedRate: "1.00", overageRate: "2.00" }
organisations:
  - id: 9d750d63-95ae-4df7-8955-2bca7152ca19
    name: Young
    region: us-east-1
    currency: USD
    contractStart: 2027-01-01
    holdings: [{ partNumber: P-1, committed: 1, used: 1 }]
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
      args: ['sandbox', '--json'],
      ended: { signal: 'SIGTERM', after: /apiKey/ },
    },
  ],
};
