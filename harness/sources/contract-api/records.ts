/** Every record in the contract API's bodies, straight from them: what a normaliser loses was still received. */
import type { ReceivedRecord } from '../../domain/record.ts';
import type { OrgRef } from '../../domain/side.ts';
import type { Cursor } from '../cursor.ts';
import { Copies, idOrSaying, periodFrom, RecordBook } from '../records.ts';
import type { ContractCapture, PeriodCapture } from './capture.ts';
import { isOneTime, readOrgs } from './contract.ts';
import { type EndDates, inclusiveEnd } from './end-dates.ts';
import { isSameProduct, type ProductName, readProduct, withSkuOf } from './product.ts';

export function contractRecords(capture: ContractCapture, periods: PeriodCapture, ends: EndDates): ReceivedRecord[] {
  const reader = new RecordReader(ends);
  for (const { contractId, document } of capture.contracts) reader.contract(contractId, document.root);
  for (const entity of capture.pages.contracts.flat()) reader.contract(entity.field('id').string(), entity);
  reader.readContracts();
  for (const { contractId, periodId, document } of periods.details) reader.detail(contractId, periodId, document.root);
  for (const page of capture.pages.invoices) reader.invoices(page);
  for (const { id, pages } of capture.invoices) for (const page of pages) reader.invoiceLines(id, page);
  for (const page of capture.pages.strayLines) reader.invoiceLines('of no invoice', page);
  return reader.records;
}

/** One plan as some body states it: what a charge that says less takes its product and organisations from. */
interface Owner {
  readonly product: ProductName;
  readonly orgs: readonly OrgRef[];
}

interface OwnContract {
  /** Null: the body names no id. */
  readonly id: string | null;
  readonly bodies: Cursor[];
}

class RecordReader {
  readonly #book = new RecordBook('contract-api');
  readonly #ends: EndDates;
  /** By id, or by what it says. */
  readonly #contracts = new Map<string, OwnContract>();
  readonly #ownersByContract = new Map<string, readonly Owner[]>();

  constructor(ends: EndDates) {
    this.#ends = ends;
  }

  get records(): ReceivedRecord[] {
    return this.#book.all;
  }

  contract(id: string | null, body: Cursor): void {
    const key = id?.toLowerCase() ?? idOrSaying(body);
    const known = this.#contracts.get(key);
    if (known === undefined) this.#contracts.set(key, { id, bodies: [body] });
    else known.bodies.push(body);
  }

  readContracts(): void {
    for (const [key, { id, bodies }] of this.#contracts) {
      const orgs = this.#orgsOf(key);
      for (const body of bodies) {
        this.#book.add({ kind: 'contract', key: `contract ${key}`, at: body.at, orgs, contractId: id });
        this.#planItems(key, id, body);
        this.#periods(key, id, body, orgs);
      }
    }
  }

