/** From the usage API's answers to the legacy side. Pure. */
import type { IsoDate } from '../../domain/billing-period.ts';
import { absent } from '../../domain/figure.ts';
import type { LegacySide, LegacySubscription, RegionCount, RegionListing } from '../../domain/legacy-side.ts';
import type { ReceivedRecord } from '../../domain/record.ts';
import { RecordBook } from '../records.ts';
import { addRows } from '../row-records.ts';
import { type ReadSubscription, readSubscription } from '../subscription.ts';
import type { UsageCapture } from './capture.ts';
import { appsOf, type FieldNames, readOrg, usageField } from './fields.ts';

export interface UsageReading {
  readonly appIds: readonly string[];
  readonly fields: FieldNames;
  /** By the clock of the answers: decides whether a period is open. */
  readonly today: IsoDate;
}

export function normaliseUsage(capture: UsageCapture, reading: UsageReading): LegacySide {
  const read = capture.subscriptions.map((answer) => readAnswer(answer, reading));
  return {
    subscriptions: read.flatMap(({ subscription }) => subscription ?? []),
    regionCounts: regionCounts(capture, reading.appIds),
    regionListings: capture.listings.map((listing) => readListing(listing, reading)),
    unknownOrgs: capture.unknownOrgs.map(({ org, exchange }) => ({
      org,
      source: 'usage-api',
      at: { exchange: exchange.id, pointer: '' },
    })),
    failures: [...capture.failures, ...read.flatMap(({ failures }) => failures)],
    records: usageRecords(capture, reading),
    schema: capture.documents.flatMap(({ schema }) => schema),
    documents: capture.documents.map(({ checkedBody }) => checkedBody),
  };
}

function readAnswer(
  { org, region, document: { root } }: UsageCapture['subscriptions'][number],
  { appIds, fields, today }: UsageReading,
): ReadSubscription {
  const statedOrg = readOrg(root, fields);
  const field = usageField(fields);
  // The id that was asked for counts; the answer's name is the better one.
  const named = { id: org.id, name: statedOrg?.name ?? org.name };
  const read = readSubscription(root, { source: 'usage-api', org: named, region, today, field });
  const { subscription } = read;
  if (subscription === null || appIds.length !== 1) return read;
  return { ...read, subscription: withApp(subscription, appIds[0] ?? null) };
}

/** An answer about a single app need not say which. */
const withApp = (subscription: LegacySubscription, only: string | null): LegacySubscription => ({
  ...subscription,
  lines: subscription.lines.map((line) => ({ ...line, appId: line.appId ?? only })),
  breakdowns: subscription.breakdowns.map((line) => ({ ...line, appId: line.appId ?? only })),
});

function regionCounts({ regions }: UsageCapture, appIds: readonly string[]): RegionCount[] {
  const entries = regions?.root.field('regions').items() ?? [];
  return entries.flatMap((entry) => {
    const region = entry.field('id').string();
    if (region === null) return [];
    const counts = entry.field('organizationCounts');
    return appIds.map((appId) => {
      const count = counts.field(appId);
      return { region, appId, count: count.isThere ? count.decimal() : absent(counts.at) };
    });
  });
}

function readListing(
  { region, document }: UsageCapture['listings'][number],
  { appIds, fields }: UsageReading,
): RegionListing {
  const entries = document.root.field('organizations').items();
  const members = entries.flatMap((entry) => {
    const org = readOrg(entry, fields);
    return org === null ? [] : [{ org, appIds: appsOf(entry, fields, appIds) }];
  });
  return { region, members, at: document.root.at };
}

/** Every record in the usage API's bodies. */
function usageRecords(
  { regions, listings, subscriptions }: UsageCapture,
  { appIds, fields }: { readonly appIds: readonly string[]; readonly fields: FieldNames },
): ReceivedRecord[] {
  const book = new RecordBook('usage-api');
  for (const [index, entry] of (regions?.root.field('regions').items() ?? []).entries()) {
    const region = entry.field('id').string();
    for (const [appId, count] of entry.field('organizationCounts').fields()) {
      const key = `region-count ${region ?? `#${index}`} ${appId}`;
      book.add({ kind: 'region-count', key, at: count.at, appIds: [appId], region });
    }
  }
  for (const { region, document } of listings) {
    for (const [index, entry] of document.root.field('organizations').items().entries()) {
      const org = readOrg(entry, fields);
      const key = `listing-member ${region} ${org?.id ?? `#${index}`}`;
      const orgs = org === null ? [] : [org];
      book.add({ kind: 'listing-member', key, at: entry.at, orgs, appIds: appsOf(entry, fields, appIds), region });
    }
  }
  const onlyApp = appIds.length === 1 ? (appIds[0] ?? null) : null;
  const field = usageField(fields);
  for (const { org, region, document } of subscriptions) {
    const named = { id: org.id, name: readOrg(document.root, fields)?.name ?? org.name };
    addRows(book, { source: 'usage-api', org: named, region, root: document.root, field, onlyApp });
  }
  return book.all;
}
