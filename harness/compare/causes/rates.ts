/** Prices that are right for something else: before discount, for a year, before an amendment. */
import type { IsoDate } from '../../domain/billing-period.ts';
import type { Contract, PlanItem } from '../../domain/contract-side.ts';
import { add, type Decimal, decimal, divide, isZero, multiply } from '../../domain/decimal.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import { productKey } from '../../domain/side.ts';
import type { Pair } from '../pairs/pair.ts';
import { valueIn } from '../pairs/reading.ts';
import type { CauseContext, PairHypothesis, WhatIf } from './hypothesis.ts';
import { changed, withLegacy } from './what-if.ts';

/** Plan items of the contracts that the pair's charges belong to, for its products and organisations. */
function planItems({ contract }: CauseContext): (pair: Pair) => readonly PlanItem[] {
  const byId = new Map<string, Contract>(contract.contracts.map((one) => [one.id, one]));
  return ({ contractLines, orgs }) => {
    const ids = new Set(orgs.map(({ id }) => id));
    const skus = new Set(contractLines.map(({ product }) => productKey(product)));
    const contracts = new Set(contractLines.map(({ charge }) => charge?.contractId ?? ''));
    return [...contracts].flatMap((id) =>
      (byId.get(id)?.plans ?? [])
        .filter(({ sku }) => sku !== null && skus.has(productKey(sku)))
        .filter((plan) => plan.orgs.length === 0 || plan.orgs.some((org) => ids.has(org.id)))
        .flatMap(({ items }) => items),
    );
  };
}

/** Each value once, zero left out. */
const valuesOf = (items: readonly PlanItem[], figure: (item: PlanItem) => Figure): readonly Decimal[] =>
  [
    ...new Set(items.map((item) => knownValue(figure(item))).filter((value) => value !== null && !isZero(value))),
  ] as Decimal[];

const discountIgnored: PairHypothesis = {
  id: 'discount-ignored',
  title: 'Prices are before discount',
  doc: 'The contract side’s rate is legacy’s plus the `discountAmount` of a plan item of the same product: the list price.',
  looksAt: 'pair',
  rules: ['committed-rate', 'overage-rate'],
  prepare: (context) => {
    const itemsOf = planItems(context);
    return function* (pair) {
      const { legacy } = pair;
      for (const discount of valuesOf(itemsOf(pair), (item) => item.discountAmount)) {
        const list = (value: Decimal): Decimal => add(value, discount);
        const words = `+ ${discount}`;
        yield* withLegacy(pair, { committedRate: changed(legacy.committedRate, list, words) });
        yield* withLegacy(pair, { overageRate: changed(legacy.overageRate, list, words) });
      }
    };
  },
};

const MONTHS = decimal(12);

const annualForMonthly: PairHypothesis = {
  id: 'annual-for-monthly',
  title: 'Prices are for a year, not for a month',
  doc: 'The contract side’s committed rate is legacy’s × 12, or ÷ 12 where legacy states the yearly one.',
  looksAt: 'pair',
  rules: ['committed-rate'],
  prepare: () =>
    function* (pair) {
      const { legacy } = pair;
      const rate = (change: (value: Decimal) => Decimal, words: string): readonly WhatIf[] =>
        withLegacy(pair, { committedRate: changed(legacy.committedRate, change, words) }, words);
      yield* rate((value) => multiply(value, MONTHS), '× 12');
      yield* rate((value) => divide(value, MONTHS), '÷ 12');
    },
};

/** Items without dates are in force always. */
const isInForce = ({ effectiveStart, effectiveEnd }: PlanItem, day: IsoDate): boolean =>
  (knownValue(effectiveStart) ?? day) <= day && day <= (knownValue(effectiveEnd) ?? day);

const supersededRate: PairHypothesis = {
  id: 'superseded-rate',
  title: 'Prices are of a plan item that another has replaced',
  doc: 'The charge’s overage rate is that of a plan item of the same product which is not in force at the period’s start, while the one in force says what legacy says.',
  looksAt: 'pair',
  rules: ['overage-rate'],
  prepare: (context) => {
    const itemsOf = planItems(context);
    return function* (pair) {
      const { overageRate: stated } = pair.legacy;
      const items = itemsOf(pair);
      const now = items.filter((item) => isInForce(item, pair.period.start));
      if (!valuesOf(now, (item) => item.overagePrice).some((price) => price === valueIn(stated))) return;
      const replaced = items.filter((item) => !now.includes(item));
      for (const other of valuesOf(replaced, (item) => item.overagePrice)) {
        yield* withLegacy(pair, { overageRate: changed(stated, () => other, 'was replaced') });
      }
    };
  },
};

export const rateHypotheses: readonly PairHypothesis[] = [discountIgnored, annualForMonthly, supersededRate];
