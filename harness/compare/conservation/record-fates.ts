/** Says of one record what became of it, from the cells and the places that they name. */
import { overlapOf } from '../../domain/billing-period.ts';
import type { Evidence } from '../../domain/figure.ts';
import type { Cell } from '../../domain/finding.ts';
import type { Line } from '../../domain/line.ts';
import type { OutOfScopeReason, ReceivedRecord } from '../../domain/record.ts';
import { orgId, productKey } from '../../domain/side.ts';
import { type Examination, examinationOf } from '../rules/invariant-scope.ts';
import { placementsOf } from '../rules/invoice-places.ts';
import type { Sides } from '../rules/rule.ts';
import { bothSources, rowsOf } from '../rules/source-rows.ts';

/** Null: the record is in no account, which is a bug. */
export type Fate = 'compared' | 'not-comparable' | OutOfScopeReason | null;

const placeOf = ({ exchange, pointer }: Evidence): string => `${exchange}#${pointer}`;

/** The object that a field stands in. */
const ownerOf = ({ exchange, pointer }: Evidence): string =>
  `${exchange}#${pointer.slice(0, pointer.lastIndexOf('/'))}`;

export class RecordFates {
  readonly #sides: Sides;
  readonly #examination: Examination;
  /** What cells say of a place: of the lines of pairs, and of what one-sided rules look at. */
  readonly #places = new Map<string, 'compared' | 'not-comparable'>();
  /** The same by organisation and product, for records that stand behind a line. */
  readonly #products = new Map<string, 'compared' | 'not-comparable'>();
  /** The same by what one-sided cells are about. */
  readonly #subjects = new Map<string, 'compared' | 'not-comparable'>();
  readonly #outside = new Map<string, OutOfScopeReason>();
  /** Lower-case ids of invoices that are dated before what is compared. */
  readonly #notAsked: ReadonlySet<string>;

  constructor(sides: Sides, cells: readonly Cell[]) {
    this.#sides = sides;
    this.#examination = examinationOf(sides);
    this.#notAsked = new Set(sides.contract.invoices.flatMap(({ id, asked }) => (asked ? [] : [id.toLowerCase()])));
    const pairs = fatesByPair(cells);
    this.#enterPairs(pairs);
    this.#enterMissing(cells);
    this.#enterSubjects(cells);
    this.#enterInvoiceLines();
    this.#enterCharges();
    this.#enterWallets();
    this.#enterSecondSource();
    this.#enterNamelessRows();
  }

  fateOf(record: ReceivedRecord): Fate {
    if (record.mark === 'repeated') return 'repeated';
    const named = record.places.map((place) => this.#places.get(placeOf(place))).find((fate) => fate !== undefined);
    if (record.kind === 'usage-row') return this.#usageRow(record, named);
    if (record.kind === 'charge' || record.kind === 'wallet') return this.#billed(record, named);
    if (record.kind === 'plan-item') return this.#planItem(record);
    if (record.kind === 'listing-member') return this.#member(record);
    if (record.kind === 'region-count') return this.#regionCount(record);
    if (record.kind === 'contract') return this.#contract(record);
    if (record.kind === 'billing-period') return this.#period(record);
    if (record.kind === 'invoice') return this.#invoice(record);
    return this.#invoiceLine(record, named);
  }

  /** A usage row of the billing period before. */
  fateOfEarlier(record: ReceivedRecord): Fate {
    if (!this.#isListed(record)) return 'organisation-not-listed';
    const isMapped = record.product === null || this.#productOf('legacy', record.product) !== null;
    return isMapped ? 'other-period' : this.#unmapped(record);
  }

  #enter(book: Map<string, 'compared' | 'not-comparable'>, key: string, fate: 'compared' | 'not-comparable'): void {
    if (fate === 'compared' || !book.has(key)) book.set(key, fate);
  }

  #enterPairs(fates: ReadonlyMap<string, 'compared' | 'not-comparable'>): void {
    for (const { key, orgs, product, legacyLines, contractLines } of this.#sides.alignment?.pairs ?? []) {
      const fate = fates.get(key);
      if (fate === undefined) continue;
      for (const { id } of orgs) this.#enter(this.#products, `${id}|${product.key}`, fate);
      for (const line of [...legacyLines, ...contractLines]) this.#enterLine(line, fate);
    }
  }

