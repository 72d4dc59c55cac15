/** Rates and currency, side against side, and both against the scenario's rate card. */
import { type Decimal, subtract } from '../../domain/decimal.ts';
import type { ExpectedRates } from '../../domain/policy.ts';
import type { Side } from '../../domain/side.ts';
import { ratesAgreeConverted } from '../pairs/conversion.ts';
import type { Pair } from '../pairs/pair.ts';
import { RATE_CARD } from '../pairs/read-legacy.ts';
import { isNothing, isSomething, knownIn, type Reading, statementOf } from '../pairs/reading.ts';
import type { SideReading } from '../pairs/side-reading.ts';
import { onBothSides } from './both-sides.ts';
import {
  agreed,
  compareValues,
  differentNumbers,
  differentTexts,
  EQUAL,
  moreOrLess,
  notComparable,
  unclearOutcome,
} from './outcome.ts';
import { isUnbilledUse, undecidedUse } from './overage.ts';
import type { Outcome, PairPart, PairRule, PartsRule } from './rule.ts';

interface RateQuestion {
  readonly noun: string;
  readonly legacy: Reading;
  readonly contract: Reading;
  /** Whether either side applies the rate to anything in this period. */
  readonly applied: boolean;
  /** What the contract side bills at the rate is nothing. */
  readonly billsNothing: boolean;
  /** Legacy states the rate in another row of the product. */
  readonly provided: boolean;
}

function compareRates(question: RateQuestion, { conversion }: Pair): Outcome {
  const { legacy, contract, noun, applied, billsNothing, provided } = question;
  const same = (a: Decimal, b: Decimal): boolean =>
    a === b || (conversion !== null && ratesAgreeConverted(a, b, conversion));
  const compared = compareValues(legacy, contract, same);
  if (compared === 'same') return contract.state === 'known' ? agreed(contract.value) : EQUAL;
  const unclear = unclearOutcome(legacy, contract);
  if (unclear !== null && (applied || !isNothing(legacy) || !isNothing(contract))) return unclear;
  if (compared !== null) return rateDifference(legacy, contract, compared.offending);
  // A rate of zero and one that is left out are the same where nothing is billed at it.
  if (isNothing(legacy) && isNothing(contract) && (!applied || (billsNothing && legacy.state === 'known')))
    return EQUAL;
  if (legacy.state === 'absent') {
    return notComparable(
      `legacy states no ${noun}, and the scenario’s rate card gives none`,
      legacy,
      contract,
      provided,
    );
  }
  return notComparable(`contract states no ${noun}`, legacy, contract);
}

/** One value on each side that is not among the other's is what differs; of several no single number says by how much. */
function rateDifference(legacy: Reading, contract: Reading, offending: readonly [Decimal, Decimal] | null): Outcome {
  if (legacy.state === 'known' && contract.state === 'known') return differentNumbers(legacy, contract);
  return differentTexts(legacy, contract, offending === null ? null : subtract(offending[1], offending[0]));
}

const isCommitted = (side: SideReading): boolean => !isNothing(side.committed);
const isOver = (side: SideReading): boolean => !isNothing(side.overageQuantity) || !isNothing(side.overageCharge);

