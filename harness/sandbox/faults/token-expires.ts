/** A token that is thrown out in the middle of a run. */
import type { FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import type { NetworkFault } from './network-fault.ts';

/** Answers that a token is good for. */
const GOOD_FOR = 10;

export const TOKEN_EXPIRES: NetworkFault = {
  kind: 'network',
  id: 'token-expires',
  title: `A token is refused after ${GOOD_FOR} answers, long before its time; the next one holds`,
  lasting:
    'With `*forever` every token is refused so: what cannot be had within one renewal a request is not comparable.',
  passes: true,
  guard: (times) => {
    const wear = new TokenWear(times);
    return (request) => wear.use(request);
  },
};

/** Which tokens are worn out: so many of those that were seen first. */
class TokenWear {
  readonly #tokens: number;
  readonly #answers = new Map<string, number>();

  constructor(tokens: number) {
    this.#tokens = tokens;
  }

  /** @throws ApiError 401 for a token that is worn out. */
  use({ headers }: FastifyRequest): void {
    const { authorization } = headers;
    if (authorization === undefined || !/^bearer /i.test(authorization)) return;
    const used = this.#answers.get(authorization) ?? 0;
    if (used === 0 && this.#answers.size >= this.#tokens) return;
    if (used >= GOOD_FOR) throw new ApiError(401, 'bad.credentials', 'Invalid login credentials.');
    this.#answers.set(authorization, used + 1);
  }
}
