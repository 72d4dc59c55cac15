import { describe, expect, it } from 'vitest';
import type { Line } from '../../domain/line.ts';
import { contractSide, ORGS, PRODUCT } from '../testing/contract-side.ts';

const item = (more: object = {}) => ({
  itemNumber: '1',
  type: 'Recurring',
  price: 20,
  overagePrice: 23.74,
  quantity: 10,
  currencyIsoCode: 'USD',
  dateEffectiveStart: '2025-07-01',
  ...more,
});
const plan = (items: readonly object[], more: object = {}) => ({
  id: 'plan',
  organizations: ORGS,
  product: PRODUCT,
  items,
  ...more,
});
const CHARGE = { id: 'c', product: PRODUCT, organizations: ORGS, prepaidQuantity: 10, actualQuantity: 15 };
const WALLET = {
  id: 'w',
  product: PRODUCT,
  organizations: ORGS,
  startingBalance: 100,
  balanceIncrease: 20.5,
  balanceDecrease: 5,
  balanceConsumption: 80,
  balanceOverage: 3,
  balanceOverageRate: 2,
  balanceOverageCharge: 6,
  balanceOverageCurrency: 'EUR',
  unitOfMeasure: 'Token',
};

interface World {
  readonly plans?: readonly object[];
  readonly charges?: readonly object[];
  readonly wallets?: readonly object[];
}

async function linesOf({ plans = [plan([item()])], charges = [], wallets = [] }: World): Promise<readonly Line[]> {
  const { side } = await contractSide({ contract: { plans }, period: { charges, wallets } });
  expect(side.failures).toEqual([]);
  return side.lines;
}

const values = (line: Line | undefined, kind: 'committed' | 'overage'): (string | null)[] =>
  (line?.planned?.[kind] ?? []).map((figure) => (figure.state === 'known' ? figure.value : null));

