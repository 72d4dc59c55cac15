/** A fault of the network or of the server: what is done to a request that it hits. */
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface RequestLine {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
}

/** A request and what stands around it. */
export interface Asked extends RequestLine {
  /** What the sandbox's clock says: the `Date` of its answers. */
  readonly now: Date;
  /** Of another server, not of the sandbox's own: nobody must ever ask it. */
  readonly otherHost: string;
}

export interface NetworkFault {
  readonly kind: 'network';
  readonly id: string;
  /** What happens. */
  readonly title: string;
  /** What a run makes of it when it does not pass, for docs/faults.md. */
  readonly lasting: string;
  /** Whether another try can help. If so, it hits each request once where nothing else is said; if not, always. */
  readonly passes: boolean;
  /** Which requests it can hit; all if left out. */
  readonly hits?: (line: RequestLine) => boolean;
  /** In place of the true answer. */
  readonly instead?: (reply: FastifyReply, request: FastifyRequest, asked: Asked) => void;
  /** Keeps a count of its own in place of `times`. @returns what throws ApiError for a request that it refuses. */
  readonly guard?: (times: number) => (request: FastifyRequest) => void;
  /** What becomes of the true answer, before it is compressed. Bytes and streams go out as they are. */
  readonly spoil?: (answer: string, reply: FastifyReply, asked: Asked) => string | Buffer | NodeJS.ReadableStream;
}

/** All but the login service. */
export const isApi = ({ url }: RequestLine): boolean => !url.startsWith('/oauth/');
