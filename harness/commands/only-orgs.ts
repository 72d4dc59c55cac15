/** `--org`: a scenario narrowed to a few organisations, to look at them again. */
import { HarnessError } from '../domain/errors.ts';
import type { ExpectedOrgs } from '../domain/policy.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';

const SHAPE = /^([a-z0-9-]+)\/(\S+)$/;

function parse(text: string): NonNullable<ExpectedOrgs>[number] {
  const [, region, id] = SHAPE.exec(text) ?? [];
  if (region === undefined || id === undefined) {
    throw new HarnessError(
      'usage',
      `--org ${text}: expected REGION/ID, such as us-east-1/9d750d63-95ae-4df7-8955-2bca7152ca19`,
    );
  }
  return { id, region, name: null };
}

/**
 * The result has a name of its own (`<name>-part`), so that a look at a few is never taken for a night of the whole scenario.
 * @param texts `REGION/ID` each. @throws HarnessError `usage`
 */
export function onlyOrgs(loaded: LoadedScenario, texts: readonly string[]): LoadedScenario {
  const listed = loaded.policy.orgs;
  const orgs = texts.map(parse).map((org) => {
    const known = listed?.find(({ id }) => id === org.id);
    if (listed !== null && known === undefined) {
      throw new HarnessError(
        'usage',
        `--org ${org.region}/${org.id}: the scenario ${loaded.name} does not list this organisation`,
      );
    }
    return known ?? org;
  });
  const name = `${loaded.name}-part`;
  return {
    ...loaded,
    name,
    partOf: loaded.name,
    scenario: { ...loaded.scenario, name, orgs },
    policy: { ...loaded.policy, orgs },
  };
}
