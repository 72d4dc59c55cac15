/** Invoices against their own lines. */
import type { Invoice } from '../../domain/contract-side.ts';
import { subtract, sum } from '../../domain/decimal.ts';
import { knownValue } from '../../domain/figure.ts';
import type { OrgRef } from '../../domain/side.ts';
import { breaks, cannotSay, figureText, orZero, stated, unreadableAmong } from './invariant-outcome.ts';
import { type Examination, examinationOf, failuresOf, Observer } from './invariant-scope.ts';
import { EQUAL } from './outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from './rule.ts';

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  const failures = new Map(failuresOf(sides, 'invoice').map(({ subject, message }) => [subject.invoiceId, message]));
  for (const invoice of sides.contract.invoices) {
    if (!invoice.asked || !isExamined(invoice, examination)) continue;
    const scope = examination.scope({ side: 'contract', subject: invoice.id, orgs: orgsOf(invoice) });
    yield observer.observe(scope, judge(invoice, failures.get(invoice.id) ?? null));
  }
  for (const { message } of failuresOf(sides, 'invoices')) {
    const scope = examination.scope({ side: 'contract', subject: 'all invoices' });
    yield observer.observe(scope, cannotSay('contract', null, `the invoices could not be read: ${message}`));
  }
}

/** Without its lines nobody can say whom an invoice concerns. */
const isExamined = (invoice: Invoice, examination: Examination): boolean => {
  if (invoice.lines === null) return true;
  const covered = examination.sides.legacy === null || invoice.lines.some(({ sku }) => examination.covers(sku));
  return covered && examination.concerns(orgsOf(invoice));
};

const orgsOf = ({ lines }: Invoice): OrgRef[] => [
  ...new Map((lines ?? []).flatMap(({ org }) => (org === null ? [] : [[org.id, org] as const]))).values(),
];

function judge({ amount, lines, currency }: Invoice, failure: string | null): Outcome {
  const statement = stated(amount);
  if (lines === null) {
    return cannotSay('contract', statement, `its lines could not be read: ${failure ?? 'they were not answered'}`);
  }
  const unreadable =
    unreadableAmong({ amount }) ??
    lines.map((line) => unreadableAmong({ 'amount of a line': line.amount })).find((reason) => reason !== null);
  if (unreadable !== undefined && unreadable !== null) return cannotSay('contract', statement, unreadable);
  if (lines.length > 0 && lines.every((line) => line.amount.state === 'absent')) {
    return cannotSay('contract', statement, `none of its ${counted(lines.length)} states an amount`);
  }
  const expected = sum(lines.map((line) => orZero(line.amount)));
  const says = orZero(amount);
  if (says === expected) return EQUAL;
  const code = knownValue(currency);
  const unit = code === null ? '' : ` ${code}`;
  const made =
    lines.length === 0
      ? 'there are no lines'
      : `its ${counted(lines.length)} ${lines.length === 1 ? 'adds' : 'add'} up to ${expected}${unit}`;
  return breaks('contract', statement, subtract(says, expected), `${made}, the invoice says ${figureText(amount)}`);
}

const counted = (lines: number): string => (lines === 1 ? 'one line' : `${lines} lines`);

export const invoiceTotalRule: SideRule = {
  id: 'invoice-total',
  category: 'invariant',
  looksAt: 'sides',
  title: 'An invoice is the sum of its lines',
  doc: '`amount` of the invoice = sum of `amount` of all its lines, exactly; a line without an amount counts as zero. Before tax, in the invoice’s currency.',
  example: 'lines "amount":118.70 and 200.00 · invoice "amount":318.75',
  examine,
};
