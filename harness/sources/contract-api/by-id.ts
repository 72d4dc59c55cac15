/** Which contracts are asked for by id, beside their listing. */
import { createHash } from 'node:crypto';
import { ascending } from 'd3-array';
import type { IsoDate } from '../../domain/billing-period.ts';
import type { Cursor } from '../cursor.ts';
import type { ListedEntry } from './capture.ts';

/** Up to so many contracts are all asked for. */
const ALL_UP_TO = 500;
const SAMPLE_SHARE = 0.02;
const SAMPLE_AT_LEAST = 20;

/** As the scenario's `checks.listingDetail`; `auto`: all of a short listing, of a long one a sample. */
export type ListingDetail = 'auto' | 'full' | 'none';

/**
 * The sample of a long listing: those with the lowest SHA-256 of id and day, so that every shard and every replay draws the same.
 * @param day UTC date of the first answer of the contract API
 */
export function contractsToAsk(
  entries: readonly ListedEntry[],
  choice: ListingDetail,
  day: IsoDate,
): readonly ListedEntry[] {
  if (choice === 'full' || (choice === 'auto' && entries.length <= ALL_UP_TO)) return entries;
  const thin = entries.filter(({ entity }) => lacksWhatIsCompared(entity));
  if (choice === 'none') return thin;
  const size = Math.max(SAMPLE_AT_LEAST, Math.ceil(entries.length * SAMPLE_SHARE));
  const drawn = entries
    .map((entry) => ({ entry, hash: hashOf(entry.id, day) }))
    .sort((a, b) => ascending(a.hash, b.hash))
    .slice(0, size)
    .map(({ entry }) => entry);
  const wanted = new Set([...thin, ...drawn]);
  return entries.filter((entry) => wanted.has(entry));
}

const hashOf = (id: string, day: IsoDate): string =>
  createHash('sha256').update(`${id.toLowerCase()} ${day}`).digest('hex');

/**
 * A field that every comparison stands on is left out of the entry: the contract by id may state it. That a contract states no
 * end is no lack: where legacy states one, it is a mismatch.
 */
export function lacksWhatIsCompared(entity: Cursor): boolean {
  const periods = entity.field('billingPeriods').items();
  const plans = entity.field('plans').items();
  const says = (owner: Cursor, ...names: readonly string[]): boolean =>
    names.every((name) => owner.field(name).isThere);
  return (
    periods.length === 0 ||
    plans.length === 0 ||
    !says(entity, 'status', 'dateStart') ||
    !periods.every((period) => says(period, 'id', 'dateStart', 'dateEnd', 'status')) ||
    !plans.every(
      (plan) =>
        plan.field('organizations').items().length > 0 &&
        (says(plan.field('product'), 'sku') || says(plan.field('product'), 'id')) &&
        plan.field('items').items().length > 0 &&
        plan
          .field('items')
          .items()
          .every((item) => says(item, 'dateEffectiveStart', 'quantity', 'price', 'currencyIsoCode')),
    )
  );
}
