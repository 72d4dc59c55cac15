/** Wallets, tokens, cut periods, and figures that do not stay, as they stand on the wire. */
import { describe, expect, it } from 'vitest';
import { add, type Decimal, decimal, multiply, ONE, subtract, sum, ZERO } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import { startSandbox } from '../index.ts';
import { read } from '../testing/both-sides.ts';
import { changedIn, endpointsOf, fieldsOf, inEndpoint, withDefect } from '../testing/changes.ts';
import { list, parsed, type Read, Session, text } from '../testing/session.ts';

const SEEDS = [1, 2];
const NOTHING: readonly [Read, Read] = [{}, {}];

const skuOf = ({ product }: Read): unknown => (product as Read | undefined)?.['sku'];

const endsAt = (wallet: Read): Decimal =>
  subtract(
    add(read(wallet['startingBalance']), read(wallet['balanceIncrease'])),
    add(read(wallet['balanceDecrease']), read(wallet['balanceConsumption'])),
  );

describe.each(SEEDS)('the contract side of the world of seed %i', (seed) => {
  it.each([
    ['wallet-charge', ['balanceOverageCharge']],
    ['wallet-charge-disagree', ['balanceConsumption', 'balanceIncrease']],
    ['wallet-currency', ['balanceOverageCurrency']],
  ])('%s changes %j of wallets alone', (id, fields) =>
    withDefect(
      id,
      ({ changes }) => {
        expect(endpointsOf(changes)).toEqual(['period']);
        for (const change of changes) {
          expect(fieldsOf(change.was, change.now)).toEqual(['wallets']);
          for (const [was, now] of changedIn(change, 'wallets')) {
            expect(fieldsOf(was, now)).toEqual(fields);
            expect(endsAt(now)).toBe(endsAt(was));
          }
        }
      },
      { seed },
    ),
  );

  it('tokens-wrong: a token more than the use converts to', () =>
    withDefect(
      'tokens-wrong',
      ({ changes }) => {
        expect(endpointsOf(changes)).toEqual(['period']);
        for (const change of changes) {
          for (const [was, now] of changedIn(change, 'charges')) {
            expect(fieldsOf(was, now)).toEqual(['convertedTokenCount']);
            expect(read(now['convertedTokenCount'])).toBe(add(read(was['convertedTokenCount']), ONE));
          }
        }
      },
      { seed },
    ));

  it('cut-billed-twice: each piece bills the whole overage', () =>
    withDefect(
      'cut-billed-twice',
      async ({ defect, changes, broken, paths }) => {
        const [[, changed] = NOTHING] = inEndpoint(changes, 'period').flatMap((change) => changedIn(change, 'charges'));
        const isMine = (charge: Read): boolean =>
          skuOf(charge) === skuOf(changed) &&
          list(charge['organizations']).some(({ id }) => text(id).toLowerCase() === defect.orgs[0]);
        const pieces = await Promise.all(
          paths.filter((path) => path.includes('/billingperiods/')).map((path) => broken.json(path)),
        );
        const amounts = pieces
          .filter(({ dateStart }) => text(dateStart) > '2026-03-20')
          .flatMap(({ charges }) => list(charges).filter(isMine))
          .map((charge) => read(charge['overageCharge']));
        expect(amounts.length).toBeGreaterThan(1);
        expect(new Set(amounts).size).toBe(1);
        expect(amounts).not.toContain(ZERO);
      },
      { seed, orgs: 90 },
    ));
});

describe('flicker', () => {
  it.each(SEEDS)(
    '[rate] is off when first read, with the amount that it makes, and right from then on: seed %i',
    (seed) =>
      withDefect(
        'flicker[rate]',
        async ({ defect, changes, clean, broken }) => {
          expect(defect.outcome).toBe('unstable');
          expect(endpointsOf(changes)).toEqual(['period']);
          for (const change of changes) {
            for (const [was, now] of changedIn(change, 'charges')) {
              expect(read(now['overageRate'])).not.toBe(read(was['overageRate']));
              const due = multiply(read(now['overageQuantity']), read(now['overageRate']));
              expect(read(now['overageCharge'])).toBe(toMinorUnit(due, text(now['overageCurrency'])));
            }
            for (const _again of [2, 3]) {
              expect((await broken.platform(change.path)).text).toBe((await clean.platform(change.path)).text);
            }
          }
        },
        { seed },
      ),
  );

  it('[duplicate] has charges twice when first read, under two ids', () =>
    withDefect('flicker[duplicate]', async ({ changes, clean, broken }) => {
      expect(endpointsOf(changes)).toEqual(['period']);
      for (const { path, was, now } of changes) {
        const ids = list(now['charges']).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeGreaterThan(list(was['charges']).length);
        expect((await broken.platform(path)).text).toBe((await clean.platform(path)).text);
      }
    }));

  it('begins anew when what is hidden changes', async () => {
    const sandbox = await startSandbox({ seed: 2, orgs: 40, defects: 'none' });
    const session = await Session.open(sandbox);
    const first = async (): Promise<readonly string[]> => {
      const texts: string[] = [];
      for (const contract of await session.walk('/api/v2/billing/contracts')) {
        for (const { id } of list(contract['billingPeriods']).filter(({ status }) => status === 'Open')) {
          const path = `/api/v2/billing/contracts/${text(contract['id'])}/billingperiods/${text(id)}`;
          texts.push((await session.platform(path)).text);
        }
      }
      return texts;
    };
    const truth = await first();
    for (const _time of [1, 2]) {
      sandbox.setDefects(['flicker[rate]']);
      expect(await first()).not.toEqual(truth);
      expect(await first()).toEqual(truth);
    }
    await sandbox.close();
  });
});

describe('moving-apart', () => {
  it('grows alike on both sides, which stay as far apart', () =>
    withDefect(
      'moving-apart',
      async ({ defect, changes, clean, broken }) => {
        expect(endpointsOf(changes)).toEqual(['organization', 'overview', 'period']);
        const rises = async (endpoint: string, list_: string, field: string): Promise<Decimal[]> => {
          const [change] = inEndpoint(changes, endpoint);
          if (change === undefined) throw new Error(`nothing changed in ${endpoint}`);
          const ask = async (): Promise<Read> =>
            parsed(
              (endpoint === 'organization' ? await broken.usage(change.path) : await broken.platform(change.path)).text,
            );
          const truth =
            endpoint === 'organization' ? await clean.usage(change.path) : await clean.platform(change.path);
          const total = (body: Read) => sum(list(body[list_]).map((each) => read(text(each[field]).trim())));
          const base = total(parsed(truth.text));
          return [total(change.now), total(await ask()), total(await ask())].map((now) => subtract(now, base));
        };
        expect(await rises('organization', 'usages', 'usageQuantity')).toEqual([1, 2, 3].map(decimal));
        expect(await rises('overview', 'usages', 'usageQuantity')).toEqual([1, 2, 3].map(decimal));
        expect(await rises('period', 'charges', 'actualQuantity')).toEqual([11, 12, 13].map(decimal));
        expect(defect.outcome).toBe('mismatch');
      },
      { seed: 1, orgs: 90 },
    ));
});
