/** From the partner billing overviews to the legacy side. Pure. */
import type { IsoDate } from '../../domain/billing-period.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import { type ReadSubscription, readSubscription } from '../subscription.ts';
import type { PartnerCapture } from './capture.ts';
import { partnerRecords } from './records.ts';

/** @param today by the clock of the answers: decides whether a period is open */
export function normalisePartnerBilling(capture: PartnerCapture, today: IsoDate): LegacySide {
  const read = capture.overviews.map((overview) => readOverview(overview, today));
  return {
    subscriptions: read.flatMap(({ subscription }) => subscription ?? []),
    regionCounts: [],
    regionListings: [],
    unknownOrgs: capture.unknownOrgs.map(({ org, exchange }) => ({
      org,
      source: 'partner-billing',
      at: { exchange: exchange.id, pointer: '' },
    })),
    failures: [...capture.failures, ...read.flatMap(({ failures }) => failures)],
    records: partnerRecords(capture),
    schema: capture.answers.flatMap(({ document }) => document.schema),
    documents: capture.answers.map(({ document }) => document.checkedBody),
  };
}

function readOverview(
  { org, region, document: { root } }: PartnerCapture['overviews'][number],
  today: IsoDate,
): ReadSubscription {
  const statedOrg = root.field('organization').org();
  return readSubscription(root, {
    source: 'partner-billing',
    org: { id: org.id, name: org.name ?? (statedOrg?.id === org.id ? statedOrg.name : null) },
    region,
    today,
    field: (owner, name) => owner.field(name),
  });
}
