/** OAuth client credentials, as the platform documents them: `POST {login}/oauth/token`, Basic authentication, form body. */
import type { ErrorCode } from '../domain/errors.ts';
import type { Failure } from '../domain/exchange.ts';
import type { Clock } from './clock.ts';
import type { Authorisation, Credential } from './credential.ts';
import type { Interruption } from './interruption.ts';
import { adviceFor } from './network-error.ts';
import type { Fault, Reply } from './one-try.ts';
import type { Secrets } from './redaction.ts';
import { nextStep, retryAfterMs } from './retry-timing.ts';

export interface OAuthClient {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface OAuthOptions {
  readonly client: OAuthClient;
  /** One try of the token request; the retries are made here. */
  readonly post: (request: {
    path: string;
    headers: Readonly<Record<string, string>>;
    body: string;
  }) => Promise<Reply | Fault>;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly random: () => number;
  readonly retries: number;
  readonly interruption: Interruption;
  readonly onWait: (reason: string, ms: number) => void;
}

/** A login service that could not be reached is left in peace for so long; a refusal stands for the whole run. */
const LOGIN_REST_MS = 60_000;
const RENEW_BEFORE_MS = 60_000;
const TOKEN_PATH = '/oauth/token';

interface Token {
  readonly value: string;
  /** Monotonic; null if the service gave no lifetime: then it is used until a 401. */
  readonly renewAt: number | null;
}
type Login =
  | { readonly kind: 'token'; readonly token: Token }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** Both secrets of the client are redacted from here on, as is every token. */
export class OAuthCredential implements Credential {
  readonly renewable = true;
  readonly #options: OAuthOptions;
  readonly #basic: string;
  #token: Token | null = null;
  #pending: Promise<Login> | null = null;
  #refusal: { readonly failure: Failure; readonly until: number } | null = null;

  constructor(options: OAuthOptions) {
    const { clientId, clientSecret } = options.client;
    this.#options = options;
    this.#basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    options.secrets.add(clientSecret);
    options.secrets.add(this.#basic);
  }

  async authorise(): Promise<Authorisation> {
    const now = this.#options.clock.monotonicMs();
    if (this.#refusal !== null && now < this.#refusal.until) return { kind: 'refused', failure: this.#refusal.failure };
    const token = this.#token;
    if (token !== null && (token.renewAt === null || now < token.renewAt)) return bearer(token);
    // One login at a time, whoever asks: the others wait for the same answer.
    this.#pending ??= this.#logIn().finally(() => {
      this.#pending = null;
    });
    const login = await this.#pending;
    return login.kind === 'token' ? bearer(login.token) : login;
  }

  reject(headers: Readonly<Record<string, string>>): void {
    // Another request may have renewed it meanwhile; only the token that was refused is thrown away.
    if (this.#token !== null && headers['authorization'] === `Bearer ${this.#token.value}`) this.#token = null;
  }

  async #logIn(): Promise<Login> {
    const { clock, interruption, random, retries, onWait } = this.#options;
    for (let tries = 1, reread = false; ; tries += 1) {
      const result = await this.#post();
      const read = result.kind === 'reply' && isSuccess(result.status) ? this.#readToken(result) : null;
      if (read !== null) return this.#remember(read);
      const tried =
        result.kind === 'fault'
          ? { kind: 'fault' as const, fault: result.fault }
          : {
              kind: 'answer' as const,
              status: result.status,
              retryAfterMs: retryAfterMs(result.headers, clock.epochMs()),
              readable: !isSuccess(result.status),
            };
      const next = nextStep(tried, { tries, retries, renewed: true, reread }, false, random());
      if (next.kind !== 'again') return this.#refuse(result, tries);
      reread ||= next.reread;
      onWait(`log in again after ${outcomeOf(result)}`, next.waitMs);
      await interruption.wait(clock, next.waitMs);
    }
  }

  #post(): Promise<Reply | Fault> {
    return this.#options.post({
      path: TOKEN_PATH,
      headers: {
        authorization: `Basic ${this.#basic}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: 'grant_type=client_credentials',
    });
  }

  #readToken(reply: Reply): Token | null {
    let body: unknown;
    try {
      body = JSON.parse(reply.body);
    } catch {
      return null;
    }
    if (typeof body !== 'object' || body === null) return null;
    const value = 'access_token' in body ? body.access_token : null;
    const seconds = 'expires_in' in body ? Number(body.expires_in) : Number.NaN;
    // A token goes into a header: printable ASCII, or it cannot be sent.
    if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) return null;
    const lifetime = seconds * 1000;
    const renewAt =
      lifetime > 0 ? this.#options.clock.monotonicMs() + lifetime - Math.min(RENEW_BEFORE_MS, lifetime / 10) : null;
    return { value, renewAt };
  }

  #remember(token: Token): Login {
    this.#token = token;
    this.#refusal = null;
    this.#options.secrets.add(token.value);
    return { kind: 'token', token };
  }

  #refuse(result: Reply | Fault, tries: number): Login {
    const { client, clock } = this.#options;
    const code = codeOf(result);
    const after = tries === 1 ? '' : ` after ${tries} tries`;
    const hint = code === 'configuration' ? `; check the client id ${client.clientId}, its secret and its region` : '';
    const advice = result.kind === 'fault' ? adviceFor(result.network) : hint;
    const message = `the login failed: ${outcomeOf(result)}${after}${advice}; POST ${client.loginUrl}${TOKEN_PATH}`;
    const failure: Failure = { kind: 'failure', code, message };
    const rest = code === 'configuration' ? Number.POSITIVE_INFINITY : LOGIN_REST_MS;
    this.#refusal = { failure, until: clock.monotonicMs() + rest };
    return { kind: 'refused', failure };
  }
}

const bearer = (token: Token): Authorisation => ({
  kind: 'headers',
  headers: { authorization: `Bearer ${token.value}` },
});

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

const outcomeOf = (result: Reply | Fault): string => {
  if (result.kind === 'fault') return result.message;
  return isSuccess(result.status)
    ? 'an answer without a usable access_token'
    : `status ${result.status}${errorName(result)}`;
};

/** The OAuth error code of a refusal (`invalid_client`), which says more than its status. */
function errorName(reply: Reply): string {
  const name = /"error"\s*:\s*"([a-z_.]{1,60})"/i.exec(reply.body)?.[1];
  return name === undefined ? '' : ` (${name})`;
}

function codeOf(result: Reply | Fault): ErrorCode {
  if (result.kind === 'fault') return result.code;
  if (isSuccess(result.status)) return 'wire-contract';
  return result.status === 400 || result.status === 401 || result.status === 403 ? 'configuration' : 'http-status';
}
