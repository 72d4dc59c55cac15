/** How requests of one credential prove who they are. */
import type { Failure } from '../domain/exchange.ts';

export type Authorisation =
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  /** No credential could be had; the request is not sent. */
  | { readonly kind: 'refused'; readonly failure: Failure };

export interface Credential {
  authorise(): Promise<Authorisation>;
  /** The answer was 401 to these headers: what they hold must not be used again. */
  reject(headers: Readonly<Record<string, string>>): void;
  /** Whether another try after a 401 can help. */
  readonly renewable: boolean;
}

/** No credential at all. */
export const NOBODY: Credential = {
  renewable: false,
  authorise: () => Promise.resolve({ kind: 'headers', headers: {} }),
  reject: () => undefined,
};

/** A fixed header, such as `x-api-key`. */
export const apiKeyCredential = (header: string, key: string): Credential => ({
  renewable: false,
  authorise: () => Promise.resolve({ kind: 'headers', headers: { [header]: key } }),
  reject: () => undefined,
});
