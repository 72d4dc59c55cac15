/** What a bare `parity run` runs: every scenario in ./scenarios, and nothing that only lies beside them. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { HarnessError } from '../domain/errors.ts';

const FOLDER = 'scenarios';

export interface FoundScenarios {
  readonly files: readonly string[];
  /** Why others are not run, one sentence each. */
  readonly leftOut: readonly string[];
}

/** @throws HarnessError `usage` if there is none */
export async function findScenarios(): Promise<FoundScenarios> {
  const names = (await readdir(FOLDER).catch(() => [])).filter((name) => /\.ya?ml$/.test(name)).sort();
  const files: string[] = [];
  const leftOut: string[] = [];
  for (const name of names) {
    const file = path.join(FOLDER, name);
    const why = await notMeant(file, name);
    if (why === null) files.push(file);
    else leftOut.push(`${file} is not run: ${why}`);
  }
  if (files.length > 0) return { files, leftOut };
  throw new HarnessError('usage', ['no scenario given, and none found in ./scenarios', ...leftOut].join('\n  '), {
    hint: 'Name a scenario file: parity run my-scenario.yaml. parity init writes a first one.',
  });
}

async function notMeant(file: string, name: string): Promise<string | null> {
  if (/^example\b/i.test(name)) return 'it is an example; name it to run it';
  // What cannot be read is told when it is loaded.
  const text = await readFile(file, 'utf8').catch(() => null);
  return text !== null && isWaivers(text) ? 'it holds waivers only' : null;
}

/** As `--propose-waivers` writes them: the one key of the file. */
const isWaivers = (text: string): boolean => {
  const keys = text.split('\n').filter((line) => /^[^\s#-]/.test(line));
  return keys.length === 1 && /^waivers\s*:/.test(keys[0] ?? '');
};
