/** Connections that break, stall or crawl. */
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { NetworkFault } from './network-fault.ts';

const UNREACHED =
  'The organisation or endpoint is not comparable; what happened to the connection and the number of tries are named.';

const half = (answer: string): Buffer => {
  const bytes = Buffer.from(answer);
  return bytes.subarray(0, Math.ceil(bytes.length / 2));
};

/** Announces the whole body and sends the first half; then `end` is done to the connection. */
function cutOff(answer: string, reply: FastifyReply, end: () => void): Readable {
  reply.header('content-length', String(Buffer.byteLength(answer)));
  let sent = false;
  return new Readable({
    read() {
      if (sent) return;
      sent = true;
      this.push(half(answer));
      // Only once the half has left: a reset throws away what is still to be sent.
      setTimeout(end, 5);
    },
  });
}

/** In small pieces, with pauses: slow, and complete at last. */
async function* crawling(answer: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(answer);
  const size = Math.max(1, Math.ceil(bytes.length / 12));
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
    await pause(5);
  }
}

const connection = (
  id: string,
  title: string,
  play: Pick<NetworkFault, 'instead' | 'spoil'>,
  lasting = UNREACHED,
): NetworkFault => ({ kind: 'network', id, title, lasting, passes: true, ...play });

export const CONNECTION_FAULTS: readonly NetworkFault[] = [
  connection('reset', 'The connection is reset before an answer', {
    instead: (reply, request) => {
      reply.hijack();
      request.raw.socket.resetAndDestroy();
    },
  }),
  connection('reset-in-body', 'The connection is reset in the middle of the body', {
    spoil: (answer, reply) => cutOff(answer, reply, () => reply.raw.socket?.resetAndDestroy()),
  }),
  connection('closed-in-body', 'The connection is closed in the middle of the body', {
    spoil: (answer, reply) => cutOff(answer, reply, () => reply.raw.socket?.end()),
  }),
  connection('no-answer', 'The request is taken and never answered', {
    instead: (reply) => {
      reply.hijack();
    },
  }),
  connection('stalled-body', 'Half of the body comes, and then nothing more', {
    spoil: (answer, reply) => cutOff(answer, reply, () => undefined),
  }),
  connection(
    'slow-body',
    'The body comes in small pieces with pauses',
    { spoil: (answer) => Readable.from(crawling(answer), { objectMode: false }) },
    'Waited for, as long as the whole answer takes no longer than `limits.timeoutSeconds`.',
  ),
];
