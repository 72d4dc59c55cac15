/**
 * What the comparison's tests use of vitest, on mocha: `describe`, `it`, `.each`, `expect` with vitest's own matchers, and file
 * snapshots. Vitest starts a world of its own for every change that mutation testing tries (over a second each, thousands of
 * them); mocha keeps everything loaded and runs the tests that reach the change.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  customMatchers,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import fc from 'fast-check';
import mocha from 'mocha';

// The same worlds for every change, and no search for the smallest one that shows it.
fc.configureGlobal({ seed: 1, numRuns: 20, endOnFailure: true });

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

/** The test that runs: file snapshots stand beside its source. */
let running = null;
mocha.beforeEach(function remember() {
  running = this.currentTest ?? null;
});

export const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect);
globalThis[GLOBAL_EXPECT] = expect;
setState({ assertionCalls: 0, isExpectingAssertions: false }, expect);
Object.assign(expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
chai.expect.extend(expect, customMatchers);

chai.use((_, utils) => {
  utils.addMethod(chai.Assertion.prototype, 'toMatchFileSnapshot', function toMatchFileSnapshot(name) {
    const file = path.join(sourceFolder(running?.file ?? ''), name);
    if (!existsSync(file)) throw new Error(`no snapshot ${file}`);
    new chai.Assertion(utils.flag(this, 'object') === readFileSync(file, 'utf8'), `differs from ${file}`).to.equal(
      true,
    );
  });
});

/** Bundles lie under `.mutation/` as their sources lie under the checkout. */
const sourceFolder = (bundle) => path.dirname(bundle.replace(`${path.sep}.mutation${path.sep}`, path.sep));

/** Rows are told apart by their number. */
const each =
  (declare) =>
  (rows) =>
  (title, body, ...rest) => {
    for (const [index, row] of rows.entries()) {
      const args = Array.isArray(row) ? row : [row];
      declare(`${title} #${index}`, () => body(...args), ...rest);
    }
  };

const suite = (title, body) => mocha.describe(title, () => void body());
const test = (title, body) => mocha.it(title, () => body());
export const describe = Object.assign(suite, { each: each(suite) });
export const it = Object.assign(test, { each: each(test) });
