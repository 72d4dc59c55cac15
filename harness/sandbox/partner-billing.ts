/** The legacy Partner Billing Usage API: one organisation and billing period at a time, by OAuth. */
import type { FastifyInstance } from 'fastify';
import { type Decimal, decimal, divide, multiply, ONE, round, sum, ZERO } from '../domain/decimal.ts';
import type { SubscriptionOverviewUsage, TrusteeBillingOverview } from '../sources/partner-billing/wire.ts';
import { sendJson } from './answers.ts';
import type { Edits } from './edit.ts';
import { badRequest, notFound } from './errors.ts';
import { body, type JsonObject } from './json.ts';
import type { LegacyRow } from './legacy-book/book.ts';
import { type Member, rowsOf, type Subscription, subscriptionOf } from './legacy-book/subscription.ts';
import { legacyEnd, legacyNumber, legacyStart, legacyTermEnd, otherCase, otherName } from './spelling-variants.ts';
import type { SandboxState } from './state.ts';
import type { World } from './world/facts.ts';
import { inOrder, Random, variant } from './world/random.ts';
import { hasSpelling } from './world/spellings.ts';

interface OverviewQuery {
  readonly billingPeriodIndex?: string;
}

const PATH = '/api/v2/billing/trusteebillingoverview/:trustorOrgId';

export function servePartnerBilling(app: FastifyInstance, state: SandboxState): void {
  app.get<{ Querystring: OverviewQuery; Params: { trustorOrgId: string } }>(PATH, async (request, reply) => {
    const { trustorOrgId } = request.params;
    const asked = request.query.billingPeriodIndex ?? '0';
    if (!/^\d{1,4}$/.test(asked)) throw badRequest('billingPeriodIndex must be a whole number from zero up.');
    const { directory, edits, world } = state.books;
    const member = directory.member(trustorOrgId);
    if (member === null) throw notFound('organization', trustorOrgId);
    const period = member.account.periods.at(-1 - Number(asked));
    if (period === undefined) throw notFound('billing period', asked);
    const subscription = subscriptionOf(world, member, period);
    const { account, org } = subscription;
    const body = overviewBody(world, subscription, rowsWithEdits(world, member, subscription, edits), asked);
    return sendJson(reply, edits.answered([account], { endpoint: 'overview', org, period }, body));
  });
}

function rowsWithEdits(
  world: World,
  member: Member,
  { account, org, period }: Subscription,
  edits: Edits,
): LegacyRow[] {
  const rows = member.holdings.flatMap(({ holding, holder }) =>
    rowsOf(world, account, holding, holder, period).map((row) =>
      edits.through(account, row, (edit, now) => edit.partnerRow?.(now, { account, holding, org, period })),
    ),
  );
  return edits.legacyRows(account, rows, { org, period });
}

function overviewBody(world: World, subscription: Subscription, rows: readonly LegacyRow[], index: string): JsonObject {
  const { account, org, period, start, end } = subscription;
  const place = `partner.${org.id}.${period.index}`;
  const all = [...rows, ...platformRows(world.seed, subscription)];
  const inRamp = account.ramp !== null && account.ramp.start <= period.end && period.start <= account.ramp.end;
  return body<TrusteeBillingOverview>({
    id: hasSpelling(world.spellings, 'extra-known-fields') ? org.id : undefined,
    name: hasSpelling(world.spellings, 'extra-known-fields') ? org.name : undefined,
    organization: { id: otherCase(world, org.id, 'partner'), name: otherName(world, org.name, 'partner') },
    currency: account.currency,
    enabledProducts: [...new Set(rows.map(({ appId }) => appId))],
    subscriptionType: account.subscriptionType,
    rampPeriodStartDate: account.ramp === null ? undefined : legacyStart(world, account.ramp.start, `${place}.ramp`),
    rampPeriodEndDate: account.ramp === null ? undefined : legacyEnd(world, account.ramp.end, `${place}.ramp`),
    billingPeriodStartDate: legacyStart(world, period.start, `${place}.period`),
    billingPeriodEndDate: legacyEnd(world, period.end, `${place}.period`),
    usages: inOrder(world.spellings, new Random(world.seed, 'partner-rows', place), all).map((row) =>
      rowBody(world, row, place),
    ),
    contractAmendmentDate: account.cut === null ? undefined : legacyStart(world, account.cut.on, `${place}.cut`),
    contractEffectiveDate: legacyStart(world, start, `${place}.start`),
    contractEndDate: legacyTermEnd(world, end, `${place}.end`),
    minimumMonthlyAmount: legacyNumber(world, minimumOf(world, subscription, rows), `${place}.minimum`),
    inRampPeriod: inRamp,
    selfUri: `/api/v2/billing/trusteebillingoverview/${org.id}?billingPeriodIndex=${index}`,
  });
}

