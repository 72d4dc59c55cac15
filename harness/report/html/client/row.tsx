import { Component, type ComponentType, createElement } from 'preact';
import type { Finding, FindingMoney } from '../../../domain/run-result.ts';
import { grouped, legible, productOf, signed } from '../../words/common.ts';
import { notAtRisk } from '../../words/finding.ts';
import { moneyOf } from '../find/search-index.ts';
import { OrgNames } from '../view/organisation.tsx';
import { StatusMark } from '../view/status-mark.tsx';
import type { ChangeView } from './use-view-state.ts';

interface Props {
  readonly finding: Finding;
  readonly open: boolean;
  readonly change: ChangeView;
}

export const rowButtonId = (finding: string): string => `row-${finding}`;

function Value({ of, judged }: { of: Finding['legacy']; judged: boolean }) {
  if (!judged) return null;
  return of?.value == null ? <span class="muted">none</span> : legible(of.value);
}

/** As `Amount`, in two elements: a table has many of them. */
function LeanAmount({ money, of }: { money: FindingMoney; of: Finding }) {
  const { currency, amount, direction } = money;
  const why = notAtRisk(of);
  return (
    <span class={`amount ${direction === 'over-billed' ? 'over' : 'under'} lean${why === null ? '' : ' not-at-risk'}`}>
      {direction === 'over-billed' ? '▲' : '▼'} {currency} {grouped(amount)} {why}
      <span class="unseen">{direction}</span>
    </span>
  );
}

function Row({ finding, open, change }: Props) {
  const named = finding.orgs.map((org) => org.name ?? org.id).join(', ');
  return (
    <tr class={open ? 'open' : undefined}>
      <td class="col-status">
        <StatusMark status={finding.status} />
      </td>
      <td class="col-money number">
        {moneyOf(finding).map((money) => (
          <LeanAmount key={money.currency + money.direction} money={money} of={finding} />
        ))}
      </td>
      <th scope="row" class="col-rule">
        <button
          type="button"
          class="row-button"
          id={rowButtonId(finding.id)}
          aria-expanded={open}
          aria-label={`${finding.rule} ${named}`}
          title={finding.reason ?? undefined}
          onClick={() => change({ open: open ? null : finding.id })}
        >
          {finding.rule}
        </button>
      </th>
      <td class="col-org" title={named}>
        <div class="two-lines">
          <OrgNames orgs={finding.orgs} />
        </div>
      </td>
      <td class="col-product" dir="auto">
        {productOf(finding)}
      </td>
      <td class="col-legacy number legacy" data-side="Legacy" dir="auto">
        <Value of={finding.legacy} judged={finding.side !== 'contract'} />
      </td>
      <td class="col-contract number contract" data-side="Contract" dir="auto">
        <Value of={finding.contract} judged={finding.side !== 'legacy'} />
      </td>
      <td class="col-delta number">{finding.delta === null ? '' : signed(finding.delta)}</td>
    </tr>
  );
}

/** One finding in one line; its button covers the whole line. */
export const FindingRow = memo(Row);

/** Renders anew only when a property has changed: a page of rows must not follow every keystroke. */
function memo<P extends object>(Inner: ComponentType<P>): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const before = this.props as Record<string, unknown>;
      return Object.entries(next).some(([name, value]) => before[name] !== value);
    }

    override render() {
      return createElement(Inner, this.props as P);
    }
  };
}
