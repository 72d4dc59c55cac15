/**
 * `npm run mutation`: changes the comparison in thousands of places, one at a time, and looks which changes its tests notice; then
 * writes docs/mutation.md. In two parts, because the tests of causes are dear and reach everything: what finds causes is tried with
 * all tests, the rest without those. Both scores are therefore lower bounds.
 */
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { Stryker } from '@stryker-mutator/core';
import { writeReport } from './report.mjs';

const BUNDLES = '.mutation/harness/compare';
const CAUSES = ['harness/compare/causes/**/*.ts'];
const NO_TESTS = ['!harness/compare/**/*.test.ts', '!harness/compare/**/testing/**'];

/** Cheap tests first: most changes are noticed before the dear ones. */
const PARTS = [
  {
    name: 'comparison',
    mutate: ['harness/compare/**/*.ts', ...CAUSES.map((file) => `!${file}`), ...NO_TESTS],
    spec: ['{scope,pairs,rules,judging,rereading}/*', '!(properties)', 'decisions/!(causes)', 'properties'],
  },
  {
    name: 'causes',
    mutate: [...CAUSES, ...NO_TESTS],
    spec: ['causes/*', 'decisions/causes', '!(properties)', 'decisions/!(causes)'],
  },
];

const files = [];
for (const { name, mutate, spec } of PARTS) {
  const fileName = `reports/mutation/${name}.json`;
  await rm(fileName, { force: true });
  await new Stryker({
    mutate,
    mochaOptions: { spec: spec.map((each) => `${BUNDLES}/${each}.test.mjs`) },
    jsonReporter: { fileName },
    incrementalFile: `reports/mutation/${name}.incremental.json`,
  }).runMutationTest();
  files.push(fileName);
}
const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
await writeReport(files, 'docs/mutation.md', commit);
