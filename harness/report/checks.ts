/** From judged cells to what formats tell of all of them. */
import type { Judgement } from '../domain/verdict.ts';
import type { Check } from './reporter.ts';

/** In the order of the judgement's cells. */
export const toChecks = ({ cells, outsideCoverage }: Judgement): Check[] =>
  cells.map(
    ({ id, status, category, rule, pair, scope: { orgs, region, appId }, legacy, contract, agreed, rootCause }) => ({
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
    }),
  );
