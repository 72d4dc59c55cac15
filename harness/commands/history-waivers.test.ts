/** Nights over which a root cause is accepted by a waiver: it is shown as waived, never as gone. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isoDate } from '../domain/billing-period.ts';
import type { History, ScenarioHistory } from '../domain/history.ts';
import { runScenario } from '../index.ts';
import { startSandbox } from '../sandbox/index.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { remote } from './testing/sandbox-scenario.ts';

const WORLD = { seed: 42, orgs: 30 };
const DEFECTS = ['bundle-ignored*4'];
const CAUSE = 'bundle-ignored';
const WAIVER = `waivers:
  - { cause: ${CAUSE}, reason: renegotiated, owner: billing@example.com, ticket: BILL-1, expires: 2026-12-31 }
`;
const POLICY = 'gate: { minCoverage: 90 }\nreadiness: { cutover: 2026-06-05, nights: 2 }\n';

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
  await night('2026-04-20', '', DEFECTS);
  await night('2026-04-21', WAIVER, DEFECTS);
  await night('2026-04-22', WAIVER, DEFECTS);
}, 60_000);
afterAll(() => place.dispose());

/** One night, judged with these waivers; its sandbox listens where every night's did, so that the scenario changes by its waivers alone. */
async function night(today: string, waivers: string, defects: readonly string[]): Promise<void> {
  const served = await startSandbox({ ...WORLD, defects, today: isoDate(today) });
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the place of a variable in a scenario.
    const text = remote({ ...served, url: '${SANDBOX}' }, `${POLICY}${waivers}`, 'nightly');
    const file = await place.write('nightly.yaml', text);
    const out = path.join(place.dir, 'reports/nightly', today);
    await runScenario(file, { out, reporters: ['json'], env: { SANDBOX: served.url } });
  } finally {
    await served.close();
  }
}

async function historyOf(): Promise<ScenarioHistory> {
  const { stdout, stderr, code } = await place.parity(['history', 'reports', '--today', '2026-04-22', '--json']);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  const [found] = (JSON.parse(stdout) as History).scenarios;
  if (found === undefined) throw new Error('no history');
  return found;
}

describe('a root cause that a waiver accepts', () => {
  it('is marked as waived, and neither absent nor gone', async () => {
    const { causes, events } = await historyOf();
    const cause = causes.find(({ id }) => id === CAUSE);
    expect(cause).toMatchObject({ goneSince: null });
    expect(cause?.marks).toEqual(['present', 'waived', 'waived']);
    const told = events.map(({ text }) => text);
    expect(told.filter((text) => /no longer seen/.test(text))).toEqual([]);
    expect(told).toContainEqual(expect.stringMatching(/^root cause accepted by waivers: /));
  });

  it('leaves the nights ready, with its waiver and its money beside the word', async () => {
    const { waivers, readiness, nights } = await historyOf();
    expect(nights.map(({ standing }) => standing)).toEqual(['mismatch', 'parity', 'parity']);
    expect(readiness).toMatchObject({ standing: 'ready' });
    expect(waivers).toMatchObject([{ ticket: 'BILL-1', owner: 'billing@example.com' }]);
    const told = (await place.parity(['history', 'reports', '--today', '2026-04-22'])).stdout;
    expect(told).toMatch(/READY with \d+ waivers?, [A-Z]{3} [\d,.]+.* waived/);
    expect(told).not.toMatch(/no longer seen|fixed/i);
  });

  it('is told as gone once it is mended', async () => {
    await night('2026-04-23', WAIVER, []);
    const { stdout } = await place.parity(['history', 'reports', '--today', '2026-04-23', '--json']);
    const [found] = (JSON.parse(stdout) as History).scenarios;
    expect(found?.causes.find(({ id }) => id === CAUSE)).toMatchObject({ goneSince: '2026-04-23' });
  }, 20_000);
});
