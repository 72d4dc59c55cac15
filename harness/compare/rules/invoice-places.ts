/** Where each invoice line belongs: to the charges of one organisation, SKU and billing period, to a one-time item, or nowhere. */
import { ascending, group } from 'd3-array';
import { addDays, type IsoDate, overlapOf } from '../../domain/billing-period.ts';
import { usablePeriod } from '../../domain/contract-period.ts';
import type { Contract, Invoice, InvoiceLine, Plan, PlanItem } from '../../domain/contract-side.ts';
import { isZero } from '../../domain/decimal.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import type { OutOfScopeReason } from '../../domain/record.ts';
import { type OrgRef, productKey } from '../../domain/side.ts';
import { Groups } from '../scope/groups.ts';
import type { Span } from '../scope/period-fit.ts';
import { type ExaminedCharge, examinedCharges } from './invariant-charges.ts';
import { orZero } from './invariant-outcome.ts';
import type { Examination } from './invariant-scope.ts';

export interface BilledLine {
  readonly invoice: Invoice;
  readonly line: InvoiceLine;
}

/** The charges of one SKU and billing period whose organisations belong together, with all lines that bill them. */
export interface Place {
  readonly charges: readonly ExaminedCharge[];
  readonly period: Span;
  readonly lines: readonly BilledLine[];
  /** Lines over several whole periods, this one among them, with how many. */
  readonly longer: readonly (BilledLine & { readonly periods: number })[];
}

export interface Placements {
  readonly places: readonly Place[];
  readonly oneTime: readonly (BilledLine & { readonly items: readonly PlanItem[] })[];
  /** Lines of which nobody can say what they bill, with why. */
  readonly strays: readonly (BilledLine & { readonly why: string })[];
  readonly outside: readonly (BilledLine & { readonly reason: OutOfScopeReason })[];
}

type Target =
  | { readonly kind: 'place'; readonly key: string }
  | { readonly kind: 'longer'; readonly key: string; readonly periods: number }
  | { readonly kind: 'one-time'; readonly items: readonly PlanItem[] }
  | { readonly kind: 'stray'; readonly why: string }
  | { readonly kind: 'outside'; readonly reason: OutOfScopeReason };

const cache = new WeakMap<Examination, Placements>();

export function placementsOf(examination: Examination): Placements {
  let known = cache.get(examination);
  if (known === undefined) {
    known = place(examination);
    cache.set(examination, known);
  }
  return known;
}

function place(examination: Examination): Placements {
  const finder = new Finder(examination);
  const found = billedLines(examination).map((billed) => ({ billed, target: finder.find(billed.line) }));
  const of = <K extends Target['kind']>(kind: K) =>
    found.flatMap(({ billed, target }) =>
      target.kind === kind ? [{ ...billed, target: target as Extract<Target, { kind: K }> }] : [],
    );
  const lines = group(of('place'), ({ target }) => target.key);
  const longer = group(of('longer'), ({ target }) => target.key);
  const bare = ({ invoice, line }: BilledLine): BilledLine => ({ invoice, line });
  return {
    places: [...finder.places].map(([key, { charges, period }]) => ({
      charges,
      period,
      lines: (lines.get(key) ?? []).map(bare),
      longer: (longer.get(key) ?? []).map((one) => ({ ...bare(one), periods: one.target.periods })),
    })),
    oneTime: of('one-time').map((one) => ({ ...bare(one), items: one.target.items })),
    strays: of('stray').map((one) => ({ ...bare(one), why: one.target.why })),
    outside: of('outside').map((one) => ({ ...bare(one), reason: one.target.reason })),
  };
}

/** In an order that does not depend on the order of the answers. */
function billedLines({ sides }: Examination): BilledLine[] {
  return sides.contract.invoices
    .flatMap((invoice) => (invoice.lines ?? []).map((line) => ({ invoice, line })))
    .sort((a, b) => ascending(sortKey(a), sortKey(b)));
}

const sortKey = ({ invoice, line }: BilledLine): string =>
  `${invoice.id}\n${line.id ?? ''}\n${orZero(line.amount)}\n${line.org?.id ?? ''}\n${line.at.pointer}`;

const isKnownZero = (figure: Figure): boolean => figure.state === 'known' && isZero(figure.value);

interface ChargesAt {
  readonly charges: readonly ExaminedCharge[];
  readonly period: Span;
}

const cellOf = (org: string, sku: string, { start, end }: Span): string => `${org}|${productKey(sku)}|${start}|${end}`;

class Finder {
  readonly places: ReadonlyMap<string, ChargesAt>;
  readonly #examination: Examination;
  readonly #joined = new Groups();
  /** Billing periods that were read, of the contracts that name an organisation. */
  readonly #read: ReadonlyMap<string, readonly Span[]>;
  /** Plans that have one-time items, by SKU. */
  readonly #oneTime: ReadonlyMap<string, readonly Plan[]>;
  /** Contracts that name an organisation. */
  readonly #contracts: ReadonlyMap<string, readonly Contract[]>;

  constructor(examination: Examination) {
    this.#examination = examination;
    this.#read = readPeriods(examination);
    this.#oneTime = oneTimePlans(examination);
    this.#contracts = contractsByOrg(examination);
    this.places = this.#chargesByPlace();
  }

