import { useMemo, useState } from 'preact/hooks';
import { statementRows } from '../../csv/statement.ts';
import { counted, grouped } from '../../words/common.ts';
import { type StatementIndex, type StatementView, sharedPeriod } from '../find/statement.ts';
import { STATEMENT_COLUMNS, type StatementColumn, StatementTable } from '../view/statement.tsx';
import { Pager, pagesOf } from './pager.tsx';
import { save } from './save.ts';
import { TableSearch } from './table-search.tsx';

/** Pairs on one page: the page holds few elements, however many pairs. */
const ROWS = 10;

type Change = (change: Partial<StatementView>) => void;

function Heading({ column, view, change }: { column: StatementColumn; view: StatementView; change: Change }) {
  const { sort, title, kind } = column;
  if (sort === null) {
    return (
      <th scope="col" class={kind}>
        {title}
      </th>
    );
  }
  const active = view.sort === sort;
  const descending = active ? !view.descending : kind === 'number';
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

/** Takes over the static statement: all pairs, searched, sorted, page by page. */
export function StatementExplorer({ index, run }: { index: StatementIndex; run: string }) {
  const [view, setView] = useState<StatementView>({ query: '', sort: 'worst', descending: false });
  const [at, setPage] = useState(0);
  const { rows, misread } = useMemo(() => index.select(view), [index, view]);
  const shared = useMemo(() => sharedPeriod(index.rows), [index]);
  const page = Math.min(at, pagesOf(rows.length, ROWS) - 1);
  const change: Change = (part) => {
    setView({ ...view, ...part });
    setPage(0);
  };
  return (
    <>
      <div class="statement-tools">
        <TableSearch
          name="statement"
          label="Search statement"
          placeholder="Search, or org: sku: app: currency: money:>100"
          query={view.query}
          misread={misread}
          onQuery={(query) => change({ query })}
        />
        <p class="muted" role="status">
          {counted(rows.length, 'pair')} of {grouped(index.rows.length)}
          {view.sort === 'worst' ? ', the worst of each currency first' : ', amounts within each currency'}
        </p>
        <span>
          {view.sort !== 'worst' && (
            <button type="button" class="button small" onClick={() => change({ sort: 'worst', descending: false })}>
              Worst first
            </button>
          )}{' '}
          <button
            type="button"
            class="button small"
            disabled={rows.length === 0}
            title="Saves the pairs that the search leaves, for spreadsheets"
            onClick={() =>
              save({ name: `statement-${run}.csv`, type: 'text/csv;charset=utf-8', parts: [...statementRows(rows)] })
            }
          >
            Save these pairs
          </button>
        </span>
      </div>
      {rows.length === 0 ? (
        <p class="nothing">No pair fits this search.</p>
      ) : (
        <StatementTable
          rows={rows.slice(page * ROWS, (page + 1) * ROWS)}
          shared={shared}
          head={STATEMENT_COLUMNS.map((column) => (
            <Heading key={column.title} column={column} view={view} change={change} />
          ))}
        />
      )}
      <Pager page={page} total={rows.length} size={ROWS} of="pairs" onPage={setPage} />
    </>
  );
}
