/** Everything that both sides say of the open period, read in the sandbox's own words: no normaliser, no comparison. */
import { type Decimal, decimal, maximum, multiply, ONE, parseDecimal, ZERO } from '../../domain/decimal.ts';
import type { RunningSandbox } from '../index.ts';
import { list, type Read, Session, text } from './session.ts';

export interface LegacyRowRead {
  readonly org: string;
  readonly partNumber: string;
  readonly kind: string;
  readonly committed: Decimal;
  readonly included: Decimal;
  readonly actual: Decimal;
  readonly price: Decimal;
  readonly rate: Decimal | null;
  readonly currency: string;
  readonly start: string;
  readonly end: string;
}

export interface ChargeRead {
  readonly contract: Read;
  readonly period: Read;
  readonly orgs: readonly string[];
  readonly sku: string;
  readonly prepaid: Decimal;
  readonly fairuse: Decimal;
  readonly actual: Decimal;
  readonly overage: Decimal;
  readonly rate: Decimal;
  readonly charge: Decimal;
  readonly currency: string;
}

export interface BothSides {
  readonly rows: readonly LegacyRowRead[];
  readonly subscriptions: readonly Read[];
  readonly contracts: readonly Read[];
  /** Of the periods that are open, and of those that an amendment cut off them. */
  readonly charges: readonly ChargeRead[];
}

/** A decimal in any spelling; absent is zero. */
export const read = (value: unknown): Decimal =>
  value === undefined ? ZERO : (parseDecimal(text(value)) ?? decimal('NaN'));

export async function readBothSides(sandbox: RunningSandbox): Promise<BothSides> {
  const session = await Session.open(sandbox);
  const subscriptions = await readSubscriptions(sandbox, session);
  const contracts = await session.walk('/api/v2/billing/contracts');
  const charges: ChargeRead[] = [];
  for (const contract of contracts) charges.push(...(await readCharges(session, contract)));
  return { subscriptions, contracts, charges, rows: subscriptions.flatMap(rowsOf) };
}

async function readSubscriptions(sandbox: RunningSandbox, session: Session): Promise<Read[]> {
  const apps = `appIds=${sandbox.appIds.join(',')}`;
  const { regions } = await session.json(`/v1/regions?${apps}`);
  const subscriptions: Read[] = [];
  for (const region of list(regions)) {
    const { organizations } = await session.json(`/v1/regions/${text(region['id'])}/organizations?${apps}`);
    for (const { orgId } of list(organizations)) {
      subscriptions.push(await session.json(`/v1/regions/${text(region['id'])}/organizations/${text(orgId)}?${apps}`));
    }
  }
  return subscriptions;
}

function rowsOf(subscription: Read): LegacyRowRead[] {
  const rows = list(subscription['usages']);
  const allowance = (name: unknown): Decimal => {
    const row = rows.find((each) => each['grouping'] === 'fair-use' && each['name'] === name);
    return row === undefined ? ZERO : maximum(read(row['prepayQuantity']), read(row['usageQuantity']));
  };
  return rows
    .filter(({ grouping }) => grouping !== 'fair-use' && grouping !== 'rollup-usage')
    .map((row) => ({
      org: text(subscription['orgId']).toLowerCase(),
      partNumber: text(row['partNumber']),
      kind: text(row['grouping']),
      committed: multiply(
        read(row['prepayQuantity']),
        row['bundleQuantity'] === undefined ? ONE : read(row['bundleQuantity']),
      ),
      included: allowance(row['name']),
      actual: read(row['usageQuantity']),
      price: read(row['prepayPrice']),
      rate: row['overagePrice'] === undefined ? null : read(row['overagePrice']),
      currency: text(subscription['currency']),
      start: new Date(text(subscription['billingPeriodStartDate'])).toISOString().slice(0, 10),
      end: new Date(text(subscription['billingPeriodEndDate'])).toISOString().slice(0, 10),
    }));
}

/** Every period that lies in the running billing month: all of these begin less than a month before the worlds' today. */
async function readCharges(session: Session, contract: Read): Promise<ChargeRead[]> {
  const charges: ChargeRead[] = [];
  for (const period of list(contract['billingPeriods']).filter(({ dateStart }) => text(dateStart) > '2026-03-20')) {
    const path = `/api/v2/billing/contracts/${text(contract['id'])}/billingperiods/${text(period['id'])}`;
    const detail = await session.json(path);
    charges.push(...list(detail['charges']).map((charge) => chargeOf(contract, period, charge)));
  }
  return charges;
}

const chargeOf = (contract: Read, period: Read, charge: Read): ChargeRead => ({
  contract,
  period,
  orgs: list(charge['organizations']).map(({ id }) => text(id).toLowerCase()),
  sku: text((charge['product'] as Read)['sku']),
  prepaid: read(charge['prepaidQuantity']),
  fairuse: read(charge['fairuseQuantity']),
  actual: read(charge['actualQuantity']),
  overage: read(charge['overageQuantity']),
  rate: read(charge['overageRate']),
  charge: read(charge['overageCharge']),
  currency: text(charge['overageCurrency']),
});