  #chargesByPlace(): ReadonlyMap<string, ChargesAt> {
    const placed = examinedCharges(this.#examination).flatMap((charge) => {
      const period = usablePeriod(charge.period);
      const { sku } = charge.charge;
      return sku === null || period === null || charge.orgs.length === 0 ? [] : [{ charge, period, sku }];
    });
    for (const { charge, period, sku } of placed)
      this.#joined.join(charge.orgs.map(({ id }) => cellOf(id, sku, period)));
    const byRoot = group(placed, ({ charge, period, sku }) =>
      this.#joined.rootOf(cellOf(charge.orgs[0]?.id ?? '', sku, period)),
    );
    return new Map(
      [...byRoot].flatMap(([root, own]) => {
        const [first] = own;
        return first === undefined
          ? []
          : [[root, { charges: own.map(({ charge }) => charge), period: first.period }] as const];
      }),
    );
  }

  /** A line that bills nothing, such as a heading, need not have a place. */
  find(line: InvoiceLine): Target {
    const target = this.#targetOf(line);
    const isNothing = isKnownZero(line.amount) && (line.quantity.state === 'absent' || isKnownZero(line.quantity));
    return target.kind === 'stray' && isNothing ? { kind: 'outside', reason: 'other-period' } : target;
  }

  #targetOf(line: InvoiceLine): Target {
    const { org, sku } = line;
    const outside = this.#outside(line);
    if (outside !== null) return { kind: 'outside', reason: outside };
    const span = spanOf(line);
    if (sku === null) return { kind: 'stray', why: 'it names no SKU' };
    if (org === null) return { kind: 'stray', why: 'it names no organisation' };
    const items = this.#oneTimeItems(org, sku);
    if (span === null) {
      return items.length > 0
        ? { kind: 'one-time', items }
        : { kind: 'stray', why: 'it states no dates that can be read' };
    }
    const key = this.#joined.rootOf(cellOf(org.id, sku, span));
    if (this.places.has(key)) return { kind: 'place', key };
    const longer = this.#longer(org, sku, span);
    if (longer !== null) return longer;
    if (items.length > 0) return { kind: 'one-time', items };
    if (!this.#contracts.has(org.id)) return { kind: 'stray', why: 'no contract names its organisation' };
    const read = this.#read.get(org.id) ?? [];
    if (!read.some((period) => overlapOf(period, span) > 0)) return { kind: 'outside', reason: 'other-period' };
    const dates = `${span.start} to ${span.end}`;
    const isPeriod = read.some((period) => period.start === span.start && period.end === span.end);
    const why = isPeriod
      ? `no charge for ${sku} of this organisation is in the billing period ${dates}`
      : `no billing period of this organisation with a charge for ${sku} is ${dates}`;
    return { kind: 'stray', why };
  }

  #outside({ org, sku }: InvoiceLine): OutOfScopeReason | null {
    if (sku !== null && !this.#examination.covers(sku)) return 'product-not-mapped';
    return org !== null && !this.#examination.concerns([org]) ? 'organisation-not-listed' : null;
  }

  #oneTimeItems(org: OrgRef, sku: string): readonly PlanItem[] {
    return (this.#oneTime.get(productKey(sku)) ?? [])
      .filter((plan) => plan.orgs.length === 0 || plan.orgs.some(({ id }) => id === org.id))
      .flatMap((plan) => plan.items.filter(({ oneTime }) => oneTime));
  }

  /** A line from the start of one billing period to the end of another, with a place of charges between. */
  #longer(org: OrgRef, sku: string, span: Span): Target | null {
    for (const contract of this.#contracts.get(org.id) ?? []) {
      const inside = contract.periods
        .flatMap((period) => usablePeriod(period) ?? [])
        .filter((period) => span.start <= period.start && period.end <= span.end);
      if (inside.length < 2 || !fills(inside, span)) continue;
      for (const period of inside) {
        const key = this.#joined.rootOf(cellOf(org.id, sku, period));
        if (this.places.has(key)) return { kind: 'longer', key, periods: inside.length };
      }
    }
    return null;
  }
}

function oneTimePlans({ contracts }: Examination): ReadonlyMap<string, readonly Plan[]> {
  const plans = [...contracts.values()]
    .flatMap(({ contract }) => contract.plans)
    .filter(({ items }) => items.some(({ oneTime }) => oneTime));
  return group(plans, ({ sku }) => productKey(sku ?? ''));
}

function contractsByOrg({ contracts }: Examination): ReadonlyMap<string, readonly Contract[]> {
  const named = [...contracts.values()].flatMap(({ contract, orgs }) => orgs.map(({ id }) => ({ id, contract })));
  return new Map([...group(named, ({ id }) => id)].map(([id, own]) => [id, own.map(({ contract }) => contract)]));
}

function readPeriods({ sides, contracts }: Examination): ReadonlyMap<string, readonly Span[]> {
  const placed = sides.contract.details.flatMap(({ contractId, period, charges }) => {
    const span = usablePeriod(period);
    const named = [...(contracts.get(contractId)?.orgs ?? []), ...charges.flatMap(({ orgs }) => orgs)];
    return span === null ? [] : named.map(({ id }) => ({ id, span }));
  });
  return new Map([...group(placed, ({ id }) => id)].map(([id, own]) => [id, own.map(({ span }) => span)]));
}

/** Without a gap from the first day to the last. */
function fills(periods: readonly Span[], span: Span): boolean {
  let next: IsoDate = span.start;
  for (const period of [...periods].sort((a, b) => ascending(a.start, b.start))) {
    if (period.start !== next) return false;
    next = addDays(period.end, 1);
  }
  return next === addDays(span.end, 1);
}

function spanOf({ start, end }: InvoiceLine): Span | null {
  const [from, to] = [knownValue(start), knownValue(end)];
  return from === null || to === null ? null : { start: from, end: to };
}
