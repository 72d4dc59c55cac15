/** What `parity init` writes beside scenarios where it is asked to: a pipeline, and a configuration for Playwright. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NewFile, ScenarioFiles } from './init-scenarios.ts';

export type Ci = 'github' | 'gitlab' | 'jenkins' | 'azure';

const CI: Readonly<Record<Ci, { readonly example: string; readonly place: string }>> = {
  github: { example: 'github-actions.yml', place: '.github/workflows/parity.yml' },
  gitlab: { example: 'gitlab-ci.yml', place: '.gitlab-ci.yml' },
  jenkins: { example: 'Jenkinsfile', place: 'Jenkinsfile' },
  azure: { example: 'azure-pipelines.yml', place: 'azure-pipelines.yml' },
};

const VARIABLES =
  /\b(?:LEGACY_API_KEY|PARTNER_CLIENT_ID|PARTNER_CLIENT_SECRET|CONTRACT_CLIENT_ID|CONTRACT_CLIENT_SECRET)\b/g;

/** The example of docs/ci with the scenario's own path, and without the secrets that it does not need. */
export async function ciFile(name: Ci, { nightly, variables }: ScenarioFiles): Promise<NewFile> {
  const { example, place } = CI[name];
  const text = await readFile(fileURLToPath(new URL(`../../docs/ci/${example}`, import.meta.url)), 'utf8');
  const own = path
    .relative(process.cwd(), nightly)
    .split(path.sep)
    .join('/')
    .replace(/\.ya?ml$/, '');
  const kept = text.split('\n').filter((line) => {
    const named = line.match(VARIABLES) ?? [];
    return named.length === 0 || named.some((one) => variables.includes(one));
  });
  return { path: path.resolve(place), text: kept.join('\n').replaceAll('scenarios/nightly', own), optional: true };
}

/** As `.mjs`, so that it is a module whatever package.json says. */
export function playwrightFiles({ nightly }: ScenarioFiles): NewFile[] {
  const scenario = JSON.stringify(path.relative(process.cwd(), nightly).split(path.sep).join('/'));
  const file = (name: string, lines: readonly string[]): NewFile => ({
    path: path.resolve(name),
    text: `${lines.join('\n')}\n`,
    optional: true,
  });
  return [
    file('playwright.config.mjs', [
      "import { defineConfig } from 'playwright/test';",
      '',
      'export default defineConfig({',
      "  testDir: 'parity',",
      '  fullyParallel: true,',
      '  projects: [',
      '    // Asks both sides once; the tests read what it captured.',
      "    { name: 'parity-capture', testMatch: 'capture.setup.mjs' },",
      "    { name: 'parity', testMatch: 'parity.spec.mjs', dependencies: ['parity-capture'] },",
      '  ],',
      '});',
    ]),
    file('parity/scenarios.mjs', [`export const scenarios = [${scenario}];`]),
    file('parity/capture.setup.mjs', [
      "import { captureTests } from 'cutover-parity/playwright';",
      "import { test } from 'playwright/test';",
      "import { scenarios } from './scenarios.mjs';",
      '',
      'for (const { title, body } of captureTests({ scenarios })) test(title, () => body());',
    ]),
    file('parity/parity.spec.mjs', [
      "import { parityTests } from 'cutover-parity/playwright';",
      "import { test } from 'playwright/test';",
      "import { scenarios } from './scenarios.mjs';",
      '',
      'for (const { name, tests } of await parityTests({ scenarios })) {',
      '  test.describe(name, () => {',
      '    for (const { title, tag, body } of tests) test(title, { tag }, () => body());',
      '  });',
      '}',
    ]),
  ];
}
