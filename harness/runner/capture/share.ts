/** Which organisations a shard answers for: the same on every machine, and never apart from those they share a contract with. */
import { createHash } from 'node:crypto';
import { isFirst, type Shard } from '../../domain/shard.ts';
import type { ContractOutline } from '../../sources/contract-api/outline.ts';
import { Families } from './families.ts';

export interface ShardShare {
  readonly shard: Shard;
  has(orgId: string): boolean;
  /** A contract that names nobody may be anyone's, and concerns every shard. */
  concerns(contract: Pick<ContractOutline, 'plans'>): boolean;
  /** Whether a cell about these organisations is this shard's to judge. */
  judges(orgIds: readonly string[]): boolean;
}

export function shareOf(shard: Shard, contracts: readonly Pick<ContractOutline, 'plans'>[]): ShardShare {
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

const orgsOf = ({ plans }: Pick<ContractOutline, 'plans'>): string[] =>
  plans.flatMap(({ orgs }) => orgs.map(({ id }) => id));

/** By hash, not by position: an organisation that appears while the shards run moves no other to another shard. */
function shardOf(orgId: string, of: number): number {
  return (createHash('sha256').update(orgId).digest().readUInt32BE(0) % of) + 1;
}
