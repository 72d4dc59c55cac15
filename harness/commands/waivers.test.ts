/** Waivers as people use them: proposed, refused without a reason, accepted with one, and no longer fitting. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded } from './testing/sandbox-scenario.ts';

const WORLD = { seed: 21, orgs: 12, defects: 'rate-off*2,committed-off' };
const RUN = ['--quiet', '--reporter', 'json'];

let place: Workplace;
let proposed: string;
beforeAll(async () => {
  place = await openWorkplace();
  await place.write('plain.yaml', embedded(WORLD));
  const outcome = await place.parity([
    'run',
    'plain.yaml',
    '--out',
    'plain',
    '--propose-waivers',
    'waivers.yaml',
    ...RUN,
  ]);
  expect(outcome.code).toBe(1);
  proposed = await place.read('waivers.yaml');
});
afterAll(() => place.dispose());

describe('--propose-waivers', () => {
  it('proposes one entry for each mismatch that follows from no other, with its scope and delta', async () => {
    const mismatches = (await place.findings('plain')).filter(({ status }) => status === 'mismatch');
    const own = mismatches.filter(({ derivedFrom }) => derivedFrom === null);
    expect(own.length).toBeGreaterThan(1);
    expect(proposed.match(/^ {2}- rule: /gm)).toHaveLength(own.length);
    for (const { rule, delta } of own) {
      expect(proposed).toContain(`rule: ${rule}`);
      if (delta !== null) expect(proposed).toContain(`delta: "${delta}"`);
    }
  });

  it('is refused as it is: a reason and an owner are for people to write', async () => {
    await place.write('empty.yaml', embedded({ ...WORLD, extra: proposed }));
    const outcome = await place.parity(['run', 'empty.yaml', '--out', 'empty', ...RUN]);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/empty\.yaml:\d+:\d+: .*reason/);
  });

  it('meets the gate once reasons are written, and names every waiver in use', async () => {
    const reasoned = proposed
      .replaceAll('reason: ""', 'reason: renegotiated')
      .replaceAll('owner: ""', 'owner: billing@example.com');
    await place.write('reasoned.yaml', embedded({ ...WORLD, extra: reasoned }));
    const outcome = await place.parity(['run', 'reasoned.yaml', '--out', 'reasoned', ...RUN]);
    expect(outcome.code).toBe(0);
    const { cells, waivers, moneyAtRisk } = await place.result('reasoned');
    expect(cells.mismatch).toBe(0);
    expect(cells.waived).toBeGreaterThan(0);
    expect(waivers).toMatchObject({ unused: 0, expired: 0 });
    expect(moneyAtRisk).toEqual([]);
  });

  it('opens again where the difference is another one now', async () => {
    const other = proposed
      .replaceAll('reason: ""', 'reason: renegotiated')
      .replaceAll('owner: ""', 'owner: billing@example.com')
      .replaceAll(/delta: "[^"]+"/g, 'delta: "0.001"');
    await place.write('other.yaml', embedded({ ...WORLD, extra: other }));
    const outcome = await place.parity(['run', 'other.yaml', '--out', 'other', ...RUN]);
    expect(outcome.code).toBe(1);
    const reopened = (await place.findings('other')).filter(({ status }) => status === 'mismatch');
    expect(reopened.some(({ reason }) => reason?.includes('accepts 0.001'))).toBe(true);
  });

  it('fails the gate once it has expired', async () => {
    const expired = proposed
      .replaceAll('reason: ""', 'reason: renegotiated')
      .replaceAll('owner: ""', 'owner: billing@example.com')
      .replaceAll(/expires: "[^"]+"/g, 'expires: "2026-04-01"');
    await place.write('expired.yaml', embedded({ ...WORLD, extra: expired }));
    const outcome = await place.parity(['run', 'expired.yaml', '--out', 'expired', ...RUN]);
    expect(outcome.code).toBe(1);
    expect((await place.result('expired')).gate.checks).toContainEqual(
      expect.objectContaining({ name: 'expiredWaivers', met: false }),
    );
  });

  it('never writes over a file that is there', async () => {
    const outcome = await place.parity([
      'run',
      'plain.yaml',
      '--out',
      'again',
      '--propose-waivers',
      'waivers.yaml',
      ...RUN,
    ]);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('waivers.yaml is there already');
    expect(await place.read('waivers.yaml')).toBe(proposed);
  });
});
