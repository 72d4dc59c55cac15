/** Through the real command (detection.test.ts has the many worlds): clean worlds must be silent, and a defect of each kind must be found under its rule and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded } from './testing/sandbox-scenario.ts';

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
});
afterAll(() => place.dispose());

describe('clean worlds', () => {
  it.each(Array.from({ length: 4 }, (_, index) => index + 1))('seed %i: no mismatch, exit 0', async (seed) => {
    await place.write(`clean-${seed}.yaml`, embedded({ seed, orgs: 24 }));
    const outcome = await place.parity([
      'run',
      `clean-${seed}.yaml`,
      '--out',
      `clean-${seed}`,
      '--quiet',
      '--reporter',
      'json',
    ]);
    const findings = await place.findings(`clean-${seed}`);
    expect(findings.filter((finding) => finding.status === 'mismatch')).toEqual([]);
    expect(outcome.code).toBe(0);
  });
});

const DEFECTS = [
  ['org-dropped', 'org-missing-in-contract'],
  ['actual-off', 'actual-quantity'],
  ['rate-off', 'overage-rate'],
  ['currency-wrong', 'currency'],
  ['bundle-ignored', 'committed-quantity'],
  ['date-shift', null],
] as const;

describe('defects', () => {
  it.each(DEFECTS)('%s is found under %s, nothing else is reported, exit 1', async (defect, rule) => {
    await place.write(`${defect}.yaml`, embedded({ seed: 21, orgs: 24, defects: defect }));
    const outcome = await place.parity(['run', `${defect}.yaml`, '--out', defect, '--quiet', '--reporter', 'json']);
    expect(outcome.code).toBe(1);
    const mismatches = (await place.findings(defect)).filter((finding) => finding.status === 'mismatch');
    if (rule === null) expect(mismatches.every((finding) => finding.category === 'term')).toBe(true);
    else expect(mismatches.map((finding) => finding.rule)).toContain(rule);
    const { sandbox } = (await place.result(defect)).run;
    expect(sandbox).toMatchObject({ hidden: 1, found: 1, falseAlarms: 0 });
  });
});
