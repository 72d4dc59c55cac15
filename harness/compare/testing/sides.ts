/** Both sides of a small world for tests: facts that legacy and the contract side state alike, and what one of them changes. */
import { type BillingPeriod, isoDate } from '../../domain/billing-period.ts';
import type { Charge, Contract, ContractSide, PeriodDetail, Plan, PlanItem } from '../../domain/contract-side.ts';
import { add, type Decimal, decimal, multiply } from '../../domain/decimal.ts';
import type { Evidence } from '../../domain/figure.ts';
import type { LegacySide, LegacySubscription } from '../../domain/legacy-side.ts';
import type { Line, Term, UsageKind } from '../../domain/line.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { ComparisonPolicy, ProductMapping } from '../../domain/policy.ts';
import { UNITY } from '../../domain/ratio.ts';
import type { OrgRef } from '../../domain/side.ts';
import { overageOf } from '../pairs/overage.ts';
import { at, date, number, type Told, text } from './figures.ts';

export const APRIL: BillingPeriod = { start: isoDate('2026-04-01'), end: isoDate('2026-04-30'), status: 'open' };

export const span = (start: string, end: string, status: BillingPeriod['status'] = 'open'): BillingPeriod => ({
  start: isoDate(start),
  end: isoDate(end),
  status,
});

/** Figures of one line; what is left out is left out on the wire. */
export interface Figures {
  readonly committed?: Told;
  readonly included?: Told;
  readonly actual?: Told;
  readonly committedRate?: Told;
  readonly overageRate?: Told;
  readonly currency?: Told;
  readonly unit?: Told;
  readonly bundle?: Told;
  readonly overageQuantity?: Told;
  readonly overageCharge?: Told;
}

export const org = (id: string, name: string | null = null): OrgRef => ({ id, name });

export const TYPICAL: Figures = {
  committed: '10',
  actual: '15',
  committedRate: '20',
  overageRate: '23.74',
  currency: 'USD',
};

const figuresOf = (figures: Figures, place: string | Evidence) => ({
  committed: number(figures.committed, place),
  included: number(figures.included, place),
  actual: number(figures.actual, place),
  overageQuantity: number(figures.overageQuantity, place),
  overageCharge: number(figures.overageCharge, place),
  committedRate: number(figures.committedRate, place),
  overageRate: number(figures.overageRate, place),
  currency: text(figures.currency, place),
  unit: text(figures.unit, place),
  bundle: number(figures.bundle, place),
});

export interface LegacyLineOptions {
  readonly period?: BillingPeriod;
  readonly kind?: UsageKind | null;
  readonly appId?: string | null;
  readonly name?: string;
}

/** A row of the usage API. */
export function row(
  orgId: string,
  partNumber: string,
  figures: Figures = TYPICAL,
  options: LegacyLineOptions = {},
): Line {
  return {
    side: 'legacy',
    source: 'usage-api',
    orgs: [org(orgId)],
    product: partNumber,
    productName: options.name ?? null,
    appId: options.appId === undefined ? 'app' : options.appId,
    origin: 'row',
    grouping: null,
    thirdParty: true,
    period: options.period ?? APRIL,
    kind: options.kind ?? null,
    ...figuresOf(figures, `legacy-${orgId}-${partNumber}`),
    at: at(`legacy-${orgId}-${partNumber}`),
    charge: null,
    planned: null,
    tokens: null,
  };
}

/** A charge, with overage and its charge as they follow from the other figures unless they are given. */
export interface ChargeFacts extends Figures {
  readonly orgs: readonly string[];
  readonly sku: string;
  readonly id?: string;
  /** No plan commits to it. */
  readonly unplanned?: boolean;
}

const decimalOf = (value: Told): Decimal => decimal(typeof value === 'string' || typeof value === 'number' ? value : 0);

/** Fills in the overage that the arithmetic gives. */
function settled(figures: Figures): Figures {
  const quantity = overageOf(decimalOf(figures.actual), decimalOf(figures.committed), decimalOf(figures.included));
  const stated = 'overageQuantity' in figures ? decimalOf(figures.overageQuantity) : quantity;
  const currency = typeof figures.currency === 'string' ? figures.currency : 'USD';
  return {
    overageQuantity: quantity,
    overageCharge: toMinorUnit(multiply(stated, decimalOf(figures.overageRate)), currency),
    ...figures,
  };
}

export interface ContractFacts {
  readonly id: string;
  /** Default: the whole of 2026. */
  readonly start?: Told;
  readonly end?: Told;
  readonly rampStart?: Told;
  readonly rampEnd?: Told;
  readonly status?: Told;
  /** Organisations of the plans; default: those of the charges. */
  readonly orgs?: readonly string[];
  readonly periods: readonly { readonly span: BillingPeriod; readonly charges: readonly ChargeFacts[] }[];
}

