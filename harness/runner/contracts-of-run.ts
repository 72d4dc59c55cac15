/** The contracts that a run looks at: by id where that is asked for, else as listed. */
import type { IsoDate } from '../domain/billing-period.ts';
import type { PeriodEndReading } from '../domain/policy.ts';
import type { Shard } from '../domain/shard.ts';
import { contractsToAsk, lacksWhatIsCompared } from '../sources/contract-api/by-id.ts';
import {
  asListed,
  type CapturedContract,
  type CaptureParts,
  type ContractCaptureInput,
  captureContracts,
  type ListedEntry,
  type ListingCapture,
} from '../sources/contract-api/capture.ts';
import { readContracts, readEntries } from '../sources/contract-api/normalise.ts';
import { type AskingRun, listingDetail } from './asking.ts';
import { type Share, shareOf } from './share.ts';

/** Families form from the listing; what it leaves out of a contract is asked for first, by every shard. */
export async function shareByListing(
  asking: ContractCaptureInput,
  { contracts: { entries, entities } }: ListingCapture,
  shard: Shard,
  periodEnd: PeriodEndReading,
): Promise<Share> {
  const thin = entries.filter(({ entity }) => lacksWhatIsCompared(entity));
  const { contracts } = await captureContracts(asking, thin);
  const known = { listed: entities, contracts: allKnown(entries, thin, contracts) };
  return shareOf(shard, readContracts(known, periodEnd).contracts);
}

/** A contract that concerns other shards alone is not asked for by id. @param share null: the run is not sharded */
export async function contractsOfRun(
  asking: ContractCaptureInput,
  { contracts: { entries } }: ListingCapture,
  run: AskingRun,
  { share, today }: { readonly share: Share | null; readonly today: IsoDate },
): Promise<CaptureParts & { readonly contracts: readonly CapturedContract[] }> {
  const read = readEntries(entries, run.scenario.periodEnd);
  const own = new Set(read.filter((one) => share === null || share.concerns(one)).map(({ id }) => id));
  const wanted = contractsToAsk(entries, listingDetail(run), today).filter(
    ({ id, entity }) => own.has(id) || lacksWhatIsCompared(entity),
  );
  const asked = await captureContracts(asking, wanted);
  return { ...asked, contracts: allKnown(entries, wanted, asked.contracts) };
}

/** Of a contract that was asked for and could not be read nothing is known. */
function allKnown(
  entries: readonly ListedEntry[],
  asked: readonly ListedEntry[],
  byId: readonly CapturedContract[],
): readonly CapturedContract[] {
  const wanted = new Set(asked);
  const read = new Map(byId.map((contract) => [contract.contractId, contract]));
  return entries.flatMap((entry) => (wanted.has(entry) ? (read.get(entry.id) ?? []) : asListed(entry)));
}
