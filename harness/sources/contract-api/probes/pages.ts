/** Listings asked for in other ways than a walk does: by small pages, back again, and by the greatest page that is taken. */
import type { ProbeNote } from '../../../domain/capture.ts';
import { type Document, readDocument } from '../../document.ts';
import { PageSizes } from '../page-size.ts';
import { resolveUri } from '../paging.ts';
import { contractSchema } from '../schema.ts';
import {
  ask,
  at,
  CONTRACTS,
  INVOICES,
  idsOf,
  type Probe,
  type ProbeInput,
  unseen,
  type WalkedListing,
} from './probe.ts';

const SMALL = 2;

/** `/contracts` took 200 until 2026-08; what it takes now is asked for from there on down. */
const GREATEST = 200;

export const probePages: Probe = async (input) => [
  ...(await thereAndBack(input, CONTRACTS, 'BillingContractListing', input.contracts)),
  ...(await thereAndBack(input, INVOICES, 'BillingInvoiceListing', input.invoices)),
];

type Page = { readonly document: Document } | { readonly note: ProbeNote };

/** Two small pages and the way back: no page is larger than asked for, none repeats another, and back leads to where it began. */
async function thereAndBack(
  input: ProbeInput,
  path: string,
  type: string,
  listing: WalkedListing,
): Promise<ProbeNote[]> {
  const all = idsOf(listing.entities);
  if (all.length <= SMALL) return [];
  const subject = `${path} by pages of ${SMALL}, there and back`;
  const read = async (address: string, what: string): Promise<Page> => {
    const exchange = await ask(input, address, `${what} of ${path}`, {});
    const answer = readDocument(exchange, contractSchema, {
      type,
      subject: { kind: path === INVOICES ? 'invoices' : 'contracts' },
    });
    if (answer.kind === 'document') return { document: answer.document };
    const why =
      answer.kind === 'failure'
        ? answer.failure.message
        : `there is no such listing (status 404): GET ${exchange.path}`;
    return { note: unseen('paging', subject, exchange, why) };
  };
  const first = await read(`${path}?pageSize=${SMALL}`, 'the first small page');
  if ('note' in first) return [first.note];
  const next = leadsTo(first.document, 'nextUri');
  if (next === null) return [broken(subject, first.document, `a page of ${SMALL} of ${all.length} has no nextUri`)];
  const second = await read(next, 'the second small page');
  if ('note' in second) return [second.note];
  const previous = leadsTo(second.document, 'previousUri');
  if (previous === null) return [broken(subject, second.document, 'the second page has no previousUri')];
  const back = await read(previous, 'the first small page again');
  if ('note' in back) return [back.note];
  const fault = faultOf(first.document, second.document, back.document, listing);
  return [fault === null ? holds(subject, first.document) : broken(subject, second.document, fault)];
}

const leadsTo = ({ root, exchange }: Document, field: 'nextUri' | 'previousUri'): string | null => {
  const uri = root.field(field).string();
  return uri === null ? null : resolveUri(uri, exchange);
};

const onPage = ({ root }: Document): string[] => idsOf(root.field('entities').items());

function faultOf(first: Document, second: Document, back: Document, listing: WalkedListing): string | null {
  const [one, two, again] = [onPage(first), onPage(second), onPage(back)];
  const known = new Set(idsOf(listing.entities));
  const longest = Math.max(one.length, two.length);
  if (longest > SMALL) return `${longest} entries on a page of ${SMALL}`;
  const twice = two.find((id) => one.includes(id));
  if (twice !== undefined) return `${twice} is on the first page and on the second`;
  const strange = [...one, ...two].find((id) => !known.has(id));
  if (strange !== undefined && listing.complete) return `${strange} is not in the listing walked by larger pages`;
  if (again.length !== one.length || again.some((id) => !one.includes(id))) {
    return `previousUri leads to ${again.join(', ') || 'nothing'}, the first page had ${one.join(', ')}`;
  }
  return null;
}

const broken = (subject: string, { exchange }: Document, fault: string): ProbeNote => ({
  rule: 'paging',
  subject,
  holds: false,
  message: `${subject}: ${fault}`,
  at: at(exchange, '/entities'),
});

const holds = (subject: string, { exchange }: Document): ProbeNote => ({
  rule: 'paging',
  subject,
  holds: true,
  message: `${subject}: as documented`,
  at: at(exchange, '/entities'),
});

/** Most contracts that a page may have; null if no size was taken. */
export async function probePageMaximum(input: ProbeInput): Promise<number | null> {
  const sizes = new PageSizes(GREATEST);
  for (;;) {
    const size = sizes.current;
    const exchange = await ask(input, `${CONTRACTS}?pageSize=${size}`, `the contracts by pages of ${size}`, {});
    if (exchange.outcome.kind === 'answer' && exchange.outcome.status === 200) return size;
    if (!sizes.lower(exchange, size)) return null;
  }
}
