import { type RefObject, render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { SearchIndex } from '../find/search-index.ts';
import { type Selection, select } from '../find/select.ts';
import { START, STATUSES, toHash, type ViewState } from '../find/view-state.ts';
import { PrintedFindings } from '../view/printed-findings.tsx';

/** Findings that the page prints; `parity report --pdf` has no such bound. */
const MOST_ON_PAPER = 2000;

interface Seen {
  readonly index: SearchIndex;
  readonly state: ViewState;
  readonly selection: Selection;
}

/** The reader's own choice, in words; null where nothing was chosen. */
function choiceOf({ query, statuses, rules }: ViewState): string | null {
  const asked = [
    query === '' ? null : `the search ${query}`,
    statuses.length === STATUSES.length || toHash({ ...START, statuses }) === ''
      ? null
      : `the statuses ${statuses.join(', ')}`,
    rules.length === 0 ? null : `the rules ${rules.join(', ')}`,
  ].filter((part) => part !== null);
  return asked.length === 0 ? null : asked.join(', ');
}

/** Without a choice all findings are meant, resolved ones too: paper cannot be asked for the others. */
function printed({ index, state, selection }: Seen) {
  const chosen = choiceOf(state);
  const { entries } = chosen === null ? select(index, { ...state, statuses: STATUSES }) : selection;
  return (
    <PrintedFindings
      findings={entries.slice(0, MOST_ON_PAPER).map(({ finding }) => finding)}
      total={index.table.length}
      meant={entries.length}
      chosen={chosen}
    />
  );
}

/** Fills an element with the findings for as long as the page is being printed. */
export function useFindingsOnPaper(seen: Seen): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(seen);
  latest.current = seen;
  useEffect(() => {
    const fill = (): void => {
      if (place.current !== null) render(printed(latest.current), place.current);
    };
    const empty = (): void => {
      if (place.current !== null) render(null, place.current);
    };
    window.addEventListener('beforeprint', fill);
    window.addEventListener('afterprint', empty);
    return () => {
      window.removeEventListener('beforeprint', fill);
      window.removeEventListener('afterprint', empty);
    };
  }, []);
  return place;
}
