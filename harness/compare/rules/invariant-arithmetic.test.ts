import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Charge } from '../../domain/contract-side.ts';
import { add, type Decimal, decimal, maximum, multiply, subtract, ZERO } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import { chargeArithmeticRule, overageArithmeticRule } from './invariant-arithmetic.ts';
import type { SideRule } from './rule.ts';
import {
  ACME,
  alone,
  at,
  BYTE,
  charge,
  detail,
  kinds,
  lineOf,
  none,
  number,
  TRUE_CHARGE,
  text,
  unreadable,
  words,
} from './testing/sides.ts';

const of = (rule: SideRule, each: Charge) => [...rule.examine(alone({ details: [detail([each])] }))];
const overage = (numbers: Parameters<typeof charge>[0], rest: Partial<Charge> = {}) =>
  of(overageArithmeticRule, charge(numbers, rest))[0]?.outcome;
const product = (numbers: Parameters<typeof charge>[0], rest: Partial<Charge> = {}) =>
  of(chargeArithmeticRule, charge(numbers, rest))[0]?.outcome;

describe('overage-arithmetic', () => {
  it.each([
    ['beyond the commitment', { prepaid: 10, actual: 15, overageQuantity: 5 }],
    ['beyond an allowance greater than the commitment', { prepaid: 10, fairuse: 12, actual: 15, overageQuantity: 3 }],
    ['beyond a commitment greater than the allowance', { prepaid: 10, fairuse: 4, actual: 15, overageQuantity: 5 }],
    ['within the commitment', { prepaid: 10, actual: 7, overageQuantity: 0 }],
    ['nothing stated for nothing over', { prepaid: 10, actual: 10 }],
    ['nothing committed', { actual: '0.125', overageQuantity: '0.125' }],
    ['nothing at all', {}],
    ['no use stated and none over', { prepaid: 10, overageQuantity: 0 }],
    ['large figures', { prepaid: '12345678901234.56', actual: '12345678901235.56', overageQuantity: 1 }],
  ])('agrees: %s', (_, numbers) => {
    expect(overage(numbers)).toEqual({ kind: 'equal' });
  });

  it.each([
    [{ prepaid: 10, actual: 15, overageQuantity: 4 }, '-1', '10 committed and 15 used make 5 over, the charge says 4'],
    [{ prepaid: 10, actual: 15 }, '-5', '10 committed and 15 used make 5 over, the charge says none'],
    [{ prepaid: 10, actual: 4, overageQuantity: -6 }, '-6', '10 committed and 4 used make 0 over, the charge says -6'],
    [
      { prepaid: 10, fairuse: 12, actual: 15, overageQuantity: 5 },
      '2',
      '10 committed, 12 of fair use and 15 used make 3 over, the charge says 5',
    ],
  ])('differs: %j', (numbers, delta, sentence) => {
    expect(overage(numbers)).toMatchObject({ kind: 'different', legacy: null, delta, sentence });
  });

  it('shows what the charge says, as it stands on the wire', () => {
    const outcome = overage(
      { prepaid: 10, actual: 15 },
      { overageQuantity: number('4', '/charges/0/overageQuantity') },
    );
    expect(outcome).toMatchObject({
      contract: { value: '4', raw: '4', at: { exchange: 'x-1', pointer: '/charges/0/overageQuantity' } },
    });
  });

  it.each(['prepaid', 'fairuse', 'actual', 'overageQuantity'] as const)('cannot say with an unreadable %s', (field) => {
    const outcome = overage(TRUE_CHARGE, { [field]: unreadable() });
    expect(outcome).toMatchObject({ kind: 'not-comparable', expected: true });
    expect(outcome).toHaveProperty('reason', expect.stringContaining('"N/A" is not a number'));
  });

  it('cannot say where an overage is stated without use', () => {
    expect(overage({ prepaid: 10, overageQuantity: 5 })).toMatchObject({ kind: 'not-comparable' });
  });

  it.each([
    ['all of one organisation', { actual: 15, overageQuantity: 15 }, 'equal'],
    ['the least there can be', { actual: 15, overageQuantity: 5 }, 'equal'],
    ['less than there can be', { actual: 15, overageQuantity: 4 }, 'different'],
    ['more than was used', { actual: 15, overageQuantity: 16 }, 'different'],
    ['below zero', { actual: 4, overageQuantity: -1 }, 'different'],
    ['commitment of one, allowance of the other', { fairuse: 5, actual: 15, overageQuantity: 0 }, 'equal'],
  ])('bounds the overage of a charge over several organisations: %s', (_, numbers, kind) => {
    expect(overage({ prepaid: 10, ...numbers }, { orgs: [ACME, BYTE] })).toMatchObject({ kind });
  });

  it('says within which bounds', () => {
    expect(overage({ prepaid: 10, actual: 15, overageQuantity: 4 }, { orgs: [ACME, BYTE] })).toMatchObject({
      delta: '-1',
      sentence: '10 committed and 15 used of 2 organisations make between 5 and 15 over, the charge says 4',
    });
  });

  it('takes the organisations of the plan where the charge names none', () => {
    const each = charge({ ...TRUE_CHARGE, overageQuantity: 9 }, { orgs: [] });
    const side = { details: [detail([each])], lines: [lineOf(each, { orgs: [ACME, BYTE] })] };
    expect(kinds(overageArithmeticRule, alone(side))).toEqual(['equal']);
    expect(kinds(overageArithmeticRule, alone({ details: [detail([each])] }))).toEqual(['different']);
  });

  it('holds for the sum where a correction stands beside a charge that breaks it, and only there', () => {
    const second = (numbers: Parameters<typeof charge>[0]) =>
      charge(numbers, { ref: { ...charge().ref, chargeId: 'ch2' }, at: at('/charges/1') });
    const first = charge({ prepaid: 10, actual: 18, overageQuantity: 5 });
    const seen = (...charges: readonly Charge[]) => kinds(overageArithmeticRule, alone({ details: [detail(charges)] }));
    expect(seen(first, second({ actual: -3, overageQuantity: 0 }))).toEqual(['equal', 'equal']);
    expect(seen(first, second({ actual: -2, overageQuantity: 0 }))).toEqual(['different', 'equal']);
    // The sum holds, but nothing is taken back.
    const under = second({ prepaid: 3, actual: 0, overageQuantity: 0 });
    expect(seen(first, under)).toEqual(['different', 'equal']);
  });
});

