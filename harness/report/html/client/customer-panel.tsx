import { useEffect, useRef } from 'preact/hooks';
import type { RunResult, StatementRow } from '../../../domain/run-result.ts';
import { statementRows } from '../../csv/statement.ts';
import type { Customer } from '../find/customers.ts';
import { sharedPeriod } from '../find/statement.ts';
import { START, toHash } from '../find/view-state.ts';
import { partCommand } from '../share/issue-text.ts';
import { CustomerMoney } from '../view/customer.tsx';
import { OrgName } from '../view/organisation.tsx';
import { STATEMENT_COLUMNS, StatementTable } from '../view/statement.tsx';
import { counted, grouped } from '../view/words.ts';
import { CopyButton } from './copy-button.tsx';
import { save } from './save.ts';

interface Props {
  readonly customer: Customer;
  readonly bills: readonly StatementRow[];
  readonly result: RunResult;
}

function Outcomes({ customer }: { customer: Customer }) {
  const { passed, mismatch, open, accepted } = customer;
  const parts = [
    passed === null ? null : `${grouped(passed)} match`,
    `${grouped(mismatch)} do not`,
    accepted > 0 ? `${grouped(accepted)} are tolerated or waived` : null,
    open > 0 ? `${grouped(open)} could not be compared` : null,
  ].filter((part) => part !== null);
  return (
    <p class="lead">
      {passed === null ? 'Checks: ' : `Of ${counted(passed + mismatch + open + accepted, 'check')} `}
      {parts.join(', ')}. At risk: <CustomerMoney customer={customer} most={12} />
    </p>
  );
}

function Causes({ customer, result }: { customer: Customer; result: RunResult }) {
  if (customer.causes.length === 0) return null;
  const orgs = customer.orgs.map(({ id }) => `org:${id}`).join(' ');
  return (
    <p>
      Causes:{' '}
      {customer.causes.map((cause, at) => (
        <>
          {at > 0 && ', '}
          <a key={cause} href={toHash({ ...START, query: `${orgs} cause:${cause}`, customer: customer.key })}>
            {result.rootCauses.find(({ id }) => id === cause)?.title ?? cause}
          </a>
        </>
      ))}
    </p>
  );
}

/** One customer: what was checked, both bills of each product, and the ways to pass it on. Its findings stand below. */
export function CustomerPanel({ customer, bills, result }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView();
  }, []);
  const shared = sharedPeriod(bills);
  const [first] = customer.orgs;
  return (
    <section ref={panel} class="card customer" aria-labelledby="customer-title">
      <div class="panel-head">
        <h3 id="customer-title" ref={heading} tabIndex={-1}>
          {customer.orgs.map((org, at) => (
            <>
              {at > 0 && ' + '}
              <OrgName key={org.id} org={org} />
            </>
          ))}
        </h3>
        <a class="button small" href={'#customers'}>
          Close
        </a>
      </div>
      <p class="muted">{customer.orgs.map(({ id }) => id).join(', ')}</p>
      <Outcomes customer={customer} />
      <Causes customer={customer} result={result} />
      {bills.length > 0 && (
        <StatementTable
          rows={bills}
          shared={shared}
          head={STATEMENT_COLUMNS.map(({ title, kind }) => (
            <th key={title} scope="col" class={kind}>
              {title}
            </th>
          ))}
        />
      )}
      <p class="actions">
        <a class="button small" href="#findings">
          Its findings
        </a>
        <button
          type="button"
          class="button small"
          disabled={bills.length === 0}
          onClick={() =>
            save({
              name: `statement-${result.run.id}-customer.csv`,
              type: 'text/csv;charset=utf-8',
              parts: [...statementRows(bills)],
            })
          }
        >
          Save its bills
        </button>
        <CopyButton label="Copy link" text={() => location.href} />
        {first !== undefined && (
          <CopyButton label="Copy the command for its part" text={() => partCommand(first.id, result)} />
        )}
      </p>
    </section>
  );
}
