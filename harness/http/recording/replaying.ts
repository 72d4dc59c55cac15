/** Answers from a snapshot alone, and strictly: what was not recorded is an error, never an empty answer. */
import { distance } from 'fastest-levenshtein';
import { HarnessError } from '../../domain/errors.ts';
import type { ApiRequest, Exchange, Transport } from '../../domain/exchange.ts';
import type { SourceName } from '../../domain/side.ts';
import { requestId } from '../exchange-id.ts';
import type { Snapshot } from './snapshot.ts';

const NAMED = 3;

/**
 * Failures that were recorded are replayed too, so that a replay comes to the same result as its run.
 * @param sources which sources are answered; all if left out
 * @throws (from `send`) HarnessError `snapshot-missing` naming the request and the nearest paths that were recorded
 */
export const replaying = (snapshot: Snapshot, sources?: readonly SourceName[]): Transport => ({
  async send(request) {
    const answered = sources === undefined || sources.includes(request.source);
    const exchange = answered ? await recorded(snapshot, request) : null;
    if (exchange === null) throw notRecorded(snapshot, request, answered);
    return exchange;
  },
});

/** A snapshot does not move: a further reading that was not taken says what the first one said. */
async function recorded(snapshot: Snapshot, request: ApiRequest): Promise<Exchange | null> {
  const exchange = await snapshot.get(requestId(request));
  if (exchange !== null || (request.reading ?? 0) === 0) return exchange;
  return snapshot.get(requestId({ ...request, reading: 0 }));
}

function notRecorded(snapshot: Snapshot, request: ApiRequest, answered: boolean): HarnessError {
  const reading = request.reading ?? 0;
  const what = `GET ${request.path} (${request.source}${reading === 0 ? '' : `, reading ${reading}`})`;
  const same = answered ? [...snapshot.entries.values()].filter(({ source }) => source === request.source) : [];
  const nearest = same
    .map((entry) => ({ entry, far: distance(entry.path, request.path) + Math.abs(entry.reading - reading) }))
    .sort((a, b) => a.far - b.far || (a.entry.path < b.entry.path ? -1 : 1))
    .slice(0, NAMED)
    .map(({ entry }) => `\n  ${entry.path}${entry.reading === 0 ? '' : ` (reading ${entry.reading})`}`);
  const known =
    nearest.length === 0
      ? `nothing of ${request.source} was`
      : `nearest recorded:${nearest.join('')}\n  of ${same.length}`;
  return new HarnessError('snapshot-missing', `${what} is not in the snapshot ${snapshot.dir}; ${known} recorded`, {
    context: { path: request.path, source: request.source, dir: snapshot.dir },
    hint: snapshot.meta.complete
      ? 'The scenario asks for more than the run that was recorded: record it again.'
      : 'The snapshot is incomplete: finish it with --resume.',
  });
}
