import type { RefObject } from 'preact';
import type { Selection } from '../find/select.ts';
import type { ViewState } from '../find/view-state.ts';
import type { ChangeView } from './use-view-state.ts';

interface Props {
  readonly state: ViewState;
  readonly selection: Selection;
  readonly change: ChangeView;
  readonly input: RefObject<HTMLInputElement | null>;
}

/** The query box; what it does not understand it says, and searches for as plain text. */
export function SearchBox({ state, selection, change, input }: Props) {
  const { misread } = selection.query;
  return (
    <div class="search">
      <label class="unseen" for="query">
        Search findings
      </label>
      <input
        ref={input}
        id="query"
        type="search"
        value={state.query}
        placeholder="Search, or rule: org: status: sku: money:>100"
        autocomplete="off"
        spellcheck={false}
        aria-describedby="query-note"
        onInput={(event) => change({ query: event.currentTarget.value, page: 0 })}
      />
      <span class="kbd" aria-hidden="true">
        /
      </span>
      <p id="query-note" class="query-note">
        {misread.length > 0 && `Not understood: ${misread.join(' ')}`}
      </p>
    </div>
  );
}
