import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { counted, grouped } from '../../words/common.ts';
import type { ReportEvidence, ReportFrame } from '../data.ts';
import { SearchIndex } from '../find/search-index.ts';
import { PAGE_SIZE, type Selection, select } from '../find/select.ts';
import type { FindingTable } from '../find/table.ts';
import { START, STATUSES, toHash, type ViewState } from '../find/view-state.ts';
import { RuleChips, StatusChips } from './chips.tsx';
import { Exports } from './exports.tsx';
import { GroupChoice, Groups, nextGroup } from './groups.tsx';
import { Help, openHelp } from './help.tsx';
import { Pager, pagesOf } from './pager.tsx';
import { Panel } from './panel.tsx';
import { useFindingsOnPaper } from './printed.tsx';
import { readEvidence } from './read-data.ts';
import { rowButtonId } from './row.tsx';
import { SearchBox } from './search-box.tsx';
import { FindingsTable } from './table.tsx';
import { useStep } from './use-step.ts';
import { type ChangeView, useViewState } from './use-view-state.ts';
import { whenIdle } from './when-idle.ts';

function Nothing({ total, change }: { total: number; change: ChangeView }) {
  if (total === 0) return <p class="nothing">No findings: everything that was compared agrees.</p>;
  return (
    <div class="nothing">
      <p>No finding fits this search and these filters.</p>
      <button type="button" class="button" onClick={() => change({ ...START, statuses: STATUSES })}>
        Show all {grouped(total)}
      </button>
    </div>
  );
}

function place(selection: Selection, open: string): string | null {
  const at = selection.entries.findIndex(({ finding }) => finding.id === open);
  return at < 0 ? null : `${grouped(at + 1)} of ${grouped(selection.entries.length)}`;
}

/** Rows of the page in sight; a page beyond the end shows the last one. */
function visible(selection: Selection, state: ViewState) {
  const page = Math.min(state.page, pagesOf(selection.entries.length, PAGE_SIZE) - 1);
  return { page, rows: selection.entries.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE) };
}

/** Everything below the heading "Findings". */
export function Explorer({ data: frame, table }: { data: ReportFrame; table: FindingTable }) {
  const [evidence, readBehind] = useEvidence();
  const data = useMemo(() => ({ ...frame, evidence }), [frame, evidence]);
  const [state, change] = useViewState();
  const input = useRef<HTMLInputElement>(null);
  const index = useMemo(() => new SearchIndex(table, frame.history), [table, frame]);
  useWarmIndex(index);
  const { query, statuses, rules, sort, descending } = state;
  const selection = useMemo(() => select(index, state), [index, query, statuses, rules, sort, descending]);
  const { page, rows } = visible(selection, state);
  useLayoutEffect(() => {
    // A link to findings leads to them; a customer's view stands above them and is scrolled to by itself.
    if (toHash(state) !== '' && state.customer === null) document.getElementById('findings')?.scrollIntoView();
    // Only of the address that the page was opened with.
  }, []);
  const paper = useFindingsOnPaper({ index, state, selection });
  const open = useMemo(() => (state.open === null ? null : table.byId(state.open)), [table, state.open]);
  useEffect(() => {
    if (open !== null) void readBehind();
  }, [open, readBehind]);
  const close = (): void => {
    const was = state.open;
    change({ open: null });
    if (was !== null) document.getElementById(rowButtonId(was))?.focus();
  };
  const step = useStep({ selection, state, page, change });
  const turn = (by: 1 | -1): void => {
    const to = Math.min(Math.max(0, page + by), pagesOf(selection.entries.length, PAGE_SIZE) - 1);
    if (to !== page) change({ page: to });
  };
  useKeys({
    '/': () => input.current?.focus(),
    '?': openHelp,
    j: () => step(1),
    k: () => step(-1),
    n: () => turn(1),
    p: () => turn(-1),
    g: () => change({ group: nextGroup(state.group), page: 0 }),
    Escape: () => (document.activeElement === input.current ? input.current?.blur() : close()),
  });
  return (
    <>
      <div class="toolbar">
        <SearchBox state={state} selection={selection} change={change} input={input} />
        <StatusChips state={state} selection={selection} change={change} />
        <RuleChips state={state} selection={selection} change={change} />
      </div>
      <div class="over-list">
        <p class="shown muted" role="status">
          {counted(selection.entries.length, 'finding')} of {grouped(table.length)}
        </p>
        <GroupChoice state={state} change={change} />
        <Exports frame={frame} evidence={readBehind} selection={selection} />
      </div>
      <div ref={paper} class="on-paper" />
      <div class={open === null ? 'split' : 'split with-panel'}>
        <div class="list">
          {rows.length === 0 ? (
            <Nothing total={table.length} change={change} />
          ) : state.group === null ? (
            <FindingsTable entries={rows} state={state} change={change} />
          ) : (
            <Groups data={data} entries={selection.entries} by={state.group} state={state} change={change} />
          )}
          {state.group === null && (
            <Pager
              page={page}
              total={selection.entries.length}
              size={PAGE_SIZE}
              of="findings"
              onPage={(to) => change({ page: to })}
            />
          )}
        </div>
        {open !== null && (
          <Panel finding={open} data={data} onClose={close} onStep={step} place={place(selection, open.id)} />
        )}
      </div>
      <Help />
    </>
  );
}

const NONE: ReportEvidence = { exchanges: {}, excerpts: {}, pairs: [], pairOf: {}, movements: {} };

/**
 * What stands behind the findings: nothing until somebody asks, then all of it. Of a large run it takes longer to read than the
 * findings themselves. A page whose evidence cannot be read does without.
 */
function useEvidence(): readonly [ReportEvidence, () => Promise<ReportEvidence>] {
  const [evidence, setEvidence] = useState(NONE);
  const reading = useRef<Promise<ReportEvidence> | null>(null);
  const read = useCallback(() => {
    reading.current ??= readEvidence().catch(() => NONE);
    return reading.current.then((known) => {
      setEvidence(known);
      return known;
    });
  }, []);
  return [evidence, read];
}

/** Prepares the search piece by piece while nobody waits for it. */
function useWarmIndex(index: SearchIndex): void {
  useEffect(() => {
    let callOff = whenIdle(function warm() {
      if (index.warm()) callOff = whenIdle(warm);
    });
    return () => callOff();
  }, [index]);
}

type KeyActions = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/**
 * Single keys, for as long as nobody types, holds a modifier or has a dialog open. `Escape` works while typing too.
 * Bound before the next key can come, so that quick keys act on what the last one has changed.
 */
function useKeys(actions: KeyActions): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (document.querySelector('dialog[open]') !== null) return;
      if (isTyping(event.target) && event.key !== 'Escape') return;
      const action = actions[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [actions]);
}
