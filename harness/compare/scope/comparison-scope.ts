/** What alignment stands on: both sides by organisation, the products, the readings, and who is in scope. */
import { rollup } from 'd3-array';
import type { ContractSide } from '../../domain/contract-side.ts';
import { type Evidence, knownValue } from '../../domain/figure.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';
import { type OrgRef, orgId } from '../../domain/side.ts';
import { ContractIndex, isNonzero, mayRun, periodsOf } from './contract-index.ts';
import type { Facts } from './family-facts.ts';
import { type LegacyOrg, legacyOrgs } from './legacy-orgs.ts';
import { orgNames } from './org-names.ts';
import { wanted } from './period-fit.ts';
import { type ProductMentions, productMentions } from './product-mentions.ts';
import { type ProductGroup, type Products, productsOf } from './products.ts';
import type { Readings } from './readings.ts';
import { unknownApps, unlistedReason } from './unknown-apps.ts';

/** Whether what is about these organisations is to be judged; in one shard of several, the share of that shard. */
export type Part = (orgIds: readonly string[]) => boolean;

/** Whether one side knows an organisation in the period. */
export type Presence =
  | { readonly state: 'present'; readonly at: Evidence | null }
  /** Known, but nothing of it is in force in the period; `note` says why. */
  | { readonly state: 'ended'; readonly note: string }
  | { readonly state: 'absent' }
  /** Nobody can say; `reason` says why. */
  | { readonly state: 'uncertain'; readonly reason: string };

/** One organisation that the comparison answers for. */
export interface ScopedOrg {
  readonly org: OrgRef;
  readonly region: string | null;
  readonly legacy: LegacyOrg;
  readonly presence: { readonly legacy: Presence; readonly contract: Presence };
  /** Contract lines of mapped products in the period asked for; only where legacy shows no period to go by. */
  readonly wantedLines: readonly Line[];
}

export interface ComparisonScope {
  readonly policy: ComparisonPolicy;
  readonly familyFacts: Facts | null;
  readonly readings: Readings;
  readonly products: Products;
  readonly mentions: ProductMentions;
  readonly index: ContractIndex;
  readonly contract: ContractSide;
  readonly names: ReadonlyMap<string, OrgRef>;
  /** By id, in the order of ids. */
  readonly orgs: ReadonlyMap<string, ScopedOrg>;
  /** Places of charges that bill something and name no organisation, with their words. */
  readonly nobodys: ReadonlyMap<string, string>;
  /** Apps that the region listings name for an organisation. */
  readonly listedApps: ReadonlyMap<string, readonly string[]>;
}

interface ScopeInput {
  readonly readings: Readings;
  readonly part: Part | null;
  /** What families show that were judged before, and are not looked at again. */
  readonly familyFacts?: Facts | null;
}

export function comparisonScopeOf(
  legacy: LegacySide,
  contract: ContractSide,
  policy: ComparisonPolicy,
  { readings, part, familyFacts = null }: ScopeInput,
): ComparisonScope {
  const products = productsOf(policy);
  const index = new ContractIndex(contract, products, readings.fit);
  const names = orgNames(legacy, contract, policy.orgs);
  const subscriptions = legacyOrgs(legacy, policy, readings.fit);
  const gap = membershipGap(legacy);
  const linesByOrg = mappedLines(contract, products);
  const regions = new Map((policy.orgs ?? []).map((org) => [orgId(org.id), org.region]));
  const orgs = new Map<string, ScopedOrg>();
  const unknown = unknownApps(legacy, policy);
  for (const id of candidates(policy, subscriptions, index)) {
    if (familyFacts?.orgs.has(id)) continue;
    const given = subscriptions.get(id) ?? withoutAnswer(policy, gap);
    const lines = given.state === 'present' ? [] : wantedLines(linesByOrg.get(id) ?? [], policy);
    const answered = unlessUnlisted(given, unlistedReason(appsOf(lines, products), unknown));
    const presence = {
      legacy: legacyPresence(answered, products),
      contract: contractPresence(id, answered, index, lines, policy),
    };
    if (policy.orgs === null && answered.state === 'unknown' && presence.contract.state !== 'present') continue;
    if (policy.orgs === null && !subscriptions.has(id) && presence.contract.state !== 'present') continue;
    orgs.set(id, {
      org: names.get(id) ?? { id, name: null },
      region: regionOf(answered) ?? regions.get(id) ?? null,
      legacy: answered,
      presence,
      wantedLines: lines,
    });
  }
  const mentions = productMentions(
    legacy,
    contract,
    products,
    (id) => orgs.has(orgId(id)) && (part === null || part([id])),
    unknown,
    familyFacts,
  );
  return {
    policy,
    familyFacts,
    readings,
    products,
    mentions,
    index,
    contract,
    names,
    orgs,
    nobodys: nobodysCharges(contract),
    listedApps: listedApps(legacy),
  };
}

function candidates(
  policy: ComparisonPolicy,
  subscriptions: ReadonlyMap<string, LegacyOrg>,
  index: ContractIndex,
): readonly string[] {
  const ids = policy.orgs === null ? [...subscriptions.keys(), ...index.orgs] : policy.orgs.map((org) => orgId(org.id));
  return [...new Set(ids)].sort();
}

