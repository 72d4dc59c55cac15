/** The Contract & Billing API: six endpoints over the ledger. */
import type { FastifyInstance } from 'fastify';
import type { ApiVersion } from '../../domain/api-version.ts';
import type { Listing } from '../../sources/contract-api/wire.ts';
import { sendJson } from '../answers.ts';
import type { Contract, Invoice } from '../contract-book/book.ts';
import type { Ledger } from '../contract-book/ledger.ts';
import type { Edits } from '../edit.ts';
import { notFound } from '../errors.ts';
import { body, type JsonObject } from '../json.ts';
import type { SandboxState } from '../state.ts';
import { invoicePdf } from './document.ts';
import { type ContractFilters, type InvoiceFilters, selectContracts, selectInvoices } from './filters.ts';
import { type ListingOptions, type Page, type PageQuery, pageOf } from './paging.ts';
import { asWrittenBy } from './releases.ts';

/** Most entities that a page may have. */
export interface PageMaximum {
  readonly contracts: number;
  readonly others: number;
}

export interface ContractApi {
  readonly state: SandboxState;
  readonly pageMaximum: PageMaximum;
  readonly version: ApiVersion;
  /** Where the sandbox itself is reached, known once it listens. */
  readonly origin: () => string;
}

const BASE = '/api/v2/billing/contracts';

export function serveContractApi(app: FastifyInstance, api: ContractApi): void {
  serveContracts(app, api);
  serveInvoices(app, api);
}

function serveContracts(app: FastifyInstance, api: ContractApi): void {
  const { state, pageMaximum, version } = api;
  app.get<{ Querystring: ContractFilters & PageQuery }>(BASE, async ({ query }, reply) => {
    const { ledger, bodies, edits } = state.books;
    const contracts = selectContracts(ledger.contracts, query);
    const page = pageOf(contracts, query, contractListing(edits, pageMaximum.contracts));
    const listed = page.entities.map((contract) => {
      const stated = edits.through(contract.account, contract, (edit, now) => edit.listed?.(now));
      return asWrittenBy(version, 'BillingContract', bodies.listed(stated));
    });
    const accounts = new Set(page.entities.map(({ account }) => account));
    const listing = listingBody(BASE, query, page, listed);
    return sendJson(reply, edits.answered(accounts, { endpoint: 'contracts' }, listing));
  });

  app.get<{ Params: { contractId: string } }>(`${BASE}/:contractId`, async ({ params }, reply) => {
    const { ledger, bodies, edits } = state.books;
    const contract = contractOf(ledger, params.contractId);
    const body = asWrittenBy(version, 'BillingContract', bodies.contract(contract));
    return sendJson(reply, edits.answered([contract.account], { endpoint: 'contract', contract }, body));
  });

  app.get<{ Params: { contractId: string; periodId: string } }>(
    `${BASE}/:contractId/billingperiods/:periodId`,
    async ({ params }, reply) => {
      const { ledger, bodies, edits } = state.books;
      const contract = contractOf(ledger, params.contractId);
      const period = contract.periods.find(({ id }) => id === params.periodId);
      if (period === undefined) throw notFound('billing period', params.periodId);
      const charges = ledger.charges(contract, period);
      const detail = bodies.detail(contract, period, charges, ledger.wallets(contract, period));
      const body = asWrittenBy(version, 'BillingContractPeriodDetail', detail);
      return sendJson(reply, edits.answered([contract.account], { endpoint: 'period', contract, period }, body));
    },
  );
}

function serveInvoices(app: FastifyInstance, { state, pageMaximum, version, origin }: ContractApi): void {
  const maximum = pageMaximum.others;
  app.get<{ Querystring: InvoiceFilters & PageQuery }>(`${BASE}/invoices`, async ({ query }, reply) => {
    const { ledger, bodies } = state.books;
    const page = pageOf(selectInvoices(ledger.invoices, query), query, { name: 'invoices', maximum });
    // The vendor's addresses are seen both with and without a leading slash.
    const path = `${BASE}/invoices`.slice(1);
    const listed = page.entities.map((invoice) => asWrittenBy(version, 'BillingInvoice', bodies.invoice(invoice)));
    return sendJson(reply, listingBody(path, query, page, listed));
  });

  app.get<{ Params: { invoiceId: string }; Querystring: PageQuery }>(
    `${BASE}/invoices/:invoiceId/lines`,
    async ({ params, query }, reply) => {
      const { ledger, bodies, edits } = state.books;
      const invoice = invoiceOf(ledger, params.invoiceId);
      const page = pageOf(invoice.lines, query, { name: `lines of ${invoice.id}`, maximum });
      const path = `${BASE}/invoices/${invoice.id}/lines`;
      const lines = page.entities.map((line) =>
        asWrittenBy(version, 'BillingInvoiceItem', bodies.invoiceLine(invoice, line)),
      );
      const listing = listingBody(path, query, page, lines);
      return sendJson(reply, edits.answered([invoice.contract.account], { endpoint: 'lines', invoice }, listing));
    },
  );

  app.get<{ Params: { invoiceId: string } }>(`${BASE}/invoices/:invoiceId/document`, async ({ params }, reply) => {
    const { ledger, bodies } = state.books;
    return sendJson(reply, bodies.document(invoiceOf(ledger, params.invoiceId), origin()));
  });
}

/** Where the addresses of documents lead: no token is needed there, the address itself is the secret. */
export function serveDocuments(app: FastifyInstance, state: SandboxState): void {
  app.get<{ Params: { file: string } }>('/sandbox/documents/:file', async ({ params }, reply) => {
    const invoice = invoiceOf(state.books.ledger, params.file.replace(/\.pdf$/, ''));
    return reply.header('content-type', 'application/pdf').send(invoicePdf(invoice));
  });
}

function contractListing(edits: Edits, maximum: number): ListingOptions<Contract> {
  const lost = new Set(edits.world.map(({ lostPage }) => lostPage));
  const repeated = new Set(edits.world.map(({ repeatedPage }) => repeatedPage));
  return {
    name: 'contracts',
    maximum,
    lost: ({ account }) => lost.has(account.index),
    repeated: ({ account }) => repeated.has(account.index),
  };
}

function contractOf(ledger: Ledger, id: string): Contract {
  const contract = ledger.contract(id);
  if (contract === null) throw notFound('contract', id);
  return contract;
}

function invoiceOf(ledger: Ledger, id: string): Invoice {
  const invoice = ledger.invoice(id);
  if (invoice === null) throw notFound('invoice', id);
  return invoice;
}

function listingBody(path: string, query: PageQuery, page: Page<unknown>, entities: readonly JsonObject[]): JsonObject {
  const filters = Object.entries(query).filter(([name]) => !['before', 'after', 'pageSize'].includes(name));
  const address = (...cursor: readonly (readonly [string, string])[]): string => {
    const asked = [...filters, ['pageSize', page.size] as const, ...cursor].map(([name, value]) => [
      name,
      String(value),
    ]);
    return `${path}?${new URLSearchParams(asked).toString()}`;
  };
  const here = [
    ...(query.before === undefined ? [] : [['before', query.before] as const]),
    ...(query.after === undefined ? [] : [['after', query.after] as const]),
  ];
  return body<Listing<object>>({
    entities,
    nextUri: page.next === null ? undefined : address(['after', page.next]),
    selfUri: address(...here),
    previousUri: page.previous === null ? undefined : address(['before', page.previous]),
  });
}
