/** Worlds made up field by field, as fast-check arbitraries: facts of both sides, the bodies that state them, and what they bill. */
import fc from 'fast-check';
import { add, type Decimal, decimal, maximum, multiply, ONE, subtract, ZERO } from '../harness/domain/decimal.ts';
import type { Exchange, Transport } from '../harness/domain/exchange.ts';
import { toMinorUnit } from '../harness/domain/money.ts';
import { exchangeOf } from '../harness/sources/testing/answers.ts';

/** What one row of the usage API states. */
interface RowFacts {
  readonly committed: Decimal;
  readonly bundle: Decimal;
  /** Of a `fair-use` row beside it; null: there is none. */
  readonly allowance: Decimal | null;
  readonly actual: Decimal;
  readonly price: Decimal;
  readonly overagePrice: Decimal;
}

interface ChargeFacts {
  readonly prepaid: Decimal;
  readonly fairuse: Decimal;
  readonly actual: Decimal;
  readonly overageQuantity: Decimal;
  readonly overageRate: Decimal;
  readonly overageCharge: Decimal;
}

/** One plan with its charges: one, or two blocks that add up. */
interface BilledFacts {
  readonly currency: string;
  readonly price: Decimal;
  readonly overagePrice: Decimal;
  readonly charges: readonly ChargeFacts[];
}

export interface Holding {
  readonly product: string;
  /** Null: that side has none. */
  readonly row: RowFacts | null;
  readonly billed: BilledFacts | null;
}

export interface MadeOrg {
  readonly id: string;
  /** In which legacy states what it bills. */
  readonly currency: string;
  /** Organisations of one number are in one contract. */
  readonly contract: number;
  readonly holdings: readonly Holding[];
}

export interface MadeWorld {
  readonly orgs: readonly MadeOrg[];
}

const PRODUCTS = ['P1', 'P2', 'P3'];
const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'];

const whole = (max: number): fc.Arbitrary<Decimal> => fc.integer({ min: 0, max }).map(decimal);
/** A thousandth at the finest. */
const rate = fc.integer({ min: 1, max: 99_999 }).map((thousandths) => decimal(`${thousandths}e-3`));

const rowFacts: fc.Arbitrary<RowFacts> = fc.record({
  committed: whole(40),
  bundle: fc.constantFrom(ONE, ONE, decimal(12)),
  allowance: fc.option(whole(60), { freq: 3 }),
  actual: whole(900),
  price: rate,
  overagePrice: rate,
});

/** Committed units, and what is used beyond them and beyond the allowance. */
const unitsOf = ({ committed, bundle }: RowFacts): Decimal => multiply(committed, bundle);
const overOf = (row: RowFacts): Decimal =>
  maximum(ZERO, subtract(row.actual, maximum(unitsOf(row), row.allowance ?? ZERO)));

/** What the contract side states where it agrees with legacy. */
function alike(row: RowFacts, currency: string, isSplit: boolean): BilledFacts {
  const { price, overagePrice } = row;
  const over = overOf(row);
  const whole: ChargeFacts = {
    prepaid: unitsOf(row),
    fairuse: row.allowance ?? ZERO,
    actual: row.actual,
    overageQuantity: over,
    overageRate: overagePrice,
    overageCharge: toMinorUnit(multiply(over, overagePrice), currency),
  };
  const none = { prepaid: ZERO, fairuse: ZERO, actual: ZERO, overageQuantity: ZERO, overageCharge: ZERO };
  const block: ChargeFacts = { ...none, overageRate: overagePrice, prepaid: ONE, actual: ONE };
  const isBlock = isSplit && row.allowance === null && unitsOf(row) !== ZERO && row.actual !== ZERO;
  const rest = { ...whole, prepaid: subtract(whole.prepaid, ONE), actual: subtract(whole.actual, ONE) };
  return { currency, price, overagePrice, charges: isBlock ? [rest, block] : [whole] };
}

/** A defect: one figure of a holding off by something, another currency, or one side without it. */
type Defect = (holding: Holding) => Holding;

