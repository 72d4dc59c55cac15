/** Whether the later of two runs can show anything to be fixed at all, and what keeps it from that. */
import type { RunComparison } from '../domain/run-comparison.ts';
import type { RunResult } from '../domain/run-result.ts';
import { lessThan } from './scope.ts';

/** As what the later run did. @returns null if it looked at no less, or if a run does not tell what it was to look at */
export function narrowerThan({ run: after }: RunResult, { run: before }: RunResult): string | null {
  const { scope, shard, sources } = after;
  const parts = [
    scope === undefined || before.scope === undefined ? null : lessThan(scope, before.scope),
    shard === null || shard === before.shard ? null : `looked at shard ${shard} alone`,
    sources.legacy === null && before.sources.legacy !== null ? 'looked at the contract side alone' : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

export interface Proof extends Pick<RunComparison, 'counts' | 'lost' | 'narrower'> {
  /** Organisations that the later run could not read, beyond those that the earlier one could not read either. */
  readonly unread: number;
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

export function unprovenBy({ counts, lost, narrower, unread }: Proof): string[] {
  const [untold, unseen] = [counts.unverified, counts['not-looked-at']];
  const blind = lost.reduce((sum, { count }) => sum + count, 0);
  return [
    ...(narrower === null ? [] : [`The later run is narrower than the earlier one: it ${narrower}.`]),
    ...(untold === 0
      ? []
      : [
          `${counted(untold, 'mismatch', 'mismatches')} of the earlier run ${untold === 1 ? 'is' : 'are'} gone without proof.`,
        ]),
    ...(unseen === 0
      ? []
      : [
          `${counted(unseen, 'mismatch', 'mismatches')} of the earlier run ${unseen === 1 ? 'was' : 'were'} not looked at by the later one.`,
        ]),
    ...(blind === 0 ? [] : [`${counted(blind, 'check')} that agreed before could not be compared.`]),
    ...(unread <= 0 ? [] : [`${counted(unread, 'more organisation')} could not be read.`]),
  ];
}
