/** Rates and currency, side against side, and both against the scenario's rate card. */
import { type Decimal, subtract } from '../../domain/decimal.ts';
import type { ExpectedRates } from '../../domain/policy.ts';
import type { Side } from '../../domain/side.ts';
import {
  agreed,
  differentNumbers,
  differentTexts,
  EQUAL,
  moreOrLess,
  notComparable,
  unclearOutcome,
} from '../outcome.ts';
import { RATE_CARD } from '../read-legacy.ts';
import { isNothing, isSomething, type Reading, statementOf } from '../reading.ts';
import type { Outcome, PairPart, PairRule, PartsRule } from '../rule.ts';
import type { SideReading } from '../side-reading.ts';
import { onBothSides } from './both-sides.ts';

/** @param applied whether either side applies the rate to anything in this period */
function compareRates(legacy: Reading, contract: Reading, noun: string, applied: boolean): Outcome {
  if (legacy.state === 'known' && contract.state === 'known') {
    return legacy.value === contract.value ? agreed(legacy.value) : differentNumbers(legacy, contract);
  }
  if (!applied && isNothing(legacy) && isNothing(contract)) return EQUAL;
  const unclear = unclearOutcome(legacy, contract);
  if (unclear !== null) return unclear;
  if (legacy.state === 'absent') {
    return notComparable(`legacy states no ${noun}, and the scenario’s rate card gives none`, legacy, contract, false);
  }
  return notComparable(`contract states no ${noun}`, legacy, contract);
}

const isCommitted = (side: SideReading): boolean => !isNothing(side.committed);
const isOver = (side: SideReading): boolean => !isNothing(side.overageQuantity) || !isNothing(side.overageCharge);

export const committedRate: PairRule = {
  id: 'committed-rate',
  category: 'rate',
  looksAt: 'pair',
  title: 'Committed rate',
  doc: 'Price of one committed unit for one billing period, net: legacy `prepayPrice` (÷ the factor of the product; else the scenario’s rate card) against `price` of the plan item in force at the period’s start. A rate that legacy does not carry is not comparable, and outside the expected coverage.',
  example: 'legacy "prepayPrice":"20.00" · contract "price":21.5',
  compare: onBothSides((legacy, contract) =>
    compareRates(
      legacy.committedRate,
      contract.committedRate,
      'committed rate',
      isCommitted(legacy) || isCommitted(contract),
    ),
  ),
};

export const overageRate: PairRule = {
  id: 'overage-rate',
  category: 'rate',
  looksAt: 'pair',
  title: 'Overage rate',
  doc: 'Price of one unit of overage, net: legacy `overagePrice` (÷ the factor of the product; else the scenario’s rate card) against the charge’s `overageRate`, else `overagePrice` of the plan item in force. Left out is the same as zero where nothing went over.',
  example: 'legacy "overagePrice":"23.74" · contract "overageRate":25.0',
  compare: onBothSides((legacy, contract) =>
    compareRates(legacy.overageRate, contract.overageRate, 'overage rate', isOver(legacy) || isOver(contract)),
  ),
};

const statesMoney = (side: SideReading): boolean =>
  isSomething(side.committedRate) || isSomething(side.overageRate) || isSomething(side.overageCharge);

export const currency: PairRule = {
  id: 'currency',
  category: 'rate',
  looksAt: 'pair',
  title: 'Currency',
  doc: 'ISO 4217 code of the legacy line (else of the scenario’s rate card) against `overageCurrency` of the charge, else `currencyIsoCode` of the plan item. Amounts of different currencies are never added or set off.',
  example: 'legacy "currency":"USD" · contract "overageCurrency":"EUR"',
  compare: onBothSides((legacy, contract) => {
    const unclear = unclearOutcome(legacy.currency, contract.currency);
    if (unclear !== null) return unclear;
    if (legacy.currency.state === 'known' && contract.currency.state === 'known') {
      const same = legacy.currency.value === contract.currency.value;
      return same ? agreed(legacy.currency.value) : differentTexts(legacy.currency, contract.currency, null);
    }
    const bare = legacy.currency.state !== 'known' && contract.currency.state !== 'known';
    if (bare && !statesMoney(legacy) && !statesMoney(contract)) return EQUAL;
    const who = bare
      ? 'neither side states'
      : `${legacy.currency.state === 'known' ? 'contract' : 'legacy'} does not state`;
    return notComparable(`${who} a currency`, legacy.currency, contract.currency);
  }),
};

const rateCard: PartsRule = {
  id: 'rate-card',
  category: 'rate',
  looksAt: 'parts',
  title: 'Rate card',
  doc: 'The scenario’s `expected` currency and rates (per contract unit) against each side that states one: says which of two differing sides departs from what was agreed. One cell a side and rate.',
  example: 'scenario expected.overageRate: "23.74" · contract "overageRate":25.0',
  examine: (pair) => {
    const { product, legacy, contract } = pair;
    if (pair.obstacle !== null || legacy === null || contract === null) return [];
    if (product.expectedConflict) return [CONFLICT];
    const card = product.expected;
    return card === null ? [] : [...partsOf('legacy', legacy, card), ...partsOf('contract', contract, card)];
  },
};

const CONFLICT: PairPart = {
  side: 'contract',
  subject: '',
  outcome: notComparable(
    'the scenario expects different rates for products that share a part number or a SKU, so that they are compared together',
  ),
};

function* partsOf(side: Side, reading: SideReading, card: ExpectedRates): Generator<PairPart> {
  yield* ratePart(side, 'committedRate', reading.committedRate, card.committedRate, isCommitted(reading));
  yield* ratePart(side, 'overageRate', reading.overageRate, card.overageRate, isOver(reading));
  if (card.currency !== null && isStated(reading.currency)) {
    const outcome = against(side, reading.currency, card.currency, null);
    yield { side, subject: 'currency', outcome };
  }
}

/** A zero that is applied to nothing only says that there is no such rate. */
function* ratePart(
  side: Side,
  subject: 'committedRate' | 'overageRate',
  reading: Reading,
  expected: Decimal | null,
  applied: boolean,
): Generator<PairPart> {
  if (expected === null || !isStated(reading) || (isNothing(reading) && !applied)) return;
  const delta = reading.state === 'known' ? subtract(reading.value, expected) : null;
  yield { side, subject, outcome: against(side, reading, expected, delta) };
}

const isStated = (reading: Reading<string>): boolean =>
  reading.state === 'unclear' || (reading.state === 'known' && reading.derivation !== RATE_CARD);

function against(side: Side, reading: Reading<string>, expected: string, delta: Decimal | null): Outcome {
  const place = { legacy: side === 'legacy' ? reading : null, contract: side === 'contract' ? reading : null };
  if (reading.state !== 'known') {
    const why = reading.state === 'unclear' ? reading.reason : 'it is not stated';
    return notComparable(`${side}: ${why}`, place.legacy, place.contract);
  }
  if (reading.value === expected) return EQUAL;
  const by = delta === null ? '' : ` (${moreOrLess(delta)})`;
  return {
    kind: 'different',
    legacy: place.legacy === null ? null : statementOf(place.legacy),
    contract: place.contract === null ? null : statementOf(place.contract),
    delta,
    sentence: `${side} says ${reading.value}, the rate card of the scenario says ${expected}${by}`,
  };
}

export const rateRules: readonly (PairRule | PartsRule)[] = [committedRate, overageRate, currency, rateCard];
