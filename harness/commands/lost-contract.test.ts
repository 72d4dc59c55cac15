/** What cannot be read, and of which nothing says whom it names, may concern anyone: no run that met it says that all is the same. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../sandbox/index.ts';
import { type AlteringGateway, openAlteringGateway, type Told } from './testing/altering-gateway.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { remote } from './testing/sandbox-scenario.ts';

let place: Workplace;
let sandbox: RunningSandbox;
let gateway: AlteringGateway;
beforeAll(async () => {
  place = await openWorkplace();
  sandbox = await startSandbox({ seed: 3, orgs: 6, defects: ['org-unknown'] });
  gateway = await openAlteringGateway(sandbox.url);
  await place.write('s.yaml', served());
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
  await place.dispose();
});

const served = (): string => remote({ ...sandbox, url: gateway.url }).replace('limits: {', 'limits: { retries: 0,');

async function run(out: string) {
  const { code } = await place.parity(['run', 's.yaml', '--out', out, '--reporter', 'json']);
  return { code, result: await place.result(out), findings: await place.findings(out) };
}

const CONTRACTS = '/api/v2/billing/contracts';
/** Organisations as charges name them. */
const ORG = /"organizations":\[\{"id":"([0-9a-f-]{36})"/g;

interface Wire {
  plans?: { organizations?: unknown }[];
}

function edit(told: Told, change: (contract: Wire) => void): void {
  const body = JSON.parse(told.body) as Wire & { entities?: Wire[] };
  for (const contract of body.entities ?? [body]) change(contract);
  told.body = JSON.stringify(body);
}

type Answer = (told: Told, path: string) => void;
const alter = (answer: Answer): void =>
  gateway.alter({
    answer: (told, { pathname }) => {
      if (pathname.startsWith(CONTRACTS)) answer(told, pathname);
    },
  });

/** The run without its contract, and what it could not say because of that. */
async function blind(out: string, reason: string) {
  const told = await run(out);
  expect(told.findings).toContainEqual(
    expect.objectContaining({ status: 'not-comparable', reason: expect.stringContaining(reason) }),
  );
  expect(told.findings.filter(({ status }) => status === 'mismatch')).toEqual([]);
  expect(told.result.verdict).toBe('inconclusive');
  expect(told.code).toBe(3);
}

it('a contract whose listing has no plans may be of someone whom legacy does not know', async () => {
  const strangers = (await run('whole')).findings
    .filter(({ rule }) => rule === 'org-missing-in-legacy')
    .flatMap(({ orgs }) => orgs);
  expect(strangers.length).toBeGreaterThan(0);
  alter((told, path) => {
    if (path === CONTRACTS) {
      edit(told, (contract) => {
        delete contract.plans;
      });
    } else if (!path.includes('/billingperiods/') && strangers.some(({ id }) => told.body.includes(id))) {
      told.status = 500;
    }
  });
  await blind('not read', 'the contract could not be read by id');
});

it('a billing period may charge someone whom no plan of its contract names', async () => {
  const ids = new Set<string>();
  alter((told, path) => {
    if (path.includes('/billingperiods/')) for (const [, id] of told.body.matchAll(ORG)) ids.add(id ?? '');
  });
  const strangers = new Set((await run('all')).findings.flatMap(({ orgs }) => orgs.map(({ id }) => id)));
  const [known] = [...ids].filter((id) => !strangers.has(id)).sort();
  if (known === undefined) throw new Error('the world has nobody whom both sides know');
  await place.write('s.yaml', served().replace('orgs: discover', `orgs: [{ id: "${known}", region: us-east-1 }]`));
  alter((told, path) => {
    if (!told.body.includes(known)) return;
    if (path.includes('/billingperiods/')) told.status = 500;
    else {
      edit(told, (contract) => {
        if (JSON.stringify(contract).includes(known))
          for (const plan of contract.plans ?? []) delete plan.organizations;
      });
    }
  });
  await blind('period not read', 'could not be read: ');
});
