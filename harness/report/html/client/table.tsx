import type { Entry } from '../find/search-index.ts';
import type { SortKey, ViewState } from '../find/view-state.ts';
import { FindingRow } from './row.tsx';
import type { ChangeView } from './use-view-state.ts';

interface Column {
  readonly name: string;
  readonly title: string;
  readonly sort: SortKey | null;
  readonly numeric: boolean;
}

const COLUMNS: readonly Column[] = [
  { name: 'status', title: 'Status', sort: 'status', numeric: false },
  { name: 'money', title: 'Money at risk', sort: 'money', numeric: true },
  { name: 'rule', title: 'Rule', sort: 'rule', numeric: false },
  { name: 'org', title: 'Organisation', sort: 'org', numeric: false },
  { name: 'product', title: 'Product', sort: 'product', numeric: false },
  { name: 'legacy', title: 'Legacy', sort: null, numeric: true },
  { name: 'contract', title: 'Contract', sort: null, numeric: true },
  { name: 'delta', title: 'Difference', sort: 'delta', numeric: true },
];

/** Amounts are read from the largest, names from the first. */
const startsDescending = (key: SortKey): boolean => key === 'money' || key === 'delta';

interface Props {
  readonly entries: readonly Entry[];
  readonly state: ViewState;
  readonly change: ChangeView;
}

function Heading({ column, state, change }: { column: Column; state: ViewState; change: ChangeView }) {
  const { sort } = column;
  const kind = `col-${column.name}${column.numeric ? ' number' : ''}`;
  if (sort === null) {
    return (
      <th scope="col" class={kind}>
        {column.title}
      </th>
    );
  }
  const active = state.sort === sort;
  const descending = active ? !state.descending : startsDescending(sort);
  return (
    <th scope="col" class={kind} aria-sort={active ? (state.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" class="sort" onClick={() => change({ sort, descending, page: 0 })}>
        {column.title}
        <span class="arrow" aria-hidden="true">
          {active ? (state.descending ? ' ↓' : ' ↑') : ''}
        </span>
      </button>
    </th>
  );
}

/** One page of findings. */
export function FindingsTable({ entries, state, change }: Props) {
  return (
    <table class="findings-table">
      <caption class="unseen">Findings</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <Heading key={column.name} column={column} state={state} change={change} />
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map(({ finding }) => (
          <FindingRow key={finding.id} finding={finding} open={state.open === finding.id} change={change} />
        ))}
      </tbody>
    </table>
  );
}
