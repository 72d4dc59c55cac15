/** The ways to a server that companies have: proxies, certificates of their own, IPv6. */
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../sandbox/index.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { remote } from './testing/sandbox-scenario.ts';

let place: Workplace;
let sandbox: RunningSandbox;
const servers: Server[] = [];
beforeEach(async () => {
  place = await openWorkplace({ ownProcesses: true });
  sandbox = await startSandbox({ seed: 3, orgs: 4, defects: 'none' });
});
afterEach(async () => {
  await place.dispose();
  await sandbox.close();
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Both ways, until one of them ends. */
function join(one: Socket, other: Socket): void {
  for (const socket of [one, other]) socket.on('error', () => undefined);
  one.pipe(other).pipe(one);
}

const toSandbox = (): Socket => connect(Number(new URL(sandbox.url).port), '127.0.0.1');

/** A proxy that leads every host to the sandbox. */
async function openProxy(): Promise<{ readonly url: string; readonly asked: Set<string> }> {
  const asked = new Set<string>();
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (head) => {
      asked.add(head.toString('latin1').split('\r\n')[0] ?? '');
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      join(socket, toSandbox());
    });
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, asked };
}

/** A server with a certificate of an own authority, before the sandbox. */
async function openTls(): Promise<{ readonly url: string; readonly certificate: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Example Own CA' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  const server = createTlsServer({ key, cert }, (socket) => join(socket, toSandbox()));
  server.on('tlsClientError', () => undefined);
  return { url: `https://localhost:${await listen(server)}`, certificate: cert };
}

const at = (url: string, limits: string): string =>
  remote({ ...sandbox, url }).replace('limits: {', `limits: { ${limits},`);

const run = async (scenario: string, env: Record<string, string> = {}) => {
  await place.write('s.yaml', scenario);
  return place.parity(['run', 's.yaml', '--out', 'out', '--reporter', 'json', '--quiet'], env);
};

const reasons = async (): Promise<string> => (await place.findings('out')).map(({ reason }) => reason).join('\n');

describe('a proxy', () => {
  const HOST = 'http://billing.example';

  it('is asked for every host but those that NO_PROXY names', async () => {
    const proxy = await openProxy();
    const outcome = await run(at(HOST, 'retries: 0'), { HTTP_PROXY: proxy.url, NO_PROXY: 'other.example' });
    expect(outcome.code).toBe(0);
    expect([...proxy.asked]).toEqual(['CONNECT billing.example:80 HTTP/1.1']);
    const before = proxy.asked.size;
    await place.dispose();
    place = await openWorkplace({ ownProcesses: true });
    const without = await run(at(HOST, 'retries: 0'), { HTTP_PROXY: proxy.url, NO_PROXY: 'billing.example' });
    expect(without.code).toBe(3);
    expect(proxy.asked.size).toBe(before);
    expect(await reasons()).toContain('host name');
  });

  it('that is not there is named', async () => {
    const outcome = await run(at(HOST, 'retries: 0'), { HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '' });
    expect(outcome.code).toBe(3);
    expect(await reasons()).toContain('connection refused (ECONNREFUSED)');
  });
});

describe('a certificate of an own authority', () => {
  it('is accepted with NODE_EXTRA_CA_CERTS, and named without', async () => {
    const { url, certificate } = await openTls();
    const file = await place.write('own-ca.pem', certificate);
    const trusted = await run(at(url, 'retries: 5'), { NODE_EXTRA_CA_CERTS: file });
    // What a trial costs is not known, and is outside coverage.
    const lines = (await reasons())
      .split('\n')
      .filter((line) => !line.startsWith('legacy may bill nothing for this use'));
    expect(lines.join('\n')).toBe('');
    expect(trusted.code).toBe(0);
    await place.write('s.yaml', at(url, 'retries: 5'));
    const outcome = await place.parity(['run', 's.yaml', '--out', 'untrusted', '--quiet', '--reporter', 'json']);
    expect(outcome.code).toBe(3);
    const said = (await place.findings('untrusted')).map(({ reason }) => reason).join('\n');
    expect(said).toMatch(/certificate/i);
    expect(said).toContain('NODE_EXTRA_CA_CERTS');
    // A certificate does not mend itself: one try is enough.
    expect((await place.result('untrusted')).requests.retries).toBe(0);
  });
});

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

// Needs a machine that has IPv6 at all, which containers often do not.
it.skipIf(!hasIpv6)('a server on IPv6 is asked like any other', async () => {
  const six = await startSandbox({ seed: 3, orgs: 4, defects: 'none', host: '::1' });
  try {
    expect(six.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    const outcome = await run(at(six.url, 'retries: 0'));
    expect(outcome.code).toBe(0);
  } finally {
    await six.close();
  }
});
