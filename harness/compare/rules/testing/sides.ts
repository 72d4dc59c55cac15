/** Small sides for tests: one organisation, one contract, one charge, and whatever a test says differently. */

import { addDays, type IsoDate, isoDate } from '../../../domain/billing-period.ts';
import type { CaptureFailure, SchemaNote } from '../../../domain/capture.ts';
import type {
  Charge,
  Contract,
  ContractPeriod,
  ContractSide,
  Invoice,
  InvoiceLine,
  PeriodDetail,
  Plan,
  PlanItem,
  Wallet,
} from '../../../domain/contract-side.ts';
import { decimal } from '../../../domain/decimal.ts';
import { absent, type Evidence, type Figure, known } from '../../../domain/figure.ts';
import type { LegacySide, LegacySubscription } from '../../../domain/legacy-side.ts';
import type { Line } from '../../../domain/line.ts';
import type { ComparisonPolicy } from '../../../domain/policy.ts';
import { UNITY } from '../../../domain/ratio.ts';
import type { OrgRef } from '../../../domain/side.ts';
import { parseFingerprint, topFields } from '../fingerprint-diff.ts';
import type { SideRule, Sides } from '../rule.ts';

export const ACME: OrgRef = { id: 'acme', name: 'Acme' };
export const BYTE: OrgRef = { id: 'byte', name: 'Byte' };
const SKU = 'PC-WALL';

export const at = (pointer = '', exchange = 'x-1'): Evidence => ({ exchange, pointer });
export const number = (value: string | number, pointer = ''): Figure =>
  known(decimal(value), String(value), at(pointer));
export const text = <T extends string = string>(value: T, pointer = ''): Figure<T> =>
  known(value, JSON.stringify(value), at(pointer));
export const date = (value: string) => known(isoDate(value), JSON.stringify(value), at());
export const none = absent(at());
export const unreadable = (raw = '"N/A"'): Figure<never> => ({
  state: 'unreadable',
  raw,
  reason: `${raw} is not a number`,
  at: at(),
});

const optional = (value: string | number | null | undefined): Figure =>
  value === null || value === undefined ? none : number(value);

type Numbers<K extends string> = Partial<Record<K, string | number | null>>;

export function charge(
  numbers: Numbers<'prepaid' | 'fairuse' | 'actual' | 'overageQuantity' | 'overageRate' | 'overageCharge'> = {},
  rest: Partial<Charge> = {},
): Charge {
  return {
    ref: { contractId: 'c1', periodId: 'p1', chargeId: 'ch1' },
    sku: SKU,
    orgs: [ACME],
    prepaid: optional(numbers.prepaid),
    fairuse: optional(numbers.fairuse),
    actual: optional(numbers.actual),
    overageQuantity: optional(numbers.overageQuantity),
    overageRate: optional(numbers.overageRate),
    overageCharge: optional(numbers.overageCharge),
    currency: text('USD'),
    unit: text('User'),
    tokens: { count: none, rate: none },
    likeness: JSON.stringify(numbers),
    at: at('/charges/0'),
    ...rest,
  };
}

/** 10 committed at 20.00, 15 used, 5 over at 23.74. */
export const TRUE_CHARGE = {
  prepaid: 10,
  actual: 15,
  overageQuantity: 5,
  overageRate: '23.74',
  overageCharge: '118.70',
} as const;

export const period = (
  id = 'p1',
  start: string | null = '2026-04-01',
  end: string | null = '2026-04-30',
  status = 'Closed',
): ContractPeriod => ({
  id,
  start: start === null ? none : date(start),
  end: end === null ? none : date(end),
  status: text(status),
  at: at('', `detail-${id}`),
});

export function lineOf(of: Charge, rest: Partial<Line> = {}): Line {
  return {
    side: 'contract',
    source: 'contract-api',
    orgs: of.orgs,
    product: of.sku ?? '',
    productName: null,
    appId: null,
    origin: 'charge',
    grouping: null,
    thirdParty: false,
    period: { start: isoDate('2026-04-01'), end: isoDate('2026-04-30'), status: 'closed' },
    kind: null,
    committed: of.prepaid,
    included: of.fairuse,
    actual: of.actual,
    overageQuantity: of.overageQuantity,
    overageCharge: of.overageCharge,
    committedRate: number('20'),
    overageRate: of.overageRate,
    currency: of.currency,
    unit: of.unit,
    bundle: none,
    at: of.at,
    charge: of.ref,
    planned: { committed: [number('20')], overage: [number('23.74')] },
    tokens: of.tokens,
    ...rest,
  };
}

