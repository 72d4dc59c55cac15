/** What the plans of a charge state for one billing period: prices, currency, unit. */
import { addDays, type BillingPeriod, type IsoDate } from '../../domain/billing-period.ts';
import type { PlanItem } from '../../domain/contract-side.ts';
import { isZero } from '../../domain/decimal.ts';
import { absent, type Evidence, type Figure, type Known, knownValue } from '../../domain/figure.ts';
import type { PlannedRates } from '../../domain/line.ts';

type Span = Pick<BillingPeriod, 'start' | 'end'>;
type Price = 'price' | 'overagePrice';
type Stated = Price | 'currency' | 'unit';

/** Recurring items of some plans, as they concern one billing period. */
export class PlannedPeriod {
  /**
   * In force on some day of the period: first those of the first day that has one, then by start date and item number. After
   * them those of which it is not known whether they are in force.
   */
  readonly items: readonly PlanItem[];
  /** First day of the period with an item in force; null if there is none. */
  readonly firstDay: IsoDate | null;
  readonly #period: Span;
  /** The recurring items of each plan. */
  readonly #plans: readonly (readonly PlanItem[])[];

  /** @param plans the items of each */
  constructor(plans: readonly (readonly PlanItem[])[], period: Span) {
    this.#plans = plans.map((items) => items.filter(({ oneTime }) => !oneTime));
    const recurring = this.#plans.flat();
    const dated = recurring.filter((item) => isInForce(item, period));
    this.#period = period;
    this.firstDay = dated.map((item) => firstDayOf(item, period)).sort()[0] ?? null;
    this.items = [...this.#inOrder(dated), ...this.#inOrder(recurring.filter(({ inForce }) => inForce === null))];
  }

  #inOrder(items: readonly PlanItem[]): PlanItem[] {
    const keyed = items.map((item) => ({ item, key: this.#key(item) }));
    return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
  }

  /** What an item says decides where two are alike in all else, so that the order of the body decides nothing. */
  #key(item: PlanItem): string {
    const figures = [item.price, item.overagePrice, item.quantity].map((figure) =>
      figure.state === 'absent' ? '' : figure.state === 'known' ? figure.value : figure.raw,
    );
    const first = this.isOnFirstDay(item) ? 0 : 1;
    return [first, item.inForce?.from ?? '', (item.itemNumber ?? '').padStart(12, '0'), ...figures].join('\n');
  }

  isOnFirstDay(item: PlanItem): boolean {
    return this.firstDay !== null && isInForce(item, { start: this.firstDay, end: this.firstDay });
  }

  /** Nothing of the plans concerns the period. */
  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  rates(): PlannedRates {
    return { committed: this.#agreed('price'), overage: this.#agreed('overagePrice') };
  }

  /**
   * Prices that on some day of the period all plans then in force state, which may be any item of each. Where plans stand side by
   * side at different prices on every day, what is billed cannot be told.
   */
  #agreed(name: Price): Figure[] {
    const each = this.#each(name);
    const known = each.filter(({ state }) => state === 'known') as Known<string>[];
    const [first] = known;
    if (first === undefined || known.length < 2 || this.#plans.length < 2) return each;
    const agreed = new Set(this.#days().flatMap((day) => pricesOn(day, this.#plans, name)));
    const rest = each.filter((figure) => figure.state !== 'known' || agreed.has(figure.value));
    if (rest.some(({ state }) => state === 'known')) return rest;
    const raw = known
      .map((figure) => figure.raw)
      .sort()
      .join(' and ');
    const reason = `several plans are in force from ${this.#period.start} to ${this.#period.end} with different prices (${raw})`;
    return [{ state: 'unreadable', raw, reason, at: first.at }];
  }

  /** The first day, and each on which an item begins or one has just ended. */
  #days(): IsoDate[] {
    const { start, end } = this.#period;
    const turns = this.items.flatMap(({ inForce }) => [
      ...(inForce?.from == null ? [] : [inForce.from]),
      ...(inForce?.to == null ? [] : [addDays(inForce.to, 1)]),
    ]);
    return [...new Set([start, ...turns])].filter((day) => start <= day && day <= end);
  }

  /** Each value once, in the order of the items. */
  #each(name: Price): Figure[] {
    const found = new Map<string, Figure>();
    for (const item of this.items) {
      const figure = stated(item, name);
      if (figure.state === 'absent') continue;
      const key = figure.state === 'known' ? figure.value : `${figure.raw} ${figure.reason}`;
      if (!found.has(key)) found.set(key, figure as Figure);
    }
    return [...found.values()];
  }

  /**
   * What all items say alike. If they differ, or one cannot be read, it is unreadable and says why.
   * @param nowhere the place that lacks what no item states
   */
  word(name: 'currency' | 'unit', nowhere: Evidence): Figure<string> {
    const stating = this.items.filter((item) => item[name].state !== 'absent');
    const [first, ...others] = stating.map((item) => stated(item, name));
    if (first === undefined) return absent(nowhere);
    const unreadable = [first, ...others].find(({ state }) => state === 'unreadable');
    if (unreadable !== undefined) return unreadable;
    const isOther = (figure: Figure<string>): figure is Known<string> =>
      figure.state === 'known' && first.state === 'known' && figure.value !== first.value;
    const differing = others.find(isOther);
    if (differing === undefined || first.state !== 'known') return first;
    const raw = [first.raw, differing.raw].sort().join(' and ');
    const noun = name === 'currency' ? 'currencies' : 'units';
    const reason = `several plan items are in force ${this.#when(stating)} with different ${noun} (${raw})`;
    return { state: 'unreadable', raw, reason, at: first.at };
  }

  #when(items: readonly PlanItem[]): string {
    const { start, end } = this.#period;
    return items.every((item) => this.isOnFirstDay(item)) ? `on ${this.firstDay}` : `from ${start} to ${end}`;
  }

  /** Committed units on the first day that has an item. Unreadable if it is not known which items count. */
  quantity(nowhere: Evidence): readonly Figure[] {
    const onFirst = this.items.filter((item) => item.inForce === null || this.isOnFirstDay(item));
    const figures = onFirst.map((item) => stated(item, 'quantity') as Figure);
    return figures.length === 0 ? [absent(nowhere)] : figures;
  }
}

/** Prices that each plan which states one on that day states. A plan that commits to nothing then has no say in a committed price. */
function pricesOn(day: IsoDate, plans: readonly (readonly PlanItem[])[], name: Price): string[] {
  const inForce = plans.map((items) => items.filter((item) => isInForce(item, { start: day, end: day })));
  const committing = inForce.filter((items) => items.some(commits));
  const counted = name === 'price' && committing.length > 0 ? committing : inForce;
  const stated = counted
    .map((items) => items.flatMap((item) => knownValue(item[name]) ?? []))
    .filter((prices) => prices.length > 0);
  const [first = [], ...others] = stated;
  return first.filter((price) => others.every((prices) => prices.includes(price)));
}

const commits = ({ quantity }: PlanItem): boolean => quantity.state !== 'known' || !isZero(quantity.value);

const isInForce = ({ inForce }: PlanItem, { start, end }: Span): boolean =>
  inForce !== null &&
  (inForce.from === null || inForce.from <= end) &&
  (inForce.to === null || inForce.to >= start) &&
  (inForce.from === null || inForce.to === null || inForce.from <= inForce.to);

const firstDayOf = ({ inForce }: PlanItem, { start }: Span): IsoDate =>
  inForce?.from != null && inForce.from > start ? inForce.from : start;

/** A figure of an item whose dates cannot be read may stand for the period or not. */
function stated(item: PlanItem, name: Stated | 'quantity'): Figure<string> {
  const figure: Figure<string> = item[name];
  if (item.inForce !== null || figure.state === 'absent') return figure;
  const date = item.effectiveStart.state === 'unreadable' ? item.effectiveStart : item.effectiveEnd;
  const why = date.state === 'unreadable' ? date.reason : 'its dates are not stated';
  const reason = `it is not known whether the plan item that states it is in force: ${why}`;
  return { state: 'unreadable', raw: figure.raw, reason, at: figure.at };
}
