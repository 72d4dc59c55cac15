/**
 * A vendor of any number of organisations, whose bodies are made as they are asked for: both APIs say the same, but for one
 * organisation in a hundred whose use differs by one. Independent of the sandbox's world, and needs no memory.
 *
 * Seven contracts stand for eight organisations: the first of them names two.
 */
export const APP = 'wallboard';
const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'];
const PRODUCTS = [
  {
    sku: 'PC-170-NV-WALLB',
    unit: 'User',
    committed: 10,
    price: '20.00',
    rate: '23.74',
    grouping: 'billable-app-usage-license',
  },
  { sku: 'PC-170-NV-BOTS', unit: 'Unit', committed: 100, price: '1.50', rate: '1.80', grouping: 'resource' },
];
const DIFFERS_EVERY = 100;
const PERIODS = 6;
export const DATE = 'Mon, 20 Apr 2026 12:00:00 GMT';

const hex = (number, kind) => `${kind}0000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
const numberIn = (id) => Number.parseInt(id.slice(-12), 16);

export const mapping = PRODUCTS.map(({ sku }) => sku);

/** Organisations of a contract, by its number. */
function orgsOf(contract) {
  const block = Math.floor(contract / 7);
  const place = contract % 7;
  const first = block * 8;
  return place === 0 ? [first, first + 1] : [first + place + 1];
}

const use = (org, product) => (org * 7 + product * 13) % (PRODUCTS[product].committed * 2);
const money = (amount) => Math.round(amount * 100) / 100;

export class VendorWorld {
  constructor(orgs) {
    this.orgs = Math.ceil(orgs / 8) * 8;
    this.contracts = (this.orgs / 8) * 7;
  }

  /** Requests that a comparison of the open period cannot do without: everyone on both sides, each listing to its end. */
  leastRequests(contractsPage, listingDetail) {
    const legacy = 1 + REGIONS.length + this.orgs;
    const listings = Math.ceil(this.contracts / contractsPage) + Math.ceil((this.contracts * 2) / 200);
    return legacy + listings + listingDetail + this.contracts * 2;
  }

  /** @returns body of the answer, or null: nothing is there */
  answer(url) {
    const { pathname, searchParams } = new URL(url, 'http://x');
    const parts = pathname.split('/').slice(1);
    if (parts[0] === 'v1') return this.#usage(parts);
    if (parts[3] !== 'contracts') return null;
    if (parts[4] === undefined) return this.#contracts(searchParams, pathname);
    if (parts[4] === 'invoices') {
      return parts[5] === undefined ? this.#invoices(searchParams, pathname) : this.#lines(numberIn(parts[5]));
    }
    return parts[5] === undefined ? this.#contract(numberIn(parts[4])) : this.#period(numberIn(parts[4]), parts[6]);
  }

  #usage([, , region, , org]) {
    if (region === undefined) {
      const count = this.orgs / REGIONS.length;
      return { regions: REGIONS.map((id) => ({ id, organizationCounts: { [APP]: count } })) };
    }
    if (org !== undefined) return this.#subscription(numberIn(org));
    const own = [];
    for (let at = REGIONS.indexOf(region); at < this.orgs; at += REGIONS.length) {
      own.push({
        orgId: hex(at, 'a'),
        orgName: `Customer ${at}`,
        usages: [{ appId: APP, usageQuantity: String(use(at, 0)) }],
      });
    }
    return { organizations: own };
  }

  #subscription(org) {
    return {
      orgId: hex(org, 'a'),
      orgName: `Customer ${org}`,
      subscriptionType: 'PREPAY',
      currency: 'USD',
      contractEffectiveDate: '2025-01-01T00:00:00Z',
      contractEndDate: '2026-12-31T23:59:59Z',
      billingPeriodStartDate: '2026-04-01T00:00:00Z',
      billingPeriodEndDate: '2026-04-30T23:59:59Z',
      usages: PRODUCTS.map(({ sku, committed, price, rate, grouping, unit }, product) => ({
        appId: APP,
        name: `Product ${product}`,
        partNumber: sku,
        grouping,
        unitOfMeasureType: unit === 'User' ? 'seat' : 'unit',
        prepayQuantity: String(committed),
        usageQuantity: String(use(org, product)),
        prepayPrice: price,
        overagePrice: rate,
      })),
    };
  }

  #page(searchParams, pathname, count, size, entityOf) {
    const from = Number(searchParams.get('after') ?? 0);
    const to = Math.min(count, from + size);
    const entities = [];
    for (let at = from; at < to; at += 1) entities.push(entityOf(at));
    const next = to < count ? { nextUri: `${pathname}?pageSize=${size}&after=${to}` } : {};
    return { entities, ...next };
  }

  #contracts(searchParams, pathname) {
    const size = Math.min(10, Number(searchParams.get('pageSize') ?? 10));
    return this.#page(searchParams, pathname, this.contracts, size, (at) => this.#contract(at));
  }

  #contract(contract) {
    const orgs = orgsOf(contract).map((org) => ({ id: hex(org, 'a'), name: `Customer ${org}` }));
    const customer = { id: hex(contract, 'b'), number: String(700000 + contract), name: orgs[0].name };
    return {
      id: hex(contract, 'c'),
      externalNumber: `C-${contract}`,
      status: 'Active',
      commercialModel: 'Subscription',
      billToCustomer: customer,
      soldToCustomer: customer,
      endCustomer: customer,
      dateStart: '2025-01-01',
      dateEnd: '2026-12-31',
      billingPeriods: Array.from({ length: PERIODS }, (_, back) => spanOf(contract, back)),
      plans: PRODUCTS.map(({ sku, unit, committed, price, rate }, product) => ({
        id: hex(contract * 2 + product, 'd'),
        name: `Product ${product} plan`,
        organizations: orgs,
        product: { id: hex(product, 'e'), sku, name: `Product ${product}`, unitOfMeasure: unit },
        items: [
          {
            itemNumber: '000010',
            name: `Product ${product}`,
            type: 'Recurring',
            function: 'Charge',
            description: `Product ${product}, Subscription`,
            currencyIsoCode: 'USD',
            dateEffectiveStart: '2025-01-01',
            dateEffectiveEnd: '2026-12-31',
            overagePrice: Number(rate),
            price: Number(price),
            quantity: committed * orgs.length,
            unitOfMeasure: unit,
          },
        ],
      })),
    };
  }

  #figures(contract, product) {
    const { committed, rate } = PRODUCTS[product];
    const orgs = orgsOf(contract);
    const prepaid = committed * orgs.length;
    const differs = product === 0 && orgs[0] % DIFFERS_EVERY === DIFFERS_EVERY - 1;
    const actual = orgs.reduce((sum, org) => sum + use(org, product), differs ? 1 : 0);
    const overage = orgs.reduce((sum, org) => sum + Math.max(0, use(org, product) - committed), 0);
    return { prepaid, actual, overage, rate: Number(rate), charge: money(overage * Number(rate)) };
  }

  #period(contract, periodId) {
    const orgs = orgsOf(contract).map((org) => ({ id: hex(org, 'a'), name: `Customer ${org}` }));
    const back = Array.from({ length: PERIODS }, (_, at) => at).find((at) => spanOf(contract, at).id === periodId);
    if (back === undefined) return null;
    return {
      ...spanOf(contract, back),
      charges: PRODUCTS.map(({ sku, unit }, product) => {
        const { prepaid, actual, overage, rate, charge } = this.#figures(contract, product);
        return {
          id: hex(contract * 2 + product, 'f'),
          name: `Product ${product} charge`,
          product: { id: hex(product, 'e'), sku, name: `Product ${product}`, unitOfMeasure: unit },
          organizations: orgs,
          prepaidQuantity: prepaid,
          actualQuantity: actual,
          overageQuantity: overage,
          overageRate: rate,
          overageCharge: charge,
          overageCurrency: 'USD',
        };
      }),
      wallets: [],
    };
  }

  /** Two a contract: one of the period before, one that bills the commitment of the open period. */
  #invoices(searchParams, pathname) {
    return this.#page(searchParams, pathname, this.contracts * 2, 200, (at) => {
      const contract = Math.floor(at / 2);
      const isOpen = at % 2 === 1;
      const customer = { id: hex(contract, 'b'), number: String(700000 + contract), name: `Customer ${contract}` };
      return {
        id: hex(at, '1'),
        billToCustomer: customer,
        dateInvoiced: isOpen ? '2026-04-01' : '2026-03-01',
        currencyIsoCode: 'USD',
        paymentStatus: 'Paid',
        customerInvoiceType: 'Recurring',
        amount: this.#fees(contract).reduce((sum, { amount }) => money(sum + amount), 0),
      };
    });
  }

  #fees(contract) {
    return PRODUCTS.map(({ price }, product) => {
      const { prepaid } = this.#figures(contract, product);
      return { prepaid, amount: money(prepaid * Number(price)) };
    });
  }

  #lines(invoice) {
    const contract = Math.floor(invoice / 2);
    const [org] = orgsOf(contract);
    const { dateStart, dateEnd } = spanOf(contract, invoice % 2 === 1 ? 0 : 1);
    return {
      entities: PRODUCTS.map(({ sku, unit }, product) => {
        const { prepaid, amount } = this.#fees(contract)[product];
        return {
          id: hex(invoice * 2 + product, '2'),
          product: { id: hex(product, 'e'), sku, name: `Product ${product}`, unitOfMeasure: unit },
          description: `Commitment of product ${product}`,
          dateTransacted: dateStart,
          dateStart,
          dateEnd,
          organization: { id: hex(org, 'a'), name: `Customer ${org}` },
          quantity: prepaid,
          unitOfMeasure: unit,
          amount,
        };
      }),
    };
  }
}

/** Billing period of so many months before the open one. */
function spanOf(contract, back) {
  const start = new Date(Date.UTC(2026, 3 - back, 1));
  const end = new Date(Date.UTC(2026, 4 - back, 0));
  const day = (date) => date.toISOString().slice(0, 10);
  return {
    id: hex(contract * 16 + back, '3'),
    dateStart: day(start),
    dateEnd: day(end),
    status: back === 0 ? 'Open' : 'Closed',
  };
}
