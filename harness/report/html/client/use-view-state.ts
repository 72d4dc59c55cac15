import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { fromHash, START, toHash, type ViewState } from '../find/view-state.ts';

export type ChangeView = (change: Partial<ViewState>) => void;

/** Opening a detail is a step that the browser's back button undoes; typing in the search box is not. */
function writeAddress(before: ViewState, after: ViewState): void {
  const address = `${location.pathname}${location.search}${toHash(after)}`;
  try {
    if (before.open === null && after.open !== null) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  } catch {
    // A sandboxed frame may not rewrite its address; the view works without.
  }
}

/** The view state, kept in step with the address. */
export function useViewState(): readonly [ViewState, ChangeView] {
  const [state, setState] = useState<ViewState>(() => fromHash(location.hash) ?? START);
  const current = useRef(state);

  const change = useCallback<ChangeView>((part) => {
    const before = current.current;
    const after = { ...before, ...part };
    current.current = after;
    writeAddress(before, after);
    setState(after);
  }, []);

  useEffect(() => {
    const read = (): void => {
      const told = fromHash(location.hash);
      if (told === null || toHash(told) === toHash(current.current)) return;
      current.current = told;
      setState(told);
      // A customer's view stands above the findings and is scrolled to by itself.
      if (told.open === null && told.customer === null) document.getElementById('findings')?.scrollIntoView();
    };
    window.addEventListener('hashchange', read);
    window.addEventListener('popstate', read);
    return () => {
      window.removeEventListener('hashchange', read);
      window.removeEventListener('popstate', read);
    };
  }, []);

  return [state, change];
}
