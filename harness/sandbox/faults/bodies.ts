/** Answers with status 200 whose body is not what it should be. */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { isApi, type NetworkFault } from './network-fault.ts';

const UNREADABLE = 'Asked for once more, then not comparable: the answer is named, and what is wrong with its body.';
const UNUSABLE = 'Not comparable: the answer is named, and what is wrong with its body.';

const LOGIN_PAGE = '<!doctype html><html><body><h1>Please log in</h1></body></html>';
const DEEP = 10_000;
const MEBIBYTE = Buffer.alloc(1024 * 1024, ' ');

const passing = (id: string, title: string, spoil: NetworkFault['spoil'], lasting = UNREADABLE): NetworkFault => ({
  kind: 'network',
  id,
  title,
  lasting,
  passes: true,
  ...(spoil === undefined ? {} : { spoil }),
});

/** Well-formed, so that asking again is no help. */
const lasting = (id: string, title: string, spoil: NetworkFault['spoil'], words = UNUSABLE): NetworkFault => ({
  ...passing(id, title, spoil, words),
  passes: false,
  hits: isApi,
});

/** After the opening brace of an object. */
const withFields = (answer: string, fields: string): string =>
  answer.replace(
    /^\s*\{\s*(?=(\})?)/,
    (_all, empty: string | undefined) => `{${fields}${empty === undefined ? ',' : ''}`,
  );

const firstName = (answer: string): string => /"([A-Za-z]+)"\s*:/.exec(answer)?.[1] ?? 'id';

export const BODY_FAULTS: readonly NetworkFault[] = [
  passing('truncated-json', 'Status 200 with half of the JSON', (answer) => answer.slice(0, answer.length / 2)),
  passing('html-page', 'Status 200 with a page for people', (_answer, reply) => {
    reply.header('content-type', 'text/html; charset=utf-8');
    return LOGIN_PAGE;
  }),
  passing('empty-body', 'Status 200 with an empty body', () => Buffer.alloc(0)),
  passing('wrong-charset', 'A body in ISO 8859-1, and said to be', (answer, reply) => {
    reply.header('content-type', 'application/json; charset=iso-8859-1');
    return Buffer.from(answer, 'latin1');
  }),
  passing('not-utf-8', 'A body whose bytes are not UTF-8', (answer) =>
    Buffer.concat([Buffer.from(answer.slice(0, -1)), Buffer.from([0xff, 0xfe]), Buffer.from(answer.slice(-1))]),
  ),
  passing('broken-gzip', 'A compressed body with bytes that are wrong', (answer, reply) => {
    reply.header('content-encoding', 'gzip');
    const bytes = gzipSync(answer);
    bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 16);
    return bytes;
  }),
  passing('unknown-encoding', 'A body in a content encoding that nobody asked for', (answer, reply) => {
    reply.header('content-encoding', 'x-none');
    return Buffer.from(answer);
  }),
  lasting(
    'endless-body',
    'A body that does not end',
    (_answer, reply) => {
      reply.removeHeader('content-length');
      return new Readable({
        read() {
          this.push(MEBIBYTE);
        },
      });
    },
    'Read up to `limits.maxBodyMegabytes`, then given up: not comparable.',
  ),
  lasting('deep-json', `JSON ${DEEP} levels deep`, () => `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`),
  lasting('prototype-field', 'A field named __proto__', (answer) =>
    withFields(answer, '"__proto__":{"entities":[],"admin":true}'),
  ),
  lasting('duplicate-field', 'A field that comes twice with different values', (answer) =>
    withFields(answer, `"${firstName(answer)}":"said before"`),
  ),
  lasting('json-list', 'JSON that is a list where an object is due', (answer) => `[${answer}]`),
  lasting('json-null', 'JSON that is null', () => 'null'),
];