describe('charge-arithmetic', () => {
  const rates = { overageQuantity: 5, overageRate: '23.74' } as const;

  it.each([
    ['USD', { ...rates, overageCharge: '118.7' }],
    ['USD', { overageQuantity: 3, overageRate: '0.335', overageCharge: '1.01' }],
    ['JPY', { overageQuantity: 3, overageRate: '0.5', overageCharge: '2' }],
    ['JPY', { overageQuantity: 5, overageRate: '2374', overageCharge: '11870' }],
    ['KWD', { overageQuantity: 1, overageRate: '0.0025', overageCharge: '0.003' }],
    ['KWD', { overageQuantity: 5, overageRate: '7.1234', overageCharge: '35.617' }],
    ['USD', { overageQuantity: 0, overageRate: '23.74' }],
    ['USD', { overageQuantity: 5 }],
    ['USD', {}],
  ])('agrees in %s: %j', (currency, numbers) => {
    expect(product(numbers, { currency: text(currency) })).toEqual({ kind: 'equal' });
  });

  it.each([
    ['USD', { ...rates, overageCharge: '118.71' }, '0.01', '5 over × 23.74 make 118.7 USD, the charge says 118.71'],
    ['USD', rates, '-118.7', '5 over × 23.74 make 118.7 USD, the charge says none'],
    [
      'USD',
      { overageQuantity: 3, overageRate: '0.335', overageCharge: '1.005' },
      '-0.005',
      '3 over × 0.335 make 1.01 USD (1.005 before rounding), the charge says 1.005, finer than the 2 places of USD',
    ],
    [
      'JPY',
      { overageQuantity: 3, overageRate: '0.5', overageCharge: '1.5' },
      '-0.5',
      '3 over × 0.5 make 2 JPY (1.5 before rounding), the charge says 1.5, finer than the 0 places of JPY',
    ],
    [
      'KWD',
      { overageQuantity: 1, overageRate: '0.0025', overageCharge: '0.002' },
      '-0.001',
      '1 over × 0.0025 make 0.003 KWD (0.0025 before rounding), the charge says 0.002',
    ],
    [
      'USD',
      { overageQuantity: 0, overageRate: '2', overageCharge: '4' },
      '4',
      '0 over × 2 make 0 USD, the charge says 4',
    ],
  ])('differs in %s: %j', (currency, numbers, delta, sentence) => {
    expect(product(numbers, { currency: text(currency) })).toMatchObject({ kind: 'different', delta, sentence });
  });

  it.each([
    ['rate', { overageQuantity: 5, overageCharge: '118.7' }, {}],
    ['quantity', { overageRate: '23.74', overageCharge: '118.7' }, {}],
    ['currency', { ...rates, overageCharge: '118.7' }, { currency: none }],
  ])('cannot say without a %s', (noun, numbers, rest) => {
    const outcome = product(numbers, rest);
    expect(outcome).toMatchObject({ kind: 'not-comparable' });
    expect(outcome).toHaveProperty('reason', expect.stringContaining(`no ${noun}`));
  });

  it.each(['overageQuantity', 'overageRate', 'overageCharge', 'currency'] as const)(
    'cannot say with an unreadable %s',
    (field) => {
      expect(product(TRUE_CHARGE, { [field]: unreadable() })).toMatchObject({ kind: 'not-comparable' });
    },
  );

  it('takes rate and currency from the plan where the charge leaves them out', () => {
    const each = charge({ overageQuantity: 5, overageCharge: '118.71' }, { currency: none });
    const lines = [lineOf(each, { overageRate: number('23.74'), currency: text('USD') })];
    expect(words(chargeArithmeticRule, alone({ details: [detail([each])], lines }))).toEqual([
      '5 over × 23.74 make 118.7 USD, the charge says 118.71',
    ]);
  });

  it('allows a charge over several organisations half a minor unit each, at the minor unit', () => {
    const shared = (overageCharge: string) =>
      product({ overageQuantity: 3, overageRate: '0.335', overageCharge }, { orgs: [ACME, BYTE] })?.kind;
    // 1.005 ± 0.01
    expect(['1', '1.01'].map(shared)).toEqual(['equal', 'equal']);
    expect(['0.99', '1.02', '1.005', '1.009'].map(shared)).toEqual([
      'different',
      'different',
      'different',
      'different',
    ]);
  });

  it('holds for the sum where a correction stands beside a charge that breaks it', () => {
    const pair = (back: string) => [
      charge({ overageQuantity: 5, overageRate: 2, overageCharge: '12' }),
      charge(
        { overageQuantity: -1, overageRate: 2, overageCharge: back },
        { ref: { ...charge().ref, chargeId: 'ch2' }, at: at('/charges/1') },
      ),
    ];
    const seen = (back: string) => kinds(chargeArithmeticRule, alone({ details: [detail(pair(back))] }));
    expect(seen('-4')).toEqual(['equal', 'equal']);
    expect(seen('-3')).toEqual(['different', 'different']);
  });
});

