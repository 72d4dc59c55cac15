import { describe, expect, it } from 'vitest';
import { invoiceTotalRule } from './invariant-invoice.ts';
import {
  ACME,
  alone,
  BYTE,
  beside,
  failure,
  invoice,
  invoiceLine,
  kinds,
  listing,
  text,
  unreadable,
  words,
} from './testing/sides.ts';

const of = (...invoices: Parameters<typeof alone>[0]['invoices'] & object) => alone({ invoices });

describe('invoice-total', () => {
  it.each([
    ['318.70', ['118.70', '200.00']],
    ['0.3', ['0.1', '0.1', '0.1']],
    ['-5', ['10', '-15']],
    [null, []],
    [null, ['3', '-3']],
    ['200', ['200', null]],
  ])('agrees: %s of %j', (amount, lines) => {
    expect(
      kinds(
        invoiceTotalRule,
        of(
          invoice(
            amount,
            lines.map((each) => invoiceLine(each)),
          ),
        ),
      ),
    ).toEqual(['equal']);
  });

  it('names the sum', () => {
    const lines = [invoiceLine('118.70'), invoiceLine('200', { org: BYTE })];
    const [found] = invoiceTotalRule.examine(of(invoice('318.75', lines)));
    expect(found?.outcome).toMatchObject({
      kind: 'different',
      delta: '0.05',
      contract: { value: '318.75' },
      sentence: 'its 2 lines add up to 318.7 USD, the invoice says 318.75',
    });
    expect(found?.scope).toMatchObject({ orgs: [ACME, BYTE], subject: 'i1', sku: null, period: null });
  });

  it.each([
    [
      invoice('11870', [invoiceLine('11871')], { currency: text('JPY') }),
      'its one line adds up to 11871 JPY, the invoice says 11870',
    ],
    [invoice('1', []), 'there are no lines, the invoice says 1'],
    [invoice(null, [invoiceLine('2')]), 'its one line adds up to 2 USD, the invoice says none'],
  ])('differs %#', (each, sentence) => {
    expect(words(invoiceTotalRule, of(each))).toEqual([sentence]);
  });

  it.each([
    ['an unreadable amount', invoice('1', [invoiceLine('1')], { amount: unreadable() })],
    ['an unreadable line', invoice('1', [invoiceLine('1', { amount: unreadable() })])],
    ['lines that state no amounts', invoice('1', [invoiceLine(null), invoiceLine(null)])],
    ['lines that could not be read', invoice('1', null)],
  ])('cannot say with %s', (_, each) => {
    expect(kinds(invoiceTotalRule, of(each))).toEqual(['not-comparable']);
  });

  it('says why lines, and all invoices, could not be read', () => {
    const failures = [failure({ kind: 'invoice', invoiceId: 'i1' }), failure({ kind: 'invoices' })];
    expect(words(invoiceTotalRule, alone({ invoices: [invoice('1', null)], failures }))).toEqual([
      'its lines could not be read: GET /x answered 503',
      'the invoices could not be read: GET /x answered 503',
    ]);
  });

  it('looks at invoices of organisations and products in scope', () => {
    const wrong = invoice('1', [invoiceLine('2'), invoiceLine('3', { sku: 'OTHER' })]);
    const foreign = invoice('1', [invoiceLine('2', { sku: 'OTHER' })]);
    expect(kinds(invoiceTotalRule, alone({ invoices: [wrong] }, { orgs: listing(BYTE) }))).toEqual([]);
    expect(kinds(invoiceTotalRule, beside({}, { invoices: [wrong] }))).toEqual(['different']);
    expect(kinds(invoiceTotalRule, beside({}, { invoices: [foreign] }))).toEqual([]);
    expect(kinds(invoiceTotalRule, alone({ invoices: [foreign] }))).toEqual(['different']);
  });
});