const has = (facts: object, key: string): boolean => key in facts;

function chargeLine(
  contractId: string,
  periodId: string,
  period: BillingPeriod,
  facts: ChargeFacts,
  index: number,
): Line {
  const id = facts.id ?? `${periodId}-${facts.sku}-${facts.orgs.join('+')}-${index}`;
  const place = at(`period-${periodId}`, `/charges/${index}`);
  const figures = figuresOf(settled(facts), place);
  return {
    side: 'contract',
    source: 'contract-api',
    orgs: [...facts.orgs].sort().map((each) => org(each)),
    product: facts.sku,
    productName: null,
    appId: null,
    origin: 'charge',
    grouping: null,
    thirdParty: false,
    period,
    kind: null,
    ...figures,
    at: place,
    charge: { contractId, periodId, chargeId: id },
    planned: { committed: [figures.committedRate], overage: [figures.overageRate] },
    tokens: { count: number(null), rate: number(null) },
  };
}

function chargeOf(line: Line): Charge {
  if (line.charge === null) throw new Error('not a contract line');
  const { committed, included, actual, overageQuantity, overageCharge, overageRate, currency, unit } = line;
  const figures = { committed, included, actual, overageQuantity, overageCharge, overageRate, currency };
  return {
    ref: line.charge,
    sku: line.product,
    orgs: line.orgs,
    prepaid: committed,
    fairuse: included,
    actual,
    overageQuantity,
    overageRate,
    overageCharge,
    currency,
    unit,
    tokens: { count: number(null), rate: number(null) },
    likeness: JSON.stringify([
      line.product,
      line.orgs.map((each) => each.id),
      Object.values(figures).map((figure) => (figure.state === 'known' ? figure.value : figure.state)),
    ]),
    at: line.at,
  };
}

/** Lines of one plan: charges of one period add up; where periods differ, an item for each. */
function planOf(lines: readonly [Line, ...Line[]]): Plan {
  const [line] = lines;
  const byPeriod = [...new Map(lines.map((each) => [each.period.start, each.period])).values()];
  const quantities = byPeriod.map((period) => totalOf(lines.filter((each) => each.period.start === period.start)));
  const isOneItem = quantities.every((quantity) => JSON.stringify(quantity) === JSON.stringify(quantities[0]));
  return {
    id: `plan-${line.product}-${line.orgs.map((each) => each.id).join('+')}`,
    orgs: line.orgs,
    sku: line.product,
    items: isOneItem
      ? [itemOf(line, quantities[0] ?? line.committed, null)]
      : byPeriod.map((period, index) => itemOf(line, quantities[index] ?? line.committed, period)),
    at: line.at,
  };
}

const totalOf = (lines: readonly Line[]): Line['committed'] => {
  const [first, ...others] = lines.map(({ committed }) => committed);
  if (first === undefined) throw new Error('no lines');
  return others.reduce(
    (one, next) => (one.state === 'known' && next.state === 'known' ? number(add(one.value, next.value), one.at) : one),
    first,
  );
};

/** @param period the one period that it is for; null: all of 2026 */
function itemOf(line: Line, quantity: Line['committed'], period: BillingPeriod | null): PlanItem {
  return {
    itemNumber: period === null ? '10' : `10-${period.start}`,
    type: text(null),
    oneTime: false,
    effectiveStart: date(period?.start ?? '2026-01-01'),
    effectiveEnd: date(period?.end ?? null),
    inForce: { from: period?.start ?? isoDate('2020-01-01'), to: period?.end ?? null },
    quantity,
    price: line.committedRate,
    overagePrice: line.overageRate,
    discountAmount: number(null),
    currency: line.currency,
    unit: line.unit,
    at: line.at,
  };
}

interface Built {
  readonly contract: Contract;
  readonly details: readonly PeriodDetail[];
  readonly lines: readonly Line[];
}

