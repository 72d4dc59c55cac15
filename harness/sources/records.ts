/** Records as bodies state them: each once, with every place where it stands. */
import type { BillingPeriod, IsoDate } from '../domain/billing-period.ts';
import { type Figure, knownValue } from '../domain/figure.ts';
import type { ReceivedRecord } from '../domain/record.ts';
import { SIDE_OF, type SourceName } from '../domain/side.ts';
import type { Cursor } from './cursor.ts';
import { fingerprint } from './json-value.ts';

/** What is said of a record at one place; what is left out it does not say. */
export type RecordPlace = Pick<ReceivedRecord, 'kind' | 'key' | 'at'> &
  Partial<Omit<ReceivedRecord, 'kind' | 'key' | 'at' | 'places' | 'side' | 'source'>>;

/** Collects the records of one source. What a record says at its first place counts; later places fill in what it leaves out. */
export class RecordBook {
  readonly #source: SourceName;
  readonly #records = new Map<string, ReceivedRecord>();

  constructor(source: SourceName) {
    this.#source = source;
  }

  add(record: RecordPlace): void {
    const before = this.#records.get(record.key);
    this.#records.set(record.key, before === undefined ? this.#first(record) : seenAgain(before, record));
  }

  #first(record: RecordPlace): ReceivedRecord {
    return {
      side: SIDE_OF[this.#source],
      source: this.#source,
      places: [record.at],
      orgs: [],
      product: null,
      appIds: [],
      region: null,
      contractId: null,
      period: null,
      mark: null,
      ...record,
    };
  }

  /** In the order in which they were first seen. */
  get all(): ReceivedRecord[] {
    return [...this.#records.values()];
  }
}

function seenAgain(before: ReceivedRecord, { at, ...more }: RecordPlace): ReceivedRecord {
  const isKnown = before.places.some(({ exchange, pointer }) => exchange === at.exchange && pointer === at.pointer);
  return {
    ...before,
    places: isKnown ? before.places : [...before.places, at],
    orgs: before.orgs.length > 0 ? before.orgs : (more.orgs ?? []),
    appIds: [...new Set([...before.appIds, ...(more.appIds ?? [])])],
    product: before.product ?? more.product ?? null,
    period: before.period ?? more.period ?? null,
  };
}

/** Numbers things of one body that are alike, so that each has a key of its own, the same in another reading. */
export class Copies {
  readonly #seen = new Map<string, number>();

  /** @returns how many with this key there are by now: 1 for the first */
  count(key: string): number {
    const copy = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, copy);
    return copy;
  }

  keyOf(key: string): string {
    const copy = this.count(key);
    return copy === 1 ? key : `${key} #${copy}`;
  }
}

/** Its id without case; what it says where it has none. */
export const idOrSaying = (entity: Cursor): string =>
  entity.field('id').string()?.toLowerCase() ?? fingerprint(entity.json);

export function periodFrom(start: Figure<IsoDate>, end: Figure<IsoDate>): Pick<BillingPeriod, 'start' | 'end'> | null {
  const [from, to] = [knownValue(start), knownValue(end)];
  return from === null || to === null ? null : { start: from, end: to };
}

/** Those that are not among the known ones, each once. */
export function recordsBeyond(
  records: readonly ReceivedRecord[],
  known: readonly ReceivedRecord[],
): readonly ReceivedRecord[] {
  const keys = new Set(known.map(({ key }) => key));
  return [...new Map(records.map((record) => [record.key, record])).values()].filter(({ key }) => !keys.has(key));
}
