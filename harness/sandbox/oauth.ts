/** The login service: client credentials for bearer tokens. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { ApiError } from './errors.ts';

/** A client that may log in. Permissions are named as the vendor names them. */
export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly permissions: readonly string[];
}

export const CONTRACT_PERMISSION = 'billing:subscription:view';
export const PARTNER_PERMISSION = 'affiliateOrganization:clientBilling:view';

interface Token {
  readonly client: Client;
  /** Milliseconds of the real clock. */
  readonly expiresAt: number;
}

/** Issues tokens and knows them again. */
export class LoginService {
  readonly #clients: readonly Client[];
  readonly #lifetimeSeconds: number;
  readonly #tokens = new Map<string, Token>();

  constructor(clients: readonly Client[], lifetimeSeconds: number) {
    this.#clients = clients;
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  get issued(): readonly string[] {
    return [...this.#tokens.keys()];
  }

  /** @throws ApiError 400 or 401 as the login service answers. */
  issue(authorization: string | undefined, grantType: string | undefined): Record<string, string | number> {
    if (grantType !== 'client_credentials') {
      throw new ApiError(400, 'unsupported_grant_type', 'grant_type must be client_credentials.');
    }
    const client = this.#clientOf(authorization);
    if (client === null) throw new ApiError(401, 'invalid_client', 'Client authentication failed.');
    const text = `${client.clientId}:${client.clientSecret}:${this.#tokens.size}`;
    const token = createHash('sha256').update(text).digest('base64url');
    this.#tokens.set(token, { client, expiresAt: Date.now() + this.#lifetimeSeconds * 1000 });
    return { access_token: token, token_type: 'bearer', expires_in: this.#lifetimeSeconds };
  }

  /**
   * The bearer's token if it may do this.
   * @throws ApiError 401 without a token that is still good, 403 without the permission.
   */
  authorise(authorization: string | undefined, permission: string): string {
    const text = /^bearer (.+)$/i.exec(authorization ?? '')?.[1];
    if (text === undefined)
      throw new ApiError(401, 'authentication.required', 'No authentication bearer token specified.');
    const token = this.#tokens.get(text);
    if (token === undefined || token.expiresAt <= Date.now()) {
      throw new ApiError(401, 'bad.credentials', 'Invalid login credentials.');
    }
    if (!token.client.permissions.includes(permission)) {
      throw new ApiError(403, 'missing.permissions', `You are missing the following permission(s): ${permission}`, {
        params: { permissions: permission },
      });
    }
    return text;
  }

  #clientOf(authorization: string | undefined): Client | null {
    const encoded = /^basic (.+)$/i.exec(authorization ?? '')?.[1];
    if (encoded === undefined) return null;
    const [id, ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    return (
      this.#clients.find(({ clientId, clientSecret }) => clientId === id && clientSecret === secret.join(':')) ?? null
    );
  }
}

export function serveLogin(app: FastifyInstance, login: LoginService): void {
  app.post<{ Body: { grant_type?: string } | undefined }>('/oauth/token', async (request, reply) => {
    try {
      return login.issue(request.headers.authorization, request.body?.grant_type);
    } catch (error) {
      // The login service answers in the words of OAuth (RFC 6749), not with an ErrorBody.
      if (!(error instanceof ApiError)) throw error;
      return reply.code(error.status).send({ error: error.code, description: error.message });
    }
  });
}