function buildContract(facts: ContractFacts): Built {
  const place = `contract-${facts.id}`;
  const term: Term = {
    contractStart: date(has(facts, 'start') ? facts.start : '2026-01-01', place),
    contractEnd: date(has(facts, 'end') ? facts.end : '2026-12-31', place),
    rampStart: date(facts.rampStart, place),
    rampEnd: date(facts.rampEnd, place),
  };
  const periods = facts.periods.map(({ span: period, charges }, index) => {
    const id = `${facts.id}-p${index + 1}`;
    const lines = charges.map((charge, number_) => chargeLine(facts.id, id, period, charge, number_));
    const stated = {
      id,
      start: date(period.start, place),
      end: date(period.end, place),
      status: text(period.status === 'open' ? 'Open' : 'Closed', place),
      at: at(place),
    };
    return { stated, lines };
  });
  const lines = periods.flatMap((period) => period.lines);
  const plans = new Map<string, [Line, ...Line[]]>();
  const unplanned = facts.periods.flatMap(({ charges }) => charges.map((charge) => charge.unplanned === true));
  for (const [index, line] of lines.entries()) {
    if (unplanned[index] === true) continue;
    const key = `${line.product} ${line.orgs.map(({ id }) => id).join(' ')}`;
    const own = plans.get(key);
    if (own === undefined) plans.set(key, [line]);
    else own.push(line);
  }
  const named: Plan[] = (facts.orgs ?? []).map((id) => ({
    id: `plan-${id}`,
    orgs: [org(id)],
    sku: 'P1',
    items: [],
    at: at(place),
  }));
  return {
    contract: {
      id: facts.id,
      externalNumber: null,
      status: text(has(facts, 'status') ? facts.status : 'Active', place),
      term,
      periods: periods.map((period) => period.stated),
      plans: [...[...plans.values()].map(planOf), ...named],
      fingerprint: facts.id,
      at: at(place),
    },
    details: periods.map((period) => ({
      contractId: facts.id,
      period: period.stated,
      head: period.stated,
      charges: period.lines.map(chargeOf),
      wallets: [],
    })),
    lines,
  };
}

export function contractSide(contracts: readonly ContractFacts[], changes: Partial<ContractSide> = {}): ContractSide {
  const built = contracts.map(buildContract);
  return {
    listed: built.map((each) => each.contract),
    listedFields: new Set(),
    contracts: built.map((each) => each.contract),
    details: built.flatMap((each) => each.details),
    lines: built.flatMap((each) => each.lines),
    invoices: [],
    invoicesAsked: 'none',
    periodEnd: { reading: 'inclusive', inclusive: 1, exclusive: 0 },
    contractEnd: { reading: 'inclusive', inclusive: 0, exclusive: 0 },
    records: [],
    paging: [],
    failures: [],
    schema: [],
    documents: [],
    observed: null,
    probes: [],
    ...changes,
  };
}

export interface SubscriptionFacts {
  readonly period?: BillingPeriod;
  readonly source?: LegacySubscription['source'];
  readonly start?: Told;
  readonly end?: Told;
  readonly rampStart?: Told;
  readonly rampEnd?: Told;
  readonly name?: string | null;
}

export function subscription(orgId: string, lines: readonly Line[], facts: SubscriptionFacts = {}): LegacySubscription {
  const place = `legacy-${orgId}`;
  const period = facts.period ?? APRIL;
  return {
    source: facts.source ?? 'usage-api',
    org: org(orgId, facts.name ?? null),
    region: 'us-east-1',
    subscriptionType: text('PREPAY', place),
    term: {
      contractStart: date(has(facts, 'start') ? facts.start : '2026-01-01', place),
      contractEnd: date(has(facts, 'end') ? facts.end : '2026-12-31', place),
      rampStart: date(facts.rampStart, place),
      rampEnd: date(facts.rampEnd, place),
    },
    periodStart: date(period.start, place),
    periodEnd: date(period.end, place),
    periodStatus: period.status,
    lines,
    breakdowns: [],
    inRampPeriod: { state: 'absent', at: at(place) },
    minimumMonthlyAmount: number(null, place),
    currency: text('USD', place),
    at: at(place),
  };
}

export function legacySide(
  subscriptions: readonly LegacySubscription[],
  changes: Partial<LegacySide> = {},
): LegacySide {
  return {
    subscriptions,
    regionCounts: [],
    regionListings: [],
    unknownOrgs: [],
    failures: [],
    records: [],
    schema: [],
    documents: [],
    ...changes,
  };
}

export const product = (partNumber: string, changes: Partial<ProductMapping> = {}): ProductMapping => ({
  appId: 'app',
  partNumber,
  skus: [partNumber],
  factor: UNITY,
  kind: null,
  trial: 'unknown',
  ramp: 'unknown',
  expected: null,
  ...changes,
});

export function policy(changes: Partial<ComparisonPolicy> = {}): ComparisonPolicy {
  return {
    products: [product('P1'), product('P2')],
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
    ...changes,
  };
}

/** A scenario that maps P1 alone: of a world that knows no P2, `product-mapping` would ask about it. */
export const policyForP1 = (changes: Partial<ComparisonPolicy> = {}): ComparisonPolicy =>
  policy({ products: [product('P1')], ...changes });

/** One organisation, one product, one contract; the contract side states what legacy does but for the changes. */
export function onePair(
  legacy: Figures = TYPICAL,
  changes: Figures = {},
): { readonly legacy: LegacySide; readonly contract: ContractSide } {
  const { bundle: _, ...alike } = legacy;
  return {
    legacy: legacySide([subscription('a', [row('a', 'P1', legacy)])]),
    contract: contractSide([
      { id: 'c1', periods: [{ span: APRIL, charges: [{ ...alike, ...changes, orgs: ['a'], sku: 'P1' }] }] },
    ]),
  };
}
