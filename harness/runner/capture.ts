/** Asks both sides everything that a comparison needs, and normalises what they say. */
import { type IsoDate, parseDate } from '../domain/billing-period.ts';
import type { ContractSide } from '../domain/contract-side.ts';
import { answeredAt, type Exchange, type Transport } from '../domain/exchange.ts';
import { knownValue } from '../domain/figure.ts';
import type { LegacySide } from '../domain/legacy-side.ts';
import type { SourceName } from '../domain/side.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { captureContracts, capturePeriods } from '../sources/contract-api/capture.ts';
import { normaliseContracts, readContracts } from '../sources/contract-api/normalise.ts';
import { periodsConcerned, type Span } from '../sources/contract-api/periods-concerned.ts';
import { mergeLegacySides } from '../sources/legacy.ts';
import { capturePartnerBilling, type PartnerOrg } from '../sources/partner-billing/capture.ts';
import { normalisePartnerBilling } from '../sources/partner-billing/normalise.ts';
import { captureUsage, type UsageCapture } from '../sources/usage-api/capture.ts';
import { normaliseUsage } from '../sources/usage-api/normalise.ts';

export interface CaptureInput {
  readonly scenario: Scenario;
  /** Empty when the contract side is looked at alone. */
  readonly legacySources: readonly SourceName[];
  readonly transport: Transport;
  /** More requests are about to be sent. */
  readonly plan: (source: SourceName, count: number) => void;
}

export interface CapturedSides {
  readonly legacy: LegacySide | null;
  readonly contract: ContractSide;
  /** By the clock of the answers. */
  readonly today: IsoDate;
}

/** Rejects only when interrupted, or when the snapshot cannot be written or lacks a request. */
export async function captureSides(input: CaptureInput): Promise<CapturedSides> {
  const { scenario, transport } = input;
  const contractInput = {
    transport,
    plan: (count: number) => input.plan('contract-api', count),
    // Signed links are read only where the contract side itself is what is looked at.
    invoiceDocuments: input.legacySources.length === 0,
  };
  const [usage, contracts] = await Promise.all([captureUsageSide(input), captureContracts(contractInput)]);
  const today = todayOf(contracts.first ?? usage?.first ?? null);
  const legacy = await legacySide(input, usage, today);
  const read = readContracts(contracts, scenario.periodEnd);
  const wanted = periodsConcerned(read.contracts, scenario.period, today, spansByOrg(legacy));
  const periods = await capturePeriods(contractInput, wanted);
  return { legacy, contract: normaliseContracts(contracts, periods, scenario.periodEnd), today };
}

function captureUsageSide(input: CaptureInput): Promise<UsageCapture> | null {
  if (!input.legacySources.includes('usage-api')) return null;
  const { scenario, transport } = input;
  return captureUsage({
    transport,
    plan: (count) => input.plan('usage-api', count),
    appIds: scenario.appIds,
    orgs: scenario.orgs,
    fields: scenario.legacy?.usageApi?.fields ?? {},
  });
}

async function legacySide(input: CaptureInput, usage: UsageCapture | null, today: IsoDate): Promise<LegacySide | null> {
  if (input.legacySources.length === 0) return null;
  const { scenario, transport } = input;
  const parts: LegacySide[] = [];
  if (usage !== null) {
    const fields = scenario.legacy?.usageApi?.fields ?? {};
    parts.push(normaliseUsage(usage, { appIds: scenario.appIds, fields, today }));
  }
  if (input.legacySources.includes('partner-billing')) {
    const orgs = partnerOrgs(scenario, parts[0] ?? null);
    const plan = (count: number): void => input.plan('partner-billing', count);
    const capture = await capturePartnerBilling({ transport, plan, orgs, period: scenario.period, today });
    parts.push(normalisePartnerBilling(capture, today));
  }
  return mergeLegacySides(parts);
}

/** Those listed in the scenario; with `discover`, those that the usage API's regions list. */
function partnerOrgs(scenario: Scenario, usage: LegacySide | null): PartnerOrg[] {
  if (scenario.orgs !== null) return scenario.orgs.map(({ id, name, region }) => ({ org: { id, name }, region }));
  const listed = (usage?.regionListings ?? []).flatMap(({ region, members }) =>
    members.map(({ org }) => ({ org, region })),
  );
  return [...new Map(listed.map((one) => [one.org.id, one])).values()];
}

function spansByOrg(legacy: LegacySide | null): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  for (const { org, periodStart, periodEnd } of legacy?.subscriptions ?? []) {
    const [start, end] = [knownValue(periodStart), knownValue(periodEnd)];
    if (start === null || end === null) continue;
    spans.set(org.id, [...(spans.get(org.id) ?? []), { start, end }]);
  }
  return spans;
}

function todayOf(first: Exchange | null): IsoDate {
  const today = parseDate(first === null ? new Date().toISOString() : answeredAt(first));
  if (today === null) throw new Error('an instant without a date');
  return today;
}