const AMOUNTS = ['0.01', '1', '-1', '7', '1000', '0.001'].map(decimal);

const shifted =
  (name: keyof ChargeFacts, index: number, by: Decimal): Defect =>
  (holding) => {
    const { billed } = holding;
    if (billed === null) return holding;
    const at = index % billed.charges.length;
    const charges = billed.charges.map((each, own) => (own === at ? { ...each, [name]: more(each[name], by) } : each));
    return { ...holding, billed: { ...billed, charges } };
  };
const more = (value: Decimal, by: Decimal): Decimal => maximum(ZERO, add(value, by));

const repriced =
  (name: 'price' | 'overagePrice', by: Decimal): Defect =>
  (holding) =>
    holding.billed === null
      ? holding
      : { ...holding, billed: { ...holding.billed, [name]: more(holding.billed[name], by) } };

const CHARGE_FIELDS = [
  'prepaid',
  'fairuse',
  'actual',
  'overageQuantity',
  'overageRate',
  'overageCharge',
] as const satisfies readonly (keyof ChargeFacts)[];

const defect: fc.Arbitrary<Defect> = fc.oneof(
  fc.tuple(fc.constantFrom(...CHARGE_FIELDS), fc.nat(), fc.constantFrom(...AMOUNTS)).map((own) => shifted(...own)),
  fc
    .tuple(fc.constantFrom('price' as const, 'overagePrice' as const), fc.constantFrom(...AMOUNTS))
    .map((own) => repriced(...own)),
  fc.constantFrom(...CURRENCIES).map(
    (currency): Defect =>
      (holding) =>
        holding.billed === null ? holding : { ...holding, billed: { ...holding.billed, currency } },
  ),
  fc.constant<Defect>((holding) => ({ ...holding, row: null })),
  fc.constant<Defect>((holding) => ({ ...holding, billed: null })),
);

const holding = (product: string, currency: string, defects: number): fc.Arbitrary<Holding> =>
  fc
    .tuple(rowFacts, fc.boolean(), fc.array(defect, { maxLength: defects }), fc.boolean())
    .map(([row, isSplit, hidden, isRight]) => {
      const right: Holding = { product, row, billed: alike(row, currency, isSplit) };
      return isRight ? right : hidden.reduce((before, hide) => hide(before), right);
    });

const madeOrg = (index: number, defects: number): fc.Arbitrary<MadeOrg> =>
  fc
    .tuple(fc.constantFrom(...CURRENCIES), fc.integer({ min: 0, max: 2 }), fc.subarray(PRODUCTS, { minLength: 1 }))
    .chain(([currency, contract, products]) =>
      fc.tuple(...products.map((product) => holding(product, currency, defects))).map((holdings) => ({
        id: `org-${index}`,
        currency,
        contract,
        holdings,
      })),
    );

/** A product that one side lacks altogether: of three organisations and more it is a question of the set-up, and not compared. */
const lacking = (side: 'row' | 'billed', product: string, orgs: readonly MadeOrg[]): readonly MadeOrg[] =>
  orgs.map((org) => ({
    ...org,
    holdings: org.holdings.map((own) => (own.product === product ? { ...own, [side]: null } : own)),
  }));

/** @param defects how many a holding may have at most; of any, one side may also lack a whole product */
export const madeWorlds = (defects: number): fc.Arbitrary<MadeWorld> =>
  fc
    .tuple(
      fc
        .integer({ min: 1, max: 6 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => madeOrg(index, defects)))),
      fc.option(fc.tuple(fc.constantFrom('row' as const, 'billed' as const), fc.constantFrom(...PRODUCTS)), {
        freq: 2,
      }),
    )
    .map(([orgs, lost]) => ({ orgs: defects === 0 || lost === null ? orgs : lacking(...lost, orgs) }));

export interface BillOf {
  readonly org: string;
  readonly product: string;
  readonly side: 'legacy' | 'contract';
  readonly currency: string;
  readonly amount: Decimal;
}

