/** Every record in the usage API's bodies. */
import type { ReceivedRecord } from '../../domain/record.ts';
import { RecordBook } from '../records.ts';
import { addRows } from '../row-records.ts';
import type { UsageCapture } from './capture.ts';
import { appsOf, type FieldNames, readOrg, usageField } from './fields.ts';

export function usageRecords(
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
