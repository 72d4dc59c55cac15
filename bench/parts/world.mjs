/** A made-up world of both sides, normalised; of any size, and with as many wrong pairs as asked for. */

const UNITY = { numerator: '1', denominator: '1' };

export const PARTS = ['P1', 'P2', 'P3', 'P4', 'P5'];

const PERIOD = { start: '2026-04-01', end: '2026-04-30', status: 'open' };
const at = (exchange, pointer) => ({ exchange, pointer });
const known = (value, place) => ({ state: 'known', value: String(value), raw: String(value), at: place });
const absent = (place) => ({ state: 'absent', at: place });

/** What both sides say of one pair. */
function factsOf(org, part, every) {
  const committed = 10 + ((org * 31 + part) % 90);
  const actual = 5 + ((org * 17 + part * 7) % 140);
  const index = org * PARTS.length + part;
  const turned = index % every === 0;
  return {
    committed,
    actual,
    factor: turned && Math.floor(index / every) % 3 === 0 ? 60 : 1,
    off: turned && Math.floor(index / every) % 3 === 1 ? 1 : 0,
  };
}

const rest = (place) => ({ included: absent(place), bundle: absent(place), unit: absent(place) });
const tokensAt = (place) => ({ count: absent(place), rate: absent(place) });
const rates = (place) => ({
  committedRate: known('20', place),
  overageRate: known('2.5', place),
  currency: known('USD', place),
});

function legacyLine(org, part, every) {
  const { committed, actual } = factsOf(org, part, every);
  const place = at(`usage-${org}`, `/usages/${part}`);
  return {
    side: 'legacy',
    source: 'usage-api',
    orgs: [{ id: `org-${org}`, name: null }],
    product: PARTS[part],
    productName: null,
    appId: 'app',
    origin: 'row',
    grouping: null,
    thirdParty: true,
    period: PERIOD,
    kind: null,
    committed: known(committed, place),
    actual: known(actual, place),
    overageQuantity: absent(place),
    overageCharge: absent(place),
    ...rest(place),
    ...rates(place),
    at: place,
    charge: null,
    planned: null,
    tokens: null,
  };
}

function contractLine(org, part, every) {
  const { committed, actual, factor, off } = factsOf(org, part, every);
  const place = at(`contract-${org}`, `/charges/${part}`);
  const used = actual * factor + off;
  const over = Math.max(0, used - committed);
  return {
    ...legacyLine(org, part, every),
    side: 'contract',
    source: 'contract-api',
    appId: null,
    origin: 'charge',
    thirdParty: false,
    committed: known(committed, place),
    actual: known(used, place),
    overageQuantity: known(over, place),
    overageCharge: known(over * 2.5, place),
    ...rest(place),
    ...rates(place),
    at: place,
    charge: { contractId: `c-${org}`, periodId: `p-${org}`, chargeId: `${org}-${part}` },
    planned: { committed: [known('20', place)], overage: [known('2.5', place)] },
    tokens: tokensAt(place),
  };
}

const TERM = ['contractStart', 'contractEnd', 'rampStart', 'rampEnd'];
const termAt = (place) => Object.fromEntries(TERM.map((name) => [name, absent(place)]));
const startAt = (place) => ({ ...termAt(place), contractStart: known('2026-01-01', place) });
const parts = (org, make) => PARTS.map((_, part) => make(org, part));

const periodOf = (org) => {
  const place = at(`contract-${org}`, '/billingPeriods/0');
  const status = known('Open', place);
  return { id: `p-${org}`, start: known(PERIOD.start, place), end: known(PERIOD.end, place), status, at: place };
};

function planOf(line) {
  const place = { exchange: line.at.exchange, pointer: line.at.pointer.replace('charges', 'plans') };
  const item = {
    itemNumber: '10',
    type: absent(place),
    oneTime: false,
    effectiveStart: known('2026-01-01', place),
    effectiveEnd: absent(place),
    inForce: { from: '2026-01-01', to: null },
    quantity: line.committed,
    price: line.committedRate,
    overagePrice: line.overageRate,
    discountAmount: absent(place),
    currency: line.currency,
    unit: line.unit,
    at: { ...place, pointer: `${place.pointer}/planItems/0` },
  };
  return { id: `plan-${line.charge.chargeId}`, orgs: line.orgs, sku: line.product, items: [item], at: place };
}

