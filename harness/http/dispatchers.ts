/** Connections: one keep-alive pool for each origin, or the proxy that the environment names. */
import { type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { HarnessError } from '../domain/errors.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const PROXY_VARIABLES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'];

/** An origin such as `https://api.mypurecloud.com`. @throws HarnessError `configuration` if the text is more or less than that. */
export function originOf(text: string, what: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (url !== null && plain && (url.protocol === 'https:' || url.protocol === 'http:')) return url.origin;
  throw new HarnessError(
    'configuration',
    `${what} is no origin: expected https://host or https://host:port, without a path`,
    { hint: 'Mend it in the scenario.' },
  );
}

/** A proxy cannot reach our own machine, and a sandbox served here must never be asked through one. */
function isLoopback(origin: string): boolean {
  const host = new URL(origin).hostname;
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}

export class Dispatchers {
  readonly #byOrigin = new Map<string, Dispatcher>();
  readonly #options: { connections: number; pipelining: number; connect: { timeout: number } };
  readonly #environment: NodeJS.ProcessEnv;
  #proxied: Dispatcher | null = null;

  constructor(options: {
    readonly connections: number;
    readonly timeoutMs: number;
    readonly environment: NodeJS.ProcessEnv;
  }) {
    this.#options = {
      connections: options.connections,
      pipelining: 1,
      connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, options.timeoutMs) },
    };
    this.#environment = options.environment;
  }

  for(origin: string): Dispatcher {
    if (!isLoopback(origin) && PROXY_VARIABLES.some((name) => this.#environment[name])) {
      this.#proxied ??= this.#proxyAgent();
      return this.#proxied;
    }
    let pool = this.#byOrigin.get(origin);
    if (pool === undefined) {
      pool = new Pool(origin, this.#options);
      this.#byOrigin.set(origin, pool);
    }
    return pool;
  }

  /** Closes every connection at once, under way or not. */
  async close(): Promise<void> {
    const all = [...this.#byOrigin.values(), ...(this.#proxied === null ? [] : [this.#proxied])];
    await Promise.all(all.map((dispatcher) => dispatcher.destroy()));
  }

  #proxyAgent(): Dispatcher {
    const environment = this.#environment;
    const httpProxy = environment['http_proxy'] ?? environment['HTTP_PROXY'];
    const httpsProxy = environment['https_proxy'] ?? environment['HTTPS_PROXY'];
    try {
      return new EnvHttpProxyAgent({
        ...this.#options,
        ...(httpProxy ? { httpProxy } : {}),
        ...(httpsProxy ? { httpsProxy } : {}),
        noProxy: environment['no_proxy'] ?? environment['NO_PROXY'] ?? '',
      });
    } catch (cause) {
      throw new HarnessError('configuration', 'the proxy that the environment names cannot be used', {
        cause,
        hint: `Look at ${PROXY_VARIABLES.join(', ')}: expected http://host:port.`,
      });
    }
  }
}
