import { useMemo } from 'preact/hooks';
import { counted, grouped } from '../../words/common.ts';
import type { ReportBasis } from '../data.ts';
import { type Group, groupsOf } from '../find/groups.ts';
import type { Entry } from '../find/search-index.ts';
import { GROUP_KEYS, type GroupKey, type ViewState } from '../find/view-state.ts';
import { Amount } from '../view/amount.tsx';
import type { ChangeView } from './use-view-state.ts';

const NAMES: Readonly<Record<GroupKey, string>> = {
  cause: 'Cause',
  org: 'Organisation',
  product: 'Product',
  rule: 'Rule',
};

/** Groups in sight; the query finds the others. */
const MOST = 100;
const MOST_AMOUNTS = 4;

export const nextGroup = (group: GroupKey | null): GroupKey | null =>
  GROUP_KEYS[group === null ? 0 : GROUP_KEYS.indexOf(group) + 1] ?? null;

/** What one row of the list stands for. */
export function GroupChoice({ state, change }: { state: ViewState; change: ChangeView }) {
  return (
    <label class="group-choice">
      <span class="muted">Group by</span>{' '}
      <select
        value={state.group ?? ''}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          change({ group: GROUP_KEYS.find((key) => key === chosen) ?? null, page: 0 });
        }}
      >
        <option value="">nothing</option>
        {GROUP_KEYS.map((key) => (
          <option key={key} value={key}>
            {NAMES[key].toLowerCase()}
          </option>
        ))}
      </select>
    </label>
  );
}

interface Props {
  readonly data: ReportBasis;
  readonly entries: readonly Entry[];
  readonly by: GroupKey;
  readonly state: ViewState;
  readonly change: ChangeView;
}

/** Told apart from what is at risk, and never added to it. */
function OtherMoney({ group: { otherMoney } }: { group: Group }) {
  if (otherMoney.length === 0) return null;
  const amounts = otherMoney
    .slice(0, MOST_AMOUNTS)
    .map(({ currency, amount, direction }) => `${direction} ${currency} ${grouped(amount)}`);
  const more = otherMoney.length > MOST_AMOUNTS ? ` + ${otherMoney.length - MOST_AMOUNTS} more` : '';
  return (
    <span class="muted other-money">
      waived, tolerated or unverified: {amounts.join(', ')}
      {more}
    </span>
  );
}

/** The groups of what the filters leave; a group's button adds it to the query and shows its findings. */
export function Groups({ data, entries, by, state, change }: Props) {
  const groups = useMemo(() => groupsOf(entries, by), [entries, by]);
  const titleOf = ({ key, title }: Group): string =>
    by === 'cause' ? (data.result.rootCauses.find(({ id }) => id === key)?.title ?? title) : title;
  const open = ({ query }: Group): void => change({ query: `${state.query} ${query}`.trim(), group: null, page: 0 });
  return (
    <>
      <div class="card groups">
        <table class="plain">
          <caption class="unseen">Findings by {NAMES[by].toLowerCase()}</caption>
          <thead>
            <tr>
              <th scope="col">{NAMES[by]}</th>
              <th scope="col" class="number">
                Findings
              </th>
              <th scope="col" class="number">
                Organisations
              </th>
              <th scope="col" class="number">
                Money at risk
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.slice(0, MOST).map((group) => (
              <tr key={group.key}>
                <th scope="row">
                  <button type="button" class="link" onClick={() => open(group)}>
                    <bdi>{titleOf(group)}</bdi>
                  </button>
                </th>
                <td class="number">{grouped(group.count)}</td>
                <td class="number">{grouped(group.orgs)}</td>
                <td class="group-money">
                  {group.money.slice(0, MOST_AMOUNTS).map((money) => (
                    <Amount key={money.currency + money.direction} money={money} short />
                  ))}
                  {group.money.length > MOST_AMOUNTS && (
                    <span class="muted">+ {group.money.length - MOST_AMOUNTS} more</span>
                  )}
                  <OtherMoney group={group} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {groups.length > MOST && (
        <p class="muted">
          The first {MOST} of {counted(groups.length, 'group')}; search to find the others.
        </p>
      )}
    </>
  );
}