function chargeOf(line) {
  const { charge, product, committed, included, overageQuantity, overageRate, overageCharge } = line;
  const { orgs, actual, currency, unit, tokens, at: place } = line;
  const likeness = JSON.stringify([product, orgs[0].id, actual.value, committed.value]);
  const figures = { prepaid: committed, fairuse: included, actual, overageQuantity, overageRate, overageCharge };
  return { ref: charge, sku: product, orgs, ...figures, currency, unit, tokens, likeness, at: place };
}

/** A record as the sources list it, of the kind that a line stands for. */
const recordOf = (kind, { side, source, orgs, product, at: place }, more = {}) => ({
  kind,
  side,
  source,
  key: `${kind} ${orgs[0].id} ${product}`,
  at: place,
  places: [place],
  orgs,
  product,
  appIds: side === 'legacy' ? ['app'] : [],
  region: null,
  contractId: null,
  period: PERIOD,
  mark: null,
  ...more,
});

function contractRecords(org, lines) {
  const [line] = lines;
  const contractId = `c-${org}`;
  const whole = { contractId, product: null };
  const period = periodOf(org).at;
  return [
    recordOf('contract', line, { ...whole, key: `contract ${contractId}`, at: at(`contract-${org}`, '') }),
    recordOf('billing-period', line, { ...whole, key: `billing-period ${contractId} p-${org}`, at: period }),
    ...lines.map((each) => recordOf('plan-item', each, { contractId, at: planOf(each).items[0].at })),
    ...lines.map((each) => recordOf('charge', each, { contractId })),
  ];
}

export const policy = {
  products: PARTS.map((part) => ({
    appId: 'app',
    partNumber: part,
    skus: [part],
    factor: UNITY,
    kind: null,
    trial: 'unknown',
    ramp: 'unknown',
    expected: null,
  })),
  orgs: null,
  period: { kind: 'open' },
  bundleQuantity: 'multiplier',
  tolerances: {},
  waivers: [],
  gate: {
    mode: 'report',
    minParity: '100',
    minCoverage: '100',
    maxMoneyAtRisk: null,
    maxWaivedMoney: null,
    failOnDrift: false,
  },
  units: {},
  today: '2026-04-20',
};

/** `orgs` organisations with five products each; one pair in `every` differs, in one of three ways. */
export function worldOf(orgs, every) {
  const each = (make) => Array.from({ length: orgs }, (_, org) => make(org));
  const line = (make) => (org, part) => make(org, part, every);
  return { legacy: legacySide(each, line(legacyLine)), contract: contractSide(each, line(contractLine)) };
}

function legacySide(each, lineOf) {
  return {
    subscriptions: each((org) => {
      const place = at(`usage-${org}`, '');
      return {
        source: 'usage-api',
        org: { id: `org-${org}`, name: null },
        region: 'us-east-1',
        subscriptionType: known('PREPAY', place),
        term: startAt(place),
        periodStart: known(PERIOD.start, place),
        periodEnd: known(PERIOD.end, place),
        periodStatus: 'open',
        lines: parts(org, lineOf),
        breakdowns: [],
        inRampPeriod: absent(place),
        minimumMonthlyAmount: absent(place),
        currency: known('USD', place),
        at: place,
      };
    }),
    records: each((org) => parts(org, lineOf).map((row) => recordOf('usage-row', row))).flat(),
    regionCounts: [],
    regionListings: [],
    unknownOrgs: [],
    failures: [],
    schema: [],
    documents: [],
  };
}

function contractSide(each, lineOf) {
  const lines = each((org) => parts(org, lineOf));
  const contracts = each((org) => {
    const place = at(`contract-${org}`, '');
    return {
      id: `c-${org}`,
      externalNumber: null,
      status: known('Active', place),
      term: startAt(place),
      periods: [periodOf(org)],
      plans: lines[org].map(planOf),
      fingerprint: `{"id":"c-${org}"}`,
      at: place,
    };
  });
  const ends = { reading: 'inclusive', inclusive: 1, exclusive: 0 };
  return {
    listed: contracts,
    listedFields: new Set(),
    contracts,
    details: contracts.map(({ id, periods: [period] }, org) => ({
      contractId: id,
      period,
      head: period,
      charges: lines[org].map(chargeOf),
      wallets: [],
    })),
    lines: lines.flat(),
    invoices: [],
    invoicesAsked: 'none',
    periodEnd: ends,
    contractEnd: ends,
    records: each((org) => contractRecords(org, lines[org])).flat(),
    paging: [],
    probes: [],
    failures: [],
    schema: [],
    documents: [],
    observed: null,
  };
}
