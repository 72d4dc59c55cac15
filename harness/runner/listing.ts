/** Who will be compared, as far as that can be known before anything is captured. */
import { isoDate } from '../domain/billing-period.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';
import { captureUsage } from '../sources/usage-api/capture.ts';
import { normaliseUsage } from '../sources/usage-api/normalise.ts';
import type { RunOptions } from './options.ts';
import { allSources, openSides, settleSides } from './sides.ts';

export interface ListedOrganisation {
  /** In lower case. */
  readonly id: string;
  readonly name: string | null;
  readonly region: string | null;
  /** Empty where the listing does not say. */
  readonly appIds: readonly string[];
}

/**
 * The organisations of the scenario; with `discover`, those that the usage API's regions list: one request, and one a region.
 * @param origins where the sides come from; null as the scenario says
 * @throws HarnessError `usage`, `configuration`, `interrupted`, `snapshot-*`. What the server fails to list is left out.
 */
export async function listOrganisations(
  { scenario }: LoadedScenario,
  origins: Pick<RunOptions, 'legacy' | 'contract'>,
  signal: AbortSignal,
): Promise<ListedOrganisation[]> {
  if (scenario.orgs !== null) {
    return scenario.orgs.map(({ id, name, region }) => ({ id: id.toLowerCase(), name, region, appIds: [] }));
  }
  const listen = (): void => undefined;
  const options = await settleSides(scenario, origins, true);
  const sides = await openSides({ scenario, options, withLegacy: true, listen, signal });
  try {
    const fields = scenario.legacy?.usageApi?.fields ?? {};
    const { appIds } = scenario;
    const transport = allSources(sides);
    const usage = await captureUsage({ transport, plan: listen, appIds, orgs: null, fields, concerns: () => false });
    // Nothing of an organisation's own was asked for, so that the day does not matter.
    const today = isoDate(new Date().toISOString());
    const { regionListings } = normaliseUsage(usage, { appIds, fields, today });
    return regionListings.flatMap(({ region, members }) =>
      members.map(({ org, appIds: of }) => ({ ...org, region, appIds: of })),
    );
  } finally {
    await sides.close();
  }
}
