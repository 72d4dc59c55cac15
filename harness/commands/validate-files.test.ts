/** `parity validate --from`: bodies that came as files, as mock data does. */
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../sandbox/index.ts';
import { list, Session, text } from '../sandbox/testing/session.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded } from './testing/sandbox-scenario.ts';

const BASE = '/api/v2/billing/contracts';

type Body = Record<string, unknown>;

let place: Workplace;
let bodies: ReadonlyMap<string, Body>;

/** What a partner might save while trying the API by hand. */
async function saved(): Promise<Map<string, Body>> {
  const sandbox = await startSandbox({ seed: 5, orgs: 8, defects: 'none' });
  const session = await Session.open(sandbox);
  const found = new Map<string, Body>();
  const save = async (name: string, address: string): Promise<Body> => {
    const body = JSON.parse((await session.platform(address)).text) as Body;
    found.set(name, body);
    return body;
  };
  for (const contract of list((await save('contracts.json', `${BASE}?pageSize=10`))['entities'])) {
    const id = text(contract['id']);
    await save(`contract/${id}.json`, `${BASE}/${id}`);
    const period = text(list(contract['billingPeriods']).at(-1)?.['id']);
    await save(`periods/${period}.json`, `${BASE}/${id}/billingperiods/${period}`);
  }
  for (const invoice of list((await save('invoices.json', `${BASE}/invoices?pageSize=200`))['entities'])) {
    const id = text(invoice['id']);
    await save(`lines/${id}.json`, `${BASE}/invoices/${id}/lines?pageSize=200`);
  }
  await sandbox.close();
  return found;
}

beforeAll(async () => {
  bodies = await saved();
  place = await openWorkplace();
});
afterAll(() => place.dispose());
beforeEach(() => place.clear('mock'));

async function write(changed: Readonly<Record<string, unknown>> = {}, only: (name: string) => boolean = () => true) {
  for (const [name, body] of bodies) if (only(name)) await place.write(`mock/${name}`, JSON.stringify(body));
  for (const [name, body] of Object.entries(changed)) {
    await place.write(`mock/${name}`, typeof body === 'string' ? body : JSON.stringify(body));
  }
}

async function validated(...args: string[]) {
  const outcome = await place.parity([
    'validate',
    '--from',
    'mock',
    '--reporter',
    'json',
    '--quiet',
    '--out',
    'out',
    ...args,
  ]);
  const result = await place.result('out');
  const findings = await place.findings('out');
  await place.clear('out');
  return {
    ...outcome,
    result,
    findings,
    said: findings.map(({ rule, status, reason }) => `${rule} ${status}: ${reason}`),
  };
}

const named = (part: string): string => [...bodies.keys()].find((name) => name.includes(part)) ?? '';
const without = (name: string, field: string): Body => {
  const { [field]: _gone, ...rest } = bodies.get(name) ?? {};
  return rest;
};