describe('charges that are consistent', () => {
  const quantity = fc.integer({ min: 0, max: 10_000_000 }).map((value) => decimal(`${value}e-3`));
  const currency = fc.constantFrom('USD', 'JPY', 'KWD', 'EUR');
  const consistent = fc
    .record({ prepaid: quantity, fairuse: fc.option(quantity), actual: quantity, rate: quantity, currency })
    .map(({ prepaid, fairuse, actual, rate, currency: code }) => {
      const over = maximum(ZERO, subtract(actual, maximum(prepaid, fairuse ?? ZERO)));
      const overageCharge = toMinorUnit(multiply(over, rate), code);
      const numbers = { prepaid, fairuse, actual, overageQuantity: over, overageRate: rate, overageCharge };
      return charge(numbers, { currency: text(code) });
    });
  const differing = (each: Charge): string[] =>
    [overageArithmeticRule, chargeArithmeticRule]
      .filter((rule) => kinds(rule, alone({ details: [detail([each])] })).includes('different'))
      .map(({ id }) => id);

  it('break no rule', () => {
    fc.assert(
      fc.property(consistent, (each) => {
        expect(differing(each)).toEqual([]);
      }),
    );
  });

  const more = (figure: Charge['actual'], by: Decimal) =>
    figure.state === 'known' ? number(add(figure.value, by)) : number(by);

  it('break exactly the rule of the one figure that changes', () => {
    const change = quantity.filter((by) => by !== ZERO);
    fc.assert(
      fc.property(consistent, change, (each, by) => {
        // Beyond every limit, so that each unit more counts.
        const actual = more(each.prepaid, add(by, decimal(10_000)));
        const base = maximum(
          each.prepaid.state === 'known' ? each.prepaid.value : ZERO,
          each.fairuse.state === 'known' ? each.fairuse.value : ZERO,
        );
        const over = subtract(actual.state === 'known' ? actual.value : ZERO, base);
        fc.pre(!over.startsWith('-') && over !== ZERO);
        const truth = { ...each, actual, overageQuantity: number(over), overageRate: none, overageCharge: none };
        expect(differing(truth)).toEqual([]);
        expect(differing({ ...truth, actual: more(actual, by) })).toEqual(['overage-arithmetic']);
        expect(differing({ ...each, overageCharge: more(each.overageCharge, decimal(1)) })).toEqual(
          each.overageQuantity.state === 'known' ? ['charge-arithmetic'] : [],
        );
      }),
    );
  });
});
