import { describe, expect, it } from 'vitest';
import type { Charge, InvoiceLine } from '../../domain/contract-side.ts';
import { invoiceChargeRule } from './invariant-invoice-charge.ts';
import {
  ACME,
  alone,
  at,
  BYTE,
  charge,
  date,
  detail,
  invoice,
  invoiceLine,
  kinds,
  lineOf,
  listing,
  none,
  number,
  TRUE_CHARGE,
  text,
  unreadable,
  words,
} from './testing/sides.ts';

const billing = (charges: readonly Charge[], ...lines: readonly InvoiceLine[]) =>
  alone({ details: [detail(charges)], invoices: [invoice(null, lines)] });
const TRUE = charge(TRUE_CHARGE);
/** One charge over two organisations: 3 and 4 committed at 20, 2 and 1 over. */
const SHARED = charge({ ...TRUE_CHARGE, prepaid: 7, overageCharge: '71.22' }, { orgs: [ACME, BYTE] });
const ofByte = { org: BYTE, id: 'l2' };

describe('invoice-charge-agreement', () => {
  it.each([
    ['the overage', ['118.70']],
    ['the fee', ['200']],
    ['both at once', ['318.7']],
    ['one line each', ['118.7', '200.00']],
    ['the overage in parts', ['100', '18.70']],
    ['a correction', ['118.7', '-118.7', '118.7']],
    ['nothing', ['0']],
  ])('agrees where lines bill %s', (_, amounts) => {
    const lines = amounts.map((amount, index) => invoiceLine(amount, { id: `l${index}` }));
    const found = kinds(invoiceChargeRule, billing([amounts[0] === '0' ? charge() : TRUE], ...lines));
    expect(new Set(found)).toEqual(new Set(['equal']));
    expect(found).toHaveLength(lines.length);
  });

  it('says what the charge says instead', () => {
    const [found] = invoiceChargeRule.examine(billing([TRUE], invoiceLine('94.96')));
    expect(found?.outcome).toMatchObject({
      kind: 'different',
      delta: '-23.74',
      contract: { value: '94.96', at: { pointer: '' } },
      sentence: 'the invoice line bills 94.96 USD, the charge says 118.7 for overage and 200 for 10 committed',
    });
    expect(found?.scope).toMatchObject({ orgs: [ACME], sku: 'PC-WALL', subject: 'line l1 of invoice i1' });
  });

  it.each([
    [charge({ prepaid: 10, actual: 4 }), '199', 'the invoice line bills 199 USD, the charge says 200 for 10 committed'],
    [charge(), '1', 'the invoice line bills 1 USD, the charge says nothing'],
  ])('differs %#', (each, amount, sentence) => {
    expect(words(invoiceChargeRule, billing([each], invoiceLine(amount)))).toEqual([sentence]);
  });

  it('rounds the fee half-up to the minor unit', () => {
    const each = charge({ prepaid: 3 }, { currency: text('JPY') });
    const lines = [lineOf(each, { committedRate: number('0.5') })];
    const sides = (amount: string) =>
      alone({ details: [detail([each])], lines, invoices: [invoice(null, [invoiceLine(amount)])] });
    expect(kinds(invoiceChargeRule, sides('2'))).toEqual(['equal']);
    expect(kinds(invoiceChargeRule, sides('1.5'))).toEqual(['different']);
  });

  it('compares only lines of one known charge in exactly its period', () => {
    const off = '1';
    expect(kinds(invoiceChargeRule, billing([TRUE], invoiceLine(off, { sku: 'OTHER' })))).toEqual([]);
    expect(kinds(invoiceChargeRule, billing([TRUE], invoiceLine(off, { sku: ' pc-wall' })))).toEqual(['different']);
    expect(kinds(invoiceChargeRule, billing([TRUE], invoiceLine(off, { org: BYTE })))).toEqual([]);
    expect(kinds(invoiceChargeRule, billing([TRUE], invoiceLine(off, { end: date('2026-04-29') })))).toEqual([]);
    expect(kinds(invoiceChargeRule, billing([TRUE], invoiceLine(off, { start: none })))).toEqual([]);
    const twin = charge(TRUE_CHARGE, { ref: { ...TRUE.ref, chargeId: 'ch2' }, at: at('/charges/1') });
    expect(kinds(invoiceChargeRule, billing([TRUE, twin], invoiceLine(off)))).toEqual([]);
    const listed = { orgs: listing(BYTE) };
    expect(kinds(invoiceChargeRule, { ...billing([TRUE], invoiceLine(off)), ...alone({}, listed) })).toEqual([]);
  });

  it.each([
    ['the line', billing([TRUE], invoiceLine('1', { amount: unreadable() }))],
    ['the overage charge', billing([{ ...TRUE, overageCharge: unreadable() }], invoiceLine('1'))],
    ['the commitment', billing([{ ...TRUE, prepaid: unreadable() }], invoiceLine('1'))],
  ])('cannot say where %s cannot be read', (_, sides) => {
    expect(kinds(invoiceChargeRule, sides)).toEqual(['not-comparable']);
  });

  it('cannot say without a price, unless the overage is what is billed', () => {
    const lines = [lineOf(TRUE, { committedRate: none })];
    const sides = (amount: string) =>
      alone({ details: [detail([TRUE])], lines, invoices: [invoice(null, [invoiceLine(amount)])] });
    expect(kinds(invoiceChargeRule, sides('200'))).toEqual(['not-comparable']);
    expect(kinds(invoiceChargeRule, sides('118.7'))).toEqual(['equal']);
  });

  it('lets nothing agree together with a line that cannot be read', () => {
    const lines = [invoiceLine('118.7'), invoiceLine('1', { id: 'l2', amount: unreadable() })];
    expect(kinds(invoiceChargeRule, billing([TRUE], ...lines))).toEqual(['equal', 'not-comparable']);
    const off = [
      invoiceLine('200'),
      invoiceLine('-81.3', { id: 'l2' }),
      invoiceLine('1', { id: 'l3', amount: unreadable() }),
    ];
    expect(kinds(invoiceChargeRule, billing([TRUE], ...off))).toEqual(['equal', 'different', 'not-comparable']);
  });

  it('takes nothing billed for nothing known', () => {
    const each = { ...TRUE, overageCharge: unreadable(), prepaid: unreadable() };
    expect(kinds(invoiceChargeRule, billing([each], invoiceLine('0')))).toEqual(['not-comparable']);
  });

  it('takes the currency of the plan for a charge that states none', () => {
    const each = charge({ prepaid: 3 }, { currency: none });
    const sides = (amount: string, currency: string) =>
      alone({
        details: [detail([each])],
        lines: [lineOf(each, { committedRate: number('0.5'), currency: text(currency) })],
        invoices: [invoice(null, [invoiceLine(amount)])],
      });
    expect(kinds(invoiceChargeRule, sides('2', 'JPY'))).toEqual(['equal']);
    expect(words(invoiceChargeRule, sides('2', 'USD'))).toEqual([
      'the invoice line bills 2 USD, the charge says 1.5 for 3 committed',
    ]);
  });

  it('rounds nothing where no currency is known', () => {
    const each = charge({ prepaid: 3 }, { currency: none });
    const sides = (...amounts: readonly string[]) =>
      alone({
        details: [detail([{ ...each, orgs: amounts.length > 1 ? [ACME, BYTE] : [ACME] }])],
        lines: [lineOf(each, { committedRate: number('0.335') })],
        invoices: [
          invoice(
            null,
            amounts.map((amount, index) => invoiceLine(amount, index === 0 ? {} : ofByte)),
          ),
        ],
      });
    expect(kinds(invoiceChargeRule, sides('1.005'))).toEqual(['equal']);
    expect(words(invoiceChargeRule, sides('1.01'))).toEqual([
      'the invoice line bills 1.01, the charge says 1.005 for 3 committed',
    ]);
    expect(kinds(invoiceChargeRule, sides('0.335', '0.67'))).toEqual(['equal']);
    expect(kinds(invoiceChargeRule, sides('0.34', '0.67'))).toEqual(['different']);
  });

  describe('a charge over several organisations', () => {
    it('is seen the same in whichever order its lines come', () => {
      const lines = [
        invoiceLine('47.48', { id: null, amount: number('47.48', '/b') }),
        invoiceLine('24', { ...ofByte, id: null, amount: number('24', '/a') }),
      ];
      const seen = (all: readonly InvoiceLine[]) => [...invoiceChargeRule.examine(billing([SHARED], ...all))];
      expect(seen(lines)).toHaveLength(1);
      expect(seen([...lines].reverse())).toEqual(seen(lines));
    });

    it('allows for no rounding of an overage', () => {
      const each = charge({ actual: 3, overageQuantity: 3, overageRate: 1, overageCharge: 3 }, { orgs: [ACME, BYTE] });
      const sides = (second: string) => billing([each], invoiceLine('1'), invoiceLine(second, ofByte));
      expect(kinds(invoiceChargeRule, sides('2'))).toEqual(['equal']);
      expect(kinds(invoiceChargeRule, sides('2.01'))).toEqual(['different']);
      expect(kinds(invoiceChargeRule, sides('-0.99'))).toEqual(['different']);
    });

    it('allows for the rounding of the fee beside an overage', () => {
      const lines = [lineOf(SHARED, { committedRate: number('0.335') })];
      const sides = (second: string) =>
        alone({
          details: [detail([SHARED])],
          lines,
          invoices: [invoice(null, [invoiceLine('71.22'), invoiceLine(second, ofByte)])],
        });
      expect(kinds(invoiceChargeRule, sides('2.36'))).toEqual(['equal']);
      expect(kinds(invoiceChargeRule, sides('2.37'))).toEqual(['different']);
    });

    it('allows for the rounding of a fee whose overage cannot be read', () => {
      const each = { ...SHARED, overageCharge: unreadable() };
      const sides = (second: string) => billing([each], invoiceLine('60'), invoiceLine(second, ofByte));
      expect(kinds(invoiceChargeRule, sides('80.01'))).toEqual(['equal']);
      expect(kinds(invoiceChargeRule, sides('80.02'))).toEqual(['not-comparable']);
    });

    it.each([
      ['overages', ['47.48', '23.74']],
      ['fees', ['60', '80']],
    ])('agrees with the sum of their %s', (_, [first, second]) => {
      const lines = [invoiceLine(first ?? null), invoiceLine(second ?? null, ofByte)];
      expect(kinds(invoiceChargeRule, billing([SHARED], ...lines))).toEqual(['equal']);
    });

    it('allows for the rounding of each organisation’s fee, and for no more', () => {
      const each = charge({ prepaid: 7 }, { orgs: [ACME, BYTE] });
      const lines = [lineOf(each, { committedRate: number('0.335') })];
      // 3 × 0.335 → 1.01 and 4 × 0.335 → 1.34 are 2.35; together 2.345 → 2.35.
      const sides = (second: string) =>
        alone({
          details: [detail([each])],
          lines,
          invoices: [invoice(null, [invoiceLine('1.01'), invoiceLine(second, ofByte)])],
        });
      expect(kinds(invoiceChargeRule, sides('1.34'))).toEqual(['equal']);
      expect(kinds(invoiceChargeRule, sides('1.35'))).toEqual(['equal']);
      expect(kinds(invoiceChargeRule, sides('1.36'))).toEqual(['different']);
    });

    it('says the sum', () => {
      const sides = billing([SHARED], invoiceLine('47.48'), invoiceLine('24', ofByte));
      const [found] = invoiceChargeRule.examine(sides);
      expect(found?.outcome).toMatchObject({
        delta: '0.26',
        contract: { value: '71.48', raw: null, derivation: 'sum of 2 invoice lines' },
        sentence: 'its 2 invoice lines bill 71.48 USD, the charge says 71.22 for overage and 140 for 7 committed',
      });
      expect(found?.scope).toMatchObject({ orgs: [ACME, BYTE], subject: 'charge ch1' });
    });

    it('cannot say where a line cannot be read', () => {
      const sides = billing([SHARED], invoiceLine('47.48'), invoiceLine('1', { ...ofByte, amount: unreadable() }));
      expect(kinds(invoiceChargeRule, sides)).toEqual(['not-comparable']);
    });
  });
});
