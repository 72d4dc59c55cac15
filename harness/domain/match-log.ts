/** Cells that match, kept in a few bytes each: a run has dozens of them for every organisation. */
import type { BillingPeriod } from './billing-period.ts';
import type { Category, Cell } from './finding.ts';
import type { OrgRef, Side } from './side.ts';

/** What is told of a match where all that matters is that it is one. */
export interface LoggedMatch {
  readonly id: string;
  readonly rule: string;
  readonly category: Category;
  readonly orgs: readonly OrgRef[];
  readonly region: string | null;
  readonly appId: string | null;
  readonly sku: string | null;
  readonly partNumber: string | null;
  readonly period: BillingPeriod | null;
  /** Null: it is about both sides. */
  readonly side: Side | null;
  /** ISO 4217, as both sides state it; of the rule that compares currencies alone. */
  readonly currency: string | null;
  /** What both sides state, of quantities alone and for drawing alone: floating point. */
  readonly value: number | null;
}

type Place = Pick<LoggedMatch, 'orgs' | 'region' | 'appId' | 'sku' | 'partNumber' | 'period' | 'side'>;
type RuleName = Pick<LoggedMatch, 'rule' | 'category' | 'currency'>;

/** Bytes of an id, which is twelve hexadecimal digits. */
const ID_BYTES = 6;

/** One part of a log, written once. */
interface Chunk {
  readonly count: number;
  readonly ids: Buffer;
  readonly rules: Uint8Array;
  readonly places: Uint32Array;
  /** NaN: none. */
  readonly values: Float64Array;
  readonly ruleNames: readonly RuleName[];
  readonly placeNames: readonly Place[];
}

const WITH_VALUES: ReadonlySet<string> = new Set([
  'committed-quantity',
  'included-quantity',
  'actual-quantity',
  'overage-quantity',
]);

export class MatchLog implements Iterable<LoggedMatch> {
  readonly #chunks: readonly Chunk[];

  private constructor(chunks: readonly Chunk[]) {
    this.#chunks = chunks;
  }

  static readonly EMPTY = new MatchLog([]);

  /** @param cells all of them matches */
  static from(cells: readonly Cell[]): MatchLog {
    return cells.length === 0 ? MatchLog.EMPTY : new MatchLog([packed(cells)]);
  }

  /** Several as one, in this order. */
  static join(logs: readonly MatchLog[]): MatchLog {
    return new MatchLog(logs.flatMap((log) => log.#chunks));
  }

  *[Symbol.iterator](): Generator<LoggedMatch> {
    for (const chunk of this.#chunks) for (let at = 0; at < chunk.count; at += 1) yield matchAt(chunk, at);
  }
}

function matchAt({ ids, rules, places, values, ruleNames, placeNames }: Chunk, at: number): LoggedMatch {
  const name = ruleNames[rules[at] ?? 0];
  const place = placeNames[places[at] ?? 0];
  if (name === undefined || place === undefined) throw new Error('a match without its rule or place');
  const value = values[at] ?? Number.NaN;
  const id = ids.toString('hex', at * ID_BYTES, (at + 1) * ID_BYTES);
  return { id, ...name, ...place, value: Number.isNaN(value) ? null : value };
}

function packed(cells: readonly Cell[]): Chunk {
  const ids = Buffer.alloc(cells.length * ID_BYTES);
  const rules = new Uint8Array(cells.length);
  const places = new Uint32Array(cells.length);
  const values = new Float64Array(cells.length).fill(Number.NaN);
  const ruleNames = new Names<RuleName>();
  const placeNames = new Names<Place>();
  for (const [at, { id, rule, category, scope, agreed }] of cells.entries()) {
    const { orgs, region, appId, sku, partNumber, period, side } = scope;
    ids.write(id, at * ID_BYTES, 'hex');
    const currency = rule === 'currency' ? agreed : null;
    rules[at] = ruleNames.indexOf(`${rule} ${currency ?? ''}`, { rule, category, currency });
    const key = JSON.stringify([region, appId, sku, partNumber, period, side, ...orgs.map((org) => org.id)]);
    places[at] = placeNames.indexOf(key, { orgs, region, appId, sku, partNumber, period, side });
    if (agreed !== null && WITH_VALUES.has(rule)) values[at] = Number(agreed);
  }
  return { count: cells.length, ids, rules, places, values, ruleNames: ruleNames.all, placeNames: placeNames.all };
}

/** Gives each name a number, in the order in which they come. */
class Names<T> {
  readonly all: T[] = [];
  readonly #byKey = new Map<string, number>();

  indexOf(key: string, value: T): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    this.#byKey.set(key, this.all.length);
    return this.all.push(value) - 1;
  }
}
