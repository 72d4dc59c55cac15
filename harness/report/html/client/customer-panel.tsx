import { useEffect, useMemo, useRef } from 'preact/hooks';
import { customerKey } from '../../../domain/customer.ts';
import type { Finding, RunResult, StatementRow } from '../../../domain/run-result.ts';
import { checksRows } from '../../csv/checks.ts';
import { statementRows } from '../../csv/statement.ts';
import { counted, grouped } from '../../words/common.ts';
import type { HistoryData, ReportFrame } from '../data.ts';
import { checksByRule, type RuleChecks } from '../find/checks-by-rule.ts';
import type { Customer } from '../find/customers.ts';
import { sharedPeriod } from '../find/statement.ts';
import type { FindingTable } from '../find/table.ts';
import { START, toHash } from '../find/view-state.ts';
import { partCommand } from '../share/issue-text.ts';
import { ChecksTable } from '../view/checks.tsx';
import { CustomerMoney } from '../view/customer.tsx';
import { FactList } from '../view/fact-list.tsx';
import { OrgName } from '../view/organisation.tsx';
import { periodWords, STATEMENT_COLUMNS, StatementTable } from '../view/statement.tsx';
import { CopyButton } from './copy-button.tsx';
import { save } from './save.ts';

interface Props {
  readonly customer: Customer;
  readonly bills: readonly StatementRow[];
  readonly frame: ReportFrame;
  readonly table: FindingTable;
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

function checksOf(table: FindingTable, { key, passedRules }: Customer): readonly RuleChecks[] {
  const theirs = new Map<string | null, boolean>();
  const isTheirs = (row: number): boolean => {
    const orgs = table.text('orgs', row);
    const known = theirs.get(orgs) ?? customerKey(JSON.parse(orgs ?? '[]') as Finding['orgs']) === key;
    theirs.set(orgs, known);
    return known;
  };
  const findings = Array.from({ length: table.length }, (_, row) => row)
    .filter(isTheirs)
    .map((row) => ({
      rule: table.text('rule', row) ?? '',
      status: (table.text('status', row) ?? '') as Finding['status'],
    }));
  return checksByRule(findings, passedRules);
}

/** All checks by rule: those with something to look at in sight, the rest folded. */
function Checks({ rows, rules }: { rows: readonly RuleChecks[] } & Pick<ReportFrame, 'rules'>) {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const [open, agreed] = [rows.filter((row) => !isAgreed(row)), rows.filter(isAgreed)];
  return (
    <div class="customer-checks">
      {open.length > 0 && <ChecksTable rows={open} label="Checks by rule" titles={titles} />}
      {agreed.length > 0 && (
        <details>
          <summary class="muted">{counted(agreed.length, 'rule')} whose checks all match</summary>
          <ChecksTable rows={agreed} label="Rules whose checks all match" titles={titles} />
        </details>
      )}
    </div>
  );
}

const isAgreed = ({ passed, mismatch, open, accepted }: RuleChecks): boolean =>
  (passed ?? 0) > 0 && mismatch + open + accepted === 0;

/** Its billing periods, and what was unresolved in the runs before. */
function Course({ customer, bills, history }: Pick<Props, 'customer' | 'bills'> & { history: HistoryData | null }) {
  const periods = new Set(bills.flatMap(({ period }) => (period === null ? [] : [periodWords(period)])));
  const before = customer.before.map(
    (count, at) => `${history?.runs[at]?.startedAt.slice(0, 10) ?? '?'}: ${grouped(count)}`,
  );
  const facts: (readonly [string, string])[] = [
    ...(periods.size === 0 ? [] : [['Billing periods', [...periods].sort().join('; ')] as const]),
    ...(before.length === 0
      ? []
      : [
          [
            'Unresolved, run by run',
            [...before, `now: ${grouped(customer.mismatch + customer.open)}`].join(' · '),
          ] as const,
        ]),
  ];
  return facts.length === 0 ? null : <FactList facts={facts} />;
}

/** One customer: what was checked, both bills of each product, and the ways to pass it on. Its findings stand below. */
export function CustomerPanel({ customer, bills, frame, table }: Props) {
  const { result } = frame;
  const checks = useMemo(() => checksOf(table, customer), [table, customer]);
  const heading = useRef<HTMLHeadingElement>(null);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView();
  }, []);
  const shared = sharedPeriod(bills);
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
      <Course customer={customer} bills={bills} history={frame.history} />
      <Checks rows={checks} rules={frame.rules} />
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
        <button
          type="button"
          class="button small"
          onClick={() =>
            save({
              name: `checks-${result.run.id}-customer.csv`,
              type: 'text/csv;charset=utf-8',
              parts: [...checksRows(checks.map((row) => ({ ...row, orgs: customer.orgs })))],
            })
          }
        >
          Save its checks
        </button>
        <CopyButton label="Copy link" text={() => location.href} />
        <CopyButton label="Copy the command for its pack" text={() => partCommand(customer.orgs, result)} />
      </p>
    </section>
  );
}
