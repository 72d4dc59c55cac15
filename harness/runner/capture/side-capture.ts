/** Asks both sides everything that a comparison needs, some families at a time, and normalises what they say. */
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { Transport } from '../../domain/exchange.ts';
import type { LegacySide, LegacySubscription, RegionListing } from '../../domain/legacy-side.ts';
import type { ReceivedRecord } from '../../domain/record.ts';
import type { Shape } from '../../domain/shape.ts';
import type { SourceName } from '../../domain/side.ts';
import { capturePeriods } from '../../sources/contract-api/capture.ts';
import { normaliseContracts, type WholeListing } from '../../sources/contract-api/normalise.ts';
import { type FieldPresence, joinPresence, presenceIn } from '../../sources/contract-api/vanished-fields.ts';
import { mergeLegacySides } from '../../sources/legacy.ts';
import { capturePartnerBilling, type PartnerCapture, type PartnerOrg } from '../../sources/partner-billing/capture.ts';
import { normalisePartnerBilling } from '../../sources/partner-billing/normalise.ts';
import { partnerRecords } from '../../sources/partner-billing/records.ts';
import { recordsBeyond } from '../../sources/records.ts';
import { captureSubscriptions, type UsageCapture } from '../../sources/usage-api/capture.ts';
import { normaliseUsage } from '../../sources/usage-api/normalise.ts';
import { type Answers, joinAnswers, splitAnswers } from './answers.ts';
import { type Batch, batchesIn, belongingTo, canBeParted, everybody, putAway, restOf } from './batch.ts';
import { captureBatch } from './capture-batch.ts';
import { contractsOf, partnerOrgs } from './concerned.ts';
import { listingsOf, membersIn } from './members.ts';
import { type Asking, type Opening, type OpeningInput, openCapture } from './opening.ts';
import { readAgain, remembering } from './second-reading.ts';
import type { ShardShare } from './share.ts';

export interface CaptureInput extends OpeningInput {
  readonly transport: Transport;
  /** About how many organisations are read before they are judged; left out: all of them. */
  readonly batch?: number;
  /** What the shape of the contract side is held against; left out: it is not looked at. */
  readonly shape?: { readonly baseline: Shape | null };
  /** More requests are about to be sent. */
  readonly plan: (source: SourceName, count: number) => void;
}

export interface CapturedSides {
  readonly legacy: LegacySide | null;
  readonly contract: ContractSide;
  /** By the clock of the answers. */
  readonly today: IsoDate;
}

/** What of the opening is needed on the way; what was listed is in the batches. */
interface Opened extends Pick<Opening, 'today' | 'share' | 'usage' | 'whole' | 'thin' | 'wanted' | 'outlines'> {
  readonly rest: Answers;
  readonly regionCounts: LegacySide['regionCounts'];
  /** Members of the regions' listings, by organisation. */
  readonly members: ReadonlyMap<string, RegionListing[]>;
}

/**
 * One capture of both sides; parts of it can be read again. Every method rejects only when interrupted, or when the snapshot
 * cannot be written or lacks a request.
 */
export class SideCapture {
  readonly #input: CaptureInput;
  #opened: Opened | null = null;
  /** What is held until the end of the run. */
  #held: Answers[] = [];
  /** Of what was let go. */
  #presence: readonly FieldPresence[] | null = null;
  #whole: Answers | null = null;
  #contract: ContractSide | null = null;
  readonly #earlier: ReceivedRecord[] = [];

  constructor(input: CaptureInput) {
    this.#input = { ...input, transport: remembering(input.transport) };
  }

  /** Everything at once. */
  async first(): Promise<CapturedSides> {
    for (const batch of await this.open()) this.hold(await this.read(batch()));
    return this.held();
  }

  /** Asks who there is. @returns what is to be read then, in any order, each put away until it is its turn */
  async open(): Promise<readonly (() => Batch)[]> {
    const { scenario, legacySources, batch: size } = this.#input;
    const opening = await openCapture(this.#input, this.#asking(), this.#usageInput(this.#input.transport));
    const usage = this.#normalUsage(opening.usage, opening.today);
    const partner = legacySources.includes('partner-billing') ? partnerOrgs(scenario, usage) : [];
    const isParted = size !== undefined && this.#mayBeParted() && canBeParted(opening, scenario.appIds);
    const batches = isParted ? batchesIn(opening, partner, size) : [everybody(opening, partner)];
    const { today, share, whole, thin, wanted, outlines } = opening;
    const kept = { today, share, whole, thin, wanted, outlines: isParted ? withoutPeriods(outlines) : outlines };
    this.#opened = {
      ...kept,
      usage: opening.usage,
      regionCounts: usage?.regionCounts ?? [],
      rest: restOf(opening, batches),
      members: membersIn(usage),
    };
    return isParted ? batches.map(putAway) : batches.map((batch) => () => batch);
  }

