/** What became of every record that was received: compared, not comparable, or out of scope for a reason of the fixed list. */
import type { Cell } from '../../domain/finding.ts';
import { type Account, OUT_OF_SCOPE_REASONS, RECORD_KINDS, type ReceivedRecord } from '../../domain/record.ts';
import type { Sides } from '../rule.ts';
import { Clerk, type Fate } from './clerk.ts';

export interface Accounts {
  readonly accounts: readonly Account[];
  /** Records that are in none, in words. */
  readonly unaccounted: readonly string[];
}

/** @param earlierRecords of the billing period before, which was read to explain a difference */
export function accountsOf(
  sides: Sides,
  cells: readonly Cell[],
  inPart: (orgIds: readonly string[]) => boolean,
  earlierRecords: readonly ReceivedRecord[] = [],
): Accounts {
  const clerk = new Clerk(sides, cells);
  const own = (records: readonly ReceivedRecord[]): readonly ReceivedRecord[] =>
    records.filter(({ orgs }) => inPart(orgs.map(({ id }) => id)));
  const fates = [
    ...own([...(sides.legacy?.records ?? []), ...sides.contract.records]).map((record) => ({
      record,
      fate: clerk.fateOf(record),
    })),
    ...own(earlierRecords).map((record) => ({ record, fate: clerk.fateOfEarlier(record) })),
  ];
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
