/** Scenario files for tests, each in a folder of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ScenarioInvalidError } from '../../domain/errors.ts';
import { type LoadOptions, loadScenario } from '../load.ts';
import type { LoadedScenario } from '../scenario.ts';

/** The least that a live scenario needs. */
export const LIVE = `version: 1
name: live
legacy:
  usageApi:
    apiKey: \${LEGACY_API_KEY}
contract:
  region: us-east-1
  clientId: \${CLIENT_ID}
  clientSecret: \${CLIENT_SECRET}
apps:
  - appId: wallboard
    products:
      - partNumber: PC-1
`;

export const ENV = { LEGACY_API_KEY: 'key-from-env', CLIENT_ID: 'id-from-env', CLIENT_SECRET: 'secret-from-env' };

/** Writes the text as a scenario (and an `.env` beside it), loads it, and takes it away again. */
export async function load(
  text: string | Uint8Array,
  options: LoadOptions & { dotEnv?: string } = { env: ENV },
): Promise<LoadedScenario> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenario-'));
  try {
    const file = path.join(folder, 'scenario.yaml');
    await writeFile(file, text);
    if (options.dotEnv !== undefined) await writeFile(path.join(folder, '.env'), options.dotEnv);
    return await loadScenario(file, options);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The faults that loading ends with, as `line:column: message`. */
export async function faults(
  text: string | Uint8Array,
  options?: LoadOptions & { dotEnv?: string },
): Promise<string[]> {
  try {
    await load(text, options);
  } catch (error) {
    if (error instanceof ScenarioInvalidError) {
      return error.issues.map((issue) => `${issue.line}:${issue.column}: ${issue.message}`);
    }
    throw error;
  }
  return [];
}
