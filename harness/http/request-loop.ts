/** All tries of one request: permission of the rate budget, credential, try, and whether to try again. */
import type { Answer, ApiRequest, Attempt, Exchange, Failure } from '../domain/exchange.ts';
import { EXCHANGE_VERSION } from '../domain/exchange.ts';
import type { Clock } from './clock.ts';
import type { Credential } from './credential.ts';
import { requestId } from './exchange-id.ts';
import type { Interruption } from './interruption.ts';
import { adviceFor } from './network-error.ts';
import type { Fault, Reply } from './one-try.ts';
import { rateObservation } from './rate-budget.ts';
import type { RateGate } from './rate-gate.ts';
import { isReadable } from './readable.ts';
import { backOffMs, nextStep, retryAfterMs, type TryResult } from './retry-timing.ts';

/** What one source's requests go through. */
export interface Lane {
  readonly origin: string;
  readonly credential: Credential;
  readonly gate: RateGate;
  /** One GET within the bound of all requests under way. */
  readonly get: (path: string, headers: Readonly<Record<string, string>>) => Promise<Reply | Fault>;
}

export interface LoopOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly interruption: Interruption;
  /** Further tries after the first. */
  readonly retries: number;
  readonly onWait: (reason: string, ms: number) => void;
}

type Turn =
  | { readonly kind: 'tried'; readonly result: Reply | Fault; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'unsent'; readonly failure: Failure };

/** @throws HarnessError `interrupted`; every other failure is in the exchange. */
export async function requestLoop(request: ApiRequest, lane: Lane, options: LoopOptions): Promise<Exchange> {
  const { clock, interruption, retries } = options;
  const attempts: Attempt[] = [];
  let waitedMs = 0;
  let renewed = false;
  let reread = false;
  let tries = 0;
  for (;;) {
    const turn = await takeTurn(request, lane, options, waitedMs, attempts);
    if (turn.kind === 'unsent') return exchangeOf(request, lane, clock, attempts, turn.failure);
    const { result } = turn;
    tries += 1;
    const random = options.random();
    const next = nextStep(
      tryResult(request, result, clock),
      { tries, retries, renewed, reread },
      lane.credential.renewable,
      random,
    );
    if (next.kind === 'done') return exchangeOf(request, lane, clock, attempts, outcomeOf(result, attempts.length));
    if (next.kind === 'renew') {
      lane.credential.reject(turn.headers);
      renewed = true;
      tries -= 1;
      waitedMs = 0;
      continue;
    }
    reread ||= next.reread;
    waitedMs = next.waitMs;
    options.onWait(`try again after ${result.kind === 'reply' ? `status ${result.status}` : result.message}`, waitedMs);
    await interruption.wait(clock, waitedMs);
  }
}

async function takeTurn(
  request: ApiRequest,
  lane: Lane,
  options: LoopOptions,
  waitedMs: number,
  attempts: Attempt[],
): Promise<Turn> {
  const { clock } = options;
  const grant = await lane.gate.take();
  if (grant.kind === 'refused') return { kind: 'unsent', failure: rateLimited(grant.forMs) };
  let settled = false;
  try {
    const authorisation = await lane.credential.authorise();
    if (authorisation.kind === 'refused') return { kind: 'unsent', failure: authorisation.failure };
    const startedAt = new Date(clock.epochMs()).toISOString();
    const startedMs = clock.monotonicMs();
    const result = await lane.get(request.path, authorisation.headers);
    settled = true;
    lane.gate.settle(grant.ticket, rateObservation(result.headers), stopAfter(result, attempts.length + 1, options));
    attempts.push({
      startedAt,
      durationMs: Math.round(clock.monotonicMs() - startedMs),
      status: result.status,
      error: result.kind === 'fault' ? result.message : null,
      waitedMs: Math.round(waitedMs + grant.heldMs),
    });
    return { kind: 'tried', result, headers: authorisation.headers };
  } finally {
    if (!settled) lane.gate.cancel(grant.ticket);
  }
}

/** After a 429 all requests of the credential stop: as long as Retry-After says, else to the window's end, else a back-off. */
function stopAfter(result: Reply | Fault, tries: number, { clock, random }: LoopOptions): number | null {
  if (result.status !== 429) return null;
  const asked = retryAfterMs(result.headers, clock.epochMs());
  if (asked !== null && asked > 0) return asked;
  const reset = rateObservation(result.headers)?.resetMs ?? 0;
  return reset > 0 ? reset : backOffMs(tries, random());
}

function tryResult(request: ApiRequest, result: Reply | Fault, clock: Clock): TryResult {
  if (result.kind === 'fault') return { kind: 'fault', fault: result.fault };
  const { status, headers } = result;
  return {
    kind: 'answer',
    status,
    retryAfterMs: retryAfterMs(headers, clock.epochMs()),
    readable: request.expect === 'any' || isReadable(result),
  };
}

function outcomeOf(result: Reply | Fault, tries: number): Answer | Failure {
  if (result.kind === 'reply') {
    return { kind: 'answer', status: result.status, headers: result.headers, body: result.body };
  }
  const after = tries === 1 ? '' : `, after ${tries} tries`;
  return { kind: 'failure', code: result.code, message: `${result.message}${after}${adviceFor(result.network)}` };
}

const rateLimited = (forMs: number): Failure => ({
  kind: 'failure',
  code: 'rate-limit',
  message: `not sent, as the server wants no request for another ${Math.ceil(forMs / 1000)} s; run again later`,
});

function exchangeOf(
  request: ApiRequest,
  lane: Lane,
  clock: Clock,
  attempts: readonly Attempt[],
  outcome: Answer | Failure,
): Exchange {
  return {
    v: EXCHANGE_VERSION,
    id: requestId(request),
    source: request.source,
    method: 'GET',
    url: `${lane.origin}${request.path}`,
    path: request.path,
    subject: request.subject,
    reading: request.reading ?? 0,
    ...(request.as === undefined ? {} : { as: request.as }),
    ...(request.follow === undefined ? {} : { follow: request.follow }),
    startedAt: attempts[0]?.startedAt ?? new Date(clock.epochMs()).toISOString(),
    durationMs: attempts.reduce(
      (total, { durationMs }, index) => total + durationMs + (index === 0 ? 0 : (attempts[index]?.waitedMs ?? 0)),
      0,
    ),
    attempts,
    outcome,
  };
}
