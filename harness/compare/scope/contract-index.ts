/** The contract side by organisation: which contracts name it, what was read of them, and what could not be. */
import { ascending, group, max } from 'd3-array';
import type { BillingPeriod, IsoDate } from '../../domain/billing-period.ts';
import { usablePeriod } from '../../domain/contract-period.ts';
import type { Contract, ContractPeriod, ContractSide, PeriodDetail } from '../../domain/contract-side.ts';
import { isZero } from '../../domain/decimal.ts';
import { type Evidence, knownValue } from '../../domain/figure.ts';
import type { Line } from '../../domain/line.ts';
import {
  incompleteListing,
  mayNameAnyone,
  namedIn,
  openPeriod,
  periodReason,
  unreadContracts,
} from './contract-gaps.ts';
import type { PeriodFit, Span } from './period-fit.ts';
import type { Products } from './products.ts';

interface Named {
  readonly contract: Contract;
  /** It names the organisation for a product of the scenario. */
  mapped: boolean;
}

export class ContractIndex {
  /** Why an organisation may be charged without a trace of it; null if all contracts are known, and whom they name. */
  readonly incomplete: string | null;
  readonly #named = new Map<string, Map<string, Named>>();
  readonly #unread: ReadonlyMap<string, readonly { readonly contract: Contract; readonly reason: string }[]>;
  /** Contracts that were read, and of which nothing says whom they concern. */
  readonly #unnamed: readonly Contract[];
  readonly #details: ReadonlyMap<string, readonly PeriodDetail[]>;
  readonly #periodFailures = new Map<string, string>();
  readonly #blocks = new Map<string, string | null>();
  /** Lines that bill something for a product of the scenario, by contract. */
  readonly #billing: ReadonlyMap<string, readonly Line[]>;
  readonly #fit: PeriodFit;

  constructor(side: ContractSide, products: Products, fit: PeriodFit) {
    this.#fit = fit;
    for (const contract of side.contracts) {
      for (const plan of contract.plans) this.#name(plan.orgs, contract, plan.sku, products);
    }
    const byId = new Map(side.contracts.map((contract) => [contract.id, contract]));
    this.#details = group(side.details, ({ contractId }) => contractId);
    for (const detail of side.details) {
      const contract = byId.get(detail.contractId);
      if (contract === undefined) continue;
      for (const charge of detail.charges) this.#name(charge.orgs, contract, charge.sku, products);
      for (const wallet of detail.wallets) this.#name(wallet.orgs, contract, wallet.sku, products);
    }
    for (const line of side.lines) {
      const contract = line.charge === null ? undefined : byId.get(line.charge.contractId);
      if (contract !== undefined) this.#name(line.orgs, contract, line.product, products);
    }
    this.#billing = group(
      side.lines.filter(
        (line) => line.origin !== 'plan' && isNonzero(line) && products.bySku(line.product) !== undefined,
      ),
      ({ charge }) => charge?.contractId ?? '',
    );
    for (const { subject, message } of side.failures) {
      if (subject.kind === 'period') this.#periodFailures.set(`${subject.contractId}/${subject.periodId}`, message);
    }
    const claimed = new Set([...this.#named.values()].flatMap((contracts) => [...contracts.keys()]));
    this.#unnamed = side.contracts.filter((contract) => mayNameAnyone(contract) && !claimed.has(contract.id));
    const unread = unreadContracts(side, byId);
    this.#unread = group(
      unread.flatMap(({ contract, reason }) =>
        contract === null ? [] : [...namedIn(contract)].map((id) => ({ id, contract, reason })),
      ),
      ({ id }) => id,
    );
    const lost = unread.find(({ contract }) => contract === null || mayNameAnyone(contract));
    this.incomplete = incompleteListing(side) ?? lost?.reason ?? openPeriod(side, byId);
  }

