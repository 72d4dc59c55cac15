import { useEffect, useMemo, useState } from 'preact/hooks';
import { customerKey } from '../../../domain/customer.ts';
import type { StatementRow } from '../../../domain/run-result.ts';
import { counted, grouped } from '../../words/common.ts';
import type { ReportFrame } from '../data.ts';
import { type Customer, type CustomerView, selectCustomers } from '../find/customers.ts';
import type { FindingTable } from '../find/table.ts';
import { fromHash } from '../find/view-state.ts';
import { CUSTOMER_COLUMNS, type CustomerColumn, CustomerTable } from '../view/customer.tsx';
import { CustomerPanel } from './customer-panel.tsx';
import { Pager, pagesOf } from './pager.tsx';
import { TableSearch } from './table-search.tsx';

/** On one page. */
const ROWS = 8;

type Change = (part: Partial<CustomerView>) => void;

function Heading({ column, view, change }: { column: CustomerColumn; view: CustomerView; change: Change }) {
  const { sort, title, kind } = column;
  const active = view.sort === sort;
  const descending = active ? !view.descending : sort !== 'org';
  return (
    <th scope="col" class={kind} aria-sort={active ? (view.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" class="sort" onClick={() => change({ sort, descending })}>
        {title}
        <span class="arrow" aria-hidden="true">
          {active ? (view.descending ? ' ↓' : ' ↑') : ''}
        </span>
      </button>
    </th>
  );
}

const chosenNow = (): string | null => fromHash(location.hash)?.customer ?? null;

/** Key of the customer that the address names. */
function useChosen(): string | null {
  const [chosen, setChosen] = useState(chosenNow);
  useEffect(() => {
    const read = (): void => setChosen(chosenNow());
    window.addEventListener('hashchange', read);
    window.addEventListener('popstate', read);
    return () => {
      window.removeEventListener('hashchange', read);
      window.removeEventListener('popstate', read);
    };
  }, []);
  return chosen;
}

interface Props {
  readonly customers: readonly Customer[];
  readonly rows: readonly StatementRow[];
  readonly frame: ReportFrame;
  readonly table: FindingTable;
}

/** Takes over the static list of customers: all of them, searched and sorted, and one of them opened. */
export function CustomersExplorer({ customers, rows: bills, frame, table }: Props) {
  const [view, setView] = useState<CustomerView>({ query: '', sort: 'worst', descending: false });
  const [at, setPage] = useState(0);
  const key = useChosen();
  const chosen = customers.find((one) => one.key === key);
  const { rows, misread } = useMemo(() => selectCustomers(customers, view), [customers, view]);
  const page = Math.min(at, pagesOf(rows.length, ROWS) - 1);
  const change: Change = (part) => {
    setView({ ...view, ...part });
    setPage(0);
  };
  return (
    <>
      {chosen !== undefined && (
        <CustomerPanel
          key={chosen.key}
          customer={chosen}
          bills={bills.filter(({ orgs }) => customerKey(orgs) === chosen.key)}
          frame={frame}
          table={table}
        />
      )}
      <div class="statement-tools">
        <TableSearch
          name="customer"
          label="Search customers"
          placeholder="Search, or org: cause: currency: money:>100"
          query={view.query}
          misread={misread}
          onQuery={(query) => change({ query })}
        />
        <p class="muted" role="status">
          {counted(rows.length, 'customer')} of {grouped(customers.length)}
          {view.sort === 'worst' && ', the costliest of each currency first'}
        </p>
        {view.sort !== 'worst' && (
          <button type="button" class="button small" onClick={() => change({ sort: 'worst', descending: false })}>
            Costliest first
          </button>
        )}
      </div>
      {rows.length === 0 ? (
        <p class="nothing">No customer fits this search.</p>
      ) : (
        <CustomerTable
          rows={rows.slice(page * ROWS, (page + 1) * ROWS)}
          head={CUSTOMER_COLUMNS.map((column) => (
            <Heading key={column.title} column={column} view={view} change={change} />
          ))}
        />
      )}
      <Pager page={page} total={rows.length} size={ROWS} of="customers" onPage={setPage} />
    </>
  );
}