describe('bodies in files', () => {
  it('are valid without a scenario, and every rule of one side has looked', async () => {
    await write();
    const { code, result, said, stderr } = await validated();
    expect(stderr).toBe('');
    expect(said).toStrictEqual([]);
    expect(code).toBe(0);
    expect(result.cells.match).toBeGreaterThan(40);
    expect(result.run.scenario).toBe('mock');
    expect(result.requests.replayed).toBe(bodies.size);
    expect(result.notes).toStrictEqual([expect.stringContaining('no baseline of the shape yet')]);
  });

  it('are found wanting where a sum is wrong, with the file as evidence', async () => {
    const billed = list(bodies.get('invoices.json')?.['entities']).find(({ amount }) => amount !== 0);
    const name = named(`lines/${text(billed?.['id'])}`);
    const lines = list(bodies.get(name)?.['entities']);
    await write({ [name]: { ...bodies.get(name), entities: lines.slice(0, 1) } });
    const { code, findings } = await validated();
    expect(code).toBe(1);
    expect(findings.map(({ rule }) => rule)).toContain('invoice-total');
    const wrong = findings.find(({ rule }) => rule === 'invoice-total');
    expect(wrong?.contract?.evidence?.url).toBe('/invoices.json');
  });

  it('break their schema in a field', async () => {
    const name = named('periods/');
    const charges = list(bodies.get(name)?.['charges']).map((charge) => ({
      ...charge,
      actualQuantity: 'many',
      extra: 1,
    }));
    await write({ [name]: { ...bodies.get(name), charges } });
    const { code, said } = await validated();
    expect(code).toBe(1);
    expect(said.join('\n')).toMatch(
      /schema-violation mismatch: BillingCharge has "many" at \/charges\/\*\/actualQuantity/,
    );
    expect(said.join('\n')).toMatch(/schema-drift tolerated: BillingCharge has the field extra/);
  });

  it('say what is not among them, and nothing of it', async () => {
    await write({}, (name) => name === 'contracts.json' || name === 'invoices.json');
    const { code, result, said } = await validated();
    expect(said).toStrictEqual([]);
    expect(code).toBe(0);
    expect(result.notes.join('\n')).toMatch(/no billing period of \d+ of \d+ contracts is among the files/);
    expect(result.notes.join('\n')).toMatch(/no lines of \d+ of \d+ invoices are among the files/);
  });

  it.each([
    ['no JSON', 'broken.json', '{"entities": [', /broken\.json holds a body that is not usable JSON/],
    [
      'no answer of this API',
      'config.json',
      '{"color": "red"}',
      /config\.json is no answer of the Contract & Billing API/,
    ],
    ['a list without its listing', 'list.json', '[{"id": "x"}]', /list\.json holds JSON that is no object but a list/],
    [
      'lines of nobody',
      'items.json',
      '{"entities": [{"id": "x", "amount": 1}]}',
      /items\.json holds lines of an invoice/,
    ],
    ['no text', 'binary.json', '{"a": "\u0000"}\ud800', /binary\.json/],
  ])('cannot be verified with %s among them', async (_what, name, body, says) => {
    await write({ [name]: body });
    const { code, said } = await validated();
    expect(said).toStrictEqual([expect.stringMatching(says)]);
    expect(said[0]).toContain('schema-violation not-comparable');
    expect(code).toBe(3);
  });

  it('are held against the ErrorBody where they are errors', async () => {
    const error = { message: 'No.', code: 'not.found', status: 404, contextId: 'c', details: [], errors: [] };
    await write({ 'error.json': error });
    expect((await validated()).code).toBe(0);
    await write({ 'error.json': { ...error, contextId: undefined } });
    const { code, said } = await validated();
    expect(said).toStrictEqual([
      expect.stringMatching(/error\.json: it is no ErrorBody: must have required property 'contextId'/),
    ]);
    expect(code).toBe(1);
  });

  it('come to a baseline, and from there to drift', async () => {
    await write();
    await validated('--update-shape');
    const all = [...bodies.keys()].filter((name) => name.startsWith('contract'));
    await write(
      Object.fromEntries(
        all.map((name) => [name, name === 'contracts.json' ? bodies.get(name) : without(name, 'status')]),
      ),
    );
    const { result } = await validated();
    expect(result.drift.map(({ type, kind }) => `${type} ${kind}`)).toStrictEqual([]);
    const listing = bodies.get('contracts.json');
    const entities = list(listing?.['entities']).map(({ plans: _plans, ...rest }) => rest);
    await write({
      ...Object.fromEntries(all.map((name) => [name, without(name, 'plans')])),
      'contracts.json': { ...listing, entities },
    });
    const after = await validated();
    expect(after.result.drift).toContainEqual(
      expect.objectContaining({ type: 'BillingContract', kind: 'gone-field', severity: 'breaks' }),
    );
    await place.clear('snapshots');
  });

  it('may be a snapshot, which is replayed', async () => {
    await place.write('s.yaml', embedded({ seed: 5, orgs: 8 }));
    await place.parity(['run', 's.yaml', '--out', 'run', '--quiet', '--reporter', 'json']);
    const { code, stdout } = await place.parity([
      'validate',
      '--from',
      'run/snapshot',
      '--out',
      'again',
      '--quiet',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'parity',
      run: { scenario: 'snapshot', sources: { contract: 'snapshot' } },
    });
  });

  it.each([
    [['validate', '--from', 'nowhere'], /nowhere: there is no such folder/],
    [['validate', '--from', 'empty'], /no \.json file is in it/],
    [['validate'], /no scenario given/],
    [['validate', '--from', 'empty', '--contract', 'live'], /--from and --contract both say/],
  ])('are a matter of usage: %j', async (args, says) => {
    await place.write('empty/readme.txt', '');
    const { code, stderr } = await place.parity(args);
    expect(stderr).toMatch(says);
    expect(code).toBe(2);
    expect(path.isAbsolute(stderr)).toBe(false);
  });
});
