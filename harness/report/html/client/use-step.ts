import { useLayoutEffect, useRef } from 'preact/hooks';
import { PAGE_SIZE, type Selection } from '../find/select.ts';
import type { ViewState } from '../find/view-state.ts';
import { rowButtonId } from './row.tsx';
import type { ChangeView } from './use-view-state.ts';

interface Props {
  readonly selection: Selection;
  readonly state: ViewState;
  readonly page: number;
  readonly change: ChangeView;
}

/** Where the reader stands: the open detail, else the row that has the focus. */
function standing({ selection, state }: Props): number {
  const focused = document.activeElement?.id ?? '';
  return selection.entries.findIndex(({ finding }) =>
    state.open === null ? rowButtonId(finding.id) === focused : finding.id === state.open,
  );
}

/** Goes one finding on or back, over the ends of pages; an open detail goes with it. */
export function useStep(props: Props): (by: 1 | -1) => void {
  const wanted = useRef<string | null>(null);
  useLayoutEffect(() => {
    const id = wanted.current;
    if (id === null) return;
    wanted.current = null;
    const row = document.getElementById(rowButtonId(id));
    if (props.state.open === null) row?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  });
  return (by) => {
    const { selection, state, page, change } = props;
    const at = standing(props);
    const first = page * PAGE_SIZE;
    const to = at < 0 ? first : Math.min(Math.max(0, at + by), selection.entries.length - 1);
    const next = selection.entries[to]?.finding.id;
    if (next === undefined) return;
    wanted.current = next;
    change({ page: Math.floor(to / PAGE_SIZE), ...(state.open === null ? {} : { open: next }) });
  };
}
