/** Several snapshots as one: each request is answered from the first that recorded it. */
import { HarnessError } from '../../domain/errors.ts';
import type { ApiRequest, Exchange, Transport } from '../../domain/exchange.ts';
import { requestId } from '../exchange-id.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * As strict as a replay of one.
 * @throws (from `send`) HarnessError `snapshot-missing` naming a request that none of them recorded
 */
export const joined = (snapshots: readonly Snapshot[]): Transport => ({
  async send(request) {
    const exchange = (await recorded(snapshots, request)) ?? (await firstReading(snapshots, request));
    if (exchange === null) throw notRecorded(snapshots, request);
    return exchange;
  },
});

async function recorded(snapshots: readonly Snapshot[], request: ApiRequest): Promise<Exchange | null> {
  const id = requestId(request);
  const holding = snapshots.find(({ entries }) => entries.has(id));
  return holding === undefined ? null : holding.get(id);
}

/** A snapshot does not move: a further reading that was not taken says what the first one said. */
const firstReading = (snapshots: readonly Snapshot[], request: ApiRequest): Promise<Exchange | null> =>
  (request.reading ?? 0) === 0 ? Promise.resolve(null) : recorded(snapshots, { ...request, reading: 0 });

const notRecorded = (snapshots: readonly Snapshot[], { path, source }: ApiRequest): HarnessError =>
  new HarnessError('snapshot-missing', `GET ${path} (${source}) is in none of the ${snapshots.length} snapshots`, {
    context: { path, source },
    hint: 'The servers answered differently while the shards ran: run the shards again, closer together.',
  });
