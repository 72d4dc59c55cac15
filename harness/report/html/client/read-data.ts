/** Reads the data that the page carries. */
import {
  DATA_ELEMENT,
  type EmbeddedData,
  ENCODING_ATTRIBUTE,
  EVIDENCE_ELEMENT,
  type ReportEvidence,
  STATEMENT_DATA_ELEMENT,
} from '../data.ts';
import type { PackedStatement } from '../find/statement.ts';

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

async function read(id: string): Promise<unknown> {
  const element = document.getElementById(id);
  const text = element?.textContent;
  if (element === null || text === null || text === undefined) throw new Error('the page has no data');
  if (element.getAttribute(ENCODING_ATTRIBUTE) === 'json') return JSON.parse(text);
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  // In one piece: each chunk of a stream costs a turn. What goes wrong here is told by the other end, too.
  for (const done of [writer.write(bytesOf(text)), writer.close()]) done.catch(() => undefined);
  return new Response(readable).json();
}

/** @throws Error if the data is not there or cannot be read; the static page stays then. */
export const readData = async (): Promise<EmbeddedData> => (await read(DATA_ELEMENT)) as EmbeddedData;

/** @throws Error as `readData` does. */
export const readEvidence = async (): Promise<ReportEvidence> => (await read(EVIDENCE_ELEMENT)) as ReportEvidence;

/** @throws Error as `readData` does. */
export const readStatement = async (): Promise<PackedStatement> =>
  (await read(STATEMENT_DATA_ELEMENT)) as PackedStatement;
