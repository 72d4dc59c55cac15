import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded } from './testing/sandbox-scenario.ts';

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
  for (const [name, checks] of Object.entries(CHECKS)) {
    await place.write(`${name}.yaml`, `${embedded({ seed: 7, orgs: 12 })}\nchecks: ${checks}\n`);
  }
});
afterAll(() => place.dispose());

const CHECKS = {
  usual: '{}',
  least: '{ listingDetail: none, invoices: none }',
  most: '{ listingDetail: full, invoices: all }',
};

const ENDPOINTS = {
  contract: /^\/api\/v2\/billing\/contracts\/[0-9a-f-]{36}$/,
  invoices: /^\/api\/v2\/billing\/contracts\/invoices\?/,
  lines: /^\/api\/v2\/billing\/contracts\/invoices\/[^/]+\/lines/,
};

async function asked(out: string): Promise<Record<keyof typeof ENDPOINTS, number>> {
  const exchanges = (await place.read(`${out}/snapshot/exchanges.jsonl`)).trimEnd().split('\n');
  const paths = exchanges.flatMap((line) => (JSON.parse(line) as { path?: string }).path ?? []);
  const count = (pattern: RegExp): number => paths.filter((path) => pattern.test(path)).length;
  return {
    contract: count(ENDPOINTS.contract),
    invoices: count(ENDPOINTS.invoices),
    lines: count(ENDPOINTS.lines),
  };
}

const run = async (name: keyof typeof CHECKS, ...more: readonly string[]) => {
  const outcome = await place.parity(['run', `${name}.yaml`, '--out', name, '--reporter', 'json', ...more]);
  expect([outcome.code, outcome.stderr.includes('error')]).toEqual([0, false]);
  return { result: await place.result(name), asked: await asked(name), stdout: outcome.stdout };
};

describe('checks of a scenario', () => {
  it('asks for nothing beside what is compared, and says so, where none is chosen', async () => {
    const { result, asked, stdout } = await run('least');
    expect(asked).toEqual({ contract: 0, invoices: 0, lines: 0 });
    expect(result.compared).toMatchObject({
      quantities: true,
      prices: true,
      invoices: 'none',
      listingDetail: { asked: 0 },
      because: { invoices: 'no invoices were asked for', listingDetail: 'they were not asked for by id' },
    });
    expect(stdout).toMatch(/not compared: invoices, contracts by id/);
    const records = result.accounts?.map(({ record }) => record);
    expect(records).not.toContain('invoice');
    expect(records).toContain('plan-item');
  });

  it('asks for every contract of a short listing, and for invoices from the first day compared', async () => {
    const { result, asked } = await run('usual');
    const { listingDetail, invoices } = result.compared ?? {};
    expect(asked.contract).toBe(listingDetail?.of);
    expect([invoices, listingDetail?.asked]).toEqual(['period', listingDetail?.of]);
    const most = await run('most');
    expect(most.result.compared?.invoices).toBe('all');
    expect(most.asked.contract).toBe(asked.contract);
    const invoicesRead = most.result.accounts?.find(({ record }) => record === 'invoice')?.received;
    expect(most.asked.lines).toBe(invoicesRead);
    expect(asked.lines).toBeLessThan(most.asked.lines);
    const account = result.accounts?.find(({ record }) => record === 'invoice');
    // Those that are dated before are received, and out of scope.
    expect(account?.received).toBe(invoicesRead);
    expect(account?.outOfScope).toContainEqual({ reason: 'other-period', count: most.asked.lines - asked.lines });
  });

  it('--dry-run=count foretells the requests of a run within 5 %', async () => {
    const plan = await place.parity(['run', 'usual.yaml', '--dry-run=count']);
    expect(plan.code).toBe(0);
    const foretold = Number(/^ {2}(\d+) requests, /m.exec(plan.stdout)?.[1]);
    const { legacy, contract } = (await place.result('usual')).requests;
    expect(Math.abs(foretold - legacy - contract) / (legacy + contract)).toBeLessThanOrEqual(0.05);
    expect(plan.stdout).not.toContain('?  /');
  });

  it('--dry-run sends nothing, and says what cannot be known then', async () => {
    const plan = await place.parity(['run', 'usual.yaml', '--dry-run']);
    expect([plan.code, plan.stderr]).toEqual([0, '']);
    expect(plan.stdout).toContain('nothing is sent');
    expect(plan.stdout).toContain('--dry-run=count reads them');
  });

  it('shards that take contracts as listed add up to the whole', async () => {
    for (const shard of [1, 2]) {
      await place.parity(['run', 'least.yaml', '--out', `s${shard}`, '--shard', `${shard}/2`, '--reporter', 'json']);
    }
    const merged = await place.parity(['merge', 's1', 's2', '--out', 'merged', '--reporter', 'json']);
    expect(merged.code).toBe(0);
    expect(await place.read('merged/findings.jsonl')).toBe(await place.read('least/findings.jsonl'));
    expect(await place.read('merged/statement.jsonl')).toBe(await place.read('least/statement.jsonl'));
  });
});