  #name(orgs: readonly { readonly id: string }[], contract: Contract, sku: string | null, products: Products): void {
    const mapped = sku !== null && products.bySku(sku) !== undefined;
    for (const { id } of orgs) {
      let contracts = this.#named.get(id);
      if (contracts === undefined) {
        contracts = new Map();
        this.#named.set(id, contracts);
      }
      const before = contracts.get(contract.id);
      if (before === undefined) contracts.set(contract.id, { contract, mapped });
      else before.mapped ||= mapped;
    }
  }

  /** Organisations that any contract, plan or charge names. */
  get orgs(): Iterable<string> {
    return new Set([...this.#named.keys(), ...this.#unread.keys()]);
  }

  #naming(orgId: string): readonly Named[] {
    return [...(this.#named.get(orgId)?.values() ?? [])];
  }

  isNamed(orgId: string): boolean {
    return this.#named.has(orgId) || this.#unread.has(orgId);
  }

  /** Contracts that name the organisation for a product of the scenario; failing those, any that name it. */
  contractsOf(orgId: string): readonly Contract[] {
    const all = this.#naming(orgId);
    const mapped = all.filter((each) => each.mapped);
    return (mapped.length > 0 ? mapped : all).map((each) => each.contract).sort((a, b) => ascending(a.id, b.id));
  }

  /** Whether a line may be the organisation's: it names it, or names nobody and its contract names it, or names nobody either. */
  mayConcern({ orgs, charge }: Line, orgId: string): boolean {
    if (orgs.length > 0) return orgs.some(({ id }) => id === orgId);
    const named = this.#naming(orgId).some(({ contract }) => contract.id === charge?.contractId);
    return named || this.#unnamed.some(({ id }) => id === charge?.contractId);
  }

  /** Whether a contract that was read names it for a product of the scenario. */
  isMapped(orgId: string): boolean {
    return this.#naming(orgId).some((each) => each.mapped);
  }

  /** Contract periods, read with their charges, that stand for (a piece of) the legacy period. */
  pieces(contract: Contract, period: Span): readonly (BillingPeriod & { readonly source: ContractPeriod })[] {
    return (this.#details.get(contract.id) ?? []).flatMap((detail) => {
      const span = usablePeriod(detail.period);
      return span !== null && this.#fit.belongs(span, period) ? [{ ...span, source: detail.period }] : [];
    });
  }

  /** Whether the contract bills the organisation anything for a product of the scenario in the period. */
  bills({ id }: Contract, orgId: string, period: Span): boolean {
    return (this.#billing.get(id) ?? []).some(
      (line) => line.orgs.some((org) => org.id === orgId) && this.#fit.belongs(line.period, period),
    );
  }

  /** Every piece of the period, over all contracts that name the organisation. */
  piecesOf(orgId: string, period: Span): readonly BillingPeriod[] {
    return this.#naming(orgId).flatMap(({ contract }) => this.pieces(contract, period));
  }

  /** Why what the contract side charges the organisation in the period is not fully known; null if it is. */
  unreadPart(orgId: string, period: Span | null): string | null {
    for (const { contract, reason } of this.#unread.get(orgId) ?? []) {
      if (period === null || mayRun(contract, period)) return reason;
    }
    const reasons = this.#naming(orgId)
      .map(({ contract }) => this.#unreadPeriod(contract, period))
      .filter((reason) => reason !== null);
    return reasons.sort()[0] ?? null;
  }

  #unreadPeriod(contract: Contract, period: Span | null): string | null {
    const key = `${contract.id}/${period?.start}/${period?.end}`;
    const cached = this.#blocks.get(key);
    if (cached !== undefined) return cached;
    const read = new Set<string>();
    let reason: string | null = null;
    for (const detail of this.#details.get(contract.id) ?? []) {
      read.add(detail.period.id);
      if (usablePeriod(detail.period) === null)
        reason ??= `the dates of period ${detail.period.id} of contract ${contract.id} cannot be read`;
    }
    for (const each of contract.periods) {
      if (read.has(each.id)) continue;
      const span = usablePeriod(each);
      const failure = this.#periodFailures.get(`${contract.id}/${each.id}`);
      const concerned = span === null || period === null ? failure !== undefined : this.#fit.belongs(span, period);
      if (!concerned) continue;
      const why = failure ?? 'it was not asked for';
      reason ??= periodReason(each.id, contract.id, why);
    }
    this.#blocks.set(key, reason);
    return reason;
  }

  /** Why contracts of the organisation may be missing from a chain of them; null if it is whole. */
  gapBeside(orgId: string, chain: readonly Contract[]): string | null {
    const [unread] = this.#unread.get(orgId) ?? [];
    if (unread !== undefined) return unread.reason;
    const unnamed = this.#unnamed.find((contract) => chain.some((link) => this.#adjoins(contract, link)));
    if (unnamed === undefined) return this.incomplete;
    return `contract ${unnamed.id} may belong to the same chain: nothing that was read says whom it concerns`;
  }

  /** One begins on the day after the other ends. */
  #adjoins({ term: a }: Contract, { term: b }: Contract): boolean {
    const follows = (end: IsoDate | null, start: IsoDate | null): boolean =>
      end !== null && this.#fit.after(end) === start;
    return (
      follows(knownValue(a.contractEnd), knownValue(b.contractStart)) ||
      follows(knownValue(b.contractEnd), knownValue(a.contractStart))
    );
  }

  /** Whether any contract of the organisation runs in the period by its dates. Dates that are not stated rule nothing out. */
  runsIn(orgId: string, period: Span): boolean {
    const all = [...this.#naming(orgId), ...(this.#unread.get(orgId) ?? [])];
    return all.some(({ contract }) => mayRun(contract, period));
  }

  /** The last day on which any contract of the organisation ran; null if none says. */
  lastDay(orgId: string): string | null {
    return max(this.#naming(orgId), ({ contract }) => knownValue(contract.term.contractEnd)) ?? null;
  }

  /** Where the contract side first names the organisation. */
  evidence(orgId: string): Evidence | null {
    const unread = (this.#unread.get(orgId) ?? []).map(({ contract }) => contract);
    const [first] = [...this.contractsOf(orgId), ...unread];
    return first?.at ?? null;
  }
}

/** Overlap by the contract's own dates. */
export function mayRun(contract: Contract, period: Span): boolean {
  const start = knownValue(contract.term.contractStart);
  const end = knownValue(contract.term.contractEnd);
  return (start === null || start <= period.end) && (end === null || end >= period.start);
}

/** The contract's billing periods whose dates can be read. */
export const periodsOf = (contract: Contract): readonly BillingPeriod[] =>
  contract.periods.flatMap((period) => usablePeriod(period) ?? []);

/** A line that bills or promises anything, or may: a quantity that cannot be read is not taken for zero. */
export const isNonzero = (line: Line): boolean =>
  [line.committed, line.included, line.actual, line.overageQuantity, line.overageCharge].some(
    (figure) => figure.state === 'unreadable' || (figure.state === 'known' && !isZero(figure.value)),
  );

/** Taken from its entry in the listing, for want of an answer by id. */
export const isAsListed = ({ at }: Pick<Contract, 'at'>): boolean => at.pointer.startsWith('/entities/');
