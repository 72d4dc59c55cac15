/** Who has a test: decided when Playwright loads the tests, the same in every process of one run. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../report/atomic-write.ts';
import type { ListedOrganisation } from '../runner/listing.ts';
import { loadScenario } from '../scenario/load.ts';
import type { LoadedScenario } from '../scenario/scenario.ts';
import { readCaptured } from './captured.ts';
import type { ParitySettings } from './settings.ts';
import { WHOLE_CAPTURE } from './standing.ts';

export interface TestedOrganisation extends ListedOrganisation {
  /** As the newest capture found them; empty before the first. */
  readonly currencies: readonly string[];
}

interface Listing {
  readonly scenarioSha256: string;
  /** Listed from an earlier capture of this machine. */
  readonly fromCapture: boolean;
  readonly organisations: readonly TestedOrganisation[];
}

/** Playwright sets it in the processes that run tests; those that only list them are without. */
const inWorker = (env: NodeJS.ProcessEnv): boolean => env['TEST_WORKER_INDEX'] !== undefined;

/**
 * The process that lists the tests decides: the organisations of the scenario; with `discover` those of the newest capture, and
 * before the first one those that the legacy side lists now. The processes that run the tests read what was decided.
 * @returns empty if nobody can be named
 */
export async function testedOrganisations(
  loaded: LoadedScenario,
  settings: ParitySettings,
): Promise<readonly TestedOrganisation[]> {
  const { reports, origin, env } = settings;
  const file = listingFile(reports, loaded);
  if (inWorker(env)) return (await readListing(file, loaded))?.organisations ?? [];
  const captured = (await readCaptured(reports, loaded.name, loaded.sha256))?.organisations ?? null;
  const known = new Map(captured?.map((one) => [one.id, one]));
  // A snapshot lists its own, so that every machine that has it lists the same.
  const fromCapture = loaded.scenario.orgs === null && origin === null ? captured : null;
  const listed =
    fromCapture !== null ? fromCapture.filter(({ id }) => id !== WHOLE_CAPTURE) : await list(loaded, settings);
  const organisations = listed.map(({ id, name, region, appIds }) => ({
    id,
    name,
    region,
    appIds: known.get(id)?.appIds ?? appIds,
    currencies: known.get(id)?.currencies ?? [],
  }));
  const inOrder = organisations.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  await mkdir(path.dirname(file), { recursive: true });
  const listing: Listing = {
    scenarioSha256: loaded.sha256,
    fromCapture: fromCapture !== null,
    organisations: inOrder,
  };
  await writeAtomically(file, [JSON.stringify(listing), '\n']);
  return inOrder;
}

/** Who cannot be listed now (no credential, no network) is told of by the capture, with the request that failed. */
async function list(loaded: LoadedScenario, { origin, env }: ParitySettings): Promise<readonly ListedOrganisation[]> {
  const { listOrganisations } = await import('../runner/listing.ts');
  const whole = loaded.scenario.orgs === null && origin === null ? await loadScenario(loaded.path, { env }) : loaded;
  return listOrganisations(whole, { legacy: origin, contract: origin }, new AbortController().signal).catch(() => []);
}

const keyOf = ({ id, name, region }: TestedOrganisation): string => `${region ?? ''} ${name ?? ''} ${id}`;

const listingFile = (reports: string, { name }: LoadedScenario): string =>
  path.join(reports, name, 'playwright-organisations.json');

/** Shards cut the list of tests by position: machines that list from captures of their own may leave someone out. */
export async function isListedFromCapture(loaded: LoadedScenario, reports: string): Promise<boolean> {
  return (await readListing(listingFile(reports, loaded), loaded))?.fromCapture ?? false;
}

async function readListing(file: string, { sha256 }: LoadedScenario): Promise<Listing | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const listing = JSON.parse(text) as Listing;
  return listing.scenarioSha256 === sha256 ? listing : null;
}
