import { useState } from 'preact/hooks';
import { grouped } from '../../words/common.ts';
import type { Selection } from '../find/select.ts';
import { type FindingStatus, STATUSES, type ViewState } from '../find/view-state.ts';
import { StatusMark } from '../view/status-mark.tsx';
import type { ChangeView } from './use-view-state.ts';

/** Rules that stand as chips before the reader asks for the rest. */
const FIRST_RULES = 8;

interface Props {
  readonly state: ViewState;
  readonly selection: Selection;
  readonly change: ChangeView;
}

const toggled = <T extends string>(list: readonly T[], one: T): readonly T[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

/** One chip a status, with how many findings it would show. */
export function StatusChips({ state, selection, change }: Props) {
  const all = STATUSES.every((status) => state.statuses.includes(status));
  const chip = (status: FindingStatus) => (
    <button
      key={status}
      type="button"
      class="chip"
      aria-pressed={state.statuses.includes(status)}
      disabled={selection.statusByQuery}
      onClick={() => change({ statuses: toggled(state.statuses, status), page: 0 })}
    >
      <StatusMark status={status} /> <span class="count">{grouped(selection.byStatus.get(status) ?? 0)}</span>
    </button>
  );
  return (
    <fieldset class="chips">
      <legend class="unseen">Status</legend>
      {STATUSES.map(chip)}
      <button
        type="button"
        class="quiet"
        disabled={selection.statusByQuery || all}
        onClick={() => change({ statuses: STATUSES, page: 0 })}
      >
        Show all
      </button>
      {selection.statusByQuery && <span class="muted">the search says which statuses</span>}
    </fieldset>
  );
}

/** One chip a rule that found something; chosen ones stay in sight. */
export function RuleChips({ state, selection, change }: Props) {
  const [open, setOpen] = useState(false);
  const known = new Map(selection.byRule);
  const absent = state.rules.filter((rule) => !known.has(rule)).map((rule) => [rule, 0] as const);
  const rules = [...selection.byRule, ...absent];
  const shown = open ? rules : rules.filter(([rule], at) => at < FIRST_RULES || state.rules.includes(rule));
  const hidden = rules.length - shown.length;
  if (rules.length === 0) return null;
  return (
    <fieldset class="chips">
      <legend class="unseen">Rule</legend>
      {shown.map(([rule, count]) => (
        <button
          key={rule}
          type="button"
          class="chip rule-chip"
          aria-pressed={state.rules.includes(rule)}
          onClick={() => change({ rules: toggled(state.rules, rule), page: 0 })}
        >
          {rule} <span class="count">{grouped(count)}</span>
        </button>
      ))}
      {(hidden > 0 || open) && (
        <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Fewer rules' : `${hidden} more rules`}
        </button>
      )}
      {state.rules.length > 0 && (
        <button type="button" class="quiet" onClick={() => change({ rules: [], page: 0 })}>
          All rules
        </button>
      )}
    </fieldset>
  );
}
