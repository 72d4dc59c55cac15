/** Defects of dates, books, listings, sources and bodies, as they stand on the wire. */
import { describe, expect, it } from 'vitest';
import { add, ONE } from '../../domain/decimal.ts';
import { type RunningSandbox, startSandbox } from '../index.ts';
import { read } from '../testing/both-sides.ts';
import { list, parsed, type Read, Session, text } from '../testing/session.ts';

const CONTRACTS = '/api/v2/billing/contracts';
const SEED = 2;
const ORGS = 40;

interface Pair {
  readonly clean: Session;
  readonly broken: Session;
  readonly defects: RunningSandbox['defects'];
}

/** The same world with and without a defect. */
async function compareWith(defect: string, look: (pair: Pair) => Promise<void>): Promise<void> {
  const without = await startSandbox({ seed: SEED, orgs: ORGS, defects: 'none' });
  const sandbox = await startSandbox({ seed: SEED, orgs: ORGS, defects: [defect] });
  try {
    const sessions = { clean: await Session.open(without), broken: await Session.open(sandbox) };
    await look({ ...sessions, defects: sandbox.defects });
  } finally {
    await without.close();
    await sandbox.close();
  }
}

/** Bodies of both worlds that differ, by id. */
async function changed(
  pair: Pair,
  walk: (session: Session) => Promise<readonly Read[]>,
): Promise<(readonly [Read, Read])[]> {
  const before = new Map((await walk(pair.clean)).map((each) => [text(each['id']), each]));
  const after = await walk(pair.broken);
  return after.flatMap((now) => {
    const was = before.get(text(now['id']));
    return was === undefined || JSON.stringify(was) === JSON.stringify(now) ? [] : [[was, now] as const];
  });
}

const contracts = (session: Session): Promise<Read[]> => session.walk(CONTRACTS);
const invoices = (session: Session): Promise<Read[]> => session.walk(`${CONTRACTS}/invoices`);

async function details(session: Session): Promise<Read[]> {
  const all: Read[] = [];
  for (const contract of await contracts(session)) {
    for (const { id } of list(contract['billingPeriods']).filter(({ status }) => status === 'Open')) {
      all.push(await session.json(`${CONTRACTS}/${text(contract['id'])}/billingperiods/${text(id)}`));
    }
  }
  return all;
}

const dayBefore = (date: unknown): string => new Date(Date.parse(text(date)) - 86_400_000).toISOString().slice(0, 10);

describe('dates and status', () => {
  it('date-shift moves every date of the contract a day back', () =>
    compareWith('date-shift', async (pair) => {
      const [[was, now] = [{}, {}]] = await changed(pair, contracts);
      expect(now['dateStart']).toBe(dayBefore(was['dateStart']));
      const starts = (contract: Read): string[] =>
        list(contract['billingPeriods']).map(({ dateStart }) => text(dateStart));
      expect(starts(now)).toEqual(starts(was).map(dayBefore));
    }));

  it('ramp-missing leaves the ramp dates out', () =>
    compareWith('ramp-missing', async (pair) => {
      const [[was, now] = [{}, {}], ...others] = await changed(pair, contracts);
      expect([was['dateRampStart'], was['dateRampEnd']]).not.toContain(undefined);
      expect([now['dateRampStart'], now['dateRampEnd'], others.length]).toEqual([undefined, undefined, 0]);
    }));

  it('contract-inactive ends the contract in force', () =>
    compareWith('contract-inactive', async (pair) => {
      const [[was, now] = [{}, {}]] = await changed(pair, contracts);
      expect([was['status'], now['status']]).toEqual(['Active', 'Inactive']);
    }));
});

describe('books', () => {
  it('invoice-broken changes the amount by the least that there is', () =>
    compareWith('invoice-broken', async (pair) => {
      const [[was, now] = [{}, {}]] = await changed(pair, invoices);
      expect(read(now['amount'])).not.toBe(read(was['amount']));
    }));

  it('wallet-broken changes the ending balance alone', () =>
    compareWith('wallet-broken', async (pair) => {
      const [[was, now] = [{}, {}]] = await changed(pair, details);
      const [before] = list(was['wallets']);
      const [after] = list(now['wallets']);
      expect(read(after?.['endingBalance'])).toBe(add(read(before?.['endingBalance']), ONE));
      expect({ ...after, endingBalance: null }).toEqual({ ...before, endingBalance: null });
    }));
});

