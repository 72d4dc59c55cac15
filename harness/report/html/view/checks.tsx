import type { Finding } from '../../../domain/run-result.ts';
import { grouped } from '../../words/common.ts';
import type { RuleChecks } from '../find/checks-by-rule.ts';
import { OrgNames } from './organisation.tsx';

interface Props {
  readonly rows: readonly (RuleChecks & { readonly orgs?: Finding['orgs'] })[];
  readonly label: string;
  /** By rule id; a rule that is not here is shown by its id alone. */
  readonly titles?: ReadonlyMap<string, string>;
}

const Count = ({ of, label, kind }: { of: number | null; label: string; kind?: string }) => (
  <td class={of === 0 || kind === undefined ? 'number' : `number ${kind}`} data-label={label}>
    {of === null ? <span class="muted">not known</span> : grouped(of)}
  </td>
);

/** Checks by rule and outcome, those that match among them. */
export function ChecksTable({ rows, label, titles }: Props) {
  const several = new Set(rows.map(({ orgs = [] }) => orgs.map(({ id }) => id).join())).size > 1;
  return (
    <table class="plain ledger checks-table">
      <caption class="unseen">{label}</caption>
      <thead>
        <tr>
          {several && <th scope="col">Customer</th>}
          <th scope="col">Rule</th>
          {['Match', 'Mismatch', 'Not compared', 'Accepted'].map((title) => (
            <th key={title} scope="col" class="number">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ rule, orgs = [], passed, mismatch, open, accepted }) => (
          <tr key={`${orgs.map(({ id }) => id).join()} ${rule}`}>
            {several && (
              <td data-label="Customer">
                <OrgNames orgs={orgs} />
              </td>
            )}
            <th scope="row" title={rule}>
              {titles?.get(rule) ?? <code>{rule}</code>}
            </th>
            <Count of={passed} label="Match" />
            <Count of={mismatch} label="Mismatch" kind="differs" />
            <Count of={open} label="Not compared" kind="open-question" />
            <Count of={accepted} label="Accepted" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
