/** One exchange as one line of text, with a checksum by which a torn or altered line is known. */
import { createHash } from 'node:crypto';
import { HarnessError } from '../../domain/errors.ts';
import { EXCHANGE_VERSION, type Exchange } from '../../domain/exchange.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The checksum is the last member, so that what it covers is the line's own text: all before it, and a closing brace. */
const CHECKSUM = /,"sha256":"([0-9a-f]{64})"\}$/;

/** The line without its newline. */
export function encodeLine(exchange: Exchange): { readonly line: string; readonly checksum: string } {
  const text = JSON.stringify(exchange);
  const checksum = sha256(text);
  return { line: `${text.slice(0, -1)},"sha256":"${checksum}"}`, checksum };
}

export interface DecodedLine {
  readonly exchange: Exchange;
  readonly checksum: string;
}

/**
 * Reads a line without its newline.
 * @returns null if the line is not whole as it was written: torn or altered
 * @throws HarnessError `snapshot-format` for a version that this release does not know
 */
export function decodeLine(line: string): DecodedLine | null {
  const found = CHECKSUM.exec(line);
  const checksum = found?.[1];
  if (found === null || checksum === undefined) return null;
  const text = `${line.slice(0, found.index)}}`;
  if (sha256(text) !== checksum) return null;
  // The checksum says that we wrote it: what follows is our own JSON.
  const exchange = JSON.parse(text) as Exchange | { readonly v: number };
  if (exchange.v !== EXCHANGE_VERSION) throw unknownVersion('an exchange', exchange.v, EXCHANGE_VERSION);
  return { exchange: exchange as Exchange, checksum };
}

export const unknownVersion = (what: string, found: unknown, known: number): HarnessError =>
  new HarnessError(
    'snapshot-format',
    `${what} has format version ${JSON.stringify(found)}; this release reads ${known === 1 ? 'version 1' : `versions 1 to ${known}`}`,
    {
      hint:
        typeof found === 'number' && found > known
          ? 'A newer cutover-parity wrote it: use that one or newer.'
          : 'It was not written by cutover-parity, or it was altered.',
    },
  );
