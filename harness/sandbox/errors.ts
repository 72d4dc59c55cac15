/** Error answers as the platform gives them. */
import { body, type JsonObject, number } from './json.ts';

/** Thrown by a handler; answered as an ErrorBody with its status. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  /** Whole seconds, for 429. */
  readonly retryAfter: number | null;

  constructor(
    status: number,
    code: string,
    message: string,
    options: { params?: Readonly<Record<string, string>>; retryAfter?: number } = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.params = options.params ?? {};
    this.retryAfter = options.retryAfter ?? null;
  }
}

export const badRequest = (message: string, params: Readonly<Record<string, string>> = {}): ApiError =>
  new ApiError(400, 'bad.request', message, { params });

export const notFound = (what: string, id: string): ApiError =>
  new ApiError(404, 'not.found', `The requested ${what} was not found.`, { params: { id } });

/** Fields of the vendor's ErrorBody that the sandbox gives. */
interface ErrorFields {
  readonly message: string;
  readonly code: string;
  readonly status: number;
  readonly messageWithParams: string;
  readonly messageParams: object;
  readonly contextId: string;
  readonly details: readonly object[];
  readonly errors: readonly object[];
}

/** The vendor's ErrorBody. `contextId` is the answer's correlation id. */
export const errorBody = (error: ApiError, contextId: string): JsonObject =>
  body<ErrorFields>({
    message: error.message,
    code: error.code,
    status: number(String(error.status)),
    messageWithParams: error.message,
    messageParams: error.params,
    contextId,
    details: [],
    errors: [],
  });
