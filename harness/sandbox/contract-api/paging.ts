/** Listings in pages: opaque cursors both ways, `nextUri` and `previousUri` that lead on. */
import { badRequest } from '../errors.ts';

/** The query of a listing, as it came. */
export interface PageQuery {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly pageSize?: string | undefined;
}

export interface Page<T> {
  readonly entities: readonly T[];
  /** Cursor for `after`; null on the last page. */
  readonly next: string | null;
  /** Cursor for `before`; null on the first page. */
  readonly previous: string | null;
  readonly size: number;
}

export interface ListingOptions<T> {
  /** Of which listing a cursor is; a cursor of another one is refused. */
  readonly name: string;
  readonly maximum: number;
  /** Entities that no page shows when the listing is walked forward: their page is lost. */
  readonly lost?: (entity: T) => boolean;
  /** The page with this entity comes twice, the second time under a new cursor. */
  readonly repeated?: (entity: T) => boolean;
}

interface Cursor {
  readonly listing: string;
  readonly index: number;
  readonly again: boolean;
}

const encode = ({ listing, index, again }: Cursor): string =>
  Buffer.from(JSON.stringify([listing, index, again])).toString('base64url');

/** A cursor that leads on from the entity with this index. */
export const cursorTo = (listing: string, index: number): string => encode({ listing, index, again: false });

function decode(text: string, listing: string): Cursor {
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(read) && read[0] === listing && Number.isSafeInteger(read[1]) && read[1] >= 0) {
      return { listing, index: Number(read[1]), again: read[2] === true };
    }
  } catch {
    // Not one of ours: refused below like every other text.
  }
  throw badRequest('The cursor is not valid for this listing.');
}

/** @throws ApiError 400 for a size over the maximum, which it names, and for anything that is no size. */
function pageSizeOf(text: string | undefined, maximum: number): number {
  if (text === undefined) return Math.min(25, maximum);
  if (!/^[1-9]\d{0,8}$/.test(text)) throw badRequest('pageSize must be a positive whole number.', { pageSize: text });
  const size = Number(text);
  if (size > maximum) throw badRequest(`pageSize must not be greater than ${maximum}.`, { pageSize: text });
  return size;
}

/** @throws ApiError 400 for cursors and sizes that cannot be. */
export function pageOf<T>(all: readonly T[], query: PageQuery, options: ListingOptions<T>): Page<T> {
  const size = pageSizeOf(query.pageSize, options.maximum);
  if (query.before !== undefined && query.after !== undefined) {
    throw badRequest('Only one of before and after can be given.');
  }
  if (query.before !== undefined) {
    const end = Math.min(decode(query.before, options.name).index, all.length);
    const start = Math.max(0, end - size);
    return { entities: all.slice(start, end), size, ...cursors(options.name, start, end < all.length ? end : null) };
  }
  const { index, again } = query.after === undefined ? FIRST : decode(query.after, options.name);
  return forward(all, index, again, size, options);
}

const FIRST = { index: 0, again: false };

/** Steps over lost entities, and leads back to the same page once if it is to be repeated. */
function forward<T>(
  all: readonly T[],
  start: number,
  again: boolean,
  size: number,
  options: ListingOptions<T>,
): Page<T> {
  const lost = (index: number): boolean => {
    const entity = all[index];
    return entity !== undefined && options.lost?.(entity) === true;
  };
  const shown: T[] = [];
  let index = start;
  for (; index < all.length && (shown.length < size || lost(index)); index += 1) {
    if (!lost(index)) shown.push(...all.slice(index, index + 1));
  }
  const repeats = !again && shown.some((entity) => options.repeated?.(entity) === true);
  const next = index < all.length ? index : null;
  return { entities: shown, size, ...cursors(options.name, start, repeats ? start : next, repeats) };
}

const cursors = (
  listing: string,
  start: number,
  next: number | null,
  again = false,
): Pick<Page<unknown>, 'next' | 'previous'> => ({
  next: next === null ? null : encode({ listing, index: next, again }),
  previous: start > 0 ? encode({ listing, index: start, again: false }) : null,
});
