/** What plans state on the days of a period. */
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import type { Plan, PlanItem } from '../contract-book/book.ts';
import type { Period } from '../world/facts.ts';

/** Items with the ends that they have: the day before the next one of their plan begins. */
export function itemsOf({ items }: Plan): (PlanItem & { readonly last: IsoDate | null })[] {
  const ordered = [...items].sort((a, b) => (a.effectiveStart < b.effectiveStart ? -1 : 1));
  return ordered.map((item, index) => {
    const next = ordered[index + 1];
    return { ...item, last: next === undefined ? item.effectiveEnd : addDays(next.effectiveStart, -1) };
  });
}

export const inForceOn = (day: IsoDate, { effectiveStart, last }: ReturnType<typeof itemsOf>[number]): boolean =>
  effectiveStart <= day && (last === null || day <= last);

/** The first day of a period, and each on which an item begins: on all other days the same ones are in force. */
export const turnsOf = ({ start, end }: Pick<Period, 'start' | 'end'>, items: readonly PlanItem[]): IsoDate[] => [
  start,
  ...items.map(({ effectiveStart }) => effectiveStart).filter((day) => day > start && day <= end),
];
