/** A plain client of the sandbox for its own tests: asks over real HTTP and reads numbers as their text. */
import { isLosslessNumber, parse } from 'lossless-json';
import { request } from 'undici';
import type { RunningSandbox } from '../index.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** JSON with every number as text. */
export type Read = { readonly [key: string]: unknown };

export const parsed = (text: string): Read =>
  parse(text, (_key, value) => (isLosslessNumber(value) ? value.toString() : value)) as Read;

export const list = (value: unknown): readonly Read[] => (Array.isArray(value) ? (value as Read[]) : []);
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export class Session {
  readonly #sandbox: RunningSandbox;
  readonly #token: string;

  private constructor(sandbox: RunningSandbox, token: string) {
    this.#sandbox = sandbox;
    this.#token = token;
  }

  static async open(sandbox: RunningSandbox): Promise<Session> {
    const { body } = await login(sandbox.url, sandbox.clientId, sandbox.clientSecret);
    return new Session(sandbox, text(parsed(body)['access_token']));
  }

  /** Any path of the usage API. */
  usage(path: string): Promise<Reply> {
    return ask(this.#sandbox.url, path, { 'x-api-key': this.#sandbox.apiKey });
  }

  /** Any path that needs a token, with or without its leading slash. */
  platform(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return ask(this.#sandbox.url, path, { authorization: `Bearer ${this.#token}`, ...headers });
  }

  async json(path: string): Promise<Read> {
    const reply = path.startsWith('/v1') ? await this.usage(path) : await this.platform(path);
    if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}: ${reply.text}`);
    return parsed(reply.text);
  }

  /** All entities of a listing, page after page. */
  async walk(path: string, lead: 'nextUri' | 'previousUri' = 'nextUri'): Promise<Read[]> {
    const entities: Read[] = [];
    for (let uri = path; uri !== ''; ) {
      const page = await this.json(uri);
      const found = list(page['entities']);
      if (lead === 'nextUri') entities.push(...found);
      else entities.unshift(...found);
      uri = text(page[lead]);
    }
    return entities;
  }
}

export async function login(url: string, id: string, secret: string): Promise<{ status: number; body: string }> {
  const { statusCode, body } = await request(`${url}/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  return { status: statusCode, body: await body.text() };
}

export async function ask(origin: string, path: string, headers: Readonly<Record<string, string>>): Promise<Reply> {
  const answer = await request(new URL(path, `${origin}/`), { headers });
  const flat = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
  return { status: answer.statusCode, headers: Object.fromEntries(flat), text: await answer.body.text() };
}
