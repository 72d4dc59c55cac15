/** Asks both sides everything that a comparison needs, and normalises what they say. */
import { addDays, type IsoDate, parseDate } from '../domain/billing-period.ts';
import type { ContractSide } from '../domain/contract-side.ts';
import { answeredAt, type Exchange, type Transport } from '../domain/exchange.ts';
import type { LegacySide, LegacySubscription } from '../domain/legacy-side.ts';
import type { ReceivedRecord } from '../domain/record.ts';
import type { Shape } from '../domain/shape.ts';
import type { Shard } from '../domain/shard.ts';
import type { SourceName } from '../domain/side.ts';
import type { Scenario } from '../scenario/scenario.ts';
import {
  assembleCapture,
  type ContractCapture,
  captureListings,
  capturePeriods,
  type ListingCapture,
  type PeriodCapture,
} from '../sources/contract-api/capture.ts';
import { captureInvoices } from '../sources/contract-api/invoices.ts';
import { normaliseContracts, readContracts } from '../sources/contract-api/normalise.ts';
import { periodsConcerned } from '../sources/contract-api/periods-concerned.ts';
import { probe } from '../sources/contract-api/probes/index.ts';
import { NOT_PROBED } from '../sources/contract-api/probes/probe.ts';
import { mergeLegacySides } from '../sources/legacy.ts';
import { capturePartnerBilling, type PartnerCapture, type PartnerOrg } from '../sources/partner-billing/capture.ts';
import { normalisePartnerBilling } from '../sources/partner-billing/normalise.ts';
import { partnerRecords } from '../sources/partner-billing/records.ts';
import { recordsBeyond } from '../sources/records.ts';
import { captureSubscriptions, captureUsage, type UsageCapture } from '../sources/usage-api/capture.ts';
import { normaliseUsage } from '../sources/usage-api/normalise.ts';
import { invoiceChoice, invoicesAsked } from './asking.ts';
import { contractsOf, partnerOrgs, spansByOrg } from './concerned.ts';
import { contractsOfRun, shareByListing } from './contracts-of-run.ts';
import { readAgain, remembering } from './second-reading.ts';
import type { Share } from './share.ts';

export interface CaptureInput {
  readonly scenario: Scenario;
  /** Empty when the contract side is looked at alone. */
  readonly legacySources: readonly SourceName[];
  readonly transport: Transport;
  /** Only the share of this shard is asked for; null: everything. */
  readonly shard: Shard | null;
  /** What the shape of the contract side is held against; left out: it is not looked at. */
  readonly shape?: { readonly baseline: Shape | null };
  /** What the contract side is tried with on purpose; left out: nothing. */
  readonly probe?: { readonly restricted: boolean };
  /** More requests are about to be sent. */
  readonly plan: (source: SourceName, count: number) => void;
}

export interface CapturedSides {
  readonly legacy: LegacySide | null;
  readonly contract: ContractSide;
  /** By the clock of the answers. */
  readonly today: IsoDate;
}

/** The answers as they came, before anything is made of them. */
interface Answers {
  readonly usage: UsageCapture | null;
  readonly partner: PartnerCapture | null;
  readonly contracts: ContractCapture;
  readonly periods: PeriodCapture;
  readonly today: IsoDate;
}

/**
 * One capture of both sides; parts of it can be read again. Every method rejects only when interrupted, or when the snapshot
 * cannot be written or lacks a request.
 */
export class SideCapture {
  readonly #input: CaptureInput;
  #answers: Answers | null = null;
  #contract: ContractSide | null = null;
  #share: Share | null = null;
  readonly #earlier: ReceivedRecord[] = [];

  constructor(input: CaptureInput) {
    this.#input = { ...input, transport: remembering(input.transport) };
  }

