/** The exchanges' file: its lines, read in order with their places, and what is torn at its end. */
import { HarnessError } from '../../domain/errors.ts';
import type { Exchange } from '../../domain/exchange.ts';
import { type DecodedLine, decodeLine } from './exchange-line.ts';
import { type Block, type BlockReader, blocks } from './log-blocks.ts';
import type { LogEncoding } from './manifest.ts';

/** Where a line stands: its part of the file, and in it the bytes of the line, its newline not counted. */
export interface Place {
  readonly block: Block;
  readonly offset: number;
  readonly length: number;
}

export interface LoggedExchange extends DecodedLine {
  readonly place: Place;
}

export interface ScanEnd {
  /** Bytes up to the end of the last whole line. */
  readonly wholeBytes: number;
  /** Bytes of a line that a crash cut off. */
  readonly tornBytes: number;
}

/** One line as it stands there, whatever it is. */
export interface LogLine {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
  readonly place: Place;
  /** False for the last one if it has no newline. */
  readonly ended: boolean;
}

const NEWLINE = 0x0a;

/**
 * Lines are cut at the byte 0x0A alone: U+2028 stands in bodies and ends no line.
 * @throws HarnessError `snapshot-format` if a compressed part cannot be read, naming the line at which it begins
 */
export async function* logLines(file: string, encoding: LogEncoding): AsyncGenerator<LogLine> {
  let pending: Buffer[] = [];
  let number = 0;
  let offset = 0;
  let last: Block | null = null;
  for await (const { block, bytes: chunk } of blocks(file, encoding, () => number + 1)) {
    if (block !== last && block.segment !== null) offset = 0;
    last = block;
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const bytes = Buffer.concat([...pending, chunk.subarray(from, at)]);
      number += 1;
      yield { number, bytes, place: { block, offset, length: bytes.length }, ended: true };
      offset += bytes.length + 1;
      pending = [];
      from = at + 1;
    }
    if (from < chunk.length) pending.push(chunk.subarray(from));
  }
  const rest = Buffer.concat(pending);
  if (rest.length === 0 || last === null) return;
  yield { number: number + 1, bytes: rest, place: { block: last, offset, length: rest.length }, ended: false };
}

/**
 * Reads the log from its beginning, handing each exchange to `visit`.
 * @throws HarnessError `snapshot-format` naming the line that was altered, or whose version is unknown
 */
export async function scanLog(
  file: string,
  encoding: LogEncoding,
  visit: (logged: LoggedExchange) => void,
): Promise<ScanEnd> {
  let wholeBytes = 0;
  for await (const { number, bytes, place, ended } of logLines(file, encoding)) {
    // Only an append that was cut short leaves a line without its newline: it holds nothing that was confirmed.
    if (!ended) return { wholeBytes, tornBytes: bytes.length };
    const decoded = decodeLine(bytes.toString('utf8'));
    if (decoded === null) throw altered(file, number);
    visit({ ...decoded, place });
    wholeBytes += bytes.length + 1;
  }
  return { wholeBytes, tornBytes: 0 };
}

/** What is said of a line whose checksum does not agree. */
export const ALTERED = 'the line is not as it was written (its checksum does not agree)';

const altered = (file: string, line: number): HarnessError =>
  new HarnessError('snapshot-format', `${file}:${line}: ${ALTERED}`, {
    context: { file, line },
    hint: 'A snapshot is evidence and is not edited: take it from a backup or record it again.',
  });

/** Reads one line again. @throws HarnessError `snapshot-format` if it changed since it was scanned. */
export async function readAt(file: string, reader: BlockReader, place: Place): Promise<Exchange> {
  const bytes = await reader.read(place.block, place.offset, place.length);
  const decoded = bytes === null ? null : decodeLine(bytes.toString('utf8'));
  if (decoded !== null) return decoded.exchange;
  throw new HarnessError('snapshot-format', `${file} changed while it was being read`, { context: { file } });
}
