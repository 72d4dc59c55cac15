/** From judged cells to what formats tell of all of them. */
import type { Judgement } from '../domain/verdict.ts';
import type { Check } from './reporter.ts';

/** In the order of the judgement's cells; matches of families that were judged before the end come last. */
export const toChecks = (judgement: Pick<Judgement, 'cells' | 'matches' | 'outsideCoverage'>): Iterable<Check> => ({
  [Symbol.iterator]: () => checksOf(judgement),
});

function* checksOf({ cells, matches, outsideCoverage }: Parameters<typeof toChecks>[0]): Generator<Check> {
  for (const { id, status, category, rule, pair, scope, legacy, contract, agreed, rootCause } of cells) {
    const { orgs, region, appId } = scope;
    yield {
      id,
      status,
      category,
      rule,
      orgs,
      region,
      appId,
      pair,
      legacy: agreed ?? legacy?.value ?? null,
      contract: agreed ?? contract?.value ?? null,
      rootCause,
      outsideCoverage: outsideCoverage.has(id),
    };
  }
  for (const { id, category, rule, orgs, region, appId, value } of matches) {
    const stated = value === null ? null : String(value);
    yield {
      id,
      status: 'match',
      category,
      rule,
      orgs,
      region,
      appId,
      pair: '',
      legacy: stated,
      contract: stated,
      rootCause: null,
      outsideCoverage: false,
    };
  }
}
