/** An answer's body: decompressed, limited in size, decoded to text. */
import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { HarnessError } from '../domain/errors.ts';

/** What we can read: sent as `Accept-Encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, br, deflate';

const MAX_ENCODINGS = 3;

const tooLarge = (maxBytes: number): HarnessError =>
  new HarnessError('body-too-large', `the body is larger than ${maxBytes} bytes`);
const undecodable = (message: string, cause?: unknown): HarnessError =>
  new HarnessError('wire-contract', message, { cause });

/** Bytes of a stream. @throws HarnessError `body-too-large`; the stream's own error. */
async function collect(stream: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** Servers disagree whether `deflate` has a zlib header; its first byte tells. */
const inflaterFor = (bytes: Buffer) => (((bytes[0] ?? 0) & 0x0f) === 8 ? inflateSync : inflateRawSync);

function decompressorFor(encoding: string, bytes: Buffer) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return gunzipSync;
  if (encoding === 'br') return brotliDecompressSync;
  if (encoding === 'deflate') return inflaterFor(bytes);
  return null;
}

/**
 * Undoes one content encoding; the limit holds for what comes out, so that a small bomb does no harm. In one go: bodies are small,
 * and a stream or another thread costs several times what the decompression does.
 */
function decompress(bytes: Buffer, encoding: string, maxBytes: number): Buffer {
  const decompressor = decompressorFor(encoding, bytes);
  if (decompressor === null) throw undecodable(`the body has the content encoding ${JSON.stringify(encoding)}`);
  try {
    return decompressor(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw undecodable(`the body is not valid ${encoding}: ${(error as Error).message}`, error);
  }
}

/**
 * The whole body as bytes, decompressed.
 * @param maxBytes limit of what comes over the wire and of what comes out of it
 * @throws HarnessError `body-too-large`, `wire-contract` (broken or unknown encoding); the stream's own error if it breaks off
 */
export async function readBody(
  stream: Readable,
  contentEncoding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  let bytes = await collect(stream, maxBytes);
  const encodings = (contentEncoding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (encodings.length > MAX_ENCODINGS) throw undecodable(`the body has ${encodings.length} content encodings`);
  if (bytes.length === 0) return bytes;
  for (const encoding of encodings.reverse()) bytes = decompress(bytes, encoding, maxBytes);
  return bytes;
}

/** @throws HarnessError `wire-contract` if the charset is not UTF-8 or the bytes are not. A byte order mark is dropped. */
export function decodeText(bytes: Buffer, contentType: string | undefined): string {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase();
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii') {
    throw undecodable(`the body has the charset ${JSON.stringify(charset)}; only UTF-8 is read`);
  }
  if (!isUtf8(bytes)) throw undecodable('the body is not valid UTF-8');
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
