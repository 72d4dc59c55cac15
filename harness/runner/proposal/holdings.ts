/** What each side says of each product, one record for each holder: the facts from which a mapping is proposed. Pure. */
import { type BillingPeriod, lengthOf, overlapOf } from '../../domain/billing-period.ts';
import type { ContractSide } from '../../domain/contract-side.ts';
import { add, type Decimal, multiply } from '../../domain/decimal.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import { productKey } from '../../domain/side.ts';

/** One product of one organisation, or of the organisations that share a charge. */
export interface Holding {
  /** Lower-case ids, sorted. */
  readonly orgs: readonly string[];
  readonly lines: readonly Line[];
  /** Committed and used units: of several lines each value, so that they can be added or taken by the greatest. */
  readonly committed: readonly Decimal[];
  readonly actual: readonly Decimal[];
  readonly committedRates: readonly Decimal[];
  readonly overageRates: readonly Decimal[];
}

/** A part number or a SKU with all who hold it. */
export interface Held {
  /** As first written on the wire. */
  readonly name: string;
  readonly holdings: readonly Holding[];
  readonly lines: readonly Line[];
}

/** By product key, in the order of their names. */
export type HeldProducts = ReadonlyMap<string, Held>;

/** Of an organisation's part number that both legacy APIs state, the usage API's rows; partner billing's stand in for what it lacks. */
export function heldInLegacy({ subscriptions }: LegacySide): HeldProducts {
  const all = subscriptions.flatMap(({ lines }) => lines).filter(({ product }) => product !== '');
  const usage = new Set(all.filter(({ source }) => source === 'usage-api').map(holderOf));
  return heldBy(all.filter((line) => line.source === 'usage-api' || !usage.has(holderOf(line))));
}

/** Lines of the contract side in the periods that legacy speaks of; of organisations of which legacy says nothing, all that were asked for. */
export function heldInContracts({ lines }: ContractSide, { subscriptions }: LegacySide): HeldProducts {
  const periods = new Map<string, BillingPeriod[]>();
  for (const { org, lines: rows } of subscriptions) {
    const period = rows[0]?.period;
    if (period !== undefined) periods.set(org.id, [...(periods.get(org.id) ?? []), period]);
  }
  const isOfPeriod = ({ orgs, period }: Line): boolean => {
    const own = orgs.flatMap(({ id }) => periods.get(id) ?? []);
    return (
      own.length === 0 ||
      own.some((legacy) => 2 * overlapOf(legacy, period) > Math.min(lengthOf(legacy), lengthOf(period)))
    );
  };
  return heldBy(lines.filter((line) => line.product !== '' && isOfPeriod(line)));
}

const holderOf = ({ orgs, product }: Line): string =>
  `${orgs
    .map(({ id }) => id)
    .sort()
    .join(',')} ${productKey(product)}`;

function heldBy(lines: readonly Line[]): HeldProducts {
  const products = new Map<string, Line[]>();
  for (const line of lines) {
    const key = productKey(line.product);
    const known = products.get(key);
    if (known === undefined) products.set(key, [line]);
    else known.push(line);
  }
  const held = [...products].map(([key, own]): [string, Held] => [
    key,
    { name: own[0]?.product ?? key, lines: own, holdings: holdingsOf(own) },
  ]);
  return new Map(held.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function holdingsOf(lines: readonly Line[]): Holding[] {
  const byHolder = new Map<string, Line[]>();
  for (const line of lines) byHolder.set(holderOf(line), [...(byHolder.get(holderOf(line)) ?? []), line]);
  return [...byHolder.values()].map((own) => ({
    orgs: (own[0]?.orgs ?? []).map(({ id }) => id).sort(),
    lines: own,
    committed: valuesOf(own, committedOf),
    actual: valuesOf(own, ({ actual }) => knownValue(actual)),
    committedRates: rates(own, ({ committedRate }) => committedRate),
    overageRates: rates(own, ({ overageRate }) => overageRate),
  }));
}

/** In legacy a bundle multiplies what is committed. */
function committedOf({ committed, bundle }: Line): Decimal | null {
  const [units, size] = [knownValue(committed), knownValue(bundle)];
  return units === null || size === null ? units : multiply(units, size);
}

/** Empty where any of them is not known. */
function valuesOf(lines: readonly Line[], read: (line: Line) => Decimal | null): readonly Decimal[] {
  const values = lines.map(read);
  return values.includes(null) ? [] : values.filter((value) => value !== null);
}

const rates = (lines: readonly Line[], read: (line: Line) => Figure): readonly Decimal[] => [
  ...new Set(lines.map((line) => knownValue(read(line))).filter((rate) => rate !== null)),
];

/** What several holders hold together. */
export const added = (values: readonly Decimal[]): Decimal | null =>
  values.length === 0 ? null : values.reduce((sum, value) => add(sum, value));
