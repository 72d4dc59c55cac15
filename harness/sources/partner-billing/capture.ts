/** Asks the partner billing overview of each organisation, period by period, until the one wanted is found by its dates. */
import { contains, type IsoDate } from '../../domain/billing-period.ts';
import type { CaptureFailure } from '../../domain/capture.ts';
import type { Exchange, Transport } from '../../domain/exchange.ts';
import type { PeriodChoice } from '../../domain/policy.ts';
import type { OrgRef } from '../../domain/side.ts';
import { type Document, readDocument } from '../document.ts';
import { periodOf } from '../period-status.ts';
import { partnerSchema } from './schema.ts';

export interface PartnerOrg {
  readonly org: OrgRef;
  readonly region: string | null;
}

export interface PartnerCaptureInput {
  readonly transport: Transport;
  readonly plan: (count: number) => void;
  readonly orgs: readonly PartnerOrg[];
  readonly period: PeriodChoice;
  readonly today: IsoDate;
}

export interface PartnerCapture {
  readonly overviews: readonly (PartnerOrg & { readonly document: Document })[];
  readonly unknownOrgs: readonly (PartnerOrg & { readonly exchange: Exchange })[];
  readonly failures: readonly CaptureFailure[];
}

/** Two years of months: the vendor answers 404 long before. */
const OLDEST_INDEX = 24;

type Found = { readonly document: Document } | { readonly unknown: Exchange } | { readonly failure: CaptureFailure };

export async function capturePartnerBilling(input: PartnerCaptureInput): Promise<PartnerCapture> {
  input.plan(input.orgs.length);
  const found = await Promise.all(input.orgs.map(async (one) => ({ one, found: await findPeriod(one, input) })));
  return {
    overviews: found.flatMap(({ one, found: it }) => ('document' in it ? [{ ...one, document: it.document }] : [])),
    unknownOrgs: found.flatMap(({ one, found: it }) => ('unknown' in it ? [{ ...one, exchange: it.unknown }] : [])),
    failures: found.flatMap(({ found: it }) => ('failure' in it ? [it.failure] : [])),
  };
}

/** The index is only where to look: for days after its end, index 0 may still be the ended period. */
async function findPeriod({ org, region }: PartnerOrg, input: PartnerCaptureInput): Promise<Found> {
  const subject = { kind: 'organisation', org, region } as const;
  const failed = (message: string, exchange: string): Found => ({
    failure: {
      side: 'legacy',
      source: 'partner-billing',
      subject,
      code: 'normalisation',
      message: `partner billing of ${org.name ?? org.id}: ${message}`,
      at: { exchange, pointer: '' },
    },
  });
  for (let index = 0; index <= OLDEST_INDEX; index += 1) {
    if (index > 0) input.plan(1);
    const exchange = await input.transport.send({
      source: 'partner-billing',
      path: `/api/v2/billing/trusteebillingoverview/${encodeURIComponent(org.id)}?billingPeriodIndex=${index}`,
      subject: `partner billing of ${org.name ?? org.id}, period ${index}`,
    });
    const read = readDocument(exchange, 'TrusteeBillingOverview', partnerSchema, subject);
    if (read.kind === 'failure') return { failure: read.failure };
    if (read.kind === 'not-found') {
      return index === 0
        ? { unknown: exchange }
        : failed('there is no period as old as the one wanted (404)', exchange.id);
    }
    const place = placeOf(read.document, input);
    if (place === 'wanted') return { document: read.document };
    if (place === 'unreadable') return failed('the answer states no billing period that can be read', exchange.id);
    if (place === 'older') return failed('no period answers to the one wanted', exchange.id);
  }
  return failed(`the period wanted is not among the last ${OLDEST_INDEX}`, '');
}

function placeOf(
  document: Document,
  { period, today }: PartnerCaptureInput,
): 'wanted' | 'newer' | 'older' | 'unreadable' {
  const dates = periodOf(
    document.root.field('billingPeriodStartDate').date(),
    document.root.field('billingPeriodEndDate').date(),
    today,
  );
  if (dates === null) return 'unreadable';
  if (period.kind === 'last-closed') return dates.end < today ? 'wanted' : 'newer';
  // `open`: the newest that the API has; it calls it open even for the days after its end.
  if (period.kind === 'open') return 'wanted';
  if (contains(dates, period.date)) return 'wanted';
  return period.date < dates.start ? 'newer' : 'older';
}