/** What each side bills of each holding: the fee rounded once, the overage as legacy makes it and as the contract side states it. */
export const billsOfFacts = ({ orgs }: MadeWorld): readonly BillOf[] =>
  orgs.flatMap(({ id, currency, holdings }) =>
    holdings.flatMap(({ product, row, billed }): BillOf[] => {
      const of = { org: id, product };
      const round = (amount: Decimal, code: string): Decimal => toMinorUnit(amount, code);
      const before = row && {
        ...of,
        side: 'legacy' as const,
        currency,
        amount: add(
          round(multiply(unitsOf(row), row.price), currency),
          round(multiply(overOf(row), row.overagePrice), currency),
        ),
      };
      const after = billed && {
        ...of,
        side: 'contract' as const,
        currency: billed.currency,
        amount: billed.charges.reduce<Decimal>(
          (sum, { overageCharge }) => add(sum, overageCharge),
          round(multiply(total(billed.charges), billed.price), billed.currency),
        ),
      };
      return [before, after].flatMap((bill) => bill ?? []);
    }),
  );

const total = (charges: readonly ChargeFacts[]): Decimal =>
  charges.reduce<Decimal>((sum, { prepaid }) => add(sum, prepaid), ZERO);

/** A money field of the facts: where it stands, and the world with a cent more in it. */
export interface MoneyPlace {
  readonly name:
    | 'row.price'
    | 'row.overagePrice'
    | 'plan.price'
    | 'plan.overagePrice'
    | 'charge.rate'
    | 'charge.amount';
  readonly what: string;
  /** The quantity that it is the price of; of an amount 1. */
  readonly of: Decimal;
  readonly more: MadeWorld;
}

const CENT = decimal('0.01');

export function moneyPlaces(world: MadeWorld): readonly MoneyPlace[] {
  return world.orgs.flatMap((org) =>
    org.holdings.flatMap((own) => {
      const put = (changed: Holding): MadeWorld => ({
        orgs: world.orgs.map((each) =>
          each === org ? { ...org, holdings: org.holdings.map((one) => (one === own ? changed : one)) } : each,
        ),
      });
      const place = (name: MoneyPlace['name'], of: Decimal, changed: Holding): MoneyPlace => ({
        name,
        what: `${name} of ${own.product} of ${org.id}`,
        of,
        more: put(changed),
      });
      const { row, billed } = own;
      return [
        ...(row === null
          ? []
          : [
              place('row.price', unitsOf(row), { ...own, row: { ...row, price: add(row.price, CENT) } }),
              place('row.overagePrice', overOf(row), {
                ...own,
                row: { ...row, overagePrice: add(row.overagePrice, CENT) },
              }),
            ]),
        ...(billed === null
          ? []
          : [
              place('plan.price', total(billed.charges), repriced('price', CENT)(own)),
              place('plan.overagePrice', ONE, repriced('overagePrice', CENT)(own)),
              ...billed.charges.flatMap(({ overageQuantity }, index) => [
                place('charge.rate', overageQuantity, shifted('overageRate', index, CENT)(own)),
                place('charge.amount', ONE, shifted('overageCharge', index, CENT)(own)),
              ]),
            ]),
      ];
    }),
  );
}

const START = '2026-04-01';
const END = '2026-04-30';
const REGION = 'us-east-1';
const QUERY = 'appIds=wallboard';

/** Serves the bodies that state the facts; a second reading says what the first one said. */
export function serving(world: MadeWorld): Transport {
  const bodies = bodiesOf(world);
  return {
    async send(request): Promise<Exchange> {
      const body = bodies.get(request.path.replace(/\?(before|after|pageSize|dateStart|dateEnd).*$/, ''));
      return exchangeOf(request, body === undefined ? { status: 404, body: { status: 404 } } : { body });
    },
  };
}

