/** From the partner billing overviews to the legacy side. Pure. */
import type { IsoDate } from '../../domain/billing-period.ts';
import type { CaptureFailure } from '../../domain/capture.ts';
import type { LegacySide, LegacySubscription } from '../../domain/legacy-side.ts';
import { isFailure, readSubscription } from '../subscription.ts';
import type { PartnerCapture } from './capture.ts';

export function normalisePartnerBilling(capture: PartnerCapture, today: IsoDate): LegacySide {
  const failures: CaptureFailure[] = [...capture.failures];
  const subscriptions: LegacySubscription[] = [];
  for (const { org, region, document } of capture.overviews) {
    const said = document.root.field('organization').org();
    const named = { id: org.id, name: org.name ?? said?.name ?? null };
    const read = readSubscription(document.root, {
      source: 'partner-billing',
      org: named,
      region,
      today,
      field: (owner, name) => owner.field(name),
    });
    if (isFailure(read)) failures.push(read);
    else subscriptions.push(read);
  }
  return {
    subscriptions,
    regionCounts: [],
    regionListings: [],
    unknownOrgs: capture.unknownOrgs.map(({ org, exchange }) => ({
      org,
      source: 'partner-billing',
      at: { exchange: exchange.id, pointer: '' },
    })),
    failures,
    schema: capture.overviews.flatMap(({ document }) => document.schema),
    documents: capture.overviews.map(({ document }) => document.unit),
  };
}
