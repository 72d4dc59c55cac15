/** What a reader has chosen to see, and how it stands in the address behind the `#`. */
import type { Finding } from '../../../domain/run-result.ts';

export type FindingStatus = Finding['status'];

export const STATUSES = ['mismatch', 'not-comparable', 'unstable', 'tolerated', 'waived'] as const;
export const UNRESOLVED: readonly FindingStatus[] = ['mismatch', 'not-comparable', 'unstable'];

export const SORT_KEYS = ['money', 'status', 'rule', 'org', 'product', 'delta'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export const GROUP_KEYS = ['cause', 'org', 'product', 'rule'] as const;
export type GroupKey = (typeof GROUP_KEYS)[number];

export interface ViewState {
  readonly query: string;
  readonly statuses: readonly FindingStatus[];
  /** Empty: all. */
  readonly rules: readonly string[];
  readonly sort: SortKey;
  readonly descending: boolean;
  /** Null: one finding a row. */
  readonly group: GroupKey | null;
  /** From 0. */
  readonly page: number;
  /** Id of the finding whose detail is open. */
  readonly open: string | null;
  /** Key of the customer whose view is open. */
  readonly customer: string | null;
}

export const START: ViewState = {
  query: '',
  statuses: UNRESOLVED,
  rules: [],
  sort: 'money',
  descending: true,
  group: null,
  page: 0,
  open: null,
  customer: null,
};

const sameStatuses = (a: readonly FindingStatus[], b: readonly FindingStatus[]): boolean =>
  a.length === b.length && STATUSES.every((status) => a.includes(status) === b.includes(status));

/** The address for a state, only what differs from the start in it; `''` for the start itself. */
export function toHash(state: ViewState): string {
  const parameters = new URLSearchParams();
  if (state.query !== '') parameters.set('q', state.query);
  if (!sameStatuses(state.statuses, START.statuses)) {
    const all = sameStatuses(state.statuses, STATUSES);
    parameters.set('status', all ? 'all' : STATUSES.filter((status) => state.statuses.includes(status)).join(','));
  }
  if (state.rules.length > 0) parameters.set('rule', state.rules.join(','));
  if (state.sort !== START.sort || state.descending !== START.descending) {
    parameters.set('sort', `${state.descending ? '-' : ''}${state.sort}`);
  }
  if (state.group !== null) parameters.set('group', state.group);
  if (state.page > 0) parameters.set('page', String(state.page + 1));
  if (state.open !== null) parameters.set('finding', state.open);
  if (state.customer !== null) parameters.set('customer', state.customer);
  const text = parameters.toString();
  return text === '' ? '' : `#${text}`;
}

const listOf = (text: string | null): string[] => (text ?? '').split(',').filter((part) => part !== '');

function statusesOf(text: string | null): readonly FindingStatus[] {
  if (text === null) return START.statuses;
  if (text === 'all') return STATUSES;
  const named = listOf(text);
  return STATUSES.filter((status) => named.includes(status));
}

/** @returns null if the text is no state of ours (an anchor within the page). Never throws, whatever stands there. */
export function fromHash(hash: string): ViewState | null {
  const text = hash.replace(/^#/, '');
  if (text !== '' && !text.includes('=')) return null;
  const parameters = new URLSearchParams(text);
  const sort = parameters.get('sort') ?? '-money';
  const key = SORT_KEYS.find((name) => name === sort.replace(/^-/, ''));
  const page = Number.parseInt(parameters.get('page') ?? '1', 10);
  return {
    query: parameters.get('q') ?? '',
    statuses: statusesOf(parameters.get('status')),
    rules: listOf(parameters.get('rule')),
    sort: key ?? START.sort,
    descending: key === undefined ? START.descending : sort.startsWith('-'),
    group: GROUP_KEYS.find((name) => name === parameters.get('group')) ?? null,
    page: Number.isSafeInteger(page) && page > 0 ? page - 1 : 0,
    open: parameters.get('finding'),
    customer: parameters.get('customer'),
  };
}
