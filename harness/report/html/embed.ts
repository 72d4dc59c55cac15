/** Data inside the page as inert text: plain JSON while it is small, gzip and base64 beyond. */
import { gzipSync } from 'node:zlib';

export interface Embedded {
  readonly encoding: 'json' | 'gzip-base64';
  readonly type: 'application/json' | 'application/octet-stream';
  /** Safe inside a `script` element: it holds no `<`. */
  readonly text: string;
}

/** Up to here a page stays greppable; beyond, size on disk and reading time count more. */
const PLAIN_LIMIT = 64 * 1024;

/** U+2028 and U+2029 are harmless in JSON, but break tools that read the page as script. */
const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};
const UNSAFE = /[<>&\u2028\u2029]/g;

export function embed(data: unknown): Embedded {
  const json = JSON.stringify(data);
  if (json.length > PLAIN_LIMIT) {
    const text = gzipSync(json, { level: 9 }).toString('base64');
    return { encoding: 'gzip-base64', type: 'application/octet-stream', text };
  }
  const text = json.replace(UNSAFE, (character) => ESCAPES[character] ?? character);
  return { encoding: 'json', type: 'application/json', text };
}