  /** A legacy line is made of its own row and of the row of its allowance. */
  #enterLine({ at, included }: Line, fate: 'compared' | 'not-comparable'): void {
    this.#enter(this.#places, placeOf(at), fate);
    if (included.state !== 'absent') this.#enter(this.#places, ownerOf(included.at), fate);
    else this.#enter(this.#places, placeOf(included.at), fate);
  }

  /** Organisations that one side lacks are compared as a whole. */
  #enterMissing(cells: readonly Cell[]): void {
    const named = new Map(
      cells.filter(({ rule }) => rule.startsWith('org-missing')).map(({ pair, status }) => [pair, status] as const),
    );
    for (const { key, org, lines } of this.#sides.alignment?.orgs ?? []) {
      const status = named.get(key);
      if (status === undefined) continue;
      const fate = status === 'not-comparable' ? 'not-comparable' : 'compared';
      for (const line of lines) {
        this.#enterLine(line, fate);
        const product = this.#productOf(line.side, line.product);
        if (product !== null) this.#enter(this.#products, `${org.id}|${product}`, fate);
      }
    }
  }

  #enterSubjects(cells: readonly Cell[]): void {
    for (const { rule, scope, status } of cells) {
      const fate = status === 'not-comparable' ? 'not-comparable' : 'compared';
      if (scope.side !== null) this.#enter(this.#subjects, `${rule} ${scope.subject}`, fate);
      if (rule === 'region-count') this.#enter(this.#subjects, `region ${scope.region} ${scope.appId}`, fate);
    }
  }

  #enterInvoiceLines(): void {
    const { places, oneTime, strays, outside } = placementsOf(this.#examination);
    for (const { lines, longer } of places) {
      for (const { line } of [...lines, ...longer]) this.#enter(this.#places, placeOf(line.at), 'compared');
    }
    for (const { line } of oneTime) this.#enter(this.#places, placeOf(line.at), 'compared');
    for (const { line } of strays) this.#enter(this.#places, placeOf(line.at), 'not-comparable');
    for (const { line, reason } of outside) this.#outside.set(placeOf(line.at), reason);
  }

  /** Without a legacy side charges and wallets are compared by the rules of their own side; so is what names no product. */
  #enterCharges(): void {
    for (const { charges, wallets } of this.#sides.contract.details) {
      for (const { at, orgs, sku } of [...charges, ...wallets]) {
        if (!this.#examination.concerns(orgs) || !this.#examination.covers(sku)) continue;
        if (this.#sides.legacy === null) this.#enter(this.#places, placeOf(at), 'compared');
        else if (sku === null) this.#enter(this.#places, placeOf(at), 'not-comparable');
      }
    }
  }

  /** A wallet beside a charge is compared with it. */
  #enterWallets(): void {
    for (const { wallets } of this.#sides.contract.details) {
      for (const { at, id, sku } of wallets) {
        // The same wallet of another period may name another product.
        const isCovered = sku !== null && this.#examination.covers(sku);
        const fate = isCovered ? this.#subjects.get(`wallet-charge-agreement ${id}`) : undefined;
        if (fate !== undefined) this.#enter(this.#places, placeOf(at), fate);
      }
    }
  }

  /** Rows of the API that only fills in are compared with the other's. */
  #enterSecondSource(): void {
    for (const both of bothSources(this.#examination)) {
      const fate = both.partner === null ? 'not-comparable' : 'compared';
      for (const { usage, partner } of rowsOf(both, this.#examination)) {
        if (usage.length === 0) continue;
        for (const line of partner) this.#enterLine(line, fate);
      }
    }
  }

  /** A row that names no product, with the row of its allowance, which may name one. */
  #enterNamelessRows(): void {
    for (const { lines } of this.#sides.legacy?.subscriptions ?? []) {
      for (const line of lines) if (productKey(line.product) === '') this.#enterLine(line, 'not-comparable');
    }
  }

  #productOf(side: 'legacy' | 'contract', name: string | null): string | null {
    if (name === null) return null;
    const { products } = this.#examination;
    return (side === 'legacy' ? products.byPartNumber(name) : products.bySku(name))?.key ?? null;
  }

  #isListed({ orgs }: ReceivedRecord): boolean {
    return this.#examination.concerns(orgs);
  }

  #usageRow(record: ReceivedRecord, named: 'compared' | 'not-comparable' | undefined): Fate {
    if (!this.#isListed(record)) return 'organisation-not-listed';
    const product = this.#productOf('legacy', record.product);
    if (record.product === null) return named ?? 'not-comparable';
    if (product === null) return this.#unmapped(record);
    if (record.mark === 'breakdown-row') {
      return record.orgs.some(({ id }) => this.#products.get(`${id}|${product}`) === 'not-comparable')
        ? 'not-comparable'
        : 'breakdown-row';
    }
    if (named !== undefined) return named;
    const [org] = record.orgs;
    const legacy = org === undefined ? undefined : this.#sides.alignment?.scope.orgs.get(orgId(org.id));
    if (legacy === undefined) return this.#sides.alignment == null ? 'compared' : null;
    if (legacy.legacy.state !== 'present') return 'not-comparable';
    const { period } = legacy.legacy.subscription;
    if (record.period !== null && (record.period.start !== period.start || record.period.end !== period.end)) {
      return 'other-period';
    }
    const isGone = legacy.presence.legacy.state !== 'present' && legacy.presence.contract.state !== 'present';
    return isGone ? 'not-in-force' : null;
  }

  #unmapped({ appIds }: ReceivedRecord): OutOfScopeReason {
    const apps = new Set(this.#sides.policy.products.map(({ appId }) => appId));
    return appIds.length > 0 && !appIds.some((appId) => apps.has(appId)) ? 'app-not-mapped' : 'product-not-mapped';
  }

  #billed(record: ReceivedRecord, named: 'compared' | 'not-comparable' | undefined): Fate {
    if (named !== undefined) return named;
    if (!this.#isListed(record)) return 'organisation-not-listed';
    if (record.product !== null && this.#productOf('contract', record.product) === null) return 'product-not-mapped';
    if (record.product === null || record.orgs.length === 0) return 'not-comparable';
    return this.#apartFromPairs(record);
  }

  /** A record of a mapped product that no pair holds: of another period, or of a contract that is not in force. */
  #apartFromPairs({ orgs, period }: ReceivedRecord): Fate {
    const { alignment = null } = this.#sides;
    if (alignment === null) return 'compared';
    const scoped = orgs.flatMap(({ id }) => alignment.scope.orgs.get(orgId(id)) ?? []);
    if (scoped.length === 0) return 'not-in-force';
    const periods = scoped.flatMap(({ legacy }) => (legacy.state === 'present' ? [legacy.subscription.period] : []));
    if (period === null) return 'not-comparable';
    const belongs = periods.some((one) => alignment.readings.fit.belongs(period, one));
    if (periods.length > 0) return belongs ? null : 'other-period';
    return scoped.some(({ wantedLines }) => wantedLines.some((line) => overlapOf(line.period, period) > 0))
      ? null
      : 'other-period';
  }

  #planItem(record: ReceivedRecord): Fate {
    if (record.mark !== null) return record.mark;
    if (!this.#isListed(record)) return 'organisation-not-listed';
    const product = this.#productOf('contract', record.product);
    if (this.#sides.alignment == null) return 'compared';
    if (record.product !== null && product === null) return 'product-not-mapped';
    if (record.product === null) return 'not-comparable';
    const orgs = record.orgs.length > 0 ? record.orgs : this.#orgsOfContract(record.contractId);
    const fates = orgs.map(({ id }) => this.#products.get(`${id}|${product}`));
    const isRead = this.#sides.contract.contracts.some(({ id }) => id === record.contractId);
    if (!isRead) return 'not-comparable';
    if (!this.#isItemInForce(record)) return 'not-in-force';
    return (
      fates.find((fate) => fate === 'compared') ??
      fates.find((fate) => fate !== undefined) ??
      this.#apartFromPairs({ ...record, orgs })
    );
  }

  #orgsOfContract(contractId: string | null): ReceivedRecord['orgs'] {
    return contractId === null ? [] : (this.#examination.contracts.get(contractId)?.orgs ?? []);
  }

  /** On some day of a billing period that is compared for one of its organisations. */
  #isItemInForce({ period, orgs, contractId }: ReceivedRecord): boolean {
    const scope = this.#sides.alignment?.scope;
    if (period === null || scope === undefined) return true;
    const own = orgs.length > 0 ? orgs : this.#orgsOfContract(contractId);
    return own.some(({ id }) => {
      const scoped = scope.orgs.get(orgId(id));
      if (scoped === undefined) return false;
      if (scoped.legacy.state === 'present') return overlapOf(period, scoped.legacy.subscription.period) > 0;
      return scoped.wantedLines.some((line) => overlapOf(period, line.period) > 0);
    });
  }

  #member(record: ReceivedRecord): Fate {
    if (record.orgs.length === 0) return 'not-comparable';
    const { orgs } = this.#sides.policy;
    const isListed = orgs === null || record.orgs.some(({ id }) => orgs.some((one) => orgId(one.id) === orgId(id)));
    return isListed ? 'compared' : 'organisation-not-listed';
  }

  #regionCount({ appIds, region }: ReceivedRecord): Fate {
    const apps = new Set(this.#sides.policy.products.map(({ appId }) => appId));
    const [appId] = appIds;
    if (appId === undefined || !apps.has(appId)) return 'app-not-mapped';
    return this.#subjects.get(`region ${region} ${appId}`) ?? 'region-not-asked';
  }

  #contract(record: ReceivedRecord): Fate {
    const named = this.#subjects.get(`listing-detail-agreement ${record.contractId}`);
    if (named !== undefined) return named;
    const view = record.contractId === null ? undefined : this.#examination.contracts.get(record.contractId);
    if (view === undefined) return 'not-comparable';
    if (view.examined) return 'compared';
    return this.#examination.concerns(view.orgs) ? 'product-not-mapped' : 'organisation-not-listed';
  }

  #period(record: ReceivedRecord): Fate {
    const view = record.contractId === null ? undefined : this.#examination.contracts.get(record.contractId);
    const isIt = (contractId: string, periodId: string): boolean =>
      contractId === record.contractId && record.key.endsWith(` ${periodId.toLowerCase()}`);
    const isRead = this.#sides.contract.details.some(({ contractId, period }) => isIt(contractId, period.id));
    const isLost = this.#sides.contract.failures.some(
      ({ subject }) => subject.kind === 'period' && isIt(subject.contractId, subject.periodId),
    );
    if (isLost) return 'not-comparable';
    if (view !== undefined && !view.examined) {
      return this.#examination.concerns(view.orgs) ? 'product-not-mapped' : 'organisation-not-listed';
    }
    if (isRead) return 'compared';
    // It stands for a compared period, and nobody asked for it.
    return this.#apartFromPairs({ ...record, orgs: view?.orgs ?? record.orgs }) === null
      ? 'not-comparable'
      : 'other-period';
  }

  #invoice(record: ReceivedRecord): Fate {
    const id = record.key.slice(record.key.indexOf(' ') + 1);
    const named = this.#subjects.get(`invoice-total ${id}`);
    if (named !== undefined) return named;
    if (this.#notAsked.has(id)) return 'other-period';
    return record.orgs.length > 0 && !this.#isListed(record) ? 'organisation-not-listed' : 'product-not-mapped';
  }

  #invoiceLine(record: ReceivedRecord, named: 'compared' | 'not-comparable' | undefined): Fate {
    if (named !== undefined) return named;
    return (
      record.places.map((place) => this.#outside.get(placeOf(place))).find((reason) => reason !== undefined) ?? null
    );
  }
}

/** Compared as soon as one cell of the pair is. */
function fatesByPair(cells: readonly Cell[]): ReadonlyMap<string, 'compared' | 'not-comparable'> {
  const found = new Map<string, 'compared' | 'not-comparable'>();
  for (const { pair, status } of cells) {
    if (status !== 'not-comparable') found.set(pair, 'compared');
    else if (!found.has(pair)) found.set(pair, 'not-comparable');
  }
  return found;
}
