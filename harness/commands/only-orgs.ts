/** `--org`: a scenario narrowed to a few organisations, to look at them again. */
import { HarnessError } from '../domain/errors.ts';
import type { ListedOrganisation } from '../runner/listing.ts';
import { didYouMean } from '../scenario/nearest.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';

type Organisation = NonNullable<LoadedScenario['policy']['orgs']>[number];

const IN_REGION = /^([a-z]+(?:-[a-z]+)+-\d+)\/(\S+)$/;
const MOST_NAMED = 5;

const HINT =
  'Give its id, its name if no other has it, or REGION/ID such as us-east-1/9d750d63-95ae-4df7-8955-2bca7152ca19.';

/**
 * The result has a name of its own (`<name>-part`), so that a look at a few is never taken for a night of the whole scenario.
 * @param texts an id, a name that only one has (case does not count), or `REGION/ID`
 * @param listing asks who there is, with `discover`; null: nothing may be asked
 * @throws HarnessError `usage` for one that is not there, or a name that several have
 */
export async function onlyOrgs(
  loaded: LoadedScenario,
  texts: readonly string[],
  listing: (() => Promise<readonly ListedOrganisation[]>) | null,
): Promise<LoadedScenario> {
  const listed = loaded.policy.orgs;
  let known: readonly Organisation[] | null = listed;
  const orgs: Organisation[] = [];
  for (const text of texts) {
    // With `discover` whoever is named in full need not be looked for.
    const whole = listed === null ? inFull(text) : null;
    if (whole === null) known ??= await asked(text, listing);
    const org = whole ?? find(text, known ?? [], listed === null ? 'the regions list' : `${loaded.name} lists`);
    if (!orgs.some(({ id }) => id === org.id)) orgs.push(org);
  }
  const name = `${loaded.name}-part`;
  return {
    ...loaded,
    name,
    partOf: loaded.name,
    scenario: { ...loaded.scenario, name, orgs },
    policy: { ...loaded.policy, orgs, narrowed: true },
  };
}

function inFull(text: string): Organisation | null {
  const [, region, id] = IN_REGION.exec(text) ?? [];
  return region === undefined || id === undefined ? null : { id, region, name: null };
}

async function asked(
  text: string,
  listing: (() => Promise<readonly ListedOrganisation[]>) | null,
): Promise<readonly Organisation[]> {
  if (listing === null) {
    throw new HarnessError('usage', `--org ${text}: its region is not known, and --dry-run asks nobody`, {
      hint: 'Give REGION/ID, such as us-east-1/9d750d63-95ae-4df7-8955-2bca7152ca19.',
    });
  }
  const found = (await listing()).flatMap(({ id, name, region }) => (region === null ? [] : [{ id, name, region }]));
  if (found.length > 0) return found;
  throw new HarnessError('usage', `--org ${text}: the regions of the usage API list no organisation`, {
    hint: 'parity doctor SCENARIO says what is wrong; or give REGION/ID, which needs no listing.',
  });
}

function find(text: string, known: readonly Organisation[], who: string): Organisation {
  const wanted = text.trim().toLowerCase();
  const byId = known.filter(
    ({ id, region }) => id.toLowerCase() === wanted || `${region}/${id}`.toLowerCase() === wanted,
  );
  const found = byId.length > 0 ? byId : known.filter(({ name }) => name?.trim().toLowerCase() === wanted);
  const [one] = found;
  if (one !== undefined && new Set(found.map(({ id }) => id)).size === 1) return one;
  if (one !== undefined) {
    const ids = found.slice(0, MOST_NAMED).map(({ id, region }) => `${region}/${id}`);
    const more = found.length > MOST_NAMED ? ', …' : '';
    throw new HarnessError(
      'usage',
      `--org ${text}: ${found.length} organisations have this name: ${ids.join(', ')}${more}`,
      {
        hint: 'Give the id of the one that is meant.',
      },
    );
  }
  const words = known.flatMap(({ id, name }) => (name === null ? [id] : [id, name]));
  throw new HarnessError('usage', `--org ${text}: ${who} no such organisation${didYouMean(text, words)}`, {
    hint: HINT,
  });
}
