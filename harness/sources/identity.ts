/**
 * Whose answer a body is. A server or a proxy may answer 200 with the body of another thing, with an error, or with nothing: each
 * body is held here against what was asked for, before anything reads it.
 */
import type { CaptureSubject, SchemaNote } from '../domain/capture.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { Exchange } from '../domain/exchange.ts';
import { SIDE_OF } from '../domain/side.ts';
import type { Cursor } from './cursor.ts';
import { rawText } from './json-value.ts';

/** What is known of a body before it is read. */
export interface Asked {
  readonly type: string;
  readonly subject: CaptureSubject;
  /** Places where the body may name its organisation; left out: `organization.id`. */
  readonly orgIds?: (root: Cursor) => readonly Cursor[];
}

export type Identity =
  | {
      readonly fault: string;
      readonly code: Extract<ErrorCode, 'wire-contract' | 'normalisation'>;
      readonly at: Cursor;
    }
  /** Drift: the body does not name itself. */
  | { readonly notes: readonly SchemaNote[] };

/** How a body of one wire type names itself, and the least that it holds. */
interface Kind {
  readonly names: 'id' | 'organisation' | 'nothing';
  /** A body that does not name itself holds one of these as a list, or its one text. */
  readonly least: readonly string[];
  readonly leastText?: string;
  /** `failure`: a body of this type always names itself. `drift`: where it does not, that is worth a note. */
  readonly nameless: 'failure' | 'drift' | 'accepted';
  /** Field that leads to the next page; null where the listing has no pages. Left out: it is no listing. */
  readonly next?: string | null;
}

const page: Kind = { names: 'nothing', least: ['entities'], nameless: 'accepted', next: 'nextUri' };

/** By wire type. What is not here is not asked for by itself. */
const KINDS: Readonly<Record<string, Kind>> = {
  Regions: { names: 'nothing', least: ['regions'], nameless: 'accepted', next: null },
  OrganizationListing: { names: 'nothing', least: ['organizations'], nameless: 'accepted', next: null },
  // No field name of this body is certain, so that one without the usual names says nothing.
  OrganizationSubscription: { names: 'organisation', least: ['usages'], nameless: 'accepted' },
  TrusteeBillingOverview: { names: 'organisation', least: ['usages'], nameless: 'failure' },
  BillingContractListing: page,
  BillingInvoiceListing: page,
  BillingInvoiceItemListing: page,
  BillingContract: { names: 'id', least: ['plans', 'billingPeriods'], nameless: 'drift' },
  BillingContractPeriodDetail: { names: 'id', least: ['charges', 'wallets'], nameless: 'drift' },
  UrlResponse: { names: 'nothing', least: [], leastText: 'url', nameless: 'accepted' },
};

const fault = (reason: string, at: Cursor, code: 'wire-contract' | 'normalisation' = 'wire-contract'): Identity => ({
  fault: reason,
  code,
  at,
});

export function identify(root: Cursor, exchange: Exchange, asked: Asked): Identity {
  const kind = KINDS[asked.type];
  if (kind === undefined) return { notes: [] };
  const ids = idsOf(asked.subject);
  const other = otherThan(namesIn(root, kind, asked), ids) ?? otherAddress(root, exchange, ids);
  if (other !== null) return fault(`is about another thing: ${other.stated}`, other.at, 'normalisation');
  const broken = noList(root, kind) ?? leadingElsewhere(root, kind);
  if (broken !== null) return broken;
  const named = namesIn(root, kind, asked).length > 0;
  if (kind.nameless === 'failure' && !named) {
    return fault(`does not say whose answer it is${errorWords(root)}`, root);
  }
  if (kind.names === 'nothing') return least(root, kind, []);
  if (named || isItsAddress(root, exchange, ids)) return { notes: [] };
  return least(root, kind, kind.nameless === 'drift' ? [nameless(root, exchange, asked.type)] : []);
}

interface Id {
  readonly what: string;
  readonly id: string;
}

/** What the request named, the innermost last. */
function idsOf(subject: CaptureSubject): Id[] {
  switch (subject.kind) {
    case 'organisation':
      return [
        ...(subject.region === null ? [] : [{ what: 'region', id: subject.region }]),
        { what: 'organisation', id: subject.org.id },
      ];
    case 'region-listing':
      return [{ what: 'region', id: subject.region }];
    case 'contract':
      return [{ what: 'contract', id: subject.contractId }];
    case 'period':
      return [
        { what: 'contract', id: subject.contractId },
        { what: 'billing period', id: subject.periodId },
      ];
    case 'invoice':
      return [{ what: 'invoice', id: subject.invoiceId }];
    default:
      return [];
  }
}

