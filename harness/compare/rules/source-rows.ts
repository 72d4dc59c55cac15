/** What both legacy APIs state of one organisation in one billing period, side by side. */
import { group } from 'd3-array';
import { type IsoDate, overlapOf } from '../../domain/billing-period.ts';
import { knownValue } from '../../domain/figure.ts';
import type { LegacySubscription } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import { type OrgRef, orgId, productKey } from '../../domain/side.ts';
import { PeriodFit, type Span } from '../scope/period-fit.ts';
import type { Examination } from './invariant-scope.ts';

/** One organisation of which both APIs answered. */
export interface BothSources {
  readonly org: OrgRef;
  /** One for each region that lists it. */
  readonly usage: readonly LegacySubscription[];
  /** Null: partner billing shows no period that stands for the usage API's. */
  readonly partner: LegacySubscription | null;
  /** Periods that partner billing shows in place of it. */
  readonly shown: readonly Span[];
}

/** Rows of one part number, by the API that states them. */
export interface SourceRows {
  readonly partNumber: string;
  readonly usage: readonly Line[];
  readonly partner: readonly Line[];
}

export function bothSources(examination: Examination): readonly BothSources[] {
  const { legacy, alignment = null } = examination.sides;
  const fit = alignment?.readings.fit ?? new PeriodFit();
  const concerned = (legacy?.subscriptions ?? []).filter(({ org }) => examination.concerns([org]));
  return [...group(concerned, ({ org }) => orgId(org.id)).values()].flatMap((own) => {
    const usage = own.filter(({ source }) => source === 'usage-api');
    const partners = own.filter(({ source }) => source === 'partner-billing');
    const [first] = usage;
    if (first === undefined || partners.length === 0) return [];
    const period = spanOf(first);
    const partner = period === null ? null : closest(partners, period, fit);
    return [{ org: first.org, usage, partner, shown: partners.flatMap((one) => spanOf(one) ?? []) }];
  });
}

export function spanOf({ periodStart, periodEnd }: LegacySubscription): Span | null {
  const [start, end] = [knownValue(periodStart), knownValue(periodEnd)];
  return start === null || end === null ? null : { start: start as IsoDate, end: end as IsoDate };
}

/** The one that shares most days with the period, if it stands for it at all. */
function closest(partners: readonly LegacySubscription[], period: Span, fit: PeriodFit): LegacySubscription | null {
  let best: { readonly partner: LegacySubscription; readonly days: number } | null = null;
  for (const partner of partners) {
    const span = spanOf(partner);
    if (span === null || !fit.belongs(span, period)) continue;
    const days = overlapOf(span, period);
    if (best === null || days > best.days) best = { partner, days };
  }
  return best?.partner ?? null;
}

/** Mapped part numbers that either API lists for the organisation, in the order in which they come. */
export function rowsOf({ usage, partner }: BothSources, { products }: Examination): readonly SourceRows[] {
  const mapped = (lines: readonly Line[]): readonly Line[] =>
    lines.filter((line) => products.byPartNumber(line.product) !== undefined);
  const mine = group(mapped(usage.flatMap(({ lines }) => lines)), ({ product }) => productKey(product));
  const theirs = group(mapped(partner?.lines ?? []), ({ product }) => productKey(product));
  return [...new Set([...mine.keys(), ...theirs.keys()])].map((key) => {
    const [own = [], other = []] = [mine.get(key), theirs.get(key)];
    return { partNumber: (own[0] ?? other[0])?.product ?? key, usage: own, partner: other };
  });
}
