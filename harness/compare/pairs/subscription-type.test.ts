import { describe, expect, it } from 'vitest';
import { compare } from '../compare.ts';
import { cellOf, deviations } from '../testing/cells.ts';
import { text } from '../testing/figures.ts';
import {
  type Figures,
  legacySide,
  onePair,
  policyForP1,
  product,
  row,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';
import { kindOfSubscription } from './subscription-type.ts';

describe('a subscription type', () => {
  it.each([
    ['PREPAY', 'billed'],
    ['ININ', 'billed'],
    ['MONTH_TO_MONTH', 'billed'],
    ['PREPAY_MONTHLY_COMMITMENT', 'billed'],
    ['DEV_ORG_PREPAY_MONTHLY_COMMITMENT', 'billed'],
    ['Annual prepay', 'billed'],
    ['annual month-to-month', 'billed'],
    ['FREE_TRIAL_MONTH_TO_MONTH', 'trial'],
    ['Trial', 'trial'],
    ['PREPAY-x', 'unknown'],
    ['EVALUATION', 'unknown'],
    ['体験', 'unknown'],
  ])('%s says that use is %s', (type, kind) => {
    expect(kindOfSubscription(type)).toBe(kind);
  });
});

describe('a pair of a subscription type that nobody knows', () => {
  const judged = (changes: Figures, trial: 'free' | 'charged' | 'unknown' = 'unknown', figures: Figures = TYPICAL) => {
    const { contract } = onePair(figures, changes);
    const legacy = { ...subscription('a', [row('a', 'P1', figures)]), subscriptionType: text('EVALUATION') };
    return compare(legacySide([legacy]), contract, policyForP1({ products: [product('P1', { trial })] }));
  };
  const unbilled = { overageQuantity: '0', overageCharge: '0' };

  it.each([
    ['billed', {}, 'unknown'],
    ['billed', {}, 'free'],
    ['unbilled', unbilled, 'unknown'],
    ['unbilled', unbilled, 'free'],
  ] as const)('%s: what a trial would free is not comparable, within coverage (trial: %s)', (_, changes, trial) => {
    const judgement = judged(changes, trial);
    const told = deviations(judgement).filter((each) => !each.endsWith('-arithmetic not-comparable'));
    const overage = ['overage-quantity', 'overage-charge', 'overage-rate'];
    expect(told).toEqual(overage.map((rule) => `${rule} not-comparable`));
    expect(cellOf(judgement, 'overage-charge').reason).toContain('EVALUATION, which is none that the vendor documents');
    expect(cellOf(judgement, 'overage-charge').reason).toContain('write `trial: charged` at the product P1');
    expect(judgement.verdict).toBe('inconclusive');
    expect([...judgement.outsideCoverage]).toEqual([]);
    expect(judgement.tieOut).toMatchObject([{ legacy: '0', contract: '0', notCompared: { legacy: '200' } }]);
  });

  it('is judged where the scenario says that even trials are charged', () => {
    expect(deviations(judged({}, 'charged'))).toEqual([]);
    expect(deviations(judged(unbilled, 'charged'))).toContain('overage-charge mismatch');
  });

  it('is judged where nothing is over', () => {
    expect(deviations(judged({}, 'unknown', { ...TYPICAL, actual: '9' }))).toEqual([]);
  });
});
