/** Readiness by customer: one that is wrong for two nights keeps nobody else from being billed. */
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isoDate } from '../domain/billing-period.ts';
import type { CustomerReadiness, History } from '../domain/history.ts';
import { runScenario } from '../index.ts';
import { startSandbox } from '../sandbox/index.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { remote } from './testing/sandbox-scenario.ts';

const WORLD = { seed: 3, orgs: 6 };
const TODAY = '2026-04-23';

let place: Workplace;
let wrong: string;
beforeAll(async () => {
  place = await openWorkplace();
  const first = await night('2026-04-20', 'nightly', ['committed-off']);
  wrong = first[0] ?? '';
  await night('2026-04-21', 'nightly', ['committed-off']);
  await night('2026-04-22', 'nightly', []);
  await night(TODAY, 'nightly', []);
  await night(TODAY, 'closed', []);
}, 120_000);
afterAll(() => place.dispose());

/** @returns organisations in which something is hidden */
async function night(
  today: string,
  name: 'nightly' | 'closed',
  defects: readonly string[],
): Promise<readonly string[]> {
  const served = await startSandbox({
    ...WORLD,
    defects: defects.length === 0 ? 'none' : defects,
    today: isoDate(today),
  });
  const more =
    name === 'nightly'
      ? 'readiness: { cutover: 2026-06-05, nights: 3 }\n'
      : 'period: last-closed\nreadiness: { cutover: 2026-06-05, closedCycles: 1 }\n';
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the place of a variable in a scenario.
    const file = await place.write(`${name}.yaml`, remote({ ...served, url: '${SANDBOX}' }, more, name));
    const out = path.join(place.dir, 'reports', name, today);
    await runScenario(file, { out, reporters: ['json'], env: { SANDBOX: served.url } });
    return served.defects.flatMap(({ orgs }) => orgs);
  } finally {
    await served.close();
  }
}

async function customers(scenario: string): Promise<readonly CustomerReadiness[]> {
  const { stdout } = await place.parity(['history', 'reports', '--today', TODAY, '--json']);
  const found = (JSON.parse(stdout) as History).scenarios.find((one) => one.scenario === scenario);
  return found?.customers ?? [];
}

describe('readiness by customer', () => {
  it('counts each one’s own nights, and says what is missing', async () => {
    const all = await customers('nightly');
    expect(all).toHaveLength(6);
    // As many as the run itself says were not at parity: those that share the wrong charge.
    const { orgs } = await place.result('reports/nightly/2026-04-20');
    const late = all.filter(({ ready }) => !ready);
    expect(late).toHaveLength(orgs.expected - orgs.atParity);
    expect(late.map(({ id }) => id)).toContain(wrong);
    for (const one of late) {
      expect(one).toMatchObject({ standing: 'parity', nights: 2, since: '2026-04-22', why: '2 of 3 nights in a row' });
    }
    for (const one of all.filter(({ ready }) => ready)) {
      expect(one).toMatchObject({ ready: true, nights: 4, since: '2026-04-20', why: '' });
    }
  });

  it('names the mismatch of one whose newest night is not at parity', async () => {
    const { stdout } = await place.parity(['history', 'reports', '--today', '2026-04-21', '--json']);
    const found = (JSON.parse(stdout) as History).scenarios.find(({ scenario }) => scenario === 'nightly');
    expect(found?.customers?.find(({ id }) => id === wrong)).toMatchObject({
      ready: false,
      standing: 'mismatch',
      nights: 0,
      why: expect.stringMatching(/mismatch(es)?, the first: committed-quantity of PC-/),
    });
  });

  it('counts closed cycles where closed periods are compared', async () => {
    const all = await customers('closed');
    expect(all.length).toBeGreaterThan(0);
    for (const one of all) expect(one.closedCycles).toBeGreaterThan(0);
  });

  it('is on the page, in a CSV file, and in the bundle', async () => {
    const args = [
      'history',
      'reports',
      '--today',
      TODAY,
      '--csv',
      'out/customers.csv',
      '--html',
      'out/history.html',
      '--bundle',
      'out/bundle',
    ];
    expect(await place.parity(args)).toMatchObject({ code: 0 });
    const rows = parse(await place.read('out/customers.csv'), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows.filter(({ scenario }) => scenario === 'nightly')).toHaveLength(6);
    expect(
      rows.find(({ organisationId, scenario }) => organisationId === wrong && scenario === 'nightly'),
    ).toMatchObject({
      ready: 'no',
      nightsInARow: '2',
      why: '2 of 3 nights in a row',
    });
    expect(await place.read('out/bundle/customers.csv')).toBe(await place.read('out/customers.csv'));
    const ready = rows.filter((row) => row['scenario'] === 'nightly' && row['ready'] === 'yes').length;
    expect(
      (await place.read('out/history.html')).includes(`${ready} of 6 customers can be billed from the new API`),
    ).toBe(true);
  });

  it('is not told where a run does not say who was billed', async () => {
    await place.clear(`reports/nightly/${TODAY}/statement.jsonl`);
    const { stdout } = await place.parity(['history', 'reports/nightly', '--today', TODAY, '--json']);
    expect((JSON.parse(stdout) as History).scenarios[0]?.customers).toBeNull();
  });
});
