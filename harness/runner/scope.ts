/** What a run is to look at, as the scenario and `--org` say. */
import { ascending, group } from 'd3-array';
import type { RunScope } from '../domain/run-result.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';

export function scopeOf({ scenario, policy, partOf }: LoadedScenario): RunScope {
  const byApp = group(policy.products, ({ appId }) => appId);
  const orgIds = policy.orgs === null ? null : [...new Set(policy.orgs.map(({ id }) => id.toLowerCase()))].sort();
  const whole = orgIds === null ? 'all' : 'listed';
  return {
    orgs: partOf === undefined ? whole : 'narrowed',
    orgIds,
    apps: [...byApp]
      .map(([appId, products]) => ({ appId, partNumbers: [...new Set(products.map((one) => one.partNumber))].sort() }))
      .sort((a, b) => ascending(a.appId, b.appId)),
    period: scenario.period.kind,
    ...(scenario.period.kind === 'date' ? { date: scenario.period.date } : {}),
    partOf: partOf ?? null,
  };
}
