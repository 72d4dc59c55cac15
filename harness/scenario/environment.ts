/** Variables of a scenario: the environment first, then an `.env` file beside the scenario. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { HarnessError } from '../domain/errors.ts';

export type Lookup = (name: string) => string | undefined;

/** @throws HarnessError `configuration` if there is an `.env` file that cannot be read. */
export async function openEnvironment(scenarioPath: string, env: NodeJS.ProcessEnv): Promise<Lookup> {
  const beside = await readEnvFile(path.join(path.dirname(scenarioPath), '.env'));
  return (name) => env[name] ?? (Object.hasOwn(beside, name) ? beside[name] : undefined);
}

async function readEnvFile(file: string): Promise<NodeJS.Dict<string>> {
  try {
    return parseEnv(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new HarnessError('configuration', `${file} is there but cannot be read`, {
      cause: error,
      hint: 'Make it readable, or take it away and set the variables in the environment.',
    });
  }
}
