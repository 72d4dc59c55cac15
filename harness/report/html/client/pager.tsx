import { PAGE_SIZE } from '../find/select.ts';
import { grouped } from '../view/words.ts';

interface Props {
  readonly page: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

export const pagesOf = (total: number): number => Math.max(1, Math.ceil(total / PAGE_SIZE));

/** Pages of the table; nothing where one holds all. */
export function Pager({ page, total, onPage }: Props) {
  const last = pagesOf(total) - 1;
  if (last === 0) return null;
  const from = page * PAGE_SIZE + 1;
  const to = Math.min(total, from + PAGE_SIZE - 1);
  return (
    <nav class="pager" aria-label="Pages of findings">
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
