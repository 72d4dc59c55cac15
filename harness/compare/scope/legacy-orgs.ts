/** What legacy says of each organisation in scope: its subscription in the period asked for, or why there is none. */
import { ascending, group } from 'd3-array';
import type { BillingPeriod, IsoDate } from '../../domain/billing-period.ts';
import type { Evidence } from '../../domain/figure.ts';
import { knownValue } from '../../domain/figure.ts';
import type { LegacySide, LegacySubscription } from '../../domain/legacy-side.ts';
import type { ComparisonPolicy, PeriodChoice } from '../../domain/policy.ts';
import { orgId, type SourceName } from '../../domain/side.ts';
import { joinRegion, mergeSubscriptions } from './merge-sources.ts';
import { choiceText, type PeriodFit, wanted } from './period-fit.ts';

/** One organisation's answer, of both legacy sources and of all its regions together. */
export interface Subscription extends Omit<LegacySubscription, 'source' | 'periodStatus'> {
  readonly period: BillingPeriod;
}

export type LegacyOrg =
  /** `gap`: one of several sources could not be read; what is missing may have been there. */
  | { readonly state: 'present'; readonly subscription: Subscription; readonly gap: string | null }
  /** Legacy answered that it does not know the organisation. */
  | { readonly state: 'unknown'; readonly at: Evidence | null; readonly region: string | null }
  /** `unreachable`: it was asked for and could not be fetched or read. */
  | {
      readonly state: 'unread';
      readonly reason: string;
      readonly region: string | null;
      readonly unreachable: boolean;
    };

/** Every organisation of which the legacy side said anything, or failed to. */
export function legacyOrgs(
  legacy: LegacySide,
  policy: Pick<ComparisonPolicy, 'period' | 'today'>,
  fit: PeriodFit,
): ReadonlyMap<string, LegacyOrg> {
  const answers = new Map<string, OrgAnswers>();
  const of = (id: string): OrgAnswers => {
    let entry = answers.get(id);
    if (entry === undefined) {
      entry = { subscriptions: [], failures: [], unknown: [], listedIn: null, failedIn: null, answeredIn: null };
      answers.set(id, entry);
    }
    return entry;
  };
  for (const subscription of legacy.subscriptions) {
    const entry = of(orgId(subscription.org.id));
    entry.subscriptions.push(subscription);
    entry.answeredIn = firstRegion(entry.answeredIn, subscription.region);
  }
  for (const unknown of legacy.unknownOrgs) of(orgId(unknown.org.id)).unknown.push(unknown);
  for (const failure of legacy.failures) {
    if (failure.subject.kind !== 'organisation') continue;
    const entry = of(orgId(failure.subject.org.id));
    const { region } = failure.subject;
    entry.failures.push({ source: failure.source, message: failure.message, region });
    entry.failedIn = firstRegion(entry.failedIn, region);
  }
  for (const listing of legacy.regionListings) {
    for (const member of listing.members) {
      const entry = of(orgId(member.org.id));
      entry.listedIn = firstRegion(entry.listedIn, listing.region);
    }
  }
  return new Map([...answers].map(([id, entry]) => [id, decide(entry, policy, fit)]));
}

interface OrgAnswers {
  readonly subscriptions: LegacySubscription[];
  readonly failures: { readonly source: SourceName; readonly message: string; readonly region: string | null }[];
  readonly unknown: LegacySide['unknownOrgs'][number][];
  /** Of several regions the first by name, whatever the order of the answers. */
  answeredIn: string | null;
  listedIn: string | null;
  failedIn: string | null;
}

const firstRegion = (known: string | null, next: string | null): string | null =>
  known === null || (next !== null && next < known) ? next : known;

function decide(answers: OrgAnswers, policy: Pick<ComparisonPolicy, 'period' | 'today'>, fit: PeriodFit): LegacyOrg {
  const region = answers.listedIn ?? answers.failedIn;
  const messages = [...new Set(answers.failures.map((failure) => failure.message))].sort();
  if (answers.subscriptions.length > 0) return choose(answers, messages, policy, fit);
  if (messages.length > 0) {
    return { state: 'unread', reason: `legacy could not be read: ${messages.join('; ')}`, region, unreachable: true };
  }
  if (answers.listedIn !== null) {
    const why = answers.unknown.length > 0 ? 'answers that it does not know it' : 'gave no answer about it';
    const reason = `legacy lists the organisation in ${answers.listedIn}, but ${why} when asked for its subscription`;
    return { state: 'unread', reason, region, unreachable: true };
  }
  return { state: 'unknown', at: answers.unknown[0]?.at ?? null, region };
}

