/** What the environment asks of the front end: Playwright's own command line has no room for options of others. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SideOrigin } from '../runner/options.ts';

export interface ParitySettings {
  /** Scenario files. */
  readonly scenarios: readonly string[];
  /** Where both sides come from; null: as the scenario says. */
  readonly origin: SideOrigin | null;
  /** Folder that runs are written to, in a folder for each scenario. */
  readonly reports: string;
  /** Where there are more organisations than this, they are tested by app and region instead of one by one. */
  readonly mostTests: number;
  /** Where `${NAME}` of a scenario is looked up. */
  readonly env: NodeJS.ProcessEnv;
}

/** Below dist/playwright/ or harness/playwright/. */
const SANDBOX = fileURLToPath(new URL('../../scenarios/sandbox.yaml', import.meta.url));
const DEFAULT_MOST_TESTS = 2000;

/**
 * - `PARITY_SCENARIOS`: files, separated by commas (default: the sandbox's, which is part of the package)
 * - `PARITY_SNAPSHOT`: a snapshot that both sides are read from, so that nobody is asked
 * - `PARITY_MOST_TESTS`: see `mostTests` (default: 2000)
 * @throws Error for a number that is none
 */
export function settingsOf(env: NodeJS.ProcessEnv = process.env): ParitySettings {
  const { PARITY_SCENARIOS: files, PARITY_SNAPSHOT: snapshot, PARITY_MOST_TESTS: most } = env;
  const scenarios = (files ?? '').split(',').map((file) => file.trim());
  const given = scenarios.filter((file) => file !== '');
  return {
    scenarios: given.length === 0 ? [SANDBOX] : given,
    origin: snapshot ? { kind: 'snapshot', dir: path.resolve(snapshot) } : null,
    reports: 'reports',
    mostTests: most ? wholeNumber('PARITY_MOST_TESTS', most) : DEFAULT_MOST_TESTS,
    env,
  };
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new Error(`${name}=${text}: expected a whole number, such as ${DEFAULT_MOST_TESTS}`);
}
