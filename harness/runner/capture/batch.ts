/** A part of what a run asks for: some families, or everybody at once. */
import type { OrgRef } from '../../domain/side.ts';
import { orgId } from '../../domain/side.ts';
import type { CapturedInvoice, ListedEntry } from '../../sources/contract-api/capture.ts';
import { Cursor, type PackedCursor } from '../../sources/cursor.ts';
import type { Document } from '../../sources/document.ts';
import type { PartnerOrg } from '../../sources/partner-billing/capture.ts';
import type { AskedOrg } from '../../sources/usage-api/capture.ts';
import { type Answers, type Belonging, NO_CONTRACTS } from './answers.ts';
import { batchesOf, Families, type FamilyBatch } from './families.ts';
import type { Opening } from './opening.ts';

export interface Batch {
  /** Null: everybody, and what names nobody. */
  readonly own: FamilyBatch | null;
  readonly usage: readonly AskedOrg[];
  readonly partner: readonly PartnerOrg[];
  readonly entries: readonly ListedEntry[];
  /** Entries of the listing with these ids, repeated ones too. */
  readonly entities: readonly Cursor[];
  readonly invoices: readonly CapturedInvoice[];
  readonly invoiceEntities: readonly Cursor[];
}

/** @param partner whom partner billing is asked about */
export function everybody(opening: Opening, partner: readonly PartnerOrg[]): Batch {
  const { listings, invoices, usage, share } = opening;
  return {
    own: null,
    usage: (usage?.named ?? []).filter(({ org }) => share === null || share.has(org.id)),
    partner: partner.filter(({ org }) => share === null || share.has(org.id)),
    entries: listings.contracts.entries,
    entities: listings.contracts.pages.flat(),
    invoices: invoices.invoices,
    invoiceEntities: listings.invoices?.pages.flat() ?? [],
  };
}

/**
 * Whether families can be judged one after the other: nothing that was asked for first failed, and everything in it says whom it
 * concerns.
 */
export function canBeParted(
  { usage, listings, thin, invoices, outlines }: Opening,
  appIds: readonly string[],
): boolean {
  const failures = [usage?.failures ?? [], listings.failures, thin.failures, invoices.failures].flat();
  const isNamed = [...outlines.values()].every(
    ({ plans }) => plans.length > 0 && plans.every(({ orgs }) => orgs.length > 0),
  );
  const isWhole = listings.contracts.complete && (listings.invoices?.complete ?? true);
  return failures.length === 0 && isNamed && isWhole && everyAppIsCounted(usage, appIds);
}

/** An app that the regions count nowhere is a question of the set-up, which only the whole run answers. */
function everyAppIsCounted(usage: Opening['usage'], appIds: readonly string[]): boolean {
  if (usage === null) return true;
  const counts =
    usage.regions?.root
      .field('regions')
      .items()
      .map((region) => region.field('organizationCounts')) ?? [];
  const isCounted = (count: Cursor): boolean => {
    const figure = count.decimal();
    return figure.state === 'known' && figure.value !== '0';
  };
  return appIds.every((appId) => counts.some((count) => isCounted(count.field(appId))));
}

/** Whole families, about so many organisations at a time, in a fixed order. */
export function batchesIn(opening: Opening, partner: readonly PartnerOrg[], size: number): readonly Batch[] {
  const families = new Families();
  const orgsOf = new Map(
    [...opening.outlines].map(([id, { plans }]) => [id, plans.flatMap(({ orgs }) => orgs.map((org) => org.id))]),
  );
  for (const orgs of orgsOf.values()) families.join(orgs);
  const billed = new Map(opening.invoices.invoices.map((invoice) => [invoice.id, orgsBilled(invoice)]));
  for (const orgs of billed.values()) families.join(orgs);
  const usage = opening.usage?.named ?? [];
  const all = [
    ...usage.map(({ org }) => org.id),
    ...partner.map(({ org }) => org.id),
    ...[...orgsOf.values(), ...billed.values()].flat(),
  ];
  const batches = batchesOf(all, families, size);
  const placeOf = new Map(batches.flatMap(({ orgs }, place) => [...orgs].map((id) => [id, place] as const)));
  const place = (orgs: readonly string[]): number | undefined => placeOf.get(orgs[0] ?? '');
  const listed = opening.listings;
  const byPlace = <T>(things: readonly T[], orgsOfThing: (thing: T) => readonly string[]): readonly T[][] => {
    const parts: T[][] = batches.map(() => []);
    for (const thing of things) {
      const at = place(orgsOfThing(thing));
      if (at !== undefined) parts[at]?.push(thing);
    }
    return parts;
  };
  const ofContract = (entity: Cursor): readonly string[] => orgsOf.get(entity.field('id').string() ?? '') ?? [];
  const ofInvoice = (entity: Cursor): readonly string[] => billed.get(entity.field('id').string() ?? '') ?? [];
  const parts = {
    usage: byPlace(usage, ({ org }) => [org.id]),
    partner: byPlace(partner, ({ org }) => [org.id]),
    entries: byPlace(listed.contracts.entries, ({ id }) => orgsOf.get(id) ?? []),
    entities: byPlace(listed.contracts.pages.flat(), ofContract),
    invoices: byPlace(opening.invoices.invoices, ({ id }) => billed.get(id) ?? []),
    invoiceEntities: byPlace(listed.invoices?.pages.flat() ?? [], ofInvoice),
  };
  return batches.map((own, at) => ({
    own,
    usage: parts.usage[at] ?? [],
    partner: parts.partner[at] ?? [],
    entries: parts.entries[at] ?? [],
    entities: parts.entities[at] ?? [],
    invoices: parts.invoices[at] ?? [],
    invoiceEntities: parts.invoiceEntities[at] ?? [],
  }));
}

