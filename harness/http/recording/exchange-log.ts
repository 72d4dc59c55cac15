/** `exchanges.jsonl` as a file: its lines, read in order with their places, and what is torn at its end. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { HarnessError } from '../../domain/errors.ts';
import type { Exchange } from '../../domain/exchange.ts';
import { decodeLine } from './exchange-line.ts';

/** Where a line stands: in bytes, its newline not counted. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

export interface LoggedExchange {
  readonly exchange: Exchange;
  readonly checksum: string;
  readonly place: Place;
}

export interface ScanEnd {
  /** Bytes up to the end of the last whole line. */
  readonly wholeBytes: number;
  /** Bytes of a line that a crash cut off. */
  readonly tornBytes: number;
}

const NEWLINE = 0x0a;

/** Lines are cut at the byte 0x0A alone: U+2028 stands in bodies and ends no line. */
async function* lines(file: string): AsyncGenerator<{ bytes: Buffer; offset: number; ended: boolean }> {
  let pending: Buffer[] = [];
  let offset = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const bytes = Buffer.concat([...pending, chunk.subarray(from, at)]);
      yield { bytes, offset, ended: true };
      offset += bytes.length + 1;
      pending = [];
      from = at + 1;
    }
    if (from < chunk.length) pending.push(chunk.subarray(from));
  }
  const rest = Buffer.concat(pending);
  if (rest.length > 0) yield { bytes: rest, offset, ended: false };
}

/**
 * Reads the log from its beginning, handing each exchange to `visit`.
 * @throws HarnessError `snapshot-format` naming the line that was altered, or whose version is unknown
 */
export async function scanLog(file: string, visit: (logged: LoggedExchange) => void): Promise<ScanEnd> {
  let number = 0;
  let wholeBytes = 0;
  for await (const { bytes, offset, ended } of lines(file)) {
    number += 1;
    // Only an append that was cut short leaves a line without its newline: it holds nothing that was confirmed.
    if (!ended) return { wholeBytes, tornBytes: bytes.length };
    const decoded = decodeLine(bytes.toString('utf8'));
    if (decoded === null) throw altered(file, number);
    visit({ ...decoded, place: { offset, length: bytes.length } });
    wholeBytes = offset + bytes.length + 1;
  }
  return { wholeBytes, tornBytes: 0 };
}

const altered = (file: string, line: number): HarnessError =>
  new HarnessError(
    'snapshot-format',
    `${file}:${line}: the line is not as it was written (its checksum does not agree)`,
    {
      context: { file, line },
      hint: 'A snapshot is evidence and is not edited: take it from a backup or record it again.',
    },
  );

/** Reads one line again. @throws HarnessError `snapshot-format` if it changed since it was scanned. */
export async function readAt(file: string, { offset, length }: Place): Promise<Exchange> {
  const buffer = Buffer.alloc(length);
  const handle = await open(file, 'r');
  let read = 0;
  try {
    while (read < length) {
      const { bytesRead } = await handle.read(buffer, read, length - read, offset + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
  } finally {
    await handle.close();
  }
  const decoded = read === length ? decodeLine(buffer.toString('utf8')) : null;
  if (decoded !== null) return decoded.exchange;
  throw new HarnessError('snapshot-format', `${file} changed while it was being read`, { context: { file } });
}
