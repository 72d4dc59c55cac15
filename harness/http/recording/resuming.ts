/** Goes on with an interrupted run: what was answered is read, what is missing or failed is asked for. */
import type { ApiRequest, Exchange, Transport } from '../../domain/exchange.ts';
import { requestId } from '../exchange-id.ts';
import { isReadable } from '../readable.ts';
import { isTransientStatus } from '../retry-timing.ts';
import { replaying } from './replaying.ts';
import type { Snapshot } from './snapshot.ts';

/** A credential that was refused may have been mended before the run is resumed. */
const MAY_BE_MENDED = new Set([401, 403]);

/** Whether asking again could only bring the same. */
function isSettled(request: ApiRequest, exchange: Exchange): boolean {
  const { outcome } = exchange;
  if (outcome.kind === 'failure' || isTransientStatus(outcome.status) || MAY_BE_MENDED.has(outcome.status))
    return false;
  return request.expect === 'any' || isReadable(outcome);
}

/**
 * Recorded answers from the snapshot; failures, transient statuses, refused credentials and unreadable bodies anew.
 * @param live asks, and records what it asks
 * @param replay answers from the snapshot, if it is to be wrapped (in `observed`)
 */
export const resuming = (snapshot: Snapshot, live: Transport, replay: Transport = replaying(snapshot)): Transport => ({
  async send(request) {
    const status = snapshot.entries.get(requestId(request))?.status ?? null;
    const recorded = status === null ? null : await snapshot.get(requestId(request));
    return recorded !== null && isSettled(request, recorded) ? replay.send(request) : live.send(request);
  },
});
