/** What a first answer of a source says: whether it may be asked, its clock, its rate limit. */
import { parseDate } from '../../domain/billing-period.ts';
import { answeredAt, type Exchange } from '../../domain/exchange.ts';
import type { PeriodChoice } from '../../domain/policy.ts';
import type { SourceName } from '../../domain/side.ts';
import { networkAdvice } from '../../http/network-error.ts';
import type { Check } from './check.ts';

/** A token that is issued in the future or has expired already: clocks further apart than this make trouble. */
const MOST_SKEW_SECONDS = 60;

export function limitChecks(exchange: Exchange, source: SourceName, wanted: number): Check[] {
  const stated =
    exchange.outcome.kind === 'answer' ? Number(exchange.outcome.headers['inin-ratelimit-allowed']) : Number.NaN;
  if (!(stated < wanted)) return [];
  return [
    {
      what: `${source} limit`,
      outcome: 'warning',
      words: `the scenario allows ${wanted} requests a minute, the server ${stated}`,
      remedy: `Set limits.requestsPerMinute to ${stated} or less: beyond it the server refuses, and the run waits.`,
    },
  ];
}

export function accessCheck(exchange: Exchange, source: SourceName, origin: string): Check {
  const { outcome } = exchange;
  if (outcome.kind === 'failure') {
    const advice = networkAdvice(/\(([A-Z_]+)\)/.exec(outcome.message)?.[1] ?? null);
    return {
      what: source,
      outcome: 'bad',
      words: `${origin} could not be asked: ${outcome.message.replace(`; ${advice}`, '')}`,
      remedy: sentence(advice ?? FAILED[outcome.code] ?? 'Look at what the message names, and ask again'),
    };
  }
  const { status, headers } = outcome;
  const took = `${exchange.durationMs} ms`;
  if (status === 200 || (status === 404 && source === 'partner-billing')) {
    const allowed = headers['inin-ratelimit-allowed'];
    const limit = allowed === undefined ? 'states no rate limit' : `${allowed} requests a minute`;
    return { what: source, outcome: 'good', words: `${origin} answered ${status} in ${took}; ${limit}` };
  }
  return {
    what: source,
    outcome: 'bad',
    words: `${origin} answered ${status}`,
    remedy: sentence(
      status === 403 ? PERMISSION[source] : (ADVICE[status] ?? 'look at the status page of the service'),
    ),
  };
}

/** A period that has not begun by the date of the answers: none of them tells of it. Null where it has, or where no date is asked for. */
export function periodCheck(exchange: Exchange, source: SourceName, period: PeriodChoice): Check | null {
  const date = parseDate(answeredAt(exchange));
  if (period.kind !== 'date' || date === null || period.date <= date) return null;
  return {
    what: 'period',
    outcome: 'bad',
    words: `${period.date} is after the date of the answers of ${source} (${date}): no answer tells of it`,
    remedy: 'Set `period` to a date up to then, to `open` or to `last-closed`.',
  };
}

const sentence = (words: string): string => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}.`;

/** What each API asks of who calls it. */
const PERMISSION: Readonly<Record<SourceName, string>> = {
  'usage-api':
    'the API key may not ask for these app ids: have them added to the key, or take them out of the scenario',
  'partner-billing':
    'give the OAuth client of the partner organisation the permission affiliateOrganization:clientBilling:view',
  'contract-api': 'give the OAuth client of your own vendor organisation the permission billing:subscription:view',
};

const FAILED: Readonly<Record<string, string>> = {
  configuration: 'check the client id and its secret, and that they belong to this region',
  timeout: 'the server takes longer than limits.timeoutSeconds: ask again, or allow more',
  'rate-limit': 'the rate limit is used up: ask again in a minute',
};

const ADVICE: Readonly<Record<number, string>> = {
  400: 'the request was refused; the API may have changed',
  401: 'the credential is not accepted: check it, and that it belongs to this region',
  404: 'there is no such address: check region or apiUrl',
  429: 'the rate limit is used up: try again in a minute',
};

/** In the largest unit that there are two of. */
function span(seconds: number): string {
  for (const [unit, size] of UNITS) {
    if (seconds >= 2 * size) return `${Math.round(seconds / size)} ${unit}`;
  }
  return `${seconds} seconds`;
}

const UNITS = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
] as const;

export function clockCheck(exchange: Exchange, source: SourceName): Check {
  const date = exchange.outcome.kind === 'answer' ? exchange.outcome.headers['date'] : undefined;
  const server = date === undefined ? Number.NaN : Date.parse(date);
  const what = `${source} clock`;
  if (Number.isNaN(server)) return { what, outcome: 'warning', words: 'its answers state no date' };
  const skew = Math.round((server - Date.parse(exchange.startedAt)) / 1000);
  const words = `${span(Math.abs(skew))} ${skew < 0 ? 'behind' : 'ahead of'} this machine`;
  if (Math.abs(skew) <= MOST_SKEW_SECONDS) return { what, outcome: 'good', words };
  return {
    what,
    outcome: 'warning',
    words,
    remedy: 'Set the clock of this machine, or tokens and periods may be misjudged.',
  };
}