describe('listings', () => {
  it('listing-stale lists what the contract by id does not say', () =>
    compareWith('listing-stale', async ({ broken }) => {
      const differing: string[] = [];
      for (const listed of await contracts(broken)) {
        const byId = await broken.json(`${CONTRACTS}/${text(listed['id'])}`);
        if (JSON.stringify(byId) !== JSON.stringify(listed)) differing.push(text(listed['id']));
      }
      expect(differing.length).toBeGreaterThan(0);
    }));

  it('page-lost leads past a contract that can still be had by id', () =>
    compareWith('page-lost', async ({ clean, broken }) => {
      const listed = new Set((await contracts(broken)).map(({ id }) => id));
      const lost = (await contracts(clean)).filter(({ id }) => !listed.has(id));
      expect(lost.length).toBeGreaterThan(0);
      for (const { id } of lost) expect((await broken.platform(`${CONTRACTS}/${text(id)}`)).status).toBe(200);
    }));

  it('page-repeated shows one page twice and goes on', () =>
    compareWith('page-repeated', async ({ clean, broken }) => {
      const ids = async (session: Session): Promise<string[]> =>
        (await session.walk(`${CONTRACTS}?pageSize=4`)).map(({ id }) => text(id));
      const [once, twice] = [await ids(clean), await ids(broken)];
      expect(new Set(twice)).toEqual(new Set(once));
      expect(twice.length - once.length).toBeGreaterThan(0);
      expect(twice.length - once.length).toBeLessThanOrEqual(4);
    }));
});

describe('the legacy side', () => {
  it('region-count-wrong counts another number than it lists', () =>
    compareWith('region-count-wrong', async ({ clean, broken }) => {
      const path = '/v1/regions?appIds=wallboard,botpack,sitekit';
      expect((await broken.usage(path)).text).not.toBe((await clean.usage(path)).text);
    }));

  it('sources-disagree changes partner billing and leaves the usage API as it is', () =>
    compareWith('sources-disagree', async ({ clean, broken, defects }) => {
      const path = `/api/v2/billing/trusteebillingoverview/${defects[0]?.orgs[0]}`;
      expect((await broken.platform(path)).text).not.toBe((await clean.platform(path)).text);
    }));
});

describe('bodies', () => {
  const charges = async (pair: Pair): Promise<Read[]> =>
    (await changed(pair, details)).flatMap(([, now]) => list(now['charges']));

  it.each([
    ['field-unknown', (charge: Read) => charge['tierName'] === 'Gold'],
    ['field-renamed', (charge: Read) => 'getactualQuantity' in charge && !('actualQuantity' in charge)],
  ])('%s', (id, shows) =>
    compareWith(id, async (pair) => {
      expect((await charges(pair)).some(shows)).toBe(true);
    }),
  );

  it('field-retyped writes a number as a string', () =>
    compareWith('field-retyped', async ({ broken, defects }) => {
      const typed: string[] = [];
      for (const contract of await contracts(broken)) {
        for (const { id } of list(contract['billingPeriods']).filter(({ status }) => status === 'Open')) {
          const reply = await broken.platform(`${CONTRACTS}/${text(contract['id'])}/billingperiods/${text(id)}`);
          typed.push(...(reply.text.match(/"actualQuantity":"[^"]+"/g) ?? []));
          expect(parsed(reply.text)).toHaveProperty('charges');
        }
      }
      expect(typed.length).toBeGreaterThanOrEqual(defects[0]?.skus.length ?? 0);
    }));

  it('enum-unknown and date-time-for-date', async () => {
    await compareWith('enum-unknown', async (pair) => {
      const [[, now] = [{}, {}]] = await changed(pair, invoices);
      expect(now['paymentStatus']).toBe('Disputed');
    });
    await compareWith('date-time-for-date', async (pair) => {
      const [[was, now] = [{}, {}]] = await changed(pair, contracts);
      expect(now['dateStart']).toBe(`${text(was['dateStart'])}T00:00:00.000Z`);
    });
  });
});