function bodiesOf({ orgs }: MadeWorld): ReadonlyMap<string, unknown> {
  const numbers = [...new Set(orgs.map(({ contract }) => contract))];
  const contracts = numbers.map((number) =>
    contractOf(
      number,
      orgs.filter(({ contract }) => contract === number),
    ),
  );
  const base = '/api/v2/billing/contracts';
  return new Map<string, unknown>([
    [`/v1/regions?${QUERY}`, { regions: [{ id: REGION, organizationCounts: { wallboard: orgs.length } }] }],
    [
      `/v1/regions/${REGION}/organizations?${QUERY}`,
      {
        organizations: orgs.map(({ id }) => ({
          orgId: id,
          orgName: id,
          usages: [{ appId: 'wallboard', usageQuantity: '1' }],
        })),
      },
    ],
    ...orgs.map((org) => [`/v1/regions/${REGION}/organizations/${org.id}?${QUERY}`, subscriptionOf(org)] as const),
    [base, { entities: contracts.map(({ contract }) => contract) }],
    [`${base}/invoices`, { entities: [] }],
    ...contracts.flatMap(({ contract, period, charges }) => [
      [`${base}/${contract.id}`, contract] as const,
      [`${base}/${contract.id}/billingperiods/${period.id}`, { ...period, charges, wallets: [] }] as const,
    ]),
  ]);
}

function subscriptionOf({ id, currency, holdings }: MadeOrg) {
  return {
    orgId: id,
    orgName: id,
    subscriptionType: 'PREPAY',
    currency,
    contractEffectiveDate: '2026-01-01T00:00:00Z',
    contractEndDate: '2026-12-31T23:59:59Z',
    billingPeriodStartDate: `${START}T00:00:00Z`,
    billingPeriodEndDate: `${END}T23:59:59Z`,
    usages: holdings.flatMap(({ product, row }) => {
      if (row === null) return [];
      const face = { appId: 'wallboard', name: `Product ${product}`, partNumber: product, unitOfMeasureType: 'unit' };
      const usage = {
        ...face,
        grouping: 'billable-app-usage-license',
        prepayQuantity: row.committed,
        usageQuantity: row.actual,
        prepayPrice: row.price,
        overagePrice: row.overagePrice,
        bundleQuantity: row.bundle,
      };
      if (row.allowance === null) return [usage];
      return [usage, { ...face, grouping: 'fair-use', prepayQuantity: '0', usageQuantity: row.allowance }];
    }),
  };
}

function contractOf(number: number, orgs: readonly MadeOrg[]) {
  const id = `contract-${number}`;
  const period = { id: `${id}-april`, dateStart: START, dateEnd: END, status: 'Open' };
  const billed = orgs.flatMap((org) =>
    org.holdings.flatMap((own) => (own.billed === null ? [] : [{ org, product: own.product, billed: own.billed }])),
  );
  const parts = billed.map(({ org, product, billed: own }) => {
    const key = `${id}-${org.id}-${product}`;
    const face = { organizations: [{ id: org.id, name: org.id }] };
    const sold = { id: `product-${product}`, sku: product, name: `Product ${product}`, unitOfMeasure: 'Unit' };
    const item = {
      itemNumber: '10',
      type: 'Recurring',
      currencyIsoCode: own.currency,
      dateEffectiveStart: '2026-01-01',
      price: Number(own.price),
      overagePrice: Number(own.overagePrice),
      quantity: Number(total(own.charges)),
      unitOfMeasure: 'Unit',
    };
    const charges = own.charges.map((each, index) => ({
      id: `${key}-charge-${index}`,
      ...face,
      product: sold,
      prepaidQuantity: Number(each.prepaid),
      fairuseQuantity: Number(each.fairuse),
      actualQuantity: Number(each.actual),
      overageQuantity: Number(each.overageQuantity),
      overageRate: Number(each.overageRate),
      overageCharge: Number(each.overageCharge),
      overageCurrency: own.currency,
    }));
    return { plan: { id: `${key}-plan`, ...face, product: sold, items: [item] }, charges };
  });
  const contract = {
    id,
    status: 'Active',
    dateStart: '2026-01-01',
    dateEnd: '2026-12-31',
    billingPeriods: [period],
    plans: parts.map(({ plan }) => plan),
  };
  return { contract, period, charges: parts.flatMap(({ charges }) => charges) };
}
