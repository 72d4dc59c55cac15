/** A made-up world of both sides, normalised; of any size, and with as many wrong pairs as asked for. */

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
    committed: known(committed, place),
    actual: known(used, place),
    overageQuantity: known(over, place),
    overageCharge: known(over * 2.5, place),
    ...rest(place),
    ...rates(place),
    at: place,
    charge: { contractId: `c-${org}`, periodId: `p-${org}`, chargeId: `${org}-${part}` },
  };
}

const TERM = ['contractStart', 'contractEnd', 'rampStart', 'rampEnd'];
const termAt = (place) => Object.fromEntries(TERM.map((name) => [name, absent(place)]));
const startAt = (place) => ({ ...termAt(place), contractStart: known('2026-01-01', place) });
const parts = (org, make) => PARTS.map((_, part) => make(org, part));

export const policy = {
  products: PARTS.map((part) => ({
    appId: 'app',
    partNumber: part,
    skus: [part],
    factor: '1',
    kind: null,
    expected: null,
  })),
  orgs: null,
  period: { kind: 'open' },
  bundleQuantity: 'multiplier',
  tolerances: {},
  waivers: [],
  gate: { mode: 'report', minParity: '100', minCoverage: '100', maxMoneyAtRisk: null, failOnDrift: false },
  units: {},
  today: '2026-04-20',
};

/** `orgs` organisations with five products each; one pair in `every` differs, in one of three ways. */
export function worldOf(orgs, every) {
  const each = (make) => Array.from({ length: orgs }, (_, org) => make(org));
  const line = (make) => (org, part) => make(org, part, every);
  const legacy = {
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
        lines: parts(org, line(legacyLine)),
        at: place,
      };
    }),
    regionCounts: [],
    regionListings: [],
    unknownOrgs: [],
    failures: [],
    schema: [],
    documents: [],
  };

  const contracts = each((org) => {
    const place = at(`contract-${org}`, '');
    const period = {
      id: `p-${org}`,
      start: known(PERIOD.start, place),
      end: known(PERIOD.end, place),
      status: known('Open', place),
      at: place,
    };
    return {
      id: `c-${org}`,
      externalNumber: null,
      status: known('Active', place),
      term: startAt(place),
      periods: [period],
      plans: parts(org, (_, part) => ({
        id: `plan-${org}-${part}`,
        orgs: [{ id: `org-${org}`, name: null }],
        sku: PARTS[part],
        items: [],
        at: place,
      })),
      fingerprint: `{"id":"c-${org}"}`,
      at: place,
    };
  });
  const contract = {
    listed: contracts,
    contracts,
    details: contracts.map(({ id, periods: [period] }) => ({ contractId: id, period, charges: [], wallets: [] })),
    lines: each((org) => parts(org, line(contractLine))).flat(),
    invoices: [],
    periodEnd: { reading: 'inclusive', inclusive: 1, exclusive: 0 },
    paging: [],
    probes: [],
    failures: [],
    schema: [],
    documents: [],
  };
  return { legacy, contract };
}