/** Why an organisation that legacy does not list may only have been missed. */
function membershipGap(legacy: LegacySide): string | null {
  const failures = legacy.failures.filter(
    ({ subject }) => subject.kind === 'regions' || subject.kind === 'region-listing',
  );
  return failures.map((failure) => failure.message).sort()[0] ?? null;
}

function withoutAnswer(policy: ComparisonPolicy, gap: string | null): LegacyOrg {
  if (gap === null && policy.orgs === null) return { state: 'unknown', at: null, region: null };
  const reason = gap === null ? 'legacy gave no answer about the organisation' : `legacy could not be read: ${gap}`;
  return { state: 'unread', reason, region: null, unreachable: true };
}

/** Apps of the products that the contract side has for one organisation. */
const appsOf = (lines: readonly Line[], products: Products): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => products.bySku(line.product)?.appIds ?? []));

/** Whom legacy does not know may only have apps that it does not know by the scenario's names. */
const unlessUnlisted = (answered: LegacyOrg, unlisted: string | null): LegacyOrg =>
  answered.state === 'unknown' && unlisted !== null
    ? { state: 'unread', reason: unlisted, region: answered.region, unreachable: false }
    : answered;

function legacyPresence(answered: LegacyOrg, products: Products): Presence {
  if (answered.state === 'unknown') return { state: 'absent' };
  if (answered.state === 'unread') return { state: 'uncertain', reason: answered.reason };
  const { term, period, lines, at } = answered.subscription;
  const runs =
    (knownValue(term.contractStart) ?? period.end) <= period.end &&
    period.start <= (knownValue(term.contractEnd) ?? period.start);
  const bills = lines.some((line) => products.byPartNumber(line.product) !== undefined && isNonzero(line));
  return runs || bills ? { state: 'present', at } : { state: 'ended', note: 'is not in force' };
}

function contractPresence(
  id: string,
  answered: LegacyOrg,
  index: ContractIndex,
  lines: readonly Line[],
  policy: ComparisonPolicy,
): Presence {
  if (!index.isNamed(id)) {
    return index.incomplete === null ? { state: 'absent' } : { state: 'uncertain', reason: index.incomplete };
  }
  const at = index.evidence(id);
  const runs =
    answered.state === 'present'
      ? index.runsIn(id, answered.subscription.period) || index.piecesOf(id, answered.subscription.period).length > 0
      : lines.some(isNonzero) || (index.isMapped(id) && runsByChoice(id, index, policy));
  if (runs) return { state: 'present', at };
  const unread = index.incomplete ?? (answered.state === 'present' ? null : index.unreadPart(id, null));
  if (unread !== null) return { state: 'uncertain', reason: unread };
  const last = index.lastDay(id);
  return { state: 'ended', note: last === null ? 'are not in force' : `ended on ${last}` };
}

/** In force where no legacy period says when: an active contract that runs in the period asked for. */
function runsByChoice(id: string, index: ContractIndex, policy: ComparisonPolicy): boolean {
  return index.contractsOf(id).some((contract) => {
    if (contract.status.state === 'known' && contract.status.value.toLowerCase() === 'inactive') return false;
    if (policy.period.kind === 'last-closed')
      return wanted(periodsOf(contract), policy.period, policy.today).length > 0;
    const day = policy.period.kind === 'date' ? policy.period.date : policy.today;
    return mayRun(contract, { start: day, end: day });
  });
}

function mappedLines(contract: ContractSide, products: Products): ReadonlyMap<string, readonly Line[]> {
  const mapped = contract.lines.filter((line) => products.bySku(line.product) !== undefined);
  return rollup(
    mapped.flatMap((line) => line.orgs.map(({ id }) => ({ id, line }))),
    (own) => own.map(({ line }) => line),
    ({ id }) => id,
  );
}

function wantedLines(lines: readonly Line[], policy: ComparisonPolicy): readonly Line[] {
  const periods = new Set(
    wanted(
      lines.map((line) => line.period),
      policy.period,
      policy.today,
    ),
  );
  return lines.filter((line) => periods.has(line.period));
}

const regionOf = (answered: LegacyOrg): string | null =>
  answered.state === 'present' ? answered.subscription.region : answered.region;

function listedApps(legacy: LegacySide): ReadonlyMap<string, readonly string[]> {
  const apps = new Map<string, readonly string[]>();
  for (const listing of legacy.regionListings) {
    for (const { org, appIds } of listing.members) {
      const id = orgId(org.id);
      apps.set(id, [...new Set([...(apps.get(id) ?? []), ...appIds])]);
    }
  }
  return apps;
}

/** Products that may be expected of an organisation of which nothing else is known. */
export function expectedProducts(scope: ComparisonScope, id: string): readonly ProductGroup[] {
  const apps = scope.listedApps.get(id) ?? [];
  const named = scope.products.groups.filter((group) => group.appIds.some((appId) => apps.includes(appId)));
  return named.length > 0 ? named : scope.products.groups;
}

/** A charge that names nobody may be anyone's, even where its plan names somebody. */
function nobodysCharges({ details }: ContractSide): ReadonlyMap<string, string> {
  return new Map(
    details.flatMap(({ charges }) =>
      charges
        .filter(({ orgs }) => orgs.length === 0)
        .map(({ at, ref }) => [
          `${at.exchange}#${at.pointer}`,
          `charge ${ref.chargeId ?? 'without an id'} of contract ${ref.contractId} names no organisation, so nobody can say whose it is`,
        ]),
    ),
  );
}