/** The usage API comes first, partner billing fills in; each with the period that the scenario asks for. */
function choose(
  answers: OrgAnswers,
  messages: readonly string[],
  policy: Pick<ComparisonPolicy, 'period' | 'today'>,
  fit: PeriodFit,
): LegacyOrg {
  const region = answers.answeredIn ?? answers.listedIn ?? answers.failedIn;
  const dated = answers.subscriptions.flatMap((subscription) => {
    const period = periodOf(subscription);
    return period === null ? [] : [{ ...subscription, period }];
  });
  if (dated.length === 0) {
    const reason = 'legacy states no billing period that can be read, so nothing can be set against it';
    return { state: 'unread', reason, region, unreachable: true };
  }
  const lost = lostRegion(answers);
  if (lost !== null) return { state: 'unread', reason: lost, region, unreachable: true };
  const { joined: usage, problem } = joinedRegions(
    dated.filter((each) => each.source === 'usage-api'),
    policy,
    fit,
  );
  if (problem !== null) return { state: 'unread', reason: problem, region, unreachable: true };
  const partners = dated.filter((each) => each.source === 'partner-billing');
  const partner = pick(partners, policy.period, policy.today);
  const base = usage ?? partner;
  if (base === null) {
    const shown = [...new Set(dated.map(({ period }) => periodWords(period)))].sort().join(', ');
    const reason = `legacy shows ${shown} only, and ${choiceText(policy.period)} is asked for`;
    const unread = messages.length > 0 ? `${reason}; ${messages.join('; ')}` : reason;
    return { state: 'unread', reason: unread, region, unreachable: messages.length > 0 };
  }
  const other = base === usage && partner !== null && fit.belongs(partner.period, base.period) ? partner : null;
  const merged = other === null ? base : mergeSubscriptions(base, other);
  const apart = base === usage && partner !== null && other === null ? partner : null;
  return {
    state: 'present',
    subscription: { ...merged, region, period: base.period },
    gap: gapOf(messages, apart),
  };
}

const periodWords = ({ start, end }: BillingPeriod): string => `${start} to ${end}`;

/** Why a figure that legacy lacks may only have been missed. */
function gapOf(messages: readonly string[], apart: Dated | null): string | null {
  if (messages.length > 0) return `another legacy source could not be read: ${messages.join('; ')}`;
  return apart === null ? null : `partner billing shows another billing period (${periodWords(apart.period)})`;
}

/** A region of the organisation that could not be read, where another one was: its rows are missing from every sum. */
function lostRegion({ subscriptions, failures }: OrgAnswers): string | null {
  const answered = new Set(subscriptions.flatMap(({ source, region }) => (source === 'usage-api' ? [region] : [])));
  if (answered.size === 0) return null;
  const lost = failures.filter(({ source, region }) => source === 'usage-api' && !answered.has(region));
  const [first] = lost.map(({ message }) => message).sort();
  return first === undefined ? null : `one region of the organisation could not be read: ${first}`;
}

/** The answers of all regions of one organisation as one: rows of several regions are lines of their own. */
function joinedRegions(
  usage: readonly Dated[],
  policy: Pick<ComparisonPolicy, 'period' | 'today'>,
  fit: PeriodFit,
): { readonly joined: Dated | null; readonly problem: string | null } {
  const byRegion = [...group(usage, ({ region }) => region).values()];
  const chosen = byRegion
    .flatMap((own) => pick(own, policy.period, policy.today) ?? [])
    .sort((a, b) => ascending(a.region ?? '', b.region ?? ''));
  const [first, ...others] = chosen;
  if (first === undefined) return { joined: null, problem: null };
  const apart = others.find(({ period }) => !fit.belongs(period, first.period));
  if (apart !== undefined) {
    const problem = `legacy bills the organisation in different periods in its regions (${periodWords(first.period)}, and ${periodWords(apart.period)})`;
    return { joined: null, problem };
  }
  let joined: Dated = first;
  for (const next of others) joined = { ...joined, ...joinRegion(joined, next) };
  return { joined, problem: null };
}

type Dated = LegacySubscription & { readonly period: BillingPeriod };

function periodOf(subscription: LegacySubscription): BillingPeriod | null {
  const start = knownValue(subscription.periodStart);
  const end = knownValue(subscription.periodEnd);
  return start === null || end === null || end < start ? null : { start, end, status: subscription.periodStatus };
}

/** For the open period the answers decide: the one they call open, else the newest they show. */
function pick(subscriptions: readonly Dated[], choice: PeriodChoice, today: IsoDate): Dated | null {
  const candidates =
    choice.kind === 'open'
      ? openOrAll(subscriptions)
      : wanted(
          subscriptions.map(({ period }) => period),
          choice,
          today,
        ).flatMap((period) => subscriptions.filter((each) => each.period === period));
  return candidates.reduce<Dated | null>((best, next) => (best === null || newer(next, best) ? next : best), null);
}

const openOrAll = (subscriptions: readonly Dated[]): readonly Dated[] => {
  const open = subscriptions.filter(({ period }) => period.status === 'open');
  return open.length > 0 ? open : subscriptions;
};

const newer = (a: Dated, b: Dated): boolean =>
  a.period.end > b.period.end || (a.period.end === b.period.end && a.at.exchange < b.at.exchange);
