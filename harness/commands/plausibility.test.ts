/** Bodies that keep to their schema and hardly mean what they say: told in notes, with file or request and pointer. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../sandbox/index.ts';
import { list, Session, text } from '../sandbox/testing/session.ts';
import { type AlteringGateway, openAlteringGateway } from './testing/altering-gateway.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { remote } from './testing/sandbox-scenario.ts';

const BASE = '/api/v2/billing/contracts';

type Body = Record<string, unknown>;

let place: Workplace;
let sandbox: RunningSandbox;
let gateway: AlteringGateway;
/** A contract by id and one of its billing periods, as files. */
let contract: Body;
let period: Body;
beforeAll(async () => {
  place = await openWorkplace();
  sandbox = await startSandbox({ seed: 5, orgs: 8, defects: 'none' });
  gateway = await openAlteringGateway(sandbox.url);
  const session = await Session.open(sandbox);
  const read = async (address: string): Promise<Body> => JSON.parse((await session.platform(address)).text) as Body;
  const [first] = list((await read(`${BASE}?pageSize=10`))['entities']);
  const id = text(first?.['id']);
  contract = await read(`${BASE}/${id}`);
  period = await read(`${BASE}/${id}/billingperiods/${text(list(contract['billingPeriods']).at(-1)?.['id'])}`);
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
  await place.dispose();
});
beforeEach(() => place.clear('mock'));

async function validated(args: readonly string[]) {
  await place.clear('out');
  const { code } = await place.parity(['validate', ...args, '--out', 'out', '--reporter', 'json', '--quiet']);
  const { verdict, cells, notes } = await place.result('out');
  const odd = notes.filter((note) => !/baseline of the shape|among the files/.test(note));
  return { code, verdict, mismatches: cells.mismatch, odd };
}

async function ofFiles(changed: { readonly contract?: Body; readonly period?: Body } = {}) {
  await place.write('mock/contract.json', JSON.stringify(changed.contract ?? contract));
  await place.write('mock/period.json', JSON.stringify(changed.period ?? period));
  return validated(['--from', 'mock']);
}

/** A plan more, for a product that nothing charges: no rule speaks of it. */
const withPlan = (body: Body, plan: Body, item: Body = {}): Body => {
  const [like] = list(body['plans']);
  const [first] = list(like?.['items']);
  const product = { id: 'p-x', name: 'Extra', sku: 'PC-EXTRA' };
  return {
    ...body,
    plans: [...list(body['plans']), { ...like, id: 'plan-x', product, items: [{ ...first, ...item }], ...plan }],
  };
};

describe('what is hardly meant', () => {
  it('is nothing in bodies as the vendor documents them', async () => {
    expect(await ofFiles()).toMatchObject({ code: 0, verdict: 'parity', odd: [] });
  });

  it.each([
    ['a negative commitment', {}, { quantity: -5 }, 'a commitment is negative: -5', 'items/0/quantity'],
    [
      'a plan quantity that is no integer',
      {},
      { quantity: 2.5 },
      'the quantity of a plan is no whole number: 2.5',
      'items/0/quantity',
    ],
    [
      'a currency in lower case',
      {},
      { currencyIsoCode: 'usd' },
      'a currency is not written in capital letters: "usd"',
      'items/0/currencyIsoCode',
    ],
    [
      'a currency that is none',
      {},
      { currencyIsoCode: 'XQQ' },
      'a currency is no ISO 4217 code: "XQQ"',
      'items/0/currencyIsoCode',
    ],
    ['a plan without organisations', { organizations: [] }, {}, 'a plan names no organisation:', ''],
  ] as const)('is %s: a note with file and pointer, and the verdict stays', async (_, plan, item, words, pointer) => {
    const outcome = await ofFiles({ contract: withPlan(contract, plan, item) });
    expect(outcome).toMatchObject({ code: 0, verdict: 'parity', mismatches: 0 });
    const at = `/plans/${list(contract['plans']).length}${pointer === '' ? '' : `/${pointer}`}`;
    expect(outcome.odd).toStrictEqual([`${words} at ${at} of contract.json`]);
  });

  it('is a negative commitment of a charge, with the file of its billing period', async () => {
    const charges = list(period['charges']).map((charge, index) =>
      index === 0 ? { ...charge, fairuseQuantity: -1 } : charge,
    );
    const { odd } = await ofFiles({ period: { ...period, charges } });
    expect(odd).toStrictEqual(['a commitment is negative: -1 at /charges/0/fairuseQuantity of period.json']);
  });

  it('is told once for each kind, with its first places and their count', async () => {
    const [like] = list(contract['plans']);
    const plans = Array.from({ length: 7 }, (_, index) => ({
      ...like,
      id: `x${index}`,
      product: { sku: `X${index}` },
      organizations: [],
    }));
    const { odd } = await ofFiles({ contract: { ...contract, plans: [...list(contract['plans']), ...plans] } });
    expect(odd).toHaveLength(1);
    expect(odd[0]).toMatch(/^7 plans name no organisation: at \/plans\/\d+ of contract\.json; .*; and 2 more$/);
  });

  it('of a server is told with the request', async () => {
    const id = text(contract['id']);
    gateway.alter({
      answer: (told, url) => {
        if (!url.pathname.startsWith(BASE)) return;
        const body = JSON.parse(told.body) as Body;
        if (body['id'] === id) told.body = JSON.stringify(withPlan(body, {}, { quantity: 2.5 }));
        else if (url.pathname === BASE && url.searchParams.size === 1) {
          const entities = list(body['entities']).map((one) =>
            one['id'] === id ? withPlan(one, {}, { quantity: 2.5 }) : one,
          );
          told.body = JSON.stringify({ ...body, entities });
        }
      },
    });
    const alone = remote({ ...sandbox, url: gateway.url })
      .replace(/legacy:\n(?: {2}.*\n)+/, '')
      .replace('orgs: discover\n', '');
    await place.write('s.yaml', alone);
    const { odd } = await validated(['s.yaml']);
    expect(odd).toStrictEqual([
      expect.stringMatching(
        new RegExp(
          `^the quantity of a plan is no whole number: 2\\.5 at /plans/\\d+/items/0/quantity of GET ${BASE}/${id}$`,
        ),
      ),
    ]);
  });
});