  /** Once all bodies of contracts are known. */
  #owners(contract: string): readonly Owner[] {
    const before = this.#ownersByContract.get(contract);
    if (before !== undefined) return before;
    const bodies = this.#contracts.get(contract)?.bodies ?? [];
    const owners = bodies
      .flatMap((body) => body.field('plans').items())
      .map((plan) => ({
        product: readProduct(plan.field('product')),
        orgs: readOrgs(plan.field('organizations')),
      }));
    this.#ownersByContract.set(contract, owners);
    return owners;
  }

  #orgsOf = (contract: string): readonly OrgRef[] => together(this.#owners(contract));

  #planItems(key: string, contractId: string | null, body: Cursor): void {
    const plans = new Copies();
    for (const plan of body.field('plans').items()) {
      const named = readOrgs(plan.field('organizations'));
      const product = withSkuOf(readProduct(plan.field('product')), this.#owners(key));
      const id = plan.field('id').string()?.toLowerCase() ?? aboutOf(product, named);
      const planKey = plans.keyOf(id);
      const items = new Copies();
      for (const item of plan.field('items').items()) {
        const typeAndStart = ['type', 'dateEffectiveStart'].map((name) => item.field(name).string() ?? '').join(' ');
        const itemKey = items.keyOf(item.field('itemNumber').string() ?? typeAndStart);
        this.#book.add({
          kind: 'plan-item',
          key: `plan-item ${key} ${planKey} ${itemKey}`,
          at: item.at,
          orgs: named.length > 0 ? named : this.#orgsOf(key),
          product: product.sku,
          contractId,
          period: this.#daysOf(item),
          mark: isOneTime(item) ? 'one-time-item' : null,
        });
      }
    }
  }

  #periods(key: string, contractId: string | null, body: Cursor, orgs: readonly OrgRef[]): void {
    const copies = new Copies();
    for (const period of body.field('billingPeriods').items()) {
      const own = periodKey(key, idOrSaying(period));
      const copy = copies.count(own);
      this.#book.add({
        kind: 'billing-period',
        key: copy === 1 ? own : `${own} #${copy}`,
        at: period.at,
        orgs,
        contractId,
        period: this.#datesOf(period),
        mark: copy === 1 ? null : 'repeated',
      });
    }
  }

  #datesOf = (owner: Cursor): ReceivedRecord['period'] =>
    periodFrom(owner.field('dateStart').date(), inclusiveEnd(owner.field('dateEnd').date(), this.#ends.periods));

  /** Of a plan item that states both of its ends; null: one of them is open. */
  #daysOf = (item: Cursor): ReceivedRecord['period'] =>
    periodFrom(
      item.field('dateEffectiveStart').date(),
      inclusiveEnd(item.field('dateEffectiveEnd').date(), this.#ends.periods),
    );

  detail(contractId: string, periodId: string, root: Cursor): void {
    const key = contractId.toLowerCase();
    const owners = this.#owners(key);
    const listed = (this.#contracts.get(key)?.bodies ?? [])
      .flatMap((body) => body.field('billingPeriods').items())
      .find((period) => idOrSaying(period) === periodId.toLowerCase());
    const period = this.#datesOf(root) ?? (listed === undefined ? null : this.#datesOf(listed));
    const orgs = together(owners);
    const own = periodKey(key, periodId.toLowerCase());
    this.#book.add({ kind: 'billing-period', key: own, at: root.at, orgs, contractId, period });
    for (const kind of ['charge', 'wallet'] as const) {
      const copies = new Copies();
      for (const entry of root.field(`${kind}s`).items()) {
        const product = withSkuOf(readProduct(entry.field('product')), owners);
        const named = readOrgs(entry.field('organizations'));
        const id = entry.field('id').string()?.toLowerCase() ?? aboutOf(product, named);
        this.#book.add({
          kind,
          key: copies.keyOf(`${kind} ${key} ${periodId.toLowerCase()} ${id}`),
          at: entry.at,
          orgs: named.length > 0 ? named : ownersOf(product, owners),
          product: product.sku,
          contractId,
          period,
        });
      }
    }
  }

  /** Entries that come again on a later page are the same ones; equal ones of one page that lack an id are several. */
  invoices(page: readonly Cursor[]): void {
    const copies = new Copies();
    for (const entity of page) {
      const id = entity.field('id').string();
      const key = `invoice ${idOrSaying(entity)}`;
      this.#book.add({ kind: 'invoice', key: id === null ? copies.keyOf(key) : key, at: entity.at });
    }
  }

  invoiceLines(invoiceId: string, page: readonly Cursor[]): void {
    const copies = new Copies();
    for (const line of page) {
      const id = line.field('id').string();
      const key = `invoice-line ${invoiceId.toLowerCase()} ${idOrSaying(line)}`;
      const org = line.field('organization').org();
      this.#book.add({
        kind: 'invoice-line',
        key: id === null ? copies.keyOf(key) : key,
        at: line.at,
        orgs: org === null ? [] : [org],
        product: line.field('product').field('sku').string(),
        period: this.#datesOf(line),
      });
    }
  }
}

const periodKey = (contract: string, period: string): string => `billing-period ${contract} ${period}`;

const aboutOf = (product: ProductName, orgs: readonly OrgRef[]): string =>
  [(product.sku ?? product.id ?? product.name ?? '').toLowerCase(), ...orgs.map(({ id }) => id)].join(' ');

/** Each organisation once, sorted by id. */
function together(owners: readonly Owner[]): OrgRef[] {
  const orgs = new Map(owners.flatMap((owner) => owner.orgs.map((org) => [org.id, org] as const)));
  return [...orgs.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Those of the plans of the product; where there is no such plan, all that the contract names. */
function ownersOf(product: ProductName, owners: readonly Owner[]): OrgRef[] {
  const own = owners.filter((owner) => isSameProduct(owner.product, product));
  return together(own.length > 0 ? own : owners);
}
