/** The query filters of the contract API's listings. */
import { parseDate } from '../../domain/billing-period.ts';
import type { Contract, Invoice } from '../contract-book/book.ts';
import { badRequest } from '../errors.ts';

export interface ContractFilters {
  readonly status?: string;
  readonly dateStart?: string;
  readonly dateEnd?: string;
  readonly externalNumber?: string;
}

export interface InvoiceFilters {
  readonly dateStart?: string;
  readonly dateEnd?: string;
  readonly paymentStatus?: string;
}

/** @throws ApiError 400 for a date that is none. */
function dateOf(name: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || parseDate(text) === null) {
    throw badRequest(`${name} must be a date as yyyy-MM-dd.`, { [name]: text });
  }
  return text;
}

/** Contracts that run on at least one day between the dates (assumed: the vendor does not say what the dates select). */
export function selectContracts(contracts: readonly Contract[], query: ContractFilters): readonly Contract[] {
  const { status, externalNumber } = query;
  if (status !== undefined && status !== 'Active' && status !== 'Inactive') {
    throw badRequest('status must be Active or Inactive.', { status });
  }
  const from = dateOf('dateStart', query.dateStart);
  const to = dateOf('dateEnd', query.dateEnd);
  if (status === undefined && externalNumber === undefined && from === null && to === null) return contracts;
  return contracts.filter(
    (contract) =>
      (status === undefined || contract.status === status) &&
      (externalNumber === undefined || contract.externalNumber === externalNumber) &&
      (from === null || contract.end === null || contract.end >= from) &&
      (to === null || contract.start <= to),
  );
}

/** The query says `UnPaid` where the model says `Unpaid`; both are taken. Dates select by the date invoiced. */
export function selectInvoices(invoices: readonly Invoice[], query: InvoiceFilters): readonly Invoice[] {
  const status = query.paymentStatus?.toLowerCase();
  if (status !== undefined && status !== 'paid' && status !== 'unpaid') {
    throw badRequest('paymentStatus must be Paid or UnPaid.', { paymentStatus: query.paymentStatus ?? '' });
  }
  const from = dateOf('dateStart', query.dateStart);
  const to = dateOf('dateEnd', query.dateEnd);
  return invoices.filter(
    (invoice) =>
      (status === undefined || invoice.paid === (status === 'paid')) &&
      (from === null || invoice.date >= from) &&
      (to === null || invoice.date <= to),
  );
}
