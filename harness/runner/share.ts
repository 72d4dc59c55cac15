/** Which organisations a shard answers for: the same on every machine, and never apart from those they share a contract with. */
import { createHash } from 'node:crypto';
import type { Contract } from '../domain/contract-side.ts';
import { isFirst, type Shard } from '../domain/shard.ts';

export interface Share {
  readonly shard: Shard;
  has(orgId: string): boolean;
  /** A contract that names nobody may be anyone's, and concerns every shard. */
  concerns(contract: Contract): boolean;
  /** Whether a cell about these organisations is this shard's to judge. */
  judges(orgIds: readonly string[]): boolean;
}

export function shareOf(shard: Shard, contracts: readonly Contract[]): Share {
  const families = new Families();
  for (const contract of contracts) families.join(orgsOf(contract));
  const has = (orgId: string): boolean => shardOf(families.headOf(orgId), shard.of) === shard.index;
  return {
    shard,
    has,
    concerns(contract) {
      const orgs = orgsOf(contract);
      return orgs.length === 0 || orgs.some(has);
    },
    judges: (orgIds) => (orgIds.length === 0 ? isFirst(shard) : orgIds.every(has)),
  };
}

const orgsOf = (contract: Contract): string[] => contract.plans.flatMap(({ orgs }) => orgs.map(({ id }) => id));

/** By hash, not by position: an organisation that appears while the shards run moves no other to another shard. */
function shardOf(orgId: string, of: number): number {
  return (createHash('sha256').update(orgId).digest().readUInt32BE(0) % of) + 1;
}

/** Organisations that contracts name together; the head of a family is its lowest id. */
class Families {
  readonly #parent = new Map<string, string>();

  headOf(orgId: string): string {
    let head = orgId;
    for (let next = this.#parent.get(head); next !== undefined; next = this.#parent.get(head)) head = next;
    return head;
  }

  join(orgIds: readonly string[]): void {
    const heads = [...new Set(orgIds.map((id) => this.headOf(id)))].sort();
    const [first, ...others] = heads;
    if (first !== undefined) for (const other of others) this.#parent.set(other, first);
  }
}
