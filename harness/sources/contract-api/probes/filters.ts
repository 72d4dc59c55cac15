/** Filters of the listings: what they select is what they should, and nothing of it is missing. */

import type { ProbeNote } from '../../../domain/capture.ts';
import { knownValue } from '../../../domain/figure.ts';
import type { Cursor } from '../../cursor.ts';
import { PageSizes } from '../page-size.ts';
import { walkListing } from '../paging.ts';
import { CONTRACTS, INVOICES, idsOf, type Probe, type ProbeInput, type WalkedListing } from './probe.ts';

/** A filter is seen at work on a few pages; only what is walked to its end can lack something. */
const PAGES = 3;

interface Filter {
  readonly path: string;
  readonly query: string;
  /** Whether an entry may be among the selected; null: any may. */
  readonly fits: ((entity: Cursor) => boolean) | null;
  /** Ids that must be among them. */
  readonly must: readonly string[];
  /** It may be answered with 400: the vendor documents another spelling, or does not say what it selects. */
  readonly mayBeRefused?: boolean;
}

export const probeFilters: Probe = async (input) => {
  const filters = [...contractFilters(byId(input.contracts)), ...invoiceFilters(byId(input.invoices))];
  const notes = await Promise.all(filters.map((filter) => probeFilter(input, filter)));
  return notes.flat();
};

/** Whatever the order of the listing, the same entries are asked for every night. */
function byId({ entities, complete }: WalkedListing): WalkedListing {
  const id = (entity: Cursor): string => entity.field('id').string() ?? '';
  return { entities: [...entities].sort((a, b) => (id(a) < id(b) ? -1 : 1)), complete };
}

function contractFilters({ entities, complete }: WalkedListing): Filter[] {
  if (entities.length === 0) return [];
  const byStatus = ['Active', 'Inactive'].map((status): Filter => {
    const fits = (entity: Cursor): boolean => entity.field('status').string() === status;
    return { path: CONTRACTS, query: `status=${status}`, fits, must: complete ? idsOf(entities.filter(fits)) : [] };
  });
  const numbered = entities.find((entity) => entity.field('externalNumber').string() !== null);
  return [
    ...byStatus,
    ...(numbered === undefined ? [] : [byNumber(numbered)]),
    ...byDates(CONTRACTS, entities, 'dateStart', 'dateEnd'),
  ];
}

function byNumber(entity: Cursor): Filter {
  const number = entity.field('externalNumber').string() ?? '';
  return {
    path: CONTRACTS,
    query: `externalNumber=${encodeURIComponent(number)}`,
    fits: (each) => each.field('externalNumber').string() === number,
    must: idsOf([entity]),
  };
}

function invoiceFilters({ entities, complete }: WalkedListing): Filter[] {
  if (entities.length === 0) return [];
  // The query says UnPaid where the model says Unpaid: both are the vendor's.
  const byStatus = ['Paid', 'UnPaid', 'Unpaid'].map((status): Filter => {
    const fits = (entity: Cursor): boolean =>
      entity.field('paymentStatus').string()?.toLowerCase() === status.toLowerCase();
    const must = complete ? idsOf(entities.filter(fits)) : [];
    return { path: INVOICES, query: `paymentStatus=${status}`, fits, must, mayBeRefused: status === 'Unpaid' };
  });
  return [...byStatus, ...byDates(INVOICES, entities, 'dateInvoiced', 'dateInvoiced')];
}

/**
 * What the dates select is not documented, so only what every meaning has in common is asked of them: from its first day to its
 * last an entry is selected, and long before all of them none is. A window may be refused.
 */
function byDates(path: string, entities: readonly Cursor[], from: string, to: string): Filter[] {
  const dated = entities.flatMap((entity) => {
    const [start, end] = [knownValue(entity.field(from).date()), knownValue(entity.field(to).date())];
    return start === null || end === null ? [] : [{ entity, query: `dateStart=${start}&dateEnd=${end}` }];
  });
  const own = dated
    .slice(0, 1)
    .map(({ entity, query }): Filter => ({ path, query, fits: null, must: idsOf([entity]), mayBeRefused: true }));
  const before = 'dateStart=1990-01-01&dateEnd=1990-12-31';
  return [...own, { path, query: before, fits: () => false, must: [], mayBeRefused: true }];
}

async function probeFilter(input: ProbeInput, filter: Filter): Promise<ProbeNote[]> {
  const { path, query, fits, must, mayBeRefused } = filter;
  const subject = `${path}?${query}`;
  const walked = await walkListing({
    transport: input.transport,
    plan: input.plan,
    path,
    query,
    type: path === INVOICES ? 'BillingInvoiceListing' : 'BillingContractListing',
    what: `${path === INVOICES ? 'invoices' : 'contracts'} with ${query}`,
    subject: { kind: path === INVOICES ? 'invoices' : 'contracts' },
    sizes: new PageSizes(path === INVOICES ? 200 : 10),
    maxPages: PAGES,
  });
  const noted = (holds: boolean | null, message: string): ProbeNote[] => [
    { rule: 'paging', subject: `${subject} selects`, holds, message, at: walked.note.at },
  ];
  const last = walked.first?.outcome;
  if (mayBeRefused === true && last?.kind === 'answer' && last.status === 400) return [];
  if (walked.pages.length === 0) return noted(null, walked.failure?.message ?? `${subject} gave no page`);
  const strange = walked.entities.find((entity) => fits?.(entity) === false);
  if (strange !== undefined) {
    return noted(
      false,
      `${subject} brings ${strange.field('id').string() ?? 'an entry'}, which the filter does not select`,
    );
  }
  const found = new Set(idsOf(walked.entities));
  const missing = walked.failure === null ? must.filter((id) => !found.has(id)) : [];
  if (missing.length > 0)
    return noted(false, `${subject} lacks ${missing.slice(0, 3).join(', ')}, which it should select`);
  return noted(true, `${subject}: ${walked.entities.length} entries, all selected`);
}
