/** What the contract side did not tell: contracts, periods and listings that could not be read, and whom that may concern. */
import type { Contract, ContractSide } from '../../domain/contract-side.ts';

/** A contract that could not be read; null if it was not listed either, so that nothing says whom it names. */
export interface Unread {
  readonly contract: Contract | null;
  readonly reason: string;
}

/** The listing failed, or paging went in circles, so that contracts may be missing from it. */
export function incompleteListing(side: ContractSide): string | null {
  const failure = side.failures.find((each) => each.subject.kind === 'contracts');
  if (failure !== undefined) return `the listing of contracts could not be read: ${failure.message}`;
  const stopped = side.paging.find(
    (note) => note.listing.endsWith('/contracts') && (note.fault === 'repeated-cursor' || note.fault === 'no-news'),
  );
  return stopped === undefined ? null : `the listing of contracts broke off: ${stopped.message ?? stopped.fault}`;
}

/** By id. */
export function unreadContracts(side: ContractSide, byId: ReadonlyMap<string, Contract>): readonly Unread[] {
  const failures = new Map(
    side.failures.flatMap(({ subject, message }) =>
      subject.kind === 'contract' ? [[subject.contractId, message]] : [],
    ),
  );
  const listed = new Map(side.listed.map((contract) => [contract.id, contract]));
  const ids = [...new Set([...listed.keys(), ...failures.keys()])].filter((id) => !byId.has(id));
  return ids.sort().map((id) => ({
    contract: listed.get(id) ?? null,
    reason: `a contract could not be read: ${withIds(failures.get(id) ?? 'it was not answered', `contract ${id}`, [id])}`,
  }));
}

/** A plan of it names nobody, so that its charges say whom they are for. */
export const mayNameAnyone = ({ plans }: Contract): boolean =>
  plans.length === 0 || plans.some(({ orgs }) => orgs.length === 0);

/** A billing period that could not be read, of a contract that only its charges say whom it concerns. */
export function openPeriod(side: ContractSide, byId: ReadonlyMap<string, Contract>): string | null {
  const reasons = side.failures.flatMap(({ subject, message }) => {
    const contract = subject.kind === 'period' ? byId.get(subject.contractId) : undefined;
    return subject.kind === 'period' && contract !== undefined && mayNameAnyone(contract)
      ? [periodReason(subject.periodId, subject.contractId, message)]
      : [];
  });
  return reasons.sort()[0] ?? null;
}

export const periodReason = (periodId: string, contractId: string, why: string): string =>
  `a billing period could not be read: ${withIds(why, `billing period ${periodId} of contract ${contractId}`, [periodId])}`;

/** Which one it is stands last, and once: most reasons end with their request. */
const withIds = (why: string, words: string, ids: readonly string[]): string =>
  ids.every((id) => why.includes(id)) ? why : `${why} (${words})`;

export const namedIn = ({ plans }: Contract): ReadonlySet<string> =>
  new Set(plans.flatMap(({ orgs }) => orgs.map(({ id }) => id)));
