/** Asks the partner billing overview of each organisation, period by period, until the one wanted is found by its dates. */
import { type BillingPeriod, contains, type IsoDate } from '../../domain/billing-period.ts';
import type { CaptureFailure, CaptureSubject } from '../../domain/capture.ts';
import type { Exchange, Transport } from '../../domain/exchange.ts';
import type { PeriodChoice } from '../../domain/policy.ts';
import type { OrgRef } from '../../domain/side.ts';
import { type Document, readDocument } from '../document.ts';
import { failureOf } from '../failure.ts';
import { periodOf } from '../period-status.ts';
import { partnerSchema } from './schema.ts';

export interface PartnerOrg {
  readonly org: OrgRef;
  /** Not part of the request; kept for what is told about the organisation. */
  readonly region: string | null;
}

export interface PartnerCaptureInput {
  readonly transport: Transport;
  /** Told how many more requests there will be, before they are sent. */
  readonly plan: (count: number) => void;
  readonly orgs: readonly PartnerOrg[];
  readonly period: PeriodChoice;
  /** By the clock of the answers. */
  readonly today: IsoDate;
}

export interface PartnerCapture {
  /** The answer for the period wanted. */
  readonly overviews: readonly (PartnerOrg & { readonly document: Document })[];
  /** 404 for every period: the API does not know the organisation. */
  readonly unknownOrgs: readonly (PartnerOrg & { readonly exchange: Exchange })[];
  readonly failures: readonly CaptureFailure[];
  /** Every body that was read, those of other periods too. */
  readonly answers: readonly (PartnerOrg & { readonly document: Document })[];
}

/** Two years of months: the vendor answers 404 long before (assumed). */
const OLDEST_INDEX = 24;

/** What the server does is told in `failures`; rejects only when interrupted or when recording fails. */
export async function capturePartnerBilling(input: PartnerCaptureInput): Promise<PartnerCapture> {
  input.plan(input.orgs.length);
  const searches = input.orgs.map((one) => new PeriodSearch(one, input));
  const found = await Promise.all(searches.map((search) => search.run()));
  return {
    overviews: found.flatMap((end) => (end.kind === 'document' ? [{ ...end.of, document: end.document }] : [])),
    unknownOrgs: found.flatMap((end) => (end.kind === 'unknown' ? [{ ...end.of, exchange: end.exchange }] : [])),
    failures: found.flatMap((end) => (end.kind === 'failure' ? [end.failure] : [])),
    answers: searches.flatMap(({ answers }) => answers),
  };
}

type SearchEnd = { readonly of: PartnerOrg } & (
  | { readonly kind: 'document'; readonly document: Document }
  | { readonly kind: 'unknown'; readonly exchange: Exchange }
  | { readonly kind: 'failure'; readonly failure: CaptureFailure }
);

/** For one organisation. An index is only where to look: for days after its end, index 0 may still be the ended period. */
class PeriodSearch {
  readonly answers: (PartnerOrg & { readonly document: Document })[] = [];
  readonly #of: PartnerOrg;
  readonly #input: PartnerCaptureInput;
  readonly #about: CaptureSubject;
  #previous: BillingPeriod | null = null;

  constructor(of: PartnerOrg, input: PartnerCaptureInput) {
    this.#of = of;
    this.#input = input;
    this.#about = { kind: 'organisation', ...of };
  }

  async run(): Promise<SearchEnd> {
    for (let index = 0; ; index += 1) {
      if (index > 0) this.#input.plan(1);
      const end = this.#judge(await this.#ask(index), index);
      if (end !== null) return end;
    }
  }

  #ask(index: number): Promise<Exchange> {
    const { org } = this.#of;
    return this.#input.transport.send({
      source: 'partner-billing',
      path: `/api/v2/billing/trusteebillingoverview/${encodeURIComponent(org.id)}?billingPeriodIndex=${index}`,
      subject: `partner billing of ${org.name ?? org.id}, period ${index}`,
    });
  }

  /** @returns null if an older period must be asked for */
  #judge(exchange: Exchange, index: number): SearchEnd | null {
    const read = readDocument(exchange, partnerSchema, {
      type: 'TrusteeBillingOverview',
      subject: this.#about,
    });
    if (read.kind === 'failure') return { of: this.#of, kind: 'failure', failure: read.failure };
    if (read.kind === 'not-found') {
      if (index === 0) return { of: this.#of, kind: 'unknown', exchange };
      return this.#fail(exchange, 'the server has no period as old as the one wanted (status 404)');
    }
    const { document } = read;
    this.answers.push({ ...this.#of, document });
    const period = periodIn(document, this.#input.today);
    if (period === null) return this.#fail(exchange, 'the answer states no billing period that can be read');
    const place = placeOf(period, this.#input);
    if (place === 'wanted') return { of: this.#of, kind: 'document', document };
    const dates = `${period.start} to ${period.end}`;
    if (place === 'older') return this.#fail(exchange, `the answer is already older (${dates}) than the period wanted`);
    if (this.#previous !== null && period.start >= this.#previous.start) {
      return this.#fail(exchange, `the index does not lead back in time: ${dates} again`);
    }
    if (index === OLDEST_INDEX)
      return this.#fail(exchange, `the answer is still newer (${dates}) than the period wanted`);
    this.#previous = period;
    return null;
  }

  #fail(exchange: Exchange, reason: string): SearchEnd {
    return { of: this.#of, kind: 'failure', failure: failureOf(exchange, this.#about, 'normalisation', reason) };
  }
}

const periodIn = ({ root }: Document, today: IsoDate): BillingPeriod | null =>
  periodOf(root.field('billingPeriodStartDate').date(), root.field('billingPeriodEndDate').date(), today);

function placeOf(
  dates: BillingPeriod,
  { period, today }: Pick<PartnerCaptureInput, 'period' | 'today'>,
): 'wanted' | 'newer' | 'older' {
  if (period.kind === 'last-closed') return dates.end < today ? 'wanted' : 'newer';
  // For `open` the newest that has begun: where no period contains today yet, the API still calls the ended one active.
  if (period.kind === 'open') return dates.start <= today ? 'wanted' : 'newer';
  if (contains(dates, period.date)) return 'wanted';
  return period.date < dates.start ? 'newer' : 'older';
}