const orgsBilled = ({ lines }: CapturedInvoice): readonly string[] =>
  (lines ?? []).flatMap((line) => {
    const org: OrgRef | null = line.field('organization').org();
    return org === null ? [] : [orgId(org.id)];
  });

/** What belongs to no batch: regions, listings as such, invoices whose lines name nobody. */
export function restOf(opening: Opening, batches: readonly Batch[]): Answers {
  const { usage, listings, invoices, probes } = opening;
  const placed = new Set(batches.flatMap((batch) => batch.invoices.map(({ id }) => id)));
  const isRest = (entity: Cursor): boolean => !placed.has(entity.field('id').string() ?? '');
  const isParted = batches.some(({ own }) => own !== null);
  const documents = [...listings.documents, ...invoices.documents];
  return {
    usage: usage && { ...usage, documents: isParted ? usage.documents.map(withoutBody) : usage.documents },
    partner: null,
    contracts: {
      ...NO_CONTRACTS,
      invoices: isParted ? invoices.invoices.filter(({ id }) => !placed.has(id)) : [],
      invoicesAsked: invoices.invoicesAsked,
      pages: {
        contracts: [],
        invoices: isParted ? [(listings.invoices?.pages.flat() ?? []).filter(isRest)] : [],
        strayLines: [],
      },
      paging: [...listings.paging, ...invoices.paging].sort((a, b) => (a.listing < b.listing ? -1 : 1)),
      failures: [...listings.failures, ...invoices.failures],
      documents: isParted ? documents.map(withoutBody) : documents,
      first: listings.first,
      probes,
    },
    periods: { details: [], failures: [] },
  };
}

const emptied = new WeakMap<Document, Document>();

/** That it was checked is all that is still to be told of it. The same for all that stands on one page. */
function withoutBody(document: Document): Document {
  const known = emptied.get(document);
  if (known !== undefined) return known;
  const empty = { ...document, exchange: withoutText(document.exchange), root: document.root.emptied() };
  emptied.set(document, empty);
  return empty;
}

const withoutText = (exchange: Document['exchange']): Document['exchange'] =>
  exchange.outcome.kind === 'answer' ? { ...exchange, outcome: { ...exchange.outcome, body: '' } } : exchange;

/** A batch put away as text until it is its turn. */
export function putAway(batch: Batch): () => Batch {
  const places = new Map<Cursor, number>();
  const packed: PackedCursor[] = [];
  const placeOf = (cursor: Cursor): number => {
    const known = places.get(cursor);
    if (known !== undefined) return known;
    places.set(cursor, packed.length);
    return packed.push(cursor.packed()) - 1;
  };
  const all = (cursors: readonly Cursor[]): readonly number[] => cursors.map(placeOf);
  const { own, usage, partner } = batch;
  const entries = batch.entries.map(({ id, entity, document }) => ({
    id,
    document: withoutBody(document),
    at: placeOf(entity),
  }));
  const entities = all(batch.entities);
  const invoices = batch.invoices.map(({ entity, lines, pages, ...rest }) => ({
    ...rest,
    at: placeOf(entity),
    lines: lines === null ? null : all(lines),
    pages: pages.map(all),
  }));
  const invoiceEntities = all(batch.invoiceEntities);
  places.clear();
  return () => {
    const cursors = packed.map((one) => Cursor.unpacked(one));
    const at = (place: number): Cursor => {
      const cursor = cursors[place];
      if (cursor === undefined) throw new Error('a place that was not put away');
      return cursor;
    };
    return {
      own,
      usage,
      partner,
      entries: entries.map(({ at: place, ...entry }) => ({ ...entry, entity: at(place) })),
      entities: entities.map(at),
      invoices: invoices.map(({ at: place, lines, pages, ...rest }) => ({
        ...rest,
        entity: at(place),
        lines: lines === null ? null : lines.map(at),
        pages: pages.map((page) => page.map(at)),
      })),
      invoiceEntities: invoiceEntities.map(at),
    };
  };
}

/** What of a batch belongs to some of its organisations. */
export function belongingTo(
  orgs: ReadonlySet<string>,
  batch: Batch,
  { outlines }: Pick<Opening, 'outlines'>,
): Belonging {
  const contracts = new Set(
    batch.entries
      .filter(({ id }) => outlines.get(id)?.plans.some((plan) => plan.orgs.some((org) => orgs.has(org.id))))
      .map(({ id }) => id),
  );
  const invoices = new Set(
    batch.invoices.filter((invoice) => orgsBilled(invoice).some((id) => orgs.has(id))).map(({ id }) => id),
  );
  return { org: (id) => orgs.has(id), contract: (id) => contracts.has(id), invoice: (id) => invoices.has(id) };
}
