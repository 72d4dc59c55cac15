/** What could not be fetched or read, alike ones together: of each kind the first is told and the others are counted. */
import { ascending, group } from 'd3-array';
import { alikeKey } from '../../domain/alike.ts';
import type { CaptureFailure } from '../../domain/capture.ts';
import type { Unread } from '../../domain/verdict.ts';

/** Legacy before contract, then by source, the most frequent first; the order of what comes in decides nothing. */
export function unreadOf(failures: readonly CaptureFailure[]): readonly Unread[] {
  const sorted = [...failures].sort((a, b) => ascending(a.message, b.message));
  const kinds = group(sorted, (failure) => JSON.stringify([failure.source, failure.code, alikeKey(reasonOf(failure))]));
  const subjects = [...kinds.values()].flatMap((alike): Unread[] => {
    const [first] = alike;
    if (first === undefined) return [];
    const { side, source, code, parts } = first;
    return [{ side, source, code, reason: reasonOf(first), request: parts?.request ?? null, count: alike.length }];
  });
  return subjects.sort(
    (a, b) =>
      Number(a.side === 'contract') - Number(b.side === 'contract') ||
      ascending(a.source, b.source) ||
      b.count - a.count ||
      ascending(a.reason, b.reason),
  );
}

const reasonOf = ({ parts, message }: CaptureFailure): string => parts?.reason ?? message;
