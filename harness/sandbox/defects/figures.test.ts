/** Every defect of figures, rates and membership: what both sides then disagree on, and nothing beside it. */
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../index.ts';
import { readBothSides } from '../testing/both-sides.ts';
import { disagreements } from '../testing/disagreements.ts';

const MONEY = ['overage', 'charge'];
const QUANTITIES = ['committed', 'included', 'actual', ...MONEY];

/** Id, what must disagree, what may disagree as a consequence. */
const TABLE: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['org-dropped', ['missing in contract'], []],
  ['org-unknown', ['missing in legacy'], []],
  ['product-dropped', ['missing in contract'], []],
  ['product-unknown', ['missing in legacy'], []],
  ['sku-renamed', ['missing in contract', 'missing in legacy'], []],
  ['page-lost', ['missing in contract'], []],
  ['charge-duplicated', ['actual'], QUANTITIES],
  ['actual-off', ['actual'], MONEY],
  ['committed-off', ['committed'], MONEY],
  ['previous-period', ['actual'], MONEY],
  ['peak-as-sum', ['actual'], QUANTITIES],
  ['unit-factor', ['actual'], QUANTITIES],
  ['orgs-swapped', ['actual'], QUANTITIES],
  ['bundle-ignored', ['committed'], MONEY],
  ['bundle-as-allowance', ['committed', 'included'], MONEY],
  ['overage-charge-wrong', ['charge'], []],
  ['overage-ignores-committed', ['overage'], MONEY],
  ['overage-ignores-included', ['overage'], MONEY],
  ['overage-negative', ['overage'], MONEY],
  ['pooled-overage', ['overage'], MONEY],
  ['rate-off', ['rate'], ['charge']],
  ['stale-rate', ['rate'], ['charge']],
  ['committed-rate-off', ['price'], []],
  ['list-price', ['price'], []],
  ['annual-price', ['price'], []],
  ['currency-wrong', ['currency'], []],
  ['half-rate-off', ['rate'], ['charge']],
  ['half-currency', ['currency'], []],
  ['rows-pooled', ['overage'], QUANTITIES],
  ['cut-billed-twice', [], QUANTITIES],
  ['trial-free', ['rate'], MONEY],
];

describe.each(TABLE)('%s', (id, must, may) => {
  it.each([1, 4])('is seen in the world of seed %i, and there alone', async (seed) => {
    const sandbox = await startSandbox({ seed, orgs: 60, defects: [id] });
    const found = disagreements(await readBothSides(sandbox));
    await sandbox.close();
    const [hidden, ...others] = sandbox.defects;
    expect([hidden?.id, others]).toEqual([id, []]);
    const fields = new Set(found.map(({ field }) => field));
    expect([...fields]).toEqual(expect.arrayContaining([...must]));
    expect([...must, ...may]).toEqual(expect.arrayContaining([...fields]));
    for (const { orgs } of found) expect(orgs.some((org) => hidden?.orgs.includes(org))).toBe(true);
  });
});

describe('what changes no figures', () => {
  it.each([
    'plan-charge-disagree',
    'region-count-wrong',
    'sources-disagree',
    'date-shift',
    'ramp-missing',
    'contract-inactive',
    'period-gap',
    'period-overlap',
    'wallet-broken',
    'invoice-broken',
    'listing-stale',
    'field-unknown',
    'enum-unknown',
    'date-time-for-date',
    'detail-thinner',
    'period-head-differs',
    'counts-zero',
    'plan-currency',
    'plan-quantity',
    'ramp-unknown-to-legacy',
    'sources-shifted',
    'trial-billed',
    'minimum-not-met',
    'invoice-twice',
    'invoice-line-twice',
    'invoice-fee-for-overage',
    'invoice-stray',
    'invoice-currency',
    'invoice-quantity',
    'wallet-charge',
    'wallet-charge-disagree',
    'wallet-currency',
    'tokens-wrong',
  ])('%s', async (id) => {
    const sandbox = await startSandbox({ seed: 2, orgs: 30, defects: [id] });
    const found = disagreements(await readBothSides(sandbox));
    await sandbox.close();
    expect(sandbox.defects).toMatchObject([{ id }]);
    expect(found).toEqual([]);
  });
});

describe('rounded', () => {
  it.each([
    [0, 'actual'],
    [1, 'charge'],
    [2, 'actual'],
    [3, 'actual'],
  ])('rounds in one way of its own in the world of seed %i', async (seed, field) => {
    const sandbox = await startSandbox({ seed, orgs: 60, defects: ['rounded*3'] });
    const found = disagreements(await readBothSides(sandbox));
    await sandbox.close();
    expect(found.filter((each) => each.field === field)).toHaveLength(3);
    expect([field, ...MONEY]).toEqual(expect.arrayContaining([...new Set(found.map((each) => each.field))]));
  });
});
