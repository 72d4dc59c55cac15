import { describe, expect, it } from 'vitest';
import type { Charge, InvoiceLine } from '../../domain/contract-side.ts';
import { invoiceChargeRule } from './invariant-invoice-charge.ts';
import {
  ACME,
  alone,
  at,
  BYTE,
  charge,
  contract,
  date,
  detail,
  invoice,
  invoiceLine,
  item,
  kinds,
  lineOf,
  listing,
  none,
  number,
  period,
  plan,
  TRUE_CHARGE,
  text,
  unreadable,
  words,
} from './testing/sides.ts';

const billing = (charges: readonly Charge[], ...lines: readonly InvoiceLine[]) =>
  alone({ details: [detail(charges)], invoices: [invoice(null, lines)] });
const TRUE = charge(TRUE_CHARGE);
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
    expect(found).toEqual(['equal']);
  });

  it('says what the charge says instead', () => {
    const [found] = invoiceChargeRule.examine(billing([TRUE], invoiceLine('94.96')));
    expect(found?.outcome).toMatchObject({
      kind: 'different',
      delta: '-23.74',
      contract: { value: '94.96', at: { pointer: '' } },
      sentence: 'the invoice line bills 94.96 USD, the charge says 118.7 for overage and 200 for 10 committed',
    });
    expect(found?.scope).toMatchObject({ orgs: [ACME], sku: 'PC-WALL', subject: 'invoices of ch1' });
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
      alone({
        details: [detail([each])],
        lines,
        invoices: [invoice(null, [invoiceLine(amount)], { currency: text('JPY') })],
      });
    expect(kinds(invoiceChargeRule, sides('2'))).toEqual(['equal']);
    expect(kinds(invoiceChargeRule, sides('1.5'))).toEqual(['different']);
  });

  it('holds a line against the charges of its organisation, SKU and billing period', () => {
    const off = '1';
    const seen = (rest: Partial<InvoiceLine>) => kinds(invoiceChargeRule, billing([TRUE], invoiceLine(off, rest)));
    expect(seen({ sku: ' pc-wall' })).toEqual(['different']);
    const listed = { orgs: listing(BYTE) };
    expect(kinds(invoiceChargeRule, { ...billing([TRUE], invoiceLine(off)), ...alone({}, listed) })).toEqual([]);
  });

  it.each<[string, Partial<InvoiceLine>]>([
    ['of another SKU', { sku: 'OTHER' }],
    ['without a SKU', { sku: null }],
    ['of another organisation', { org: BYTE }],
    ['without an organisation', { org: null }],
    ['of part of the period', { end: date('2026-04-29') }],
    ['without a start', { start: none }],
  ])('cannot say what a line bills %s', (_, rest) => {
    const sides = {
      ...billing([TRUE], invoiceLine('1', rest)),
      policy: alone({}).policy,
    };
    const byte = detail([charge({}, { orgs: [BYTE], sku: 'PC-ELSE', at: at('/charges/9') })], { period: period('p9') });
    const { contract } = sides;
    const all = { ...sides, contract: { ...contract, details: [...contract.details, byte] } };
    expect(kinds(invoiceChargeRule, all)).toEqual(['not-comparable']);
  });

  it('leaves a line alone that is wholly outside the periods that were read', () => {
    const rest = { start: date('2026-03-01'), end: date('2026-03-31') };
    expect(kinds(invoiceChargeRule, billing([TRUE], invoiceLine('1', rest)))).toEqual([]);
  });

  it('cannot say what a line bills of an organisation that no contract names, whatever its dates', () => {
    const earlier = { start: date('2026-03-01'), end: date('2026-03-31') };
    for (const dates of [{}, earlier]) {
      expect(words(invoiceChargeRule, billing([TRUE], invoiceLine('1', { org: BYTE, ...dates })))).toEqual([
        expect.stringContaining('no contract names its organisation'),
      ]);
    }
  });

  it('uses each amount once: what is billed twice differs', () => {
    const seen = (...amounts: readonly string[]) =>
      kinds(
        invoiceChargeRule,
        billing([TRUE], ...amounts.map((amount, index) => invoiceLine(amount, { id: `l${index}` }))),
      );
    expect(seen('118.7', '118.7')).toEqual(['different']);
    expect(seen('200', '200')).toEqual(['different']);
    expect(seen('118.7', '118.7', '-118.7')).toEqual(['equal']);
    const twin = charge(TRUE_CHARGE, { ref: { ...TRUE.ref, chargeId: 'ch2' }, at: at('/charges/1') });
    const both = (...amounts: readonly string[]) =>
      kinds(
        invoiceChargeRule,
        billing([TRUE, twin], ...amounts.map((amount, index) => invoiceLine(amount, { id: `l${index}` }))),
      );
    expect(both('118.7', '118.7')).toEqual(['equal']);
    expect(both('118.7', '118.7', '118.7')).toEqual(['different']);
  });

  it('compares currency, unit and quantity of a line with the charge’s', () => {
    const sides = (rest: Partial<InvoiceLine>, currency = 'USD') =>
      alone({
        details: [detail([TRUE])],
        invoices: [invoice(null, [invoiceLine('118.7', rest)], { currency: text(currency) })],
      });
    expect(kinds(invoiceChargeRule, sides({}, 'EUR'))).toEqual(['different']);
    expect(kinds(invoiceChargeRule, sides({ unit: text('GB') }))).toEqual(['different']);
    expect(kinds(invoiceChargeRule, sides({ unit: text('seat') }))).toEqual(['equal']);
    expect(kinds(invoiceChargeRule, sides({ quantity: number(5) }))).toEqual(['equal']);
    // The commitment is another amount’s quantity, unless the line bills both.
    expect(kinds(invoiceChargeRule, sides({ quantity: number(10) }))).toEqual(['different']);
    expect(kinds(invoiceChargeRule, sides({ quantity: number(10), amount: number('318.7') }))).toEqual(['equal']);
  });

  it('holds a line over several whole periods against as many fees', () => {
    const periods = [period(), period('p2', '2026-05-01', '2026-05-31'), period('p3', '2026-06-01', '2026-06-30')];
    const sides = (amount: string, end: string) =>
      alone({
        contracts: [contract({ periods })],
        details: [detail([TRUE])],
        invoices: [invoice(null, [invoiceLine(amount, { end: date(end) })])],
      });
    expect(kinds(invoiceChargeRule, sides('600', '2026-06-30'))).toEqual(['equal']);
    expect(kinds(invoiceChargeRule, sides('400', '2026-05-31'))).toEqual(['equal']);
    expect(kinds(invoiceChargeRule, sides('600', '2026-05-31'))).toEqual(['different']);
    expect(kinds(invoiceChargeRule, sides('600', '2026-06-29'))).toEqual(['not-comparable']);
  });

  it('holds the line of a one-time item against it, each item once', () => {
    const set_up = item('500', null, { oneTime: true });
    const sides = (...amounts: readonly string[]) =>
      alone({
        contracts: [contract({ plans: [plan({ sku: 'PC-SETUP', items: [set_up] })] })],
        details: [detail([TRUE])],
        invoices: [
          invoice(
            null,
            amounts.map((amount, index) =>
              invoiceLine(amount, { id: `l${index}`, sku: 'PC-SETUP', start: none, end: none }),
            ),
          ),
        ],
      });
    expect(kinds(invoiceChargeRule, sides('500'))).toEqual(['equal']);
    expect(kinds(invoiceChargeRule, sides('501'))).toEqual(['different']);
    expect(kinds(invoiceChargeRule, sides('500', '500'))).toEqual(['equal', 'different']);
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
    expect(kinds(invoiceChargeRule, billing([TRUE], ...lines))).toEqual(['not-comparable']);
    const off = [
      invoiceLine('200'),
      invoiceLine('-81.3', { id: 'l2' }),
      invoiceLine('1', { id: 'l3', amount: unreadable() }),
    ];
    expect(kinds(invoiceChargeRule, billing([TRUE], ...off))).toEqual(['not-comparable']);
  });

  it('takes a line without an amount for no line of nothing', () => {
    expect(words(invoiceChargeRule, billing([TRUE], invoiceLine(null)))).toEqual([
      'line l1 of invoice i1 states no amount',
    ]);
    expect(kinds(invoiceChargeRule, billing([TRUE], invoiceLine('0', { quantity: unreadable() })))).toEqual([
      'not-comparable',
    ]);
    // Without a place, too; what is known to bill nothing needs none.
    const stray = (amount: string | null) =>
      kinds(invoiceChargeRule, billing([TRUE], invoiceLine(amount, { sku: null })));
    expect([stray(null), stray('1'), stray('0')]).toEqual([['not-comparable'], ['not-comparable'], []]);
  });

  it('takes the currency of the plan for a charge that states none', () => {
    const each = charge({ prepaid: 3 }, { currency: none });
    const sides = (amount: string, currency: string) =>
      alone({
        details: [detail([each])],
        lines: [lineOf(each, { committedRate: number('0.5'), currency: text(currency) })],
        invoices: [invoice(null, [invoiceLine(amount)], { currency: text(currency) })],
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
});