  #mayBeParted(): boolean {
    const { legacySources, shard, probe, shape } = this.#input;
    return legacySources.length > 0 && shard === null && probe === undefined && shape === undefined;
  }

  /** The answers about one batch. */
  read(batch: Batch): Promise<Answers> {
    const { scenario, legacySources, transport } = this.#input;
    const opened = this.#open();
    return captureBatch(batch, {
      opening: opened,
      scenario,
      legacySources,
      asking: this.#asking(),
      usageInput: this.#usageInput(transport),
      legacyOf: (usage, partner) => this.#legacy(usage, partner, opened.today),
    });
  }

  /** Both sides of one batch alone. */
  sidesOf(
    answers: Answers,
    orgs: ReadonlySet<string>,
  ): { readonly legacy: LegacySide; readonly contract: ContractSide } {
    const { scenario } = this.#input;
    const { today, whole, members, regionCounts } = this.#open();
    const legacy = this.#legacy(answers.usage, answers.partner, today);
    if (legacy === null) throw new Error('families need a legacy side');
    const contract = normaliseContracts(answers.contracts, answers.periods, scenario.periodEnd, null, {
      ...whole,
      presence: null,
    });
    return {
      legacy: { ...legacy, regionCounts, regionListings: listingsOf(orgs, members) },
      contract,
    };
  }

  /** Answers of some organisations of a batch, and those of its others. */
  split(answers: Answers, orgs: ReadonlySet<string>, batch: Batch): readonly [own: Answers, others: Answers] {
    return splitAnswers(answers, belongingTo(orgs, batch, this.#open()));
  }

  /** Keeps answers for the end of the run. */
  hold(answers: Answers): void {
    this.#held.push(answers);
  }

  /** Forgets answers whose families were judged for good. */
  letGo({ contracts, periods }: Answers): void {
    const own = presenceIn(contracts, periods);
    this.#presence = this.#presence === null ? own : joinPresence(this.#presence, own);
  }

  /** Both sides as far as they are held. */
  held(): CapturedSides {
    const { rest } = this.#open();
    this.#whole = joinAnswers(rest, this.#held);
    this.#held = [];
    return this.#sides(this.#whole);
  }

  /** What was asked for; null: everything. Known after the opening. */
  get share(): ShardShare | null {
    return this.#open().share;
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
      this.#partnerAgain(before.partner, orgs, transport),
      capturePeriods(this.#asking(transport)('contract-api'), wanted),
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
    const { partner } = this.#read();
    const { today } = this.#open();
    const found = new Map<string, LegacySubscription>();
    if (partner === null) return found;
    const byDay = new Map<IsoDate, PartnerOrg[]>();
    for (const { org, region } of partner.overviews) {
      const start = starts.get(org.id);
      if (start !== undefined) byDay.set(start, [...(byDay.get(start) ?? []), { org, region }]);
    }
    for (const [start, orgs] of byDay) {
      const period = { kind: 'date', date: addDays(start, -1) } as const;
      const capture = await capturePartnerBilling({ ...this.#asking()('partner-billing'), orgs, period, today });
      this.#earlier.push(...partnerRecords(capture));
      for (const subscription of normalisePartnerBilling(capture, today).subscriptions) {
        found.set(subscription.org.id, subscription);
      }
    }
    return found;
  }

  /**
   * Usage rows of the billing periods before, which `earlier` asked for. Those that the sides hold are not among them.
   * @throws Error before the first capture
   */
  get earlierRecords(): readonly ReceivedRecord[] {
    const { usage, partner } = this.#read();
    return recordsBeyond(this.#earlier, this.#legacy(usage, partner, this.today)?.records ?? []);
  }

  /** By the clock of the answers. @throws Error before the opening */
  get today(): IsoDate {
    return this.#open().today;
  }

  /** The contract side as it was last read. @throws Error before the first capture */
  get contract(): ContractSide {
    if (this.#contract === null) throw new Error('nothing was captured yet');
    return this.#contract;
  }

  #open(): Opened {
    if (this.#opened === null) throw new Error('nothing was asked for yet');
    return this.#opened;
  }

  #read(): Answers {
    if (this.#whole === null) throw new Error('nothing was captured yet');
    return this.#whole;
  }

  #asking(transport: Transport = this.#input.transport): Asking {
    return (source) => ({ transport, plan: (count) => this.#input.plan(source, count) });
  }

  #usageInput(transport: Transport) {
    const { scenario } = this.#input;
    const fields = scenario.legacy?.usageApi?.fields ?? {};
    return { ...this.#asking(transport)('usage-api'), appIds: scenario.appIds, orgs: scenario.orgs, fields };
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

  async #partnerAgain(before: PartnerCapture | null, orgs: ReadonlySet<string>, transport: Transport) {
    if (before === null) return null;
    const own = before.overviews.filter(({ org }) => orgs.has(org.id));
    const { period } = this.#input.scenario;
    const asking = this.#asking(transport)('partner-billing');
    const again = await capturePartnerBilling({ ...asking, orgs: own, period, today: this.today });
    const replaced = new Set(own.map(({ document }) => document));
    return {
      overviews: [...before.overviews.filter((one) => !own.includes(one)), ...again.overviews],
      unknownOrgs: [...before.unknownOrgs, ...again.unknownOrgs],
      failures: [...before.failures, ...again.failures],
      answers: [...before.answers.filter(({ document }) => !replaced.has(document)), ...again.answers],
    };
  }

  #sides({ usage, partner, contracts, periods }: Answers): CapturedSides {
    const { scenario, shape } = this.#input;
    const { whole, today } = this.#open();
    const listing: WholeListing = { ...whole, presence: this.#presence ?? [] };
    const contract = normaliseContracts(contracts, periods, scenario.periodEnd, shape ?? null, listing);
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

/** Whom each contract concerns. */
const withoutPeriods = (outlines: Opening['outlines']): Opening['outlines'] =>
  new Map([...outlines].map(([id, outline]) => [id, { ...outline, periods: [] }]));
