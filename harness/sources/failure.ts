/** Failures of a capture, in words that name the request, whom it was about, and what to do. */
import type { CaptureFailure, CaptureSubject } from '../domain/capture.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { correlationId, type Exchange, type Failure, failureReason } from '../domain/exchange.ts';
import type { Evidence } from '../domain/figure.ts';
import { SIDE_OF, type SourceName } from '../domain/side.ts';

/** @param reason what happened and what to do, as a clause of its own: `the server could not answer (status 503); run again later` */
export const failureOf = (
  exchange: Exchange,
  subject: CaptureSubject,
  code: ErrorCode,
  reason: string,
  pointer = '',
): CaptureFailure => ({
  side: SIDE_OF[exchange.source],
  source: exchange.source,
  subject,
  code,
  message: `${reason}; ${askedFor(exchange)}`,
  parts: { reason, request: `GET ${exchange.path} (${exchange.subject})` },
  at: { exchange: exchange.id, pointer },
});

/** The request, for the end of a sentence: what is read first is what happened. */
const askedFor = ({ subject, path }: Exchange): string => `asked for ${subject}: GET ${path}`;

/** Why no answer came, and the request. */
export const failureWords = (exchange: Exchange, failure: Failure): string =>
  `${failureReason(exchange, failure)}; ${askedFor(exchange)}`;

/** The answer came and is JSON, but what it says cannot be used. */
export const unusable = (
  source: SourceName,
  subject: CaptureSubject,
  message: string,
  at: Evidence,
): CaptureFailure => ({
  side: SIDE_OF[source],
  source,
  subject,
  code: 'normalisation',
  message,
  at,
});

/** In an order that does not depend on which answer came first. */
export const inFixedOrder = (failures: readonly CaptureFailure[]): CaptureFailure[] =>
  failures
    .map((failure) => ({ failure, key: `${failure.at.exchange}\n${failure.at.pointer}\n${failure.message}` }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ failure }) => failure);

const CREDENTIAL: Readonly<Record<SourceName, string>> = {
  'usage-api': 'check the API key (legacy.usageApi.apiKey)',
  'partner-billing': 'check client id and secret (legacy.partnerBilling)',
  'contract-api': 'check client id and secret (contract)',
};

/** Permissions as the vendor documents them; the usage API has keys that serve certain apps instead. */
const PERMISSION: Readonly<Record<SourceName, string>> = {
  'usage-api': 'ask the vendor whether the API key serves these appIds',
  'partner-billing': 'the OAuth client needs the permission affiliateOrganization:clientBilling:view',
  'contract-api': 'the OAuth client needs the permission billing:subscription:view',
};

/** For an answer whose status is not 200: what it means, the status, and what to do about it. */
export function statusFailure(exchange: Exchange, subject: CaptureSubject, status: number): CaptureFailure {
  const tries = exchange.attempts.length > 1 ? ` after ${exchange.attempts.length} tries` : '';
  const { what, advice } = meaningOf(exchange, status);
  return failureOf(exchange, subject, codeOf(status), `${what} (status ${status}${tries})${advice}`);
}

function codeOf(status: number): ErrorCode {
  if (status === 401 || status === 403) return 'configuration';
  return status === 429 ? 'rate-limit' : 'http-status';
}

function meaningOf(exchange: Exchange, status: number): { readonly what: string; readonly advice: string } {
  const { source } = exchange;
  if (status === 401) return { what: 'the credential is not accepted', advice: `; ${CREDENTIAL[source]}` };
  if (status === 403) return { what: 'the credential may not do this', advice: `; ${PERMISSION[source]}` };
  if (status === 404) {
    return {
      what: 'there is no such thing, although it was named',
      advice: '; run again, and if it stays, tell the support of the API',
    };
  }
  if (status === 429) {
    return {
      what: 'the rate limit is used up',
      advice: '; run again later, or lower limits.requestsPerMinute',
    };
  }
  const id = correlationId(exchange);
  const support = id === null ? '' : `; the vendor's support finds it as ${id}`;
  if (status >= 500 || status === 408) {
    return { what: 'the server could not answer', advice: `; run again later${support}` };
  }
  return { what: 'the request was refused', advice: `; the API may have changed: see parity validate${support}` };
}