  async first(): Promise<CapturedSides> {
    const { scenario } = this.#input;
    const asking = this.#asking('contract-api', this.#input.transport);
    const listing = captureListings(asking, invoicesAsked(this.#input) === 'none' ? 'none' : 'listed');
    // Who belongs to a shard is known once the contracts are.
    if (this.#input.shard !== null)
      this.#share = await shareByListing(asking, await listing, this.#input.shard, scenario.periodEnd);
    const [usage, listings] = await Promise.all([this.#usage(), listing]);
    const today = todayOf(listings.first ?? usage?.first ?? null);
    const share = this.#share;
    const listed = partnerOrgs(scenario, this.#normalUsage(usage, today));
    const [partner, contracts] = await Promise.all([
      this.#partner(
        listed.filter(({ org }) => share === null || share.has(org.id)),
        today,
      ),
      contractsOfRun(asking, listings, this.#input, { share, today }),
    ]);
    const known = { listed: listings.contracts.entities, contracts: contracts.contracts };
    const read = readContracts(known, scenario.periodEnd);
    const concerned = read.contracts.filter((contract) => share === null || share.concerns(contract));
    const spans = spansByOrg(this.#legacy(usage, partner, today));
    const [periods, invoices, probes] = await Promise.all([
      capturePeriods(asking, periodsConcerned(concerned, scenario.period, today, spans)),
      captureInvoices(asking, listings, invoiceChoice(this.#input, listings, today)),
      this.#probe(listings),
    ]);
    const all = assembleCapture(listings, contracts, invoices, probes);
    this.#answers = { usage, partner, contracts: all, periods, today };
    return this.#sides(this.#answers);
  }

  /** What was asked for; null: everything. Known after the first capture. */
  get share(): Share | null {
    return this.#share;
  }

  /** Both sides with the figures of these organisations read again, theirs alone. @param orgs lower-case ids */
  async again(orgs: ReadonlySet<string>): Promise<CapturedSides> {
    const before = this.#read();
    const transport = readAgain(this.#input.transport);
    const concerned = contractsOf(orgs, this.contract);
    const isWanted = ({ contractId }: { contractId: string }): boolean => concerned.has(contractId);
    const wanted = before.periods.details.filter(isWanted);
    const [usage, partner, periods] = await Promise.all([
      this.#usageAgain(before.usage, orgs, transport),
      this.#partnerAgain(before, orgs, transport),
      capturePeriods(this.#asking('contract-api', transport), wanted),
    ]);
    return this.#sides({
      ...before,
      usage,
      partner,
      periods: {
        details: [...before.periods.details.filter((one) => !isWanted(one)), ...periods.details],
        failures: [...before.periods.failures, ...periods.failures],
      },
    });
  }

  /**
   * What partner billing says of these organisations for the billing period before; of whom it has nothing is left out.
   * @param starts first day of the period that was compared, by organisation
   */
  async earlier(starts: ReadonlyMap<string, IsoDate>): Promise<ReadonlyMap<string, LegacySubscription>> {
    const { partner, today } = this.#read();
    const found = new Map<string, LegacySubscription>();
    if (partner === null) return found;
    const byDay = new Map<IsoDate, PartnerOrg[]>();
    for (const { org, region } of partner.overviews) {
      const start = starts.get(org.id);
      if (start !== undefined) byDay.set(start, [...(byDay.get(start) ?? []), { org, region }]);
    }
    for (const [start, orgs] of byDay) {
      const period = { kind: 'date', date: addDays(start, -1) } as const;
      const asking = this.#asking('partner-billing', this.#input.transport);
      const capture = await capturePartnerBilling({ ...asking, orgs, period, today });
      this.#earlier.push(...partnerRecords(capture));
      for (const subscription of normalisePartnerBilling(capture, today).subscriptions) {
        found.set(subscription.org.id, subscription);
      }
    }
    return found;
  }

  async #probe(listings: ListingCapture) {
    const { probe: choice } = this.#input;
    if (choice === undefined) return NOT_PROBED;
    const { contracts, invoices } = listings;
    return probe({
      ...this.#asking('contract-api', this.#input.transport),
      ...choice,
      contracts: { entities: contracts.entities, complete: contracts.complete },
      invoices: {
        entities: (invoices?.entries ?? []).map(({ entity }) => entity),
        complete: invoices?.complete ?? true,
      },
    });
  }

  /**
   * Usage rows of the billing periods before, which `earlier` asked for. Those that the sides hold are not among them.
   * @throws Error before the first capture
   */
  get earlierRecords(): readonly ReceivedRecord[] {
    const { usage, partner, today } = this.#read();
    return recordsBeyond(this.#earlier, this.#legacy(usage, partner, today)?.records ?? []);
  }

  /** By the clock of the answers. @throws Error before the first capture */
  get today(): IsoDate {
    return this.#read().today;
  }

  /** The contract side as it was last read. @throws Error before the first capture */
  get contract(): ContractSide {
    if (this.#contract === null) throw new Error('nothing was captured yet');
    return this.#contract;
  }

  #read(): Answers {
    if (this.#answers === null) throw new Error('nothing was captured yet');
    return this.#answers;
  }

  #asking(source: SourceName, transport: Transport) {
    return { transport, plan: (count: number) => this.#input.plan(source, count) };
  }

  #usageInput(transport: Transport) {
    const { scenario } = this.#input;
    const fields = scenario.legacy?.usageApi?.fields ?? {};
    const share = this.#share;
    return {
      ...this.#asking('usage-api', transport),
      appIds: scenario.appIds,
      orgs: scenario.orgs,
      fields,
      concerns: (id: string) => share === null || share.has(id),
    };
  }

  #usage(): Promise<UsageCapture> | null {
    if (!this.#input.legacySources.includes('usage-api')) return null;
    return captureUsage(this.#usageInput(this.#input.transport));
  }

  async #usageAgain(before: UsageCapture | null, orgs: ReadonlySet<string>, transport: Transport) {
    if (before === null) return null;
    const own = before.subscriptions.filter(({ org }) => orgs.has(org.id));
    const again = await captureSubscriptions(this.#usageInput(transport), own);
    const replaced = new Set(own.map(({ document }) => document));
    return {
      ...before,
      subscriptions: [...before.subscriptions.filter((one) => !own.includes(one)), ...again.subscriptions],
      unknownOrgs: [...before.unknownOrgs, ...again.unknownOrgs],
      failures: [...before.failures, ...again.failures],
      documents: [...before.documents.filter((document) => !replaced.has(document)), ...again.documents],
    };
  }

  async #partner(orgs: readonly PartnerOrg[], today: IsoDate): Promise<PartnerCapture | null> {
    const { legacySources, scenario, transport } = this.#input;
    if (!legacySources.includes('partner-billing')) return null;
    return capturePartnerBilling({
      ...this.#asking('partner-billing', transport),
      orgs,
      period: scenario.period,
      today,
    });
  }

  async #partnerAgain({ partner: before, today }: Answers, orgs: ReadonlySet<string>, transport: Transport) {
    if (before === null) return null;
    const own = before.overviews.filter(({ org }) => orgs.has(org.id));
    const asking = this.#asking('partner-billing', transport);
    const again = await capturePartnerBilling({ ...asking, orgs: own, period: this.#input.scenario.period, today });
    const replaced = new Set(own.map(({ document }) => document));
    return {
      overviews: [...before.overviews.filter((one) => !own.includes(one)), ...again.overviews],
      unknownOrgs: [...before.unknownOrgs, ...again.unknownOrgs],
      failures: [...before.failures, ...again.failures],
      answers: [...before.answers.filter(({ document }) => !replaced.has(document)), ...again.answers],
    };
  }

  #sides({ usage, partner, contracts, periods, today }: Answers): CapturedSides {
    const { scenario, shape } = this.#input;
    const contract = normaliseContracts(contracts, periods, scenario.periodEnd, shape ?? null);
    this.#contract = contract;
    return { legacy: this.#legacy(usage, partner, today), contract, today };
  }

  #normalUsage(usage: UsageCapture | null, today: IsoDate): LegacySide | null {
    if (usage === null) return null;
    const { scenario } = this.#input;
    return normaliseUsage(usage, {
      appIds: scenario.appIds,
      fields: scenario.legacy?.usageApi?.fields ?? {},
      today,
    });
  }

  #legacy(usage: UsageCapture | null, partner: PartnerCapture | null, today: IsoDate): LegacySide | null {
    if (this.#input.legacySources.length === 0) return null;
    const parts = [
      this.#normalUsage(usage, today),
      partner === null ? null : normalisePartnerBilling(partner, today),
    ].filter((part) => part !== null);
    return mergeLegacySides(parts);
  }
}

function todayOf(first: Exchange | null): IsoDate {
  const today = parseDate(first === null ? new Date().toISOString() : answeredAt(first));
  if (today === null) throw new Error('an instant without a date');
  return today;
}