describe('the line of a charge', () => {
  it('is of a charge that is nobody’s where one of its organisations has no id', async () => {
    for (const nameless of [{}, { name: 'X' }, { id: null }]) {
      const charges = [{ ...CHARGE, organizations: [...ORGS, nameless] }];
      const { side } = await contractSide({ contract: { plans: [plan([item()])] }, period: { charges, wallets: [] } });
      expect(side.details[0]?.charges.map(({ orgs }) => orgs)).toEqual([[]]);
    }
  });

  it('takes from its plan what it leaves out, the plan product’s unit last', async () => {
    const bare = { ...CHARGE, product: { id: 'p', sku: 'PC-1' } };
    const [line] = await linesOf({ charges: [bare] });
    expect(line).toMatchObject({
      origin: 'charge',
      committedRate: { value: '20' },
      overageRate: { value: '23.74' },
      currency: { value: 'USD' },
      unit: { value: 'User' },
      tokens: null,
    });
    const [stated] = await linesOf({
      plans: [plan([item({ unitOfMeasure: 'Person' })])],
      charges: [{ ...bare, overageRate: 25, overageCurrency: 'EUR', tokenConversionRate: 17 }],
    });
    expect(stated).toMatchObject({
      overageRate: { value: '25' },
      currency: { value: 'EUR' },
      unit: { value: 'Person' },
      tokens: { count: { state: 'absent' }, rate: { value: '17' } },
    });
  });

  it('has each price of an item in force on some day of the period once, the first day’s first', async () => {
    const items = [
      item({ itemNumber: '4', price: 18, dateEffectiveStart: '2026-04-11' }),
      item({
        itemNumber: '3',
        price: 22,
        type: 'Other',
        dateEffectiveStart: '2026-04-05',
        dateEffectiveEnd: '2026-04-06',
      }),
      item({ itemNumber: '2', price: 20, dateEffectiveStart: '2026-03-01' }),
      item({ itemNumber: '1', price: 99, dateEffectiveStart: '2025-07-01' }),
      item({ itemNumber: '5', price: 77, dateEffectiveStart: '2026-05-01' }),
      item({ itemNumber: '6', price: 500, type: 'One-Time', dateEffectiveStart: '2026-04-01' }),
      item({ itemNumber: '7', price: 20, type: 'Third' }),
    ];
    const [line] = await linesOf({ plans: [plan(items)], charges: [CHARGE] });
    expect(values(line, 'committed')).toEqual(['20', '22', '18']);
    expect(line?.committedRate).toMatchObject({ value: '20' });
    const [again] = await linesOf({ plans: [plan([...items].reverse())], charges: [CHARGE] });
    expect(values(again, 'committed')).toEqual(['20', '22', '18']);
  });

  it('keeps what cannot be read or dated as a candidate that cannot be read', async () => {
    const items = [
      item({ itemNumber: '1', price: 'N/A' }),
      item({ itemNumber: '2', price: 21 }),
      item({ itemNumber: '3', price: 30, overagePrice: 40, dateEffectiveStart: 'soon' }),
    ];
    const [line] = await linesOf({ plans: [plan(items)], charges: [CHARGE] });
    expect(line?.planned?.committed).toMatchObject([
      { state: 'unreadable', raw: '"N/A"' },
      { state: 'known', value: '21' },
      {
        state: 'unreadable',
        raw: '30',
        reason: 'it is not known whether the plan item that states it is in force: "soon" is not a date',
      },
    ]);
    expect(values(line, 'overage')).toEqual(['23.74', null]);
  });

  it('goes by the plans of its own organisations, and by those that name nobody only where there is none', async () => {
    const others = [
      plan([item({ price: 1 })], { id: 'x', organizations: [{ id: 'z' }] }),
      plan([item({ price: 2 })], { id: 'y', organizations: [] }),
    ];
    const own = await linesOf({ plans: [...others, plan([item({ price: 3 })])], charges: [CHARGE] });
    expect(values(own[0], 'committed')).toEqual(['3']);
    const nobody = await linesOf({ plans: others, charges: [CHARGE] });
    expect(values(nobody[0], 'committed')).toEqual(['2']);
    const nameless = await linesOf({ plans: others, charges: [{ ...CHARGE, organizations: [] }] });
    expect(values(nameless[0], 'committed')).toEqual(['1', '2']);
    expect(nameless[0]?.orgs.map(({ id }) => id)).toEqual(['z']);
  });

  it('is of one plan each where charges bill what several plans commit to, first of the plan whose rate it states', async () => {
    const plans = [
      plan([item({ price: 20, overagePrice: 7, quantity: 5 })], { id: 'a' }),
      plan([item({ price: 25, overagePrice: 9, quantity: 5 })], { id: 'b' }),
    ];
    const charges = [
      { ...CHARGE, id: 'one', prepaidQuantity: 5, overageRate: 9 },
      { ...CHARGE, id: 'two', prepaidQuantity: 5, overageRate: 9 },
    ];
    const lines = await linesOf({ plans, charges });
    expect(lines.map((line) => [...values(line, 'committed'), ...values(line, 'overage')])).toEqual([
      ['25', '9'],
      ['20', '7'],
    ]);
  });

  it('states no price where plans stand side by side at different ones, but for a day on which they agree', async () => {
    const both = (second: Parameters<typeof item>[0][]) => [
      plan([item({ price: 20, quantity: 5 })], { id: 'a' }),
      plan(
        second.map((one) => item({ quantity: 5, ...one })),
        { id: 'b' },
      ),
    ];
    const [apart] = await linesOf({ plans: both([{ price: 25 }]), charges: [CHARGE] });
    expect(apart?.committedRate).toMatchObject({
      state: 'unreadable',
      reason: 'several plans are in force from 2026-04-01 to 2026-04-30 with different prices (20 and 25)',
    });
    const [joined] = await linesOf({
      plans: both([{ price: 25 }, { price: 20, dateEffectiveStart: '2026-04-11' }]),
      charges: [CHARGE],
    });
    expect(values(joined, 'committed')).toEqual(['20']);
    const [after] = await linesOf({ plans: both([{ price: 25, dateEffectiveEnd: '2026-04-10' }]), charges: [CHARGE] });
    expect(values(after, 'committed')).toEqual(['20']);
    const [idle] = await linesOf({ plans: both([{ price: 25, quantity: 0 }]), charges: [CHARGE] });
    expect(values(idle, 'committed')).toEqual(['20']);
  });

  it('does not choose between two currencies in force', async () => {
    const items = ['USD', 'EUR'].map((currencyIsoCode, index) => item({ itemNumber: `${index}`, currencyIsoCode }));
    const [line] = await linesOf({ plans: [plan(items)], charges: [CHARGE] });
    expect(line?.currency).toMatchObject({
      state: 'unreadable',
      reason: 'several plan items are in force on 2026-04-01 with different currencies ("EUR" and "USD")',
    });
  });
});

describe('the line of a wallet', () => {
  it('says the allowance, the use and the overage, where no charge of its product does', async () => {
    const lines = await linesOf({ wallets: [WALLET] });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      origin: 'wallet',
      product: 'PC-1',
      committed: { state: 'absent' },
      included: { value: '115.5', raw: '100 + 20.5 − 5', at: { pointer: '/wallets/0/startingBalance' } },
      actual: { value: '83', raw: '80 + 3' },
      overageQuantity: { value: '3' },
      overageRate: { value: '2' },
      overageCharge: { value: '6' },
      currency: { value: 'EUR' },
      unit: { value: 'Token' },
      committedRate: { value: '20' },
      charge: { contractId: 'k', periodId: 'k-4', chargeId: 'w' },
    });
  });

  it('counts what is left out as zero, is absent where all is, and unreadable where one is', async () => {
    const { startingBalance: _, balanceIncrease: __, balanceOverage: ___, ...less } = WALLET;
    const [one] = await linesOf({ wallets: [less] });
    expect(one).toMatchObject({ included: { value: '-5', raw: '− 5' }, actual: { value: '80', raw: '80' } });
    const [none] = await linesOf({ wallets: [{ id: 'w', product: PRODUCT, organizations: ORGS }] });
    expect(none).toMatchObject({ included: { state: 'absent' }, actual: { state: 'absent' } });
    const [bad] = await linesOf({ wallets: [{ ...WALLET, balanceDecrease: 'N/A', balanceConsumption: null }] });
    expect(bad).toMatchObject({ included: { state: 'unreadable', raw: '"N/A"' }, actual: { state: 'unreadable' } });
  });

  it.each([
    ['of the same organisation', {}, ['charge']],
    ['named by the product’s id', { product: { id: 'P' } }, ['charge']],
    ['that names nobody', { organizations: [] }, ['charge']],
    ['of another organisation', { organizations: [{ id: 'z' }] }, ['charge', 'wallet']],
    ['of another product', { product: { id: 'q', sku: 'PC-2' } }, ['charge', 'wallet']],
  ])('stands beside a charge %s or not', async (_, more, origins) => {
    const lines = await linesOf({ plans: [], charges: [{ ...CHARGE, ...more }], wallets: [WALLET] });
    expect(lines.map(({ origin }) => origin)).toEqual(origins);
  });
});