export const detail = (charges: readonly Charge[], rest: Partial<PeriodDetail> = {}): PeriodDetail => ({
  contractId: 'c1',
  period: period(),
  head: rest.period ?? period(),
  charges,
  wallets: [],
  ...rest,
});

export const item = (price: string, overagePrice: string | null, rest: Partial<PlanItem> = {}): PlanItem => ({
  itemNumber: '10',
  type: none,
  oneTime: false,
  inForce: null,
  effectiveStart: date('2025-07-01'),
  effectiveEnd: none,
  quantity: none,
  price: number(price),
  overagePrice: optional(overagePrice),
  discountAmount: none,
  currency: text('USD'),
  unit: none,
  at: at('/plans/0/items/0', 'contract-c1'),
  ...rest,
});

/** With the days of its items as they follow from their dates: an item ends where the next of the plan begins. */
export function plan(rest: Partial<Plan> = {}): Plan {
  const items = rest.items ?? [item('20', '23.74')];
  return {
    id: 'plan1',
    orgs: [ACME],
    sku: SKU,
    at: at('/plans/0', 'contract-c1'),
    ...rest,
    items: items.map((each) => ({ ...each, inForce: daysOf(each, items) })),
  };
}

function daysOf(each: PlanItem, items: readonly PlanItem[]): PlanItem['inForce'] {
  const day = (figure: Figure<IsoDate>): IsoDate | null => (figure.state === 'known' ? figure.value : null);
  if (each.effectiveStart.state === 'unreadable' || each.effectiveEnd.state === 'unreadable') return null;
  const from = day(each.effectiveStart);
  const later = items
    .map((other) => day(other.effectiveStart))
    .filter((start) => start !== null && start > (from ?? ''));
  const ends = [day(each.effectiveEnd), ...later.map((start) => (start === null ? null : addDays(start, -1)))];
  return { from, to: ends.filter((end) => end !== null).sort()[0] ?? null };
}

export const contract = (rest: Partial<Contract> = {}): Contract => ({
  id: 'c1',
  externalNumber: null,
  status: text('Active'),
  term: { contractStart: none, contractEnd: none, rampStart: none, rampEnd: none },
  periods: [period()],
  plans: [plan()],
  fingerprint: '{"id":"c1"}',
  at: at('', 'contract-c1'),
  ...rest,
});

export function wallet(
  numbers: Numbers<'starting' | 'increase' | 'decrease' | 'consumption' | 'ending' | 'overage'> = {},
  rest: Partial<Wallet> = {},
): Wallet {
  return {
    id: 'w1',
    sku: SKU,
    orgs: [ACME],
    starting: optional(numbers.starting),
    increase: optional(numbers.increase),
    decrease: optional(numbers.decrease),
    consumption: optional(numbers.consumption),
    ending: optional(numbers.ending),
    overage: optional(numbers.overage),
    overageRate: none,
    overageCharge: none,
    currency: text('USD'),
    unit: none,
    at: at('/wallets/0'),
    ...rest,
  };
}

export const invoiceLine = (amount: string | number | null, rest: Partial<InvoiceLine> = {}): InvoiceLine => ({
  id: 'l1',
  sku: SKU,
  org: ACME,
  start: date('2026-04-01'),
  end: date('2026-04-30'),
  quantity: none,
  amount: optional(amount),
  unit: none,
  at: at('/entities/0'),
  ...rest,
});

export const invoice = (
  amount: string | number | null,
  lines: Invoice['lines'],
  rest: Partial<Invoice> = {},
): Invoice => ({
  id: 'i1',
  date: date('2026-05-01'),
  currency: text('USD'),
  amount: optional(amount),
  asked: true,
  lines,
  at: at('/entities/0'),
  ...rest,
});

export const contractSide = (rest: Partial<ContractSide> = {}): ContractSide => ({
  listed: rest.contracts ?? [contract()],
  listedFields: new Set((rest.listed ?? []).flatMap(({ fingerprint }) => topFields(parseFingerprint(fingerprint)))),
  contracts: [contract()],
  details: [],
  lines: (rest.details ?? []).flatMap(({ charges }) => charges.map((each) => lineOf(each))),
  invoices: [],
  invoicesAsked: 'none',
  periodEnd: { reading: 'inclusive', inclusive: 0, exclusive: 0 },
  contractEnd: { reading: 'inclusive', inclusive: 0, exclusive: 0 },
  records: [],
  paging: [],
  failures: [],
  schema: [],
  documents: [],
  observed: null,
  probes: [],
  ...rest,
});

