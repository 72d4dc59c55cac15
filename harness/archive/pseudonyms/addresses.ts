/** Addresses (URLs, and paths with their query) without the ids that stand in them. */
import type { PseudonymKind } from './table.ts';
import { isUuid } from './table.ts';

export type Replace = (kind: PseudonymKind, original: string) => string;

/** Parts of the paths of the three APIs. */
const PARTS = new Set(
  'api v1 v2 billing contracts invoices lines document billingperiods trusteebillingoverview regions organizations oauth token'.split(
    ' ',
  ),
);
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;
/** Values of these say nothing of anybody; that of any other parameter (a cursor, an id) is replaced. */
const PARAMETERS = new Set('appIds pageSize pageNumber billingPeriodIndex expand'.split(' '));
const REDACTED = '[redacted]';

/** The vendor's own hosts, and this machine. Others may be named after who runs them. */
const KNOWN_HOST =
  /^(?:localhost|127(?:\.\d+){3}|\[::1\]|(?:[^/:]+\.)?(?:pure\.cloud|mypurecloud\.[a-z.]+|genesys\.(?:cloud|com)))(?::\d+)?$/i;

export function rewriteAddress(address: string, replace: Replace): string {
  const [, origin = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)?(.*)$/is.exec(address) ?? [];
  const [, path = '', query] = /^([^?#]*)(?:\?([^#]*))?/s.exec(rest) ?? [];
  const segments = path.split('/').map((segment) => rewriteSegment(segment, replace));
  const tail = query === undefined ? '' : `?${rewriteQuery(query, replace)}`;
  return `${origin === '' ? '' : rewriteOrigin(origin, replace)}${segments.join('/')}${tail}`;
}

export function rewriteOrigin(origin: string, replace: Replace): string {
  const [, scheme = '', host = ''] = /^([^/]*:\/\/)(?:[^@]*@)?(.*)$/.exec(origin) ?? [];
  return KNOWN_HOST.test(host) ? `${scheme}${host}` : `${scheme}${replace('host', host)}`;
}

function rewriteSegment(segment: string, replace: Replace): string {
  const plain = decoded(segment);
  if (plain === '' || plain === REDACTED || PARTS.has(plain) || REGION.test(plain)) return segment;
  return encodeURIComponent(replace(isUuid(plain) ? 'uuid' : 'code', plain));
}

const rewriteQuery = (query: string, replace: Replace): string =>
  query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      if (at < 0) return name === REDACTED ? name : replace('token', decoded(name));
      if (value === '' || value === REDACTED || PARAMETERS.has(name)) return pair;
      const plain = decoded(value);
      return `${name}=${isUuid(plain) ? replace('uuid', plain) : replace('token', plain)}`;
    })
    .join('&');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
