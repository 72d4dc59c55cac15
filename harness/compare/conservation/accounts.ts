/** What became of every record that was received: compared, not comparable, or out of scope for a reason of the fixed list. */
import type { Cell } from '../../domain/finding.ts';
import { type Account, OUT_OF_SCOPE_REASONS, RECORD_KINDS, type ReceivedRecord } from '../../domain/record.ts';
import type { Sides } from '../rules/rule.ts';
import { type Fate, RecordFates } from './record-fates.ts';

export interface Accounts {
  readonly accounts: readonly Account[];
  /** Records that are in none, in words. */
  readonly unaccounted: readonly string[];
}

/** One record and what became of it. */
export interface RecordFate {
  readonly record: ReceivedRecord;
  readonly fate: Fate;
}

/**
 * What became of each record that was received.
 * @param earlierRecords of the billing period before, which was read to explain a difference
 */
export function fatesOf(
  sides: Sides,
  cells: readonly Cell[],
  earlierRecords: readonly ReceivedRecord[] = [],
): readonly RecordFate[] {
  const fates = new RecordFates(sides, cells);
  return [
    ...[...(sides.legacy?.records ?? []), ...sides.contract.records].map((record) => ({
      record,
      fate: fates.fateOf(record),
    })),
    ...earlierRecords.map((record) => ({ record, fate: fates.fateOfEarlier(record) })),
  ];
}

/** @param earlierRecords as for `fatesOf` */
export function accountsOf(
  sides: Sides,
  cells: readonly Cell[],
  inPart: (orgIds: readonly string[]) => boolean,
  earlierRecords: readonly ReceivedRecord[] = [],
): Accounts {
  const fates = fatesOf(sides, cells, earlierRecords).filter(({ record }) => inPart(record.orgs.map(({ id }) => id)));
  const accounts = RECORD_KINDS.flatMap((kind) => {
    const own = fates.filter(({ record }) => record.kind === kind);
    if (own.length === 0) return [];
    const count = (fate: Fate): number => own.filter((one) => one.fate === fate).length;
    return [
      {
        record: kind,
        received: own.length,
        compared: count('compared'),
        notComparable: count('not-comparable'),
        outOfScope: OUT_OF_SCOPE_REASONS.map((reason) => ({ reason, count: count(reason) })).filter(
          (one) => one.count > 0,
        ),
      },
    ];
  });
  return {
    accounts,
    unaccounted: fates.flatMap(({ record, fate }) =>
      fate === null ? [`${record.kind} at ${record.at.pointer} of ${record.at.exchange}`] : [],
    ),
  };
}
