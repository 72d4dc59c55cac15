/** `parity sandbox --world`: a partner's own organisations, on both sides, through a run; and files that cannot be used. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isoDate } from '../domain/billing-period.ts';
import { type RunningSandbox, startSandbox } from '../sandbox/index.ts';
import { list, Session, text } from '../sandbox/testing/session.ts';
import { firstLine, openWorkplace, type Workplace } from './testing/cli.ts';
import { remote } from './testing/sandbox-scenario.ts';

const EXAMPLE = path.resolve(import.meta.dirname, '../../docs/world.example.yaml');

let place: Workplace;
let example: string;
beforeAll(async () => {
  place = await openWorkplace();
  example = await readFile(EXAMPLE, 'utf8');
});
afterAll(() => place.dispose());

const scenario = ({ url, apiKey, clientId, clientSecret }: RunningSandbox): string => `version: 1
name: own
legacy: { usageApi: { baseUrl: "${url}", apiKey: "${apiKey}" } }
contract: { apiUrl: "${url}", loginUrl: "${url}", clientId: "${clientId}", clientSecret: "${clientSecret}" }
apps:
  - appId: your-app
    products:
      - { partNumber: PC-170-NV-YOURAPP, kind: user }
      - { partNumber: PC-170-NV-YOURMSG, kind: sum }
orgs: discover
limits: { requestsPerMinute: 60000 }
`;

describe('a world that moves', () => {
  it('says the same on both sides on every day: in the middle of a period, at its end, after renewals', async () => {
    const sandbox = await startSandbox({ seed: 17, orgs: 25, defects: 'none', moving: true });
    await place.write('moving.yaml', remote(sandbox));
    for (const day of ['2026-04-20', '2026-04-30', '2026-05-01', '2026-07-14', '2027-02-28']) {
      sandbox.setToday(isoDate(day));
      const out = `moved-${day}`;
      const { code } = await place.parity(['run', 'moving.yaml', '--out', out, '--quiet', '--reporter', 'json']);
      // What a trial costs is not known, and is outside coverage.
      const wrong = (await place.findings(out)).filter(({ status }) => status === 'mismatch' || status === 'unstable');
      expect({ day, code, wrong: wrong.map(({ rule, reason }) => `${rule}: ${reason}`) }).toStrictEqual({
        day,
        code: 0,
        wrong: [],
      });
    }
    await sandbox.close();
  }, 120_000);
});

describe('a world of one’s own', () => {
  it('is served on both sides as it was written, and compares', async () => {
    await place.write('world.yaml', example);
    const child = place.start(['sandbox', '--world', 'world.yaml', '--json']);
    const served = JSON.parse(await firstLine(child)) as RunningSandbox;
    const session = await Session.open(served);
    const org = '9d750d63-95ae-4df7-8955-2bca7152ca19';
    const legacy = await session.json(`/v1/regions/us-east-1/organizations/${org}?appIds=your-app`);
    const seats = list(legacy['usages']).find(({ partNumber }) => partNumber === 'PC-170-NV-YOURAPP');
    expect(
      ['prepayQuantity', 'usageQuantity', 'prepayPrice', 'overagePrice'].map((field) => Number(seats?.[field])),
    ).toEqual([10, 15, 20, 23.74]);
    const contracts = await session.walk('/api/v2/billing/contracts');
    expect(contracts.map(({ dateStart }) => text(dateStart)).sort()).toEqual(['2025-07-01', '2026-01-15']);
    await place.write('s.yaml', scenario(served));
    const { code, stderr } = await place.parity(['run', 's.yaml', '--out', 'out', '--quiet', '--reporter', 'json']);
    expect(stderr).toContain('stands in the file itself');
    expect(await place.findings('out')).toStrictEqual([]);
    expect(code).toBe(0);
    expect((await place.result('out')).orgs).toMatchObject({ expected: 2, atParity: 2 });
    child.kill('SIGINT');
  });

  it('states use of the periods before as it was written', async () => {
    await place.write('world.yaml', example);
    const child = place.start(['sandbox', '--world', 'world.yaml', '--json']);
    const session = await Session.open(JSON.parse(await firstLine(child)) as RunningSandbox);
    const used = async (index: number): Promise<number> => {
      const { usages } = await session.json(
        `/api/v2/billing/trusteebillingoverview/9d750d63-95ae-4df7-8955-2bca7152ca19?billingPeriodIndex=${index}`,
      );
      return Number(list(usages).find(({ partNumber }) => partNumber === 'PC-170-NV-YOURAPP')?.['usageQuantity']);
    };
    expect(await Promise.all([0, 1, 2, 3].map(used))).toEqual([15, 12, 9, 9]);
    child.kill('SIGINT');
  });

  it('tells every fault of the file at its place, and serves nothing', async () => {
    const broken = example
      .replace('kind: sum', 'kind: summ')
      .replace('product: PC-170-NV-YOURAPP', 'product: PC-170-NV-OTHER')
      .replace('"20.00"', '"20.005"')
      .replace('contractStart: 2026-01-15', 'contractStart: 2026-02-30');
    await place.write('broken.yaml', broken);
    const first = await place.parity(['sandbox', '--world', 'broken.yaml']);
    expect(first.code).toBe(2);
    expect(first.stderr).toMatch(/broken\.yaml:\d+:\d+: expected one of .*found `summ`; did you mean `sum`/);
    expect(first.stderr).toMatch(/broken\.yaml:\d+:\d+: .*2026-02-30/);
    await place.write('broken.yaml', broken.replace('kind: summ', 'kind: sum').replace('2026-02-30', '2026-01-15'));
    const second = await place.parity(['sandbox', '--world', 'broken.yaml']);
    expect(second.stderr).toMatch(
      /PC-170-NV-OTHER is none of the products; expected PC-170-NV-YOURAPP, PC-170-NV-YOURMSG/,
    );
    expect(second.stderr).toMatch(/20\.005 is finer than USD has units; expected 20\.01/);
    expect(second.code).toBe(2);
    await place.write('later.yaml', example.replace('2026-01-15', '2026-06-15'));
    const third = await place.parity(['sandbox', '--world', 'later.yaml']);
    expect(third.stderr).toContain('the contract of Second Org begins on 2026-06-15, after the world');
    expect(third.code).toBe(2);
    expect((await place.parity(['sandbox', '--world', 'nowhere.yaml'])).stderr).toContain(
      'the world nowhere.yaml cannot be read: there is no such file',
    );
  });
});
