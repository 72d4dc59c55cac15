/** What the plan items in force on one day say of a charge's prices. */
import type { IsoDate } from '../../domain/billing-period.ts';
import type { PlanItem } from '../../domain/contract-side.ts';
import { absent, type Evidence, type Figure, type Known } from '../../domain/figure.ts';

type Stated = Pick<PlanItem, 'price' | 'overagePrice' | 'currency' | 'unit'>;

/**
 * Each figure on its own, since a fee and an overage price may stand on two items. Several items that say the same count as
 * one; if they differ, or if one cannot be read or dated, the figure is unreadable and says why.
 * @param nowhere the place that lacks a figure which no item in force states
 */
export function ratesInForce(items: readonly PlanItem[], day: IsoDate, nowhere: Evidence): Stated {
  const dated = items.map((item) => ({ item, force: forceOn(item, day) }));
  const figure = <K extends keyof Stated>(name: K, noun: string): Stated[K] => {
    const stating = dated.filter(({ item, force }) => force !== 'no' && item[name].state !== 'absent');
    const undated = stating.find(({ force }) => force === 'unknown');
    const figures = stating.map(({ item }) => item[name] as Figure<string>);
    const blurred = undated === undefined ? null : undatedFigure(undated.item[name] as Figure<string>, undated.item);
    return (blurred ?? agreed(figures, noun, day, nowhere)) as Stated[K];
  };
  return {
    price: figure('price', 'prices'),
    overagePrice: figure('overagePrice', 'overage prices'),
    currency: figure('currency', 'currencies'),
    unit: figure('unit', 'units'),
  };
}

/** A date that is left out sets no limit; one that cannot be read may set any. */
function forceOn(item: PlanItem, day: IsoDate): 'yes' | 'no' | 'unknown' {
  const { effectiveStart: start, effectiveEnd: end } = item;
  if (start.state === 'known' && start.value > day) return 'no';
  if (end.state === 'known' && end.value < day) return 'no';
  return start.state === 'unreadable' || end.state === 'unreadable' ? 'unknown' : 'yes';
}

function undatedFigure(figure: Figure<string>, item: PlanItem): Figure<string> {
  const date = item.effectiveStart.state === 'unreadable' ? item.effectiveStart : item.effectiveEnd;
  const why = date.state === 'unreadable' ? date.reason : 'its dates are not stated';
  const raw = figure.state === 'absent' ? '' : figure.raw;
  const reason = `it is not known whether the plan item that states it is in force: ${why}`;
  return { state: 'unreadable', raw, reason, at: figure.at };
}

function agreed(figures: readonly Figure<string>[], noun: string, day: IsoDate, nowhere: Evidence): Figure<string> {
  const [first, ...others] = figures;
  if (first === undefined) return absent(nowhere);
  const unreadable = figures.find(({ state }) => state === 'unreadable');
  if (unreadable !== undefined) return unreadable;
  const differs = (other: Figure<string>): other is Known<string> =>
    first.state === 'known' && other.state === 'known' && other.value !== first.value;
  const differing = others.find(differs);
  if (differing === undefined || first.state !== 'known') return first;
  const raw = [first.raw, differing.raw].sort().join(' and ');
  const reason = `several plan items are in force on ${day} with different ${noun} (${raw})`;
  return { state: 'unreadable', raw, reason, at: first.at };
}
