/** One charge told as several: halves that are alike, pieces at two prices, a charge that takes a part back. */
import { add, decimal, divide, isZero, subtract, ZERO } from '../../domain/decimal.ts';
import type { RateStep } from '../world/facts.ts';
import { overageChargeOf } from '../world/figures.ts';
import { uuid } from '../world/random.ts';
import type { Charge, Part } from './book.ts';
import { figuresIn, isEmpty, settle } from './parts.ts';
import { split } from './split.ts';
import { shareOf } from './stated.ts';

const TWO = decimal(2);

const beside = (seed: number, charge: Charge, parts: readonly Part[]): Charge => ({
  ...charge,
  id: uuid(seed, 'charge', charge.id, 'second'),
  parts,
});

/** Two charges that are alike but for their ids. */
export function halvesOf(seed: number, charge: Charge): Charge[] {
  const parts = charge.parts.map((part) => {
    const { committed, actual } = figuresIn(part);
    return settle(part.org, { committed: divide(committed, TWO), included: null, actual: divide(actual, TWO) }, charge);
  });
  return [{ ...charge, parts }, beside(seed, charge, parts)];
}

/** Two charges that add up, overages too. @param former at whose overage price the first of them stands; null: the same */
export function piecesOf(seed: number, charge: Charge, former: RateStep | null): Charge[] {
  const priced = former === null ? charge : { ...charge, rate: former.overagePrice };
  const halves = charge.parts.map((part) => split(figuresIn(part), shareOf(seed, 'pieces', charge.id)));
  const partsAt = (which: 0 | 1, at: Charge): Part[] =>
    charge.parts.map((part, index) => settle(part.org, halves[index]?.[which] ?? figuresIn(part), at));
  const pieces = [{ ...priced, parts: partsAt(0, priced) }, beside(seed, charge, partsAt(1, charge))];
  return pieces.filter((piece) => !isEmpty(piece));
}

/** So many units too many are taken back: at every rate of a made-up world they come to a whole number of minor units. */
const TOO_MANY = { metered: decimal(100), counted: decimal(10) } as const;

/** Where there is overage: a charge of more, and one that takes the surplus back. */
export function withCorrection(seed: number, charge: Charge): Charge[] {
  const { rate, currency, holding } = charge;
  const wrong = charge.parts.find(({ overage }) => !isZero(overage));
  if (wrong === undefined) return [charge];
  const surplus = holding.product.kind === 'sum' ? TOO_MANY.metered : TOO_MANY.counted;
  const overage = add(wrong.overage, surplus);
  const more: Part = {
    ...wrong,
    actual: add(wrong.actual, surplus),
    overage,
    overageCharge: overageChargeOf(overage, rate, currency),
  };
  const back: Part = {
    ...wrong,
    prepaid: ZERO,
    included: null,
    actual: subtract(ZERO, surplus),
    overage: subtract(ZERO, surplus),
    overageCharge: subtract(wrong.overageCharge, more.overageCharge),
  };
  const nothing = ({ org }: Part): Part => ({
    org,
    prepaid: ZERO,
    included: null,
    actual: ZERO,
    overage: ZERO,
    overageCharge: ZERO,
  });
  return [
    { ...charge, parts: charge.parts.map((part) => (part === wrong ? more : part)) },
    beside(
      seed,
      charge,
      charge.parts.map((part) => (part === wrong ? back : nothing(part))),
    ),
  ];
}
