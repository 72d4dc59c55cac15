/** A capture out of bodies that were sent as files: what belongs together is found by ids, and what is not there is told. */
import type { PagingNote, ProbeNote } from '../../../domain/capture.ts';
import type { Exchange, Transport } from '../../../domain/exchange.ts';
import type { Cursor } from '../../cursor.ts';
import { parseBody, readDocument } from '../../document.ts';
import type { CapturedContract, ContractCapture, PeriodCapture } from '../capture.ts';
import { faultOfErrorBody } from '../probes/errors.ts';
import { at, CONTRACTS, INVOICES } from '../probes/probe.ts';
import { contractSchema } from '../schema.ts';
import { invoicesOf } from './invoices.ts';
import type { NamedDocument } from './named-document.ts';
import { type BodyKind, recognise } from './recognise.ts';

export interface FileCapture {
  readonly contracts: ContractCapture;
  readonly periods: PeriodCapture;
  /** What was not among the files, so that nothing is said of it. */
  readonly notes: readonly string[];
}

/** @param names of the files, in a fixed order; `transport` answers `/name` with the body */
export async function captureFiles(names: readonly string[], transport: Transport): Promise<FileCapture> {
  const exchanges = await Promise.all(
    names.map((name) => transport.send({ source: 'contract-api', path: pathOf(name), subject: name, expect: 'any' })),
  );
  const sorted = new Sorted();
  for (const exchange of exchanges) sorted.take(exchange.subject, exchange);
  return sorted.capture(exchanges[0] ?? null);
}

/** As in an address; segments of a path keep their slashes. */
export const pathOf = (name: string): string => `/${name.split('/').map(encodeURIComponent).join('/')}`;

class Sorted {
  readonly #byKind = new Map<BodyKind, NamedDocument[]>();
  readonly #notes: ProbeNote[] = [];

