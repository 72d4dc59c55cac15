/** The exchanges' file in parts that can be read on their own: the whole of a plain one, each member of a compressed one. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip as gunzipWithCallback, gzip as gzipWithCallback } from 'node:zlib';
import { HarnessError } from '../../domain/errors.ts';
import type { LogEncoding } from './manifest.ts';

const gunzip = promisify(gunzipWithCallback);
const gzip = promisify(gzipWithCallback);

export interface Block {
  /** Bytes of a gzip member within the file; null for plain text. */
  readonly segment: { readonly offset: number; readonly length: number } | null;
}

const PLAIN: Block = { segment: null };

/** A member is decompressed whole to read one line of it. A line that is longer has a member of its own. */
const SEGMENT_BYTES = 256 * 1024;

/** In order. A plain file comes in pieces of any size; of a compressed one, each member at once. */
export async function* blocks(
  file: string,
  encoding: LogEncoding,
  line: () => number,
): AsyncGenerator<{ readonly block: Block; readonly bytes: Buffer }> {
  if (encoding.encoding === 'identity') {
    for await (const bytes of createReadStream(file) as AsyncIterable<Buffer>) yield { block: PLAIN, bytes };
    return;
  }
  const handle = await open(file, 'r');
  try {
    let offset = 0;
    for (const length of encoding.segments) {
      const bytes = await unpacked(await readFrom(handle, offset, length));
      if (bytes === null) {
        throw new HarnessError('snapshot-format', `${file}:${line()}: from this line on it cannot be decompressed`, {
          context: { file, line: line() },
          hint: 'A snapshot is evidence and is not edited: take it from a backup or record it again.',
        });
      }
      yield { block: { segment: { offset, length } }, bytes };
      offset += length;
    }
    const { size } = await handle.stat();
    if (size > offset) {
      throw new HarnessError('snapshot-format', `${file}: more stands in it than was written`, {
        hint: 'A snapshot is evidence and is not edited: take it from a backup or record it again.',
      });
    }
  } finally {
    await handle.close();
  }
}

/** Members that were unpacked last: exchanges are asked for in about the order in which they were written. */
const KEPT_BLOCKS = 16;

/** Reads parts of one file, which stays as it is meanwhile. */
export class BlockReader {
  readonly #file: string;
  readonly #unpacked = new Map<number, Promise<Buffer | null>>();

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns null if the bytes are not there any more */
  async read({ segment }: Block, offset: number, length: number): Promise<Buffer | null> {
    if (segment === null) return this.#bytes(offset, length);
    let unpacking = this.#unpacked.get(segment.offset);
    // Set anew, so that the one that was used longest ago is the first.
    this.#unpacked.delete(segment.offset);
    unpacking ??= this.#bytes(segment.offset, segment.length).then(unpacked);
    this.#unpacked.set(segment.offset, unpacking);
    const [oldest] = this.#unpacked.keys();
    if (this.#unpacked.size > KEPT_BLOCKS && oldest !== undefined) this.#unpacked.delete(oldest);
    const bytes = await unpacking;
    return bytes === null || bytes.length < offset + length ? null : bytes.subarray(offset, offset + length);
  }

  async #bytes(offset: number, length: number): Promise<Buffer | null> {
    const handle = await open(this.#file, 'r');
    try {
      return await readFrom(handle, offset, length);
    } finally {
      await handle.close();
    }
  }
}

type Handle = Awaited<ReturnType<typeof open>>;

async function readFrom(handle: Handle, offset: number, length: number): Promise<Buffer | null> {
  const buffer = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(buffer, read, length - read, offset + read);
    if (bytesRead === 0) return null;
    read += bytesRead;
  }
  return buffer;
}

/** @returns null if it is no gzip member, or a damaged one */
async function unpacked(bytes: Buffer | null): Promise<Buffer | null> {
  if (bytes === null) return null;
  try {
    return await gunzip(bytes);
  } catch {
    return null;
  }
}

/** Gathers whole lines and hands over gzip members. */
export class Packer {
  readonly segments: number[] = [];
  readonly #write: (bytes: Buffer) => Promise<void>;
  #lines: Buffer[] = [];
  #size = 0;

  constructor(write: (bytes: Buffer) => Promise<void>) {
    this.#write = write;
  }

  async add(line: Buffer): Promise<void> {
    if (this.#size > 0 && this.#size + line.length >= SEGMENT_BYTES) await this.flush();
    this.#lines.push(line, Buffer.from('\n'));
    this.#size += line.length + 1;
  }

  async flush(): Promise<void> {
    if (this.#size === 0) return;
    const member = await gzip(Buffer.concat(this.#lines));
    this.#lines = [];
    this.#size = 0;
    await this.#write(member);
    this.segments.push(member.length);
  }
}
