/** One finding of a finished run, told whole; never a credential in it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../domain/run-result.ts';
import { firstLine, openWorkplace, type Workplace } from './testing/cli.ts';
import { remote, type Served } from './testing/sandbox-scenario.ts';

let place: Workplace;
let served: Served;
let rate: Finding;
beforeAll(async () => {
  place = await openWorkplace();
  const sandbox = place.start([
    'sandbox',
    '--json',
    '--seed',
    '21',
    '--orgs',
    '12',
    '--defects',
    'rate-off,org-dropped',
  ]);
  served = JSON.parse(await firstLine(sandbox)) as Served;
  await place.write('s.yaml', remote(served, '', 'explained'));
  await place.parity(['run', 's.yaml', '--quiet', '--reporter', 'json']);
  const found = (await place.findings('reports/explained/latest')).find(({ rule }) => rule === 'overage-rate');
  if (found === undefined) throw new Error('nothing to explain');
  rate = found;
});
afterAll(() => place.dispose());

describe('parity explain', () => {
  it('shows both values with their bodies, and a curl for each without its secrets', async () => {
    const { code, stdout, stderr } = await place.parity(['explain', rate.id]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`mismatch: overage-rate  ${rate.id}`);
    for (const side of [rate.legacy, rate.contract]) {
      expect(stdout).toContain(`at ${side?.evidence?.pointer}`);
      expect(stdout).toContain(String(side?.evidence?.correlationId));
    }
    expect(stdout).toMatch(/→ +"overagePrice": /);
    expect(stdout).toMatch(/→ +"overageRate": /);
    expect(stdout.match(/curl .*\$(?:LEGACY_API_KEY|CONTRACT_TOKEN|PARTNER_TOKEN)/g)).toHaveLength(2);
    expect(stdout).toContain('docs/rules.md#overage-rate');
    for (const secret of [served.apiKey, served.clientSecret]) expect(stdout).not.toContain(secret);
  });

  it('takes the beginning of an id, as JSON too', async () => {
    const { code, stdout } = await place.parity([
      'explain',
      rate.id.slice(0, 10),
      '--json',
      '--run',
      'reports/explained/latest',
    ]);
    expect(code).toBe(0);
    const told = JSON.parse(stdout) as { finding: Finding; exchanges: { id: string }[] };
    expect(told.finding).toEqual(rate);
    expect(told.exchanges.map(({ id }) => id)).toEqual([
      rate.legacy?.evidence?.exchange,
      rate.contract?.evidence?.exchange,
    ]);
  });

  it.each([
    ['an id that no finding has', ['zzz'], /no finding zzz in reports/],
    ['an id that several have', [''], /findings have an id that begins with ""/],
    ['a folder that holds no run', ['x', '--run', 'nowhere'], /holds no run: result\.json is not there/],
  ])('refuses %s', async (_, args, words) => {
    const { code, stderr } = await place.parity(['explain', ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });

  it('is what a run proposes to do next', async () => {
    const { stdout } = await place.parity(['run', 's.yaml', '--out', 'again', '--quiet', '--reporter', 'json']);
    const next = /Next: parity (explain \S+ --run \S+)/.exec(stdout)?.[1] ?? '';
    expect((await place.parity(next.split(' '))).code).toBe(0);
  });
});