export const committedRate: PairRule = {
  id: 'committed-rate',
  category: 'rate',
  looksAt: 'pair',
  title: 'Committed rate',
  doc: 'Price of one committed unit for one billing period, net: legacy `prepayPrice` (÷ the factor of the product; else the scenario’s rate card) against `price` of a plan item in force on some day of the period: any of them may be the one that legacy states. A rate that legacy states in no row of the product is not comparable, and outside the expected coverage.',
  example: 'legacy "prepayPrice":"20.00" · contract "price":21.5',
  compare: onBothSides((legacy, contract, pair) =>
    compareRates(
      {
        noun: 'committed rate',
        legacy: legacy.committedRate,
        contract: contract.committedRate,
        applied: isCommitted(legacy) || isCommitted(contract),
        billsNothing: true,
        provided: pair.provided.committedRate,
      },
      pair,
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
  compare: onBothSides((legacy, contract, pair) => {
    const open = undecidedUse(legacy, contract, pair);
    if (open !== null) return open;
    if (isUnbilledUse(contract, pair)) return EQUAL;
    return compareRates(
      {
        noun: 'overage rate',
        legacy: legacy.overageRate,
        contract: contract.overageRate,
        applied: isOver(legacy) || isOver(contract),
        billsNothing: isNothing(contract.overageCharge),
        provided: pair.provided.overageRate,
      },
      pair,
    );
  }),
};

const statesMoney = (side: SideReading): boolean =>
  isSomething(side.committedRate) || isSomething(side.overageRate) || isSomething(side.overageCharge);

/** Its rates are zero, or nothing is applied to them. */
const billsNothing = (side: SideReading): boolean =>
  isNothing(side.overageCharge) && side.parts.every(({ fee }) => isNothing(fee));

export const currency: PairRule = {
  id: 'currency',
  moneyRank: 1,
  category: 'rate',
  looksAt: 'pair',
  title: 'Currency',
  doc: 'ISO 4217 code of the legacy line (else of the scenario’s rate card) against `overageCurrency` of the charge, else `currencyIsoCode` of the plan item. Amounts of different currencies are never added or set off.',
  example: 'legacy "currency":"USD" · contract "overageCurrency":"EUR"',
  compare: onBothSides((legacy, contract) => {
    const unclear = unclearOutcome(legacy.currency, contract.currency);
    if (unclear !== null) return unclear;
    const compared = compareValues(legacy.currency, contract.currency, (a, b) => a === b);
    if (compared === 'same') return legacy.currency.state === 'known' ? agreed(legacy.currency.value) : EQUAL;
    if (compared !== null) return differentTexts(legacy.currency, contract.currency, null);
    if (contract.currency.state === 'absent' && !statesMoney(contract) && billsNothing(legacy)) return EQUAL;
    const bare = legacy.currency.state === 'absent' && contract.currency.state === 'absent';
    if (bare && !statesMoney(legacy) && !statesMoney(contract)) return EQUAL;
    const who = bare
      ? 'neither side states'
      : `${legacy.currency.state === 'absent' ? 'legacy' : 'contract'} does not state`;
    return notComparable(`${who} a currency`, legacy.currency, contract.currency);
  }),
};

const rateCard: PartsRule = {
  id: 'rate-card',
  category: 'rate',
  looksAt: 'parts',
  sameAs: { committedRate: 'committed-rate', overageRate: 'overage-rate', currency: 'currency' },
  title: 'Rate card',
  doc: 'The scenario’s `expected` currency and rates (per contract unit) against each side that states one: says which of two differing sides departs from what was agreed. One cell a side and rate.',
  example: 'scenario expected.overageRate: "23.74" · contract "overageRate":25.0',
  examine: (pair) => {
    const { product, legacy, contract } = pair;
    if (pair.notComparableReason !== null || legacy === null || contract === null) return [];
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
  const off = knownIn(reading).find(({ value }) => value !== expected);
  const delta = off === undefined ? null : subtract(off.value, expected);
  yield { side, subject, outcome: against(side, reading, expected, delta) };
}

const isStated = (reading: Reading<string>): boolean =>
  reading.state === 'unclear' || knownIn(reading).some(({ derivation }) => derivation !== RATE_CARD);

function against(side: Side, reading: Reading<string>, expected: string, delta: Decimal | null): Outcome {
  const place = { legacy: side === 'legacy' ? reading : null, contract: side === 'contract' ? reading : null };
  if (reading.state !== 'known') {
    const why = reading.state === 'unclear' ? reading.reason : 'it is not stated';
    if (reading.state !== 'several') return notComparable(`${side}: ${why}`, place.legacy, place.contract);
  }
  const stated = knownIn(reading).map(({ value }) => value);
  if (stated.every((value) => value === expected)) return EQUAL;
  const by = delta === null ? '' : ` (${moreOrLess(delta)})`;
  return {
    kind: 'different',
    legacy: place.legacy === null ? null : statementOf(place.legacy),
    contract: place.contract === null ? null : statementOf(place.contract),
    delta,
    sentence: `${side} says ${stated.join(' and ')}, the rate card of the scenario says ${expected}${by}`,
  };
}

export const rateRules: readonly (PairRule | PartsRule)[] = [committedRate, overageRate, currency, rateCard];
