/** From the usage API's answers to the legacy side. Pure. */
import type { IsoDate } from '../../domain/billing-period.ts';
import type { CaptureFailure } from '../../domain/capture.ts';
import { absent } from '../../domain/figure.ts';
import type { LegacySide, LegacySubscription, RegionCount, RegionListing } from '../../domain/legacy-side.ts';
import { isFailure, readSubscription } from '../subscription.ts';
import { readOrg, type UsageCapture } from './capture.ts';
import { type FieldNames, usageField } from './fields.ts';

export interface UsageReading {
  readonly appIds: readonly string[];
  readonly fields: FieldNames;
  readonly today: IsoDate;
}

export function normaliseUsage(capture: UsageCapture, reading: UsageReading): LegacySide {
  const field = usageField(reading.fields);
  const failures: CaptureFailure[] = [...capture.failures];
  const subscriptions: LegacySubscription[] = [];
  for (const { org, region, document } of capture.subscriptions) {
    const said = readOrg(document.root, field);
    // The id that was asked for counts; the answer's name is the better one.
    const named = { id: org.id, name: said?.id === org.id ? (said.name ?? org.name) : org.name };
    const read = readSubscription(document.root, {
      source: 'usage-api',
      org: named,
      region,
      today: reading.today,
      field,
    });
    const other = said !== null && said.id !== org.id ? said.id : null;
    if (other !== null) failures.push(otherOrg(document.root.at.exchange, org, region, other));
    else if (isFailure(read)) failures.push(read);
    else subscriptions.push(read);
  }
  const documents = [
    ...(capture.regions === null ? [] : [capture.regions]),
    ...capture.listings.map(({ document }) => document),
    ...capture.subscriptions.map(({ document }) => document),
  ];
  return {
    subscriptions,
    regionCounts: regionCounts(capture, reading.appIds),
    regionListings: capture.listings.map((listing) => readListing(listing, reading)),
    unknownOrgs: capture.unknownOrgs.map(({ org, exchange }) => ({
      org,
      source: 'usage-api',
      at: { exchange: exchange.id, pointer: '' },
    })),
    failures,
    schema: documents.flatMap(({ schema }) => schema),
    documents: documents.map(({ unit }) => unit),
  };
}

const otherOrg = (exchange: string, org: LegacySubscription['org'], region: string, said: string): CaptureFailure => ({
  side: 'legacy',
  source: 'usage-api',
  subject: { kind: 'organisation', org, region },
  code: 'normalisation',
  message: `the answer for ${org.name ?? org.id} is about another organisation (${said})`,
  at: { exchange, pointer: '' },
});

function regionCounts({ regions }: UsageCapture, appIds: readonly string[]): RegionCount[] {
  if (regions === null) return [];
  return regions.root
    .field('regions')
    .items()
    .flatMap((entry) => {
      const region = entry.field('id').string();
      if (region === null) return [];
      const counts = entry.field('organizationCounts');
      return appIds.map((appId) => {
        const count = counts.field(appId);
        return { region, appId, count: count.isThere ? count.decimal() : absent(counts.at) };
      });
    });
}

/** `usages` of a listed organisation comes as a list of rows or as a map from app to quantity. */
function readListing(
  { region, document }: UsageCapture['listings'][number],
  { appIds, fields }: UsageReading,
): RegionListing {
  const field = usageField(fields);
  const members = document.root
    .field('organizations')
    .items()
    .flatMap((member) => {
      const org = readOrg(member, field);
      if (org === null) return [];
      const usages = field(member, 'usages');
      const named = usages.isList
        ? usages.items().flatMap((row) => field(row, 'appId').string() ?? [])
        : usages.fields().map(([appId]) => appId);
      // A listing of a single app need not say which.
      const own =
        named.length > 0
          ? named
          : field(member, 'appId').string() !== null
            ? [field(member, 'appId').string() ?? '']
            : appIds.length === 1
              ? appIds
              : [];
      return [{ org, appIds: [...new Set(own)] }];
    });
  return { region, members, at: document.root.at };
}
