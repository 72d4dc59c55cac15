import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { json, serve } from './testing/server.ts';
import { transportTo } from './testing/transport.ts';

/** Notes the first line that it is sent and hangs up. */
async function proxy(): Promise<{ readonly url: string; readonly lines: string[] }> {
  const lines: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      lines.push(data.toString('latin1').split('\r\n')[0] ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return { url: `http://127.0.0.1:${address.port}`, lines };
}

test.each(['HTTPS_PROXY', 'https_proxy'])('%s is used', async (name) => {
  const { url, lines } = await proxy();
  const transport = transportTo({
    origin: 'https://api.example',
    environment: { [name]: url },
    limits: { retries: 0 },
  });
  const exchange = await transport.get('/x');
  expect(lines).toEqual(['CONNECT api.example:443 HTTP/1.1']);
  expect(exchange.outcome).toMatchObject({ kind: 'failure', code: 'network' });
});

test('NO_PROXY is honoured', async () => {
  const { url, lines } = await proxy();
  const environment = { HTTPS_PROXY: url, NO_PROXY: 'api.invalid' };
  await transportTo({ origin: 'https://api.invalid', environment, limits: { retries: 0 } }).get('/x');
  expect(lines).toEqual([]);
});

test('our own machine is never asked through a proxy', async () => {
  const { url, lines } = await proxy();
  const server = await serve((_request, response) => json(response, {}));
  const exchange = await transportTo({ ...server, environment: { HTTP_PROXY: url, HTTPS_PROXY: url } }).get('/x');
  expect(exchange.outcome).toMatchObject({ status: 200 });
  expect(lines).toEqual([]);
});

test('a proxy that is no address is a fault of the configuration', () => {
  expect(() => transportTo({ origin: 'https://api.example', environment: { HTTPS_PROXY: 'not a url' } })).toThrow(
    expect.objectContaining({ code: 'configuration' }),
  );
});