/** Cursors at the names that the body gives itself. */
function namesIn(root: Cursor, { names }: Kind, { orgIds }: Asked): Cursor[] {
  const places =
    names === 'id'
      ? [root.field('id')]
      : names === 'organisation'
        ? (orgIds?.(root) ?? [root.field('organization').field('id')])
        : [];
  return places.filter((place) => place.string() !== null);
}

interface Other {
  readonly stated: string;
  readonly at: Cursor;
}

const isSame = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

function otherThan(names: readonly Cursor[], ids: readonly Id[]): Other | null {
  const own = ids.at(-1);
  const at = own === undefined ? undefined : names.find((name) => !isSame(name.string() ?? '', own.id));
  if (own === undefined || at === undefined) return null;
  return { stated: `${own.what} ${at.string()}, where ${own.id} was asked for`, at };
}

/** A `selfUri` of the same structure as the address asked for, but for an id. One of another structure says nothing. */
function otherAddress(root: Cursor, exchange: Exchange, ids: readonly Id[]): Other | null {
  const apart = differences(root, exchange);
  const at = root.field('selfUri');
  const wrong = apart?.map(({ asked, stated }) => {
    const id = ids.find((each) => isSame(each.id, asked));
    return id === undefined ? null : `${id.what} ${stated}, where ${id.id} was asked for`;
  });
  const [first] = wrong ?? [];
  return first == null || wrong?.includes(null) ? null : { stated: first, at };
}

/** The body says by its `selfUri` that it is what was asked for. */
const isItsAddress = (root: Cursor, exchange: Exchange, ids: readonly Id[]): boolean =>
  ids.length > 0 && differences(root, exchange)?.length === 0;

/** Segments in which the body's own address and the one asked for differ; null where they cannot be compared. */
function differences(root: Cursor, exchange: Exchange): { asked: string; stated: string }[] | null {
  const uri = root.field('selfUri').string();
  const [asked, stated] = [segmentsOf(exchange.path), uri === null ? null : segmentsOf(uri)];
  if (asked === null || stated === null || asked.length !== stated.length) return null;
  return asked.flatMap((segment, index) => {
    const other = stated[index] ?? '';
    return isSame(segment, other) ? [] : [{ asked: segment, stated: other }];
  });
}

/** Decoded segments of the path of an address, relative (with or without a leading slash) or absolute. */
function segmentsOf(uri: string): string[] | null {
  try {
    const { pathname } = new URL(/^(?:[a-z][a-z0-9+.-]*:|[/\\?])/i.test(uri) ? uri : `/${uri}`, 'http://any');
    return pathname
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
  } catch {
    return null;
  }
}

/** Null, or anything else, in place of a list: whether there is something to list is then not known. */
function noList(root: Cursor, kind: Kind): Identity | null {
  const name = kind.least.find((list) => root.field(list).json !== undefined && !root.field(list).isList);
  if (name === undefined) return null;
  const at = root.field(name);
  return fault(`has no list of ${name} but ${rawText(at.json ?? null)}`, at);
}

/** A listing that has no `nextUri`, but another field that may lead on, may go on elsewhere. */
function leadingElsewhere(root: Cursor, { next }: Kind): Identity | null {
  if (next === undefined || (next !== null && root.field(next).isThere)) return null;
  const found = root.fields().find(([name, value]) => name !== next && /^next/i.test(name) && value.isThere);
  if (found === undefined) return null;
  const [name, at] = found;
  return fault(`may go on elsewhere: it has ${name}, which is not documented`, at);
}

function least(root: Cursor, { least: lists, leastText }: Kind, notes: readonly SchemaNote[]): Identity {
  const holds = lists.some((name) => root.field(name).isList);
  if (leastText === undefined ? holds : root.field(leastText).string() !== null) return { notes };
  const wanted = [...lists, ...(leastText === undefined ? [] : [leastText])].join(' nor ');
  return fault(`has neither ${lists.length === 0 ? 'the' : 'a list of'} ${wanted}${errorWords(root)}`, root);
}

/** What an error body says, for people. */
function errorWords(root: Cursor): string {
  const [message, code] = [root.field('message').string(), root.field('code').string()];
  if (message === null && code === null) return '';
  const stated = [message, code === null ? null : `code ${code}`].filter((part) => part !== null).join(', ');
  return `: it says ${stated.slice(0, 200)}`;
}

const nameless = (root: Cursor, { source }: Exchange, type: string): SchemaNote => ({
  side: SIDE_OF[source],
  source,
  type,
  pointer: '/id',
  kind: 'vanished-field',
  found: 'nothing',
  expected: 'the id of what was asked for: the answer does not say whose it is',
  at: { exchange: root.at.exchange, pointer: '/id' },
});
