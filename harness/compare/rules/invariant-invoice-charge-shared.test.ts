import { describe, expect, it } from 'vitest';
import type { Charge, InvoiceLine } from '../../domain/contract-side.ts';
import { invoiceChargeRule } from './invariant-invoice-charge.ts';
import {
  ACME,
  alone,
  BYTE,
  charge,
  detail,
  invoice,
  invoiceLine,
  kinds,
  lineOf,
  number,
  TRUE_CHARGE,
  unreadable,
} from './testing/sides.ts';

const billing = (charges: readonly Charge[], ...lines: readonly InvoiceLine[]) =>
  alone({ details: [detail(charges)], invoices: [invoice(null, lines)] });
const _TRUE = charge(TRUE_CHARGE);
/** One charge over two organisations: 3 and 4 committed at 20, 2 and 1 over. */
const SHARED = charge({ ...TRUE_CHARGE, prepaid: 7, overageCharge: '71.22' }, { orgs: [ACME, BYTE] });
const ofByte = { org: BYTE, id: 'l2' };

describe('invoice-charge-agreement', () => {
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
      expect(found?.scope).toMatchObject({ orgs: [ACME, BYTE], subject: 'invoices of ch1' });
    });

    it('cannot say where a line cannot be read', () => {
      const sides = billing([SHARED], invoiceLine('47.48'), invoiceLine('1', { ...ofByte, amount: unreadable() }));
      expect(kinds(invoiceChargeRule, sides)).toEqual(['not-comparable']);
    });
  });
});
