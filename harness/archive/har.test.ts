/** What of an exchange goes into an HTTP Archive. */
import { expect, it } from 'vitest';
import { openRecorder } from '../http/recording/recorder.ts';
import { answered, exchangeOf, META, request, temporaryFolder } from '../http/recording/testing/exchanges.ts';
import { harText } from './har.ts';

it('each try is an entry: the last with its body, the others with why there was none', async () => {
  const dir = await temporaryFolder();
  const recorder = await openRecorder(dir, META);
  const tried = { startedAt: '2026-04-20T12:00:00.000Z', durationMs: 3, waitedMs: 0 };
  await recorder.append({
    ...answered('/a?x=1&y=%20', '{"n":1.50}'),
    attempts: [
      { ...tried, status: 503, error: null },
      { ...tried, status: null, error: 'connection reset' },
      { ...tried, status: 200, error: null },
    ],
  });
  await recorder.append(exchangeOf(request('/b'), { kind: 'failure', code: 'timeout', message: 'too late' }));
  await recorder.finish();
  let text = '';
  for await (const piece of harText(dir, { name: 'x', version: '1' })) text += piece;
  const { log } = JSON.parse(text) as { log: { entries: readonly unknown[] } };
  expect(log.entries).toMatchObject([
    { response: { status: 503, content: { size: 0 } }, comment: expect.stringContaining('try 1 of 3') },
    { response: { status: 0, comment: 'connection reset' } },
    {
      request: {
        url: 'https://api.example/a?x=1&y=%20',
        queryString: [
          { name: 'x', value: '1' },
          { name: 'y', value: ' ' },
        ],
      },
      response: { status: 200, statusText: 'OK', content: { text: '{"n":1.50}', size: 10 } },
    },
    { response: { status: 200, content: { size: 0 }, comment: 'too late' } },
  ]);
});
