/** Answers that refuse, for now or for good. */
import type { FastifyReply } from 'fastify';
import { isApi, type NetworkFault } from './network-fault.ts';

const ANSWERED =
  'The organisation or endpoint is not comparable; the status, the number of tries and the correlation id are named.';

type Headers = Readonly<Record<string, string>>;

const PAGE = '<html><head><title>Error</title></head><body>The server cannot answer now.</body></html>';

/** Gateways answer in HTML, not in the API's own words. */
const refuse =
  (status: number, headers: Headers = {}) =>
  (reply: FastifyReply): void => {
    void reply
      .code(status)
      .headers({ 'content-type': 'text/html', ...headers })
      .send(PAGE);
  };

const status = (id: string, code: number, name: string, passes = true): NetworkFault => ({
  kind: 'network',
  id,
  title: `${code} ${name}`,
  lasting: ANSWERED,
  passes,
  instead: refuse(code),
});

export const STATUS_FAULTS: readonly NetworkFault[] = [
  status('too-many-requests', 429, 'without Retry-After'),
  {
    ...status('retry-after-seconds', 429, 'with Retry-After: 1'),
    instead: refuse(429, { 'retry-after': '1' }),
  },
  {
    ...status('retry-after-date', 429, 'with Retry-After as a date, one second after the Date of the answer'),
    instead: (reply, _request, { now }) => {
      refuse(429, { 'retry-after': new Date(now.getTime() + 1000).toUTCString() })(reply);
    },
  },
  {
    ...status('retry-after-hour', 429, 'with Retry-After: 3600', false),
    lasting: 'Not waited for: this request and what follows with the credential is not comparable.',
    instead: refuse(429, { 'retry-after': '3600' }),
  },
  status('request-timeout', 408, 'Request Timeout'),
  status('server-error', 500, 'Internal Server Error'),
  status('bad-gateway', 502, 'Bad Gateway'),
  status('unavailable', 503, 'Service Unavailable'),
  status('gateway-timeout', 504, 'Gateway Timeout'),
  { ...status('unauthorised', 401, 'although the credential is good', false), hits: isApi },
  { ...status('forbidden', 403, 'although the credential is good', false), hits: isApi },
  {
    kind: 'network',
    id: 'redirect',
    title: '302 to another origin, with a signed address',
    lasting: 'Not followed, and the credential does not travel: not comparable.',
    passes: false,
    hits: isApi,
    instead: (reply, _request, { url, otherHost }) => {
      void reply.code(302).header('location', `${otherHost}${url}`).send('');
    },
  },
];
