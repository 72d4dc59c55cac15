/** 100,000 pairs aligned, compared, judged and explained in one process, against reading both sides' JSON once. */
import { compare } from '../dist/compare/compare.js';

const ORGS = 20_000;
const PARTS = ['P1', 'P2', 'P3', 'P4', 'P5'];
/** One pair in so many differs, in one of three ways. */
const EVERY = 50;

const PERIOD = { start: '2026-04-01', end: '2026-04-30', status: 'open' };
const at = (exchange, pointer) => ({ exchange, pointer });
const known = (value, place) => ({ state: 'known', value: String(value), raw: String(value), at: place });
const absent = (place) => ({ state: 'absent', at: place });

/** What both sides say of one pair; `wrong` is what the contract side says in its place. */
function factsOf(org, part) {
  const committed = 10 + ((org * 31 + part) % 90);
  const actual = 5 + ((org * 17 + part * 7) % 140);
  const index = org * PARTS.length + part;
  const turned = index % EVERY === 0;
  return { committed, actual, factor: turned && index % 3 === 0 ? 60 : 1, off: turned && index % 3 === 1 ? 1 : 0 };
}

const rest = (place) => ({ included: absent(place), bundle: absent(place), unit: absent(place) });
const rates = (place) => ({
  committedRate: known('20', place),
  overageRate: known('2.5', place),
  currency: known('USD', place),
});

function legacyLine(org, part) {
  const { committed, actual } = factsOf(org, part);
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

function contractLine(org, part) {
  const { committed, actual, factor, off } = factsOf(org, part);
  const place = at(`contract-${org}`, `/charges/${part}`);
  const used = actual * factor + off;
  const over = Math.max(0, used - committed);
  return {
    ...legacyLine(org, part),
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
const every = (make) => Array.from({ length: ORGS }, (_, org) => make(org));
const parts = (org, make) => PARTS.map((_, part) => make(org, part));

const legacy = {
  subscriptions: every((org) => {
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
      lines: parts(org, legacyLine),
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

const contracts = every((org) => {
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
  lines: every((org) => parts(org, contractLine)).flat(),
  invoices: [],
  periodEnd: { reading: 'inclusive', inclusive: 1, exclusive: 0 },
  paging: [],
  failures: [],
  schema: [],
  documents: [],
};

const policy = {
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

const text = JSON.stringify({ legacy, contract });
let peak = 0;
let last = null;

export default {
  name: `compare: ${(ORGS * PARTS.length).toLocaleString('en')} pairs, one in ${EVERY} wrong`,
  rounds: 5,
  warmUp: 1,
  cases: {
    'JSON.parse of both sides': () => JSON.parse(text),
    'align, compare, judge, explain': () => {
      last = compare(legacy, contract, policy);
      peak = Math.max(peak, process.memoryUsage().rss);
      return last;
    },
  },
  notes: () => {
    const { counts, rootCauses, unexplained } = last;
    const cells = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const causes = rootCauses.map(({ id, explains }) => `${id} explains ${explains}`).join(', ');
    return `${cells.toLocaleString('en')} cells, ${counts.mismatch} mismatches: ${causes || 'no cause'}, ${unexplained} unexplained; ${Math.round(peak / 1e6)} MB of memory at most`;
  },
};
