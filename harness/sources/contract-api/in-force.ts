/** On which days the items of one plan are in force. */
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import type { PlanItem } from '../../domain/contract-side.ts';
import { knownValue } from '../../domain/figure.ts';

type Days = PlanItem['inForce'];

/**
 * An item ends the day before the next item of the same plan and type begins, whatever its own end says (assumed: an amendment
 * leaves the end of the item that it supersedes as it was). A date that is left out sets no limit.
 */
export function withDaysInForce(items: readonly Omit<PlanItem, 'inForce'>[]): PlanItem[] {
  const starts = new Map<string, IsoDate[]>();
  for (const item of items) {
    const start = knownValue(item.effectiveStart);
    if (start !== null) starts.set(typeOf(item), [...(starts.get(typeOf(item)) ?? []), start]);
  }
  for (const of of starts.values()) of.sort();
  return items.map((item) => ({ ...item, inForce: daysOf(item, starts.get(typeOf(item)) ?? []) }));
}

const typeOf = ({ type }: Pick<PlanItem, 'type'>): string =>
  (type.state === 'absent' ? '' : type.state === 'known' ? type.value : type.raw).toLowerCase();

/** @param starts of all items of its type, sorted */
function daysOf({ effectiveStart, effectiveEnd }: Omit<PlanItem, 'inForce'>, starts: readonly IsoDate[]): Days {
  if (effectiveStart.state === 'unreadable' || effectiveEnd.state === 'unreadable') return null;
  const [from, end] = [knownValue(effectiveStart), knownValue(effectiveEnd)];
  const next = starts.find((start) => from === null || start > from);
  if (next === undefined) return { from, to: end };
  const cut = addDays(next, -1);
  return { from, to: end === null || cut < end ? cut : end };
}
