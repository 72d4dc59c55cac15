/** Failures of a capture, in words that name the request, whom it was about, and what to do. */
import type { CaptureFailure, CaptureSubject } from '../domain/capture.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { correlationId, type Exchange } from '../domain/exchange.ts';
import type { Evidence } from '../domain/figure.ts';
import { SIDE_OF, type SourceName } from '../domain/side.ts';

/** @param said what happened, to follow the request: `answered 503 after 5 tries` */
export const failureOf = (
  exchange: Exchange,
  subject: CaptureSubject,
  code: ErrorCode,
  said: string,
  pointer = '',
): CaptureFailure => ({
  side: SIDE_OF[exchange.source],
  source: exchange.source,
  subject,
  code,
  message: `GET ${exchange.path} (${exchange.subject}) ${said}`,
  at: { exchange: exchange.id, pointer },
});

/** The answer came and is JSON, but what it says cannot be used. */
export const unusable = (
  source: SourceName,
  subject: CaptureSubject,
  message: string,
  at: Evidence,
): CaptureFailure => ({ side: SIDE_OF[source], source, subject, code: 'normalisation', message, at });

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

/** For an answer whose status is not 200: the status, and what to do about it. */
export function statusWords(exchange: Exchange, status: number): string {
  const tries = exchange.attempts.length > 1 ? ` after ${exchange.attempts.length} tries` : '';
  return `answered ${status}${tries}: ${advice(exchange, status)}`;
}

function advice(exchange: Exchange, status: number): string {
  if (status === 401) return `the credential is not accepted; ${CREDENTIAL[exchange.source]}`;
  if (status === 403) return `the credential may not do this; ${PERMISSION[exchange.source]}`;
  if (status === 404) return 'there is no such thing, although it was named';
  if (status === 429) return 'the rate limit is used up; run again later, or lower limits.requestsPerMinute';
  const id = correlationId(exchange);
  const support = id === null ? '' : `; the vendor's support finds it as ${id}`;
  if (status >= 500 || status === 408) return `the server could not answer; run again later${support}`;
  return `the request was refused${support}`;
}
