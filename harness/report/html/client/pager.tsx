import { grouped } from '../../words/common.ts';

interface Props {
  readonly page: number;
  readonly total: number;
  /** Rows on one page. */
  readonly size: number;
  /** What the rows are, in the plural. */
  readonly of: string;
  readonly onPage: (page: number) => void;
}

export const pagesOf = (total: number, size: number): number => Math.max(1, Math.ceil(total / size));

/** Pages of the table; nothing where one holds all. */
export function Pager({ page, total, size, of, onPage }: Props) {
  const last = pagesOf(total, size) - 1;
  if (last === 0) return null;
  const from = page * size + 1;
  const to = Math.min(total, from + size - 1);
  return (
    <nav class="pager" aria-label={`Pages of ${of}`}>
      <button type="button" class="button small" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </button>
      <span>
        {grouped(from)} to {grouped(to)} of {grouped(total)}
      </span>
      <button type="button" class="button small" disabled={page === last} onClick={() => onPage(page + 1)}>
        Next
      </button>
    </nav>
  );
}
