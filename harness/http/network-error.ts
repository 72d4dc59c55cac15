/** What an error of the socket, the resolver or TLS means, in words. */

const MEANINGS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by the server',
  EPIPE: 'connection closed by the server',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name could not be looked up',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ETIMEDOUT: 'connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_SOCKET: 'connection closed before the answer was complete',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the body is not as long as announced',
  UND_ERR_HEADERS_OVERFLOW: 'the headers are too large',
  UND_ERR_ABORTED: 'the connection was closed here',
  UND_ERR_DESTROYED: 'the connection was closed here',
  UND_ERR_CLOSED: 'the connection was closed here',
};

/** Certificates do not mend themselves within a run. */
export const isCertificateError = (code: string | null): boolean =>
  code !== null && /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_(?:TLS|SSL)_|^UNABLE_TO_GET_ISSUER/.test(code);

/** Signed by somebody whom this machine does not know: a company's own authority, or a proxy that looks into what passes. */
const UNKNOWN_AUTHORITY = /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;
const TRUST_HINT = '; if the authority is your own, name the file with its certificate in NODE_EXTRA_CA_CERTS';

/** What to look at where no server was ever reached. */
const ADVICE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there: check the address and its port, and that the server runs',
  ENOTFOUND:
    'there is no such host: check how the address or the region is spelt, and whether this network needs HTTPS_PROXY',
  EAI_AGAIN: 'no name can be looked up: check the network of this machine and its DNS',
  EHOSTUNREACH: 'no way leads there: check the network of this machine, a VPN or a proxy (HTTPS_PROXY)',
  ENETUNREACH: 'no way leads there: check the network of this machine, a VPN or a proxy (HTTPS_PROXY)',
  UND_ERR_CONNECT_TIMEOUT:
    'nothing answers there: check the address, a firewall, and whether this network needs HTTPS_PROXY',
};

/** @returns null where a further try says more than any advice. */
export const networkAdvice = (code: string | null): string | null => ADVICE[code ?? ''] ?? null;

/** `; nothing listens there: check …`, after what happened; empty where there is no advice. */
export function adviceFor(code: string | undefined): string {
  const advice = networkAdvice(code ?? null);
  return advice === null ? '' : `; ${advice}`;
}

interface Described {
  readonly message: string;
  readonly code: string | null;
}

/** Follows `cause` and the parts of an AggregateError to the first error that has a code. */
function coded(error: unknown, depth = 0): { code: string; message: string } | null {
  if (!(error instanceof Error) || depth > 5) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const parts = error instanceof AggregateError ? error.errors : [];
  const inner = [error.cause, ...parts].map((part) => coded(part, depth + 1)).find((part) => part !== null);
  if (inner != null) return inner;
  return code === null ? null : { code, message: error.message };
}

export function describeNetworkError(error: unknown): Described {
  const found = coded(error);
  if (found === null) return { message: error instanceof Error ? error.message : String(error), code: null };
  const meaning = MEANINGS[found.code] ?? found.message;
  const hint = UNKNOWN_AUTHORITY.test(found.code) ? TRUST_HINT : '';
  return { message: `${meaning} (${found.code})${hint}`, code: found.code };
}