  take(name: string, exchange: Exchange): void {
    const { outcome } = exchange;
    const read = outcome.kind === 'answer' ? parseBody(outcome.body) : { fault: outcome.message };
    if ('fault' in read) {
      this.#say(name, exchange, null, `${name} holds ${read.fault}`);
      return;
    }
    const kind = recognise(read.exact, name);
    if (kind === null) {
      this.#say(
        name,
        exchange,
        null,
        `${name} is no answer of the Contract & Billing API that can be told by its fields`,
      );
    } else if (kind === 'ErrorBody') {
      const fault = faultOfErrorBody(read.plain);
      this.#say(name, exchange, fault === null, `${name}: ${fault ?? 'an ErrorBody'}`);
    } else this.#keep(name, kind, exchange);
  }

  #keep(name: string, kind: BodyKind, exchange: Exchange): void {
    // A file was not asked for: what it names is what it is.
    const read = readDocument(exchange, contractSchema, { type: kind, subject: { kind: 'contracts' } });
    if (read.kind === 'failure')
      this.#say(name, exchange, null, `${name}: ${read.failure.parts?.reason ?? read.failure.message}`);
    if (read.kind !== 'document') return;
    this.#byKind.set(kind, [...this.#of(kind), { name, document: read.document }]);
  }

  #say(name: string, exchange: Exchange, holds: boolean | null, message: string): void {
    this.#notes.push({ rule: 'schema-violation', subject: `file ${name}`, holds, message, at: at(exchange) });
  }

  #of(kind: BodyKind): readonly NamedDocument[] {
    return this.#byKind.get(kind) ?? [];
  }

  capture(first: Exchange | null): FileCapture {
    const listings = this.#of('BillingContractListing');
    const contracts = contractsOf(listings, this.#of('BillingContract'));
    const periods = periodsOf(this.#of('BillingContractPeriodDetail'), contracts);
    const invoiceFiles = [...this.#of('BillingInvoiceListing'), ...this.#of('BillingInvoice')];
    const invoices = invoicesOf(invoiceFiles, this.#of('BillingInvoiceItemListing'));
    const paging = [pagingOf(CONTRACTS, listings), pagingOf(INVOICES, this.#of('BillingInvoiceListing'))].filter(
      (note) => note !== null,
    );
    const details = new Set(periods.details.map(({ document }) => document));
    return {
      contracts: {
        listed: entitiesOf(listings),
        contracts,
        invoices: invoices.invoices,
        invoicesAsked: invoices.invoices.length > 0 || this.#of('BillingInvoiceListing').length > 0 ? 'all' : 'none',
        pages: { contracts: pagesOf(listings), invoices: pagesOf(invoiceFiles), strayLines: invoices.strayLines },
        paging,
        failures: [],
        documents: [...this.#byKind.values()]
          .flat()
          .flatMap(({ document }) => (details.has(document) ? [] : [document])),
        first,
        probes: { notes: [...this.#notes, ...invoices.strays], contractsPageMaximum: null },
      },
      periods,
      notes: [
        ...missingNotes(contracts, periods, invoices.invoices.length, invoices.withoutLines),
        ...leadingOn(listings),
      ],
    };
  }
}

/** Entries of each listing; a body of one thing alone is its own entry. */
const pagesOf = (files: readonly NamedDocument[]): Cursor[][] =>
  files.map(({ document: { root } }) => (root.field('entities').isList ? root.field('entities').items() : [root]));

const entitiesOf = (listings: readonly NamedDocument[]): Cursor[] =>
  listings.flatMap(({ document }) => document.root.field('entities').items());

/** By id where there is such a body, else as the listing has it. */
function contractsOf(listings: readonly NamedDocument[], single: readonly NamedDocument[]): CapturedContract[] {
  const byId = new Map<string, CapturedContract>();
  for (const { name, document } of single) {
    const contractId = document.root.field('id').string() ?? name;
    byId.set(contractId, { contractId, document });
  }
  for (const { document } of listings) {
    for (const entity of document.root.field('entities').items()) {
      const contractId = entity.field('id').string();
      if (contractId === null || byId.has(contractId)) continue;
      byId.set(contractId, { contractId, document: { ...document, root: entity, schema: [] } });
    }
  }
  return [...byId.values()];
}

function pagingOf(listing: string, pages: readonly NamedDocument[]): PagingNote | null {
  const [first] = pages;
  if (first === undefined) return null;
  const ids = entitiesOf(pages).flatMap((entity) => entity.field('id').string() ?? []);
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  return {
    source: 'contract-api',
    listing,
    pages: pages.length,
    entities: new Set(ids).size,
    fault: twice === undefined ? null : 'repeated-entity',
    message: twice === undefined ? null : `${twice} is listed more than once`,
    at: first.document.root.at,
  };
}

function leadingOn(listings: readonly NamedDocument[]): string[] {
  const open = listings.filter(({ document }) => document.root.field('nextUri').isThere);
  return listings.length > 0 && open.length === listings.length
    ? [
        'the listing of contracts leads on (nextUri) to a page that is not among the files: it is not looked at as a whole',
      ]
    : [];
}

function missingNotes(
  contracts: readonly CapturedContract[],
  { details }: PeriodCapture,
  invoices: number,
  withoutLines: number,
): string[] {
  const detailed = new Set(details.map(({ contractId }) => contractId));
  const bare = contracts.filter(({ contractId }) => !detailed.has(contractId)).length;
  return [
    ...(bare > 0
      ? [
          `no billing period of ${bare} of ${contracts.length} contracts is among the files: nothing is said of their charges`,
        ]
      : []),
    ...(withoutLines > 0
      ? [
          `no lines of ${withoutLines} of ${invoices + withoutLines} invoices are among the files: nothing is said of their sums`,
        ]
      : []),
  ];
}

/** By the period's id in a contract, by the contract's id in the name of the file, or because there is one contract alone. */
function periodsOf(files: readonly NamedDocument[], contracts: readonly CapturedContract[]): PeriodCapture {
  const owners = new Map(
    contracts.flatMap(({ contractId, document }) =>
      document.root
        .field('billingPeriods')
        .items()
        .flatMap((period) => {
          const id = period.field('id').string();
          return id === null ? [] : [[id, contractId] as const];
        }),
    ),
  );
  const details = files.map(({ name, document }) => {
    const periodId = document.root.field('id').string() ?? name;
    const named = contracts.find(({ contractId }) => name.includes(contractId))?.contractId;
    const only = contracts.length === 1 ? contracts[0]?.contractId : undefined;
    return { contractId: owners.get(periodId) ?? named ?? only ?? `of ${name}`, periodId, document };
  });
  return { details, failures: [] };
}
