/** The legacy Premium Applications - Usage API: the current billing month, by API key. */
import type { FastifyInstance } from 'fastify';
import { type Decimal, ONE, sum } from '../domain/decimal.ts';
import type { OrganizationListing, OrganizationSubscription, Regions, UsageRow } from '../sources/usage-api/wire.ts';
import { sendJson } from './answers.ts';
import { badRequest, notFound } from './errors.ts';
import { body, type JsonObject, number } from './json.ts';
import type { LegacyRow } from './legacy-book/book.ts';
import { hasApp } from './legacy-book/directory.ts';
import { type Member, type Subscription, subscriptionOf } from './legacy-book/subscription.ts';
import { legacyEnd, legacyNumber, legacyStart, legacyTermEnd, otherCase, otherName } from './spelling-variants.ts';
import type { Books, SandboxState } from './state.ts';
import { openPeriod } from './world/build.ts';
import type { Organisation, World } from './world/facts.ts';
import { inOrder, Random, variant } from './world/random.ts';
import { isChosenSpelling } from './world/spellings.ts';

type ListedOrganization = OrganizationListing['organizations'][number];

interface AppQuery {
  readonly appIds?: string;
}

/** @throws ApiError 400: without apps nothing can be asked. */
function appIdsOf({ appIds }: AppQuery): readonly string[] {
  if (appIds === undefined || appIds.trim() === '') throw badRequest('appIds is required.');
  return appIds.split(',');
}

export interface UsageApi {
  readonly state: SandboxState;
  /** Whether rows state prices: the documentation of the API lists none. */
  readonly prices: boolean;
}

export function serveUsageApi(app: FastifyInstance, { state, prices }: UsageApi): void {
  app.get<{ Querystring: AppQuery }>('/v1/regions', async (request, reply) => {
    const appIds = appIdsOf(request.query);
    const { directory, edits } = state.books;
    const uncounted = new Set(edits.world.map((edit) => edit.uncounted));
    const counted = (id: string, appId: string): number => (uncounted.has(id) ? 0 : directory.count(id, appId));
    const regions = directory.regions.map((id) => ({
      id,
      organizationCounts: Object.fromEntries(appIds.map((appId) => [appId, number(String(counted(id, appId)))])),
    }));
    return sendJson(reply, body<Regions>({ regions }));
  });

  app.get<{ Querystring: AppQuery; Params: { region: string } }>(
    '/v1/regions/:region/organizations',
    async (request, reply) => {
      const appIds = appIdsOf(request.query);
      const { region } = request.params;
      const { directory, edits } = state.books;
      if (!directory.regions.includes(region)) throw notFound('region', region);
      const members = directory.inRegion(region, appIds);
      const listing = body<OrganizationListing>({
        organizations: members.map((member) => listingEntry(state.books, member, appIds)),
      });
      const accounts = new Set(members.map(({ account }) => account));
      return sendJson(reply, edits.answered(accounts, { endpoint: 'organizations', region }, listing));
    },
  );

  app.get<{ Querystring: AppQuery; Params: { region: string; orgId: string } }>(
    '/v1/regions/:region/organizations/:orgId',
    async (request, reply) => {
      const appIds = appIdsOf(request.query);
      const { region, orgId } = request.params;
      const { directory, world, edits } = state.books;
      const member = directory.memberIn(region, orgId);
      if (member === null || !hasApp(member, appIds)) throw notFound('organization', orgId);
      const subscription = statedOf(state.books, member);
      const { account, org, period } = subscription;
      const rows = prices ? subscription.rows : subscription.rows.map(withoutPrices);
      const body = subscriptionBody(world, { ...subscription, rows }, appIds);
      return sendJson(reply, edits.answered([account], { endpoint: 'organization', org, period }, body));
    },
  );
}

const withoutPrices = (row: LegacyRow): LegacyRow => ({ ...row, prepayPrice: null, overagePrice: null });

/** The subscription in the open period, with what is said instead of its true rows. */
function statedOf({ world, edits }: Books, member: Member): Subscription {
  const subscription = subscriptionOf(world, member, openPeriod(member.account));
  return { ...subscription, rows: edits.legacyRows(member.account, subscription.rows, subscription) };
}

/** One organisation in the listing: what each app used altogether. */
function listingEntry(books: Books, member: Member, appIds: readonly string[]): JsonObject {
  const { org } = member;
  const { world } = books;
  const { rows } = statedOf(books, member);
  const usages = appIds
    .filter((appId) => hasApp(member, [appId]))
    .map((appId) => {
      const used = rows.filter((row) => row.appId === appId && isLine(row)).map(({ usage }) => usage);
      return { appId, usageQuantity: legacyNumber(world, sum(used), `${org.id}.${appId}`) };
    });
  return body<ListedOrganization>({
    orgId: otherCase(world, org.id, 'usage-listing'),
    orgName: nameOf(world, org, 'usage-listing'),
    usages,
  });
}

/** Names are spelled otherwise only where that was asked for. */
const nameOf = (world: World, { name }: Organisation, place: string): string =>
  isChosenSpelling(world.spellings, 'names') ? otherName(world, name, place) : name;

const isLine = ({ grouping }: LegacyRow): boolean => grouping !== 'fair-use' && grouping !== 'rollup-usage';

function subscriptionBody(world: World, subscription: Subscription, appIds: readonly string[]): JsonObject {
  const { account, org, period, start, end, rows } = subscription;
  const place = `usage.${org.id}`;
  const shown = rows.filter(({ appId }) => appIds.includes(appId));
  return body<OrganizationSubscription>({
    orgId: otherCase(world, org.id, 'usage'),
    orgName: nameOf(world, org, 'usage'),
    subscriptionType: account.subscriptionType,
    currency: account.currency,
    contractEffectiveDate: legacyStart(world, start, `${place}.start`),
    contractEndDate: legacyTermEnd(world, end, `${place}.end`),
    rampPeriodStartDate: account.ramp === null ? undefined : legacyStart(world, account.ramp.start, `${place}.ramp`),
    rampPeriodEndDate: account.ramp === null ? undefined : legacyEnd(world, account.ramp.end, `${place}.ramp`),
    billingPeriodStartDate: legacyStart(world, period.start, `${place}.period`),
    billingPeriodEndDate: legacyEnd(world, period.end, `${place}.period`),
    usages: inOrder(world.spellings, new Random(world.seed, 'usage-rows', org.id), shown).map((row) =>
      rowBody(world, row, place),
    ),
  });
}

function rowBody(world: World, row: LegacyRow, place: string): JsonObject {
  const here = `${place}.${row.partNumber}.${row.grouping}`;
  const text = (value: Decimal, field: string): string => legacyNumber(world, value, `${here}.${field}`);
  const orLeftOut = (value: Decimal | null, field: string): string | undefined =>
    value === null ? undefined : text(value, field);
  return body<UsageRow>({
    appId: row.appId,
    name: row.name,
    partNumber: row.partNumber,
    grouping: row.grouping,
    unitOfMeasureType: row.unit,
    prepayQuantity: text(row.prepay, 'prepay'),
    usageQuantity: text(row.usage, 'usage'),
    prepayPrice: orLeftOut(row.prepayPrice, 'prepayPrice'),
    overagePrice: orLeftOut(row.overagePrice, 'overagePrice'),
    bundleQuantity: orLeftOut(row.bundle ?? (isLine(row) ? spareBundle(world.seed, here) : null), 'bundle'),
  });
}

/** A bundle of one is said in some places and left out in others. */
const spareBundle = (seed: number, place: string): Decimal | null => (variant(seed, place, 2) === 0 ? ONE : null);
