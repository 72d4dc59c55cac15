import type { ComponentChildren } from 'preact';
import { counted, grouped } from '../../words/common.ts';
import { CUSTOMERS_ELEMENT } from '../data.ts';
import type { Customer } from '../find/customers.ts';
import { Amounts } from './amounts.tsx';
import { OrgNames } from './organisation.tsx';

/** Customers that stand in the page itself; all of them stand in its data. */
const STATIC_CUSTOMERS = 20;
/** The same on paper, where nothing can be searched. */
const PAPER_CUSTOMERS = 2000;

/** Finds what is told of these organisations together. */
const customerQuery = ({ orgs }: Pick<Customer, 'orgs'>): string => orgs.map(({ id }) => `org:${id}`).join(' ');

/** Leads to the view of one customer, with the findings of it below. */
export const customerHref = (customer: Pick<Customer, 'key' | 'orgs'>): string =>
  `#q=${encodeURIComponent(customerQuery(customer))}&status=all&customer=${encodeURIComponent(customer.key)}`;

export const CustomerMoney = ({ customer, most = 3 }: { customer: Customer; most?: number }) => (
  <Amounts money={customer.money} most={most} short />
);

function Row({ customer }: { customer: Customer }) {
  const { passed, mismatch, open, accepted, pairs } = customer;
  return (
    <tr>
      <th scope="row" class="bill-org">
        <a href={customerHref(customer)}>
          <OrgNames orgs={customer.orgs} />
        </a>
      </th>
      <td class="customer-money" data-label="At risk">
        <CustomerMoney customer={customer} />
      </td>
      <td class="number" data-label="Mismatches">
        {grouped(mismatch)}
      </td>
      <td class="number" data-label="Not compared">
        {grouped(open)}
      </td>
      <td class="number" data-label="Accepted">
        {grouped(accepted)}
      </td>
      <td class="number" data-label="Match">
        {passed === null ? <span class="muted">not known</span> : grouped(passed)}
      </td>
      <td class="number" data-label="Bills">
        {grouped(pairs)}
      </td>
    </tr>
  );
}

export interface CustomerColumn {
  readonly title: string;
  readonly sort: 'org' | 'money' | 'mismatch' | 'open' | 'accepted' | 'passed' | 'pairs';
  readonly kind: string;
}

export const CUSTOMER_COLUMNS: readonly CustomerColumn[] = [
  { title: 'Customer', sort: 'org', kind: 'bill-org' },
  { title: 'At risk', sort: 'money', kind: 'customer-money' },
  { title: 'Mismatches', sort: 'mismatch', kind: 'number' },
  { title: 'Not compared', sort: 'open', kind: 'number' },
  { title: 'Accepted', sort: 'accepted', kind: 'number' },
  { title: 'Match', sort: 'passed', kind: 'number' },
  { title: 'Bills', sort: 'pairs', kind: 'number' },
];

/** @param head cells of the heading, in the order of the columns. */
export function CustomerTable({ rows, head }: { rows: readonly Customer[]; head: ComponentChildren }) {
  return (
    <div class="list">
      <table class="statement-table customer-table">
        <caption class="unseen">Checks and money at risk by customer</caption>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>
          {rows.map((customer) => (
            <Row key={customer.key} customer={customer} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Everybody that the run speaks of, the costliest first; nothing where it names nobody. */
export function Customers({ customers, paper }: { customers: readonly Customer[]; paper: boolean }) {
  if (customers.length === 0) return null;
  const shown = customers.slice(0, paper ? PAPER_CUSTOMERS : STATIC_CUSTOMERS);
  return (
    <section class="customers" aria-labelledby="customers">
      <h2 id="customers" tabIndex={-1}>
        Customers
      </h2>
      <p class="explained">
        The costliest of each currency first. What is billed over several organisations at once is a row of its own, so
        that the rows add up. Accepted: tolerated or waived.
      </p>
      <div id={CUSTOMERS_ELEMENT}>
        <p class="muted">
          {shown.length === customers.length
            ? counted(customers.length, 'customer')
            : `The first ${shown.length} of ${counted(customers.length, 'customer')}.`}
        </p>
        <CustomerTable
          rows={shown}
          head={CUSTOMER_COLUMNS.map(({ title, kind }) => (
            <th key={title} scope="col" class={kind}>
              {title}
            </th>
          ))}
        />
      </div>
    </section>
  );
}