describe('the line of a plan', () => {
  it('says what is committed where neither charge nor wallet speaks of its product', async () => {
    const items = [
      item({ quantity: 10 }),
      item({ itemNumber: '2', type: 'Add-on', quantity: 5 }),
      item({ itemNumber: '3', type: 'Late', quantity: 100, dateEffectiveStart: '2026-04-02' }),
      item({ itemNumber: '4', type: 'Once', quantity: 1000 }),
    ];
    expect(await linesOf({ plans: [plan(items)] })).toMatchObject([
      {
        origin: 'plan',
        committed: { value: '15', raw: '10 + 5', at: { pointer: '/plans/0/items/0/quantity' } },
        included: { state: 'absent' },
        actual: { state: 'absent' },
        overageQuantity: { state: 'absent' },
        overageCharge: { state: 'absent' },
        committedRate: { value: '20' },
        overageRate: { value: '23.74' },
        currency: { value: 'USD' },
        unit: { value: 'User' },
        at: { pointer: '/plans/0' },
        charge: { contractId: 'k', periodId: 'k-4', chargeId: null },
      },
    ]);
  });

  it.each([
    ['no item at all', [], []],
    ['one-time items alone', [item({ type: 'One time' })], []],
    ['an item that ended before', [item({ dateEffectiveEnd: '2026-03-31' })], []],
    ['an item that begins after', [item({ dateEffectiveStart: '2026-05-01' })], []],
    ['an item of the last day', [item({ dateEffectiveStart: '2026-04-30' })], ['10']],
    ['an item without an end', [item({ dateEffectiveEnd: '9999-12-31' })], ['10']],
    ['an item that cannot be dated', [item({ dateEffectiveStart: 'soon' })], [null]],
  ])('of a plan with %s', async (_, items, committed) => {
    const lines = await linesOf({ plans: [plan(items)] });
    expect(lines.map((line) => (line.committed.state === 'known' ? line.committed.value : null))).toEqual(committed);
  });

  it.each([
    ['a charge', { charges: [CHARGE] }],
    ['a wallet', { wallets: [WALLET] }],
    ['a charge by another name', { charges: [{ ...CHARGE, product: { name: 'WALLBOARD' } }] }],
  ])('does not stand beside %s of its product and organisation', async (_, world) => {
    expect((await linesOf(world)).map(({ origin }) => origin)).not.toContain('plan');
  });

  it('stands beside a charge of another organisation', async () => {
    const lines = await linesOf({ charges: [{ ...CHARGE, organizations: [{ id: 'z' }] }] });
    expect(lines.map(({ origin }) => origin)).toEqual(['charge', 'plan']);
  });
});

describe('the days on which an item is in force', () => {
  const days = async (items: readonly object[]) => {
    const { side } = await contractSide({ contract: { plans: [plan(items)] } });
    return side.contracts[0]?.plans[0]?.items.map(({ inForce }) =>
      inForce === null ? null : `${inForce.from ?? ''}..${inForce.to ?? ''}`,
    );
  };

  it('end the day before the next item of the same type begins', async () => {
    const items = [
      item({ dateEffectiveStart: '2026-01-01', dateEffectiveEnd: '2026-12-31' }),
      item({ dateEffectiveStart: '2026-04-10' }),
      item({ dateEffectiveStart: '2026-04-10', dateEffectiveEnd: '2026-04-20' }),
      item({ type: 'Other', dateEffectiveStart: '2026-02-01' }),
      item({ type: 'RECURRING', dateEffectiveStart: '2026-02-01', dateEffectiveEnd: '2026-03-01' }),
      item({ dateEffectiveStart: undefined }),
      item({ dateEffectiveEnd: 'never' }),
    ];
    expect(await days(items)).toEqual([
      '2026-01-01..2026-01-31',
      '2026-04-10..',
      '2026-04-10..2026-04-20',
      '2026-02-01..',
      '2026-02-01..2026-03-01',
      '..2025-06-30',
      null,
    ]);
  });
});
