/** Reads the data that the page carries. */
import { DATA_ELEMENT, ENCODING_ATTRIBUTE, type ReportData } from '../data.ts';

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** @throws Error if the data is not there or cannot be read; the static page stays then. */
export async function readData(): Promise<ReportData> {
  const element = document.getElementById(DATA_ELEMENT);
  const text = element?.textContent;
  if (element === null || text === null || text === undefined) throw new Error('the page has no data');
  if (element.getAttribute(ENCODING_ATTRIBUTE) === 'json') return JSON.parse(text) as ReportData;
  const unpacked = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(unpacked).json()) as ReportData;
}