const legacySide = (rest: Partial<LegacySide> = {}): LegacySide => ({
  subscriptions: [],
  regionCounts: [],
  regionListings: [],
  unknownOrgs: [],
  failures: [],
  records: [],
  schema: [],
  documents: [],
  ...rest,
});

/** A legacy row of one organisation in April. */
export const legacyLine = (source: LegacySubscription['source'], rest: Partial<Line> = {}): Line => ({
  ...lineOf(charge()),
  side: 'legacy',
  source,
  product: SKU,
  appId: source === 'usage-api' ? 'wallboard' : null,
  origin: 'row',
  thirdParty: source === 'usage-api',
  planned: null,
  committed: number('10'),
  actual: number('15'),
  committedRate: number('20'),
  overageRate: number('23.74'),
  currency: text('USD'),
  charge: null,
  ...rest,
});

export const subscription = (
  source: LegacySubscription['source'],
  lines: readonly Line[],
  rest: Partial<LegacySubscription> = {},
): LegacySubscription => ({
  source,
  org: ACME,
  region: 'us-east-1',
  subscriptionType: none,
  term: { contractStart: none, contractEnd: none, rampStart: none, rampEnd: none },
  periodStart: date('2026-04-01'),
  periodEnd: date('2026-04-30'),
  periodStatus: 'closed',
  lines,
  breakdowns: [],
  inRampPeriod: none,
  minimumMonthlyAmount: none,
  currency: text('USD'),
  at: at('', `${source}-acme`),
  ...rest,
});

export const policy = (rest: Partial<ComparisonPolicy> = {}): ComparisonPolicy => ({
  products: [
    {
      appId: 'wallboard',
      partNumber: SKU,
      skus: [SKU],
      factor: UNITY,
      kind: null,
      trial: 'unknown',
      ramp: 'unknown',
      expected: null,
    },
  ],
  orgs: null,
  period: { kind: 'open' },
  bundleQuantity: 'multiplier',
  tolerances: {},
  waivers: [],
  gate: {
    mode: 'enforce',
    minParity: decimal(100),
    minCoverage: decimal(100),
    maxMoneyAtRisk: null,
    maxWaivedMoney: null,
    failOnDrift: false,
  },
  units: {},
  today: isoDate('2026-04-20'),
  ...rest,
});

export const listing = (...orgs: readonly OrgRef[]): ComparisonPolicy['orgs'] =>
  orgs.map(({ id, name }) => ({ id, name, region: 'us-east-1' }));

/** The contract side by itself, as `validate` looks at it. */
export const alone = (side: Partial<ContractSide>, more: Partial<ComparisonPolicy> = {}): Sides => ({
  legacy: null,
  contract: contractSide(side),
  policy: policy(more),
});

export const beside = (
  legacy: Partial<LegacySide>,
  side: Partial<ContractSide> = {},
  more: Partial<ComparisonPolicy> = {},
): Sides => ({ legacy: legacySide(legacy), contract: contractSide(side), policy: policy(more) });

export const failure = (
  subject: CaptureFailure['subject'],
  side: CaptureFailure['side'] = 'contract',
): CaptureFailure => ({
  side,
  source: side === 'contract' ? 'contract-api' : 'usage-api',
  subject,
  code: 'http-status',
  message: 'GET /x answered 503',
  at: at(),
});

export const note = (kind: SchemaNote['kind'], rest: Partial<SchemaNote> = {}): SchemaNote => ({
  side: 'contract',
  source: 'contract-api',
  type: 'BillingCharge',
  pointer: '/charges/*/actualQuantity',
  kind,
  found: '"15"',
  expected: 'a number',
  at: at('/charges/0/actualQuantity', 'detail-p1'),
  ...rest,
});

/** One word an observation: what the rule said. */
export const kinds = (rule: SideRule, sides: Sides): string[] =>
  [...rule.examine(sides)].map(({ outcome }) => outcome.kind);

/** The sentence or reason of each observation, empty for equal ones. */
export const words = (rule: SideRule, sides: Sides): string[] =>
  [...rule.examine(sides)].map(({ outcome }) =>
    outcome.kind === 'equal' ? '' : outcome.kind === 'not-comparable' ? outcome.reason : outcome.sentence,
  );