/** In a world of rare shapes some have a minimum, half of what is committed: it changes no bill. */
function minimumOf({ seed }: World, { account, org }: Subscription, rows: readonly LegacyRow[]): Decimal {
  if (account.minimum !== true || variant(seed, `minimum ${org.id}`, 2) === 0) return ZERO;
  const fees = rows.map(({ prepay, bundle, prepayPrice }) =>
    multiply(multiply(prepay, bundle ?? ONE), prepayPrice ?? ZERO),
  );
  return round(divide(sum(fees), decimal(2)), 0, 'down');
}

/** What else such an organisation is billed for: rows that no scenario maps. */
function platformRows(seed: number, { org, period }: Subscription): LegacyRow[] {
  const random = new Random(seed, 'platform', org.id, period.index);
  const quantity = (from: number, to: number): Decimal => decimal(random.int(from, to));
  const row = (
    name: string,
    partNumber: string,
    grouping: string,
    unit: string,
    prepay: Decimal,
    usage: Decimal,
  ): LegacyRow => ({
    appId: 'platform',
    name,
    partNumber,
    grouping,
    unit,
    prepay,
    usage,
    prepayPrice: null,
    overagePrice: null,
    bundle: null,
  });
  const storage = quantity(10, 900);
  return [
    row('Genesys Cloud CX 3', 'PC-100-NV-CX3', 'user-license', 'seat', quantity(5, 500), quantity(5, 500)),
    row('Data Storage', 'PC-100-NV-STORE', 'rollup', 'unit', ZERO, storage),
    row('Data Storage Recordings', 'PC-100-NV-STORE-REC', 'rollup-usage', 'unit', ZERO, storage),
    row('Data Storage', 'PC-100-NV-STORE', 'fair-use', 'unit', ZERO, quantity(100, 1000)),
    row('Managed Phones', 'PC-100-NV-PHONE', 'device', 'number', ZERO, quantity(0, 40)),
  ];
}

function rowBody(world: World, row: LegacyRow, place: string): JsonObject {
  const here = `${place}.${row.partNumber}.${row.grouping}`;
  const text = (value: Decimal, field: string): string => legacyNumber(world, value, `${here}.${field}`);
  const orLeftOut = (value: Decimal | null, field: string): string | undefined =>
    value === null ? undefined : text(value, field);
  return body<SubscriptionOverviewUsage>({
    name: row.name,
    partNumber: row.partNumber,
    grouping: row.grouping,
    unitOfMeasureType: row.unit,
    usageQuantity: text(row.usage, 'usage'),
    overagePrice: orLeftOut(row.overagePrice, 'overagePrice'),
    prepayQuantity: text(row.prepay, 'prepay'),
    prepayPrice: orLeftOut(row.prepayPrice, 'prepayPrice'),
    usageNotes: hasSpelling(world.spellings, 'extra-known-fields') ? `Usage of ${row.name}` : undefined,
    isCancellable: false,
    bundleQuantity: orLeftOut(row.bundle, 'bundle'),
    isThirdParty: row.appId !== 'platform',
  });
}
