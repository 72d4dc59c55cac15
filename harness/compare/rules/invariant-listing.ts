import type { Contract, ContractSide } from '../../domain/contract-side.ts';
import { isAsListed } from '../scope/contract-index.ts';
import type { Facts } from '../scope/family-facts.ts';
import { type Contradiction, contradictions, parseFingerprint, type Tree, topFields } from './fingerprint-diff.ts';
import { breaks, cannotSay } from './invariant-outcome.ts';
import { examinationOf, failuresOf, Observer } from './invariant-scope.ts';
import { EQUAL } from './outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from './rule.ts';

const NAMED = 3;

/** What a comparison needs of a contract, by the names on the wire. */
const COMPARED = ['billingPeriods', 'dateEnd', 'dateRampEnd', 'dateRampStart', 'dateStart', 'plans', 'status'];

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  const byId = new Map(sides.contract.contracts.map((contract) => [contract.id, contract]));
  const failures = new Map(failuresOf(sides, 'contract').map(({ subject, message }) => [subject.contractId, message]));
  const leftOut = fieldsThatListingsLeaveOut(sides.contract, byId);
  for (const listed of sides.contract.listed) {
    const view = examination.contracts.get(listed.id);
    const contract = byId.get(listed.id);
    // Taken from the listing itself, for want of an answer by id: there is nothing to hold it against.
    if (contract !== undefined && isAsListed(contract)) continue;
    if (view === undefined) continue;
    const isLost = contract === undefined && view.open;
    if (!view.examined && !isLost) continue;
    const scope = examination.scope({ side: 'contract', subject: listed.id, orgs: view.orgs });
    yield observer.observe(scope, judge(listed, contract, failures.get(listed.id), leftOut));
  }
  const summary = sides.inPart === true ? null : summaryOf(sides.contract, sides.familyFacts?.listing);
  if (summary !== null) {
    yield observer.observe(examination.scope({ side: 'contract', subject: 'what the listing leaves out' }), summary);
  }
  const listed = new Set(sides.contract.listed.map(({ id }) => id));
  for (const [contractId, message] of failures) {
    if (listed.has(contractId)) continue;
    const scope = examination.scope({ side: 'contract', subject: contractId });
    yield observer.observe(scope, notRead(message));
  }
  for (const { message } of failuresOf(sides, 'contracts')) {
    const scope = examination.scope({ side: 'contract', subject: 'all contracts' });
    yield observer.observe(
      scope,
      cannotSay('contract', null, `the listing of contracts could not be read: ${message}`),
    );
  }
}

function judge(
  listed: Contract,
  contract: Contract | undefined,
  failure: string | undefined,
  leftOut: ReadonlySet<string>,
): Outcome {
  if (contract === undefined) return notRead(failure ?? 'it was not answered');
  if (listed.fingerprint === contract.fingerprint) return EQUAL;
  const found = contradictions(parseFingerprint(listed.fingerprint), parseFingerprint(contract.fingerprint)).filter(
    ({ path: [top] }) => top === undefined || !leftOut.has(top),
  );
  const [first] = found;
  if (first === undefined) return EQUAL;
  const named = found.slice(0, NAMED).map(inWords);
  const more = found.length > named.length ? `; and ${found.length - named.length} more` : '';
  const value = first.second;
  const statement = { value, raw: value, at: placeOf(contract, first), derivation: null };
  return breaks('contract', statement, null, `the listing and the contract by id differ: ${named.join('; ')}${more}`);
}

/** A field that only contracts by id state is unknown of those that were taken from the listing. */
function summaryOf(contract: ContractSide, earlierFamilies: Facts['listing'] | undefined): Outcome | null {
  const asListed = contract.contracts.filter(isAsListed).length + (earlierFamilies?.asListed ?? 0);
  const own = leftOutOfListing(contract);
  const [field] = COMPARED.filter((name) => own.has(name) || earlierFamilies?.leftOut.has(name));
  if (asListed === 0 || field === undefined) return null;
  return cannotSay(
    'contract',
    null,
    `contracts by id state ${field}, which the listing leaves out, and ${asListed} were not asked for by id: set checks.listingDetail to full`,
  );
}

/** Fields that a comparison needs, that some contract by id states and the listing of none. */
export function leftOutOfListing(contract: ContractSide): ReadonlySet<string> {
  const byId = new Map(contract.contracts.map((one) => [one.id, one]));
  const leftOut = fieldsThatListingsLeaveOut(contract, byId);
  return new Set(COMPARED.filter((name) => leftOut.has(name)));
}

const notRead = (why: string): Outcome => cannotSay('contract', null, `the contract could not be read by id: ${why}`);

const inWords = ({ path, first, second }: Contradiction): string =>
  `${path.join('/') || 'the body'} is ${first ?? 'left out'} in the listing and ${second ?? 'left out'} by id`;

/** A listing may be a summary: what it says of no contract at all, it does not contradict. */
function fieldsThatListingsLeaveOut(
  { listed, listedFields }: Pick<ContractSide, 'listed' | 'listedFields'>,
  byId: ReadonlyMap<string, Contract>,
): ReadonlySet<string> {
  const differing = listed.filter(({ id, fingerprint }) => (byId.get(id)?.fingerprint ?? fingerprint) !== fingerprint);
  const stated = differing.flatMap(({ id }) => fieldsOf(byId.get(id)));
  return new Set(stated.filter((field) => !listedFields.has(field)));
}

const fieldsOf = (contract: Contract | undefined): readonly string[] => {
  const tree: Tree | null = contract === undefined ? null : parseFingerprint(contract.fingerprint);
  return topFields(tree);
};

/** The place in the contract by id; entries of lists are found by their ids, since a fingerprint has no order. */
function placeOf(contract: Contract, { path }: Contradiction): Contract['at'] {
  let at = contract.at;
  let rest = path;
  const enter = (list: string, found: { readonly at: Contract['at'] } | undefined): boolean => {
    if (rest[0] !== list || found === undefined) return false;
    at = found.at;
    rest = rest.slice(2);
    return true;
  };
  if (
    enter(
      'billingPeriods',
      contract.periods.find(({ id }) => id === path[1]),
    )
  )
    return within(at, rest);
  const plan = contract.plans.find(({ id }) => id !== null && id === path[1]);
  if (enter('plans', plan))
    enter(
      'items',
      plan?.items.find(({ itemNumber }) => itemNumber === rest[1]),
    );
  return within(at, rest);
}

/** As far down as fields lead; what lies within a list that is not looked into stands at the list. */
function within({ exchange, pointer }: Contract['at'], path: readonly string[]): Contract['at'] {
  const [field] = path;
  return { exchange, pointer: field === undefined ? pointer : `${pointer}/${field}` };
}

export const listingRule: SideRule = {
  id: 'listing-detail-agreement',
  category: 'invariant',
  looksAt: 'sides',
  title: 'The listing and the contract by id say the same',
  doc: 'Every contract of `/contracts` against `/contracts/{contractId}`, all fields; neither the order of lists nor the spelling of numbers matters. A field that the listing says of no contract at all is left out by design and not compared. A contract that could not be read by id is not comparable, unless its listing says that it concerns others alone. Contracts that were not asked for by id (`checks.listingDetail`) are not held against anything; if contracts by id state a compared field that the listing leaves out of all contracts, that is not comparable.',
  example: 'listing "dateEnd":"2026-06-30" · by id "dateEnd":"2027-06-30"',
  examine,
};
