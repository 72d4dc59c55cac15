/** The answers of both sides as they came, before anything is made of them: of everybody, or of some families. */
import type { ContractCapture, PeriodCapture } from '../../sources/contract-api/capture.ts';
import { NOT_PROBED } from '../../sources/contract-api/probes/probe.ts';
import { type Document, sortedDocuments } from '../../sources/document.ts';
import { inFixedOrder } from '../../sources/failure.ts';
import type { PartnerCapture } from '../../sources/partner-billing/capture.ts';
import type { UsageCapture } from '../../sources/usage-api/capture.ts';

export interface Answers {
  /** Null: the API is none of the run's sources. */
  readonly usage: UsageCapture | null;
  readonly partner: PartnerCapture | null;
  readonly contracts: ContractCapture;
  readonly periods: PeriodCapture;
}

export const NO_CONTRACTS: ContractCapture = {
  listed: [],
  contracts: [],
  invoices: [],
  invoicesAsked: 'none',
  pages: { contracts: [], invoices: [], strayLines: [] },
  paging: [],
  failures: [],
  documents: [],
  first: null,
  probes: NOT_PROBED,
};

/** The first with what the others add to it. */
export function joinAnswers(first: Answers, others: readonly Answers[]): Answers {
  const partners = [first, ...others].flatMap(({ partner }) => partner ?? []);
  return {
    usage:
      first.usage === null
        ? null
        : joinUsage(
            first.usage,
            others.flatMap(({ usage }) => usage ?? []),
          ),
    partner: partners.length === 0 ? null : joinPartner(partners),
    contracts: joinContracts(
      first.contracts,
      others.map(({ contracts }) => contracts),
    ),
    periods: {
      details: [first, ...others].flatMap(({ periods }) => periods.details),
      failures: inFixedOrder([first, ...others].flatMap(({ periods }) => periods.failures)),
    },
  };
}

function joinUsage(first: UsageCapture, others: readonly UsageCapture[]): UsageCapture {
  const all = [first, ...others];
  return {
    ...first,
    subscriptions: all.flatMap(({ subscriptions }) => subscriptions),
    unknownOrgs: all.flatMap(({ unknownOrgs }) => unknownOrgs),
    failures: inFixedOrder(all.flatMap(({ failures }) => failures)),
    documents: sortedDocuments(all.flatMap(({ documents }) => documents)),
  };
}

const joinPartner = (all: readonly PartnerCapture[]): PartnerCapture => ({
  overviews: all.flatMap(({ overviews }) => overviews),
  unknownOrgs: all.flatMap(({ unknownOrgs }) => unknownOrgs),
  failures: all.flatMap(({ failures }) => failures),
  answers: all.flatMap(({ answers }) => answers),
});

function joinContracts(first: ContractCapture, others: readonly ContractCapture[]): ContractCapture {
  const all = [first, ...others];
  return {
    ...first,
    listed: all.flatMap(({ listed }) => listed),
    contracts: all.flatMap(({ contracts }) => contracts),
    invoices: all.flatMap(({ invoices }) => invoices),
    pages: {
      contracts: all.flatMap(({ pages }) => pages.contracts),
      invoices: all.flatMap(({ pages }) => pages.invoices),
      strayLines: all.flatMap(({ pages }) => pages.strayLines),
    },
    failures: inFixedOrder(all.flatMap(({ failures }) => failures)),
    documents: sortedDocuments(all.flatMap(({ documents }) => documents)),
  };
}

/** Whose an answer is. */
export interface Belonging {
  readonly org: (id: string) => boolean;
  readonly contract: (id: string) => boolean;
  readonly invoice: (id: string) => boolean;
}

/** Answers of these families, and those of all others. */
export function splitAnswers(answers: Answers, isOwn: Belonging): readonly [own: Answers, others: Answers] {
  const isNot: Belonging = {
    org: (id) => !isOwn.org(id),
    contract: (id) => !isOwn.contract(id),
    invoice: (id) => !isOwn.invoice(id),
  };
  return [restrict(answers, isOwn, true), restrict(answers, isNot, false)];
}

/** @param read whether only bodies are wanted that made something; else those that made nothing, too */
function restrict({ usage, partner, contracts, periods }: Answers, is: Belonging, read: boolean): Answers {
  const ofOrg = ({ org }: { readonly org: { readonly id: string } }): boolean => is.org(org.id);
  const ofContract = ({ contractId }: { readonly contractId: string }): boolean => is.contract(contractId);
  return {
    usage: usage && restrictUsage(usage, ofOrg, read),
    partner: partner && {
      overviews: partner.overviews.filter(ofOrg),
      unknownOrgs: partner.unknownOrgs.filter(ofOrg),
      failures: read ? [] : partner.failures,
      answers: partner.answers.filter(ofOrg),
    },
    contracts: restrictContracts(contracts, is, read),
    periods: {
      details: periods.details.filter(ofContract),
      failures: read ? [] : periods.failures,
    },
  };
}

function restrictUsage(
  usage: UsageCapture,
  ofOrg: (one: { readonly org: { readonly id: string } }) => boolean,
  read: boolean,
): UsageCapture {
  const subscriptions = usage.subscriptions.filter(ofOrg);
  return {
    ...usage,
    subscriptions,
    unknownOrgs: usage.unknownOrgs.filter(ofOrg),
    failures: read ? [] : usage.failures,
    documents: documentsOf(usage.documents, subscriptions, usage.subscriptions, read),
  };
}

function restrictContracts(capture: ContractCapture, is: Belonging, read: boolean): ContractCapture {
  const contracts = capture.contracts.filter(({ contractId }) => is.contract(contractId));
  const isListed = (entity: ContractCapture['listed'][number]): boolean =>
    is.contract(entity.field('id').string() ?? '');
  const isInvoice = (entity: ContractCapture['listed'][number]): boolean =>
    is.invoice(entity.field('id').string() ?? '');
  return {
    ...capture,
    listed: capture.listed.filter(isListed),
    contracts,
    invoices: capture.invoices.filter(({ id }) => is.invoice(id)),
    pages: {
      contracts: capture.pages.contracts.map((page) => page.filter(isListed)),
      invoices: capture.pages.invoices.map((page) => page.filter(isInvoice)),
      strayLines: read ? [] : capture.pages.strayLines,
    },
    failures: read ? [] : capture.failures,
    documents: documentsOf(capture.documents, contracts, capture.contracts, read),
  };
}

/** Those that what is kept was read from; else all but those that what is left out was read from. */
function documentsOf(
  documents: readonly Document[],
  kept: readonly { readonly document: Document }[],
  all: readonly { readonly document: Document }[],
  read: boolean,
): readonly Document[] {
  const own = new Set(kept.map(({ document }) => document));
  if (read) return documents.filter((document) => own.has(document));
  const others = new Set(all.map(({ document }) => document).filter((document) => !own.has(document)));
  return documents.filter((document) => !others.has(document));
}
