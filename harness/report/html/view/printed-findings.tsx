import type { Finding } from '../../../domain/run-result.ts';
import { grouped, legible, legibleReason, productOf, sentence } from '../../words/common.ts';
import { notAtRisk } from '../../words/finding.ts';
import { moneyOf } from '../find/search-index.ts';
import { Amount } from './amount.tsx';
import { OrgName } from './organisation.tsx';
import { StatusMark } from './status-mark.tsx';

/** Rows of one table: a browser lays out many short tables faster than a single long one. */
const ROWS = 250;
/** Organisations of one finding that are named; paper cannot be opened for the others. */
const NAMED = 5;

function Value({ of, judged }: { of: Finding['legacy']; judged: boolean }) {
  if (!judged) return null;
  return of?.value == null ? <span class="muted">none</span> : <bdi>{legible(of.value)}</bdi>;
}

function Organisations({ orgs }: Pick<Finding, 'orgs'>) {
  if (orgs.length === 0) return <span class="muted">all</span>;
  return (
    <>
      {orgs.slice(0, NAMED).map((org, at) => (
        <>
          {at > 0 && ' + '}
          <OrgName key={org.id} org={org} />
        </>
      ))}
      {orgs.length > NAMED && <span class="muted"> + {orgs.length - NAMED} more</span>}
    </>
  );
}

function Row({ finding }: { finding: Finding }) {
  const { id, status, rule, orgs, period, waiver, side } = finding;
  const reason = legibleReason(finding);
  return (
    <tr>
      <td class="paper-money">
        <StatusMark status={status} />
        {moneyOf(finding).map((money) => (
          <Amount key={money.currency + money.direction} money={money} notAtRisk={notAtRisk(finding)} />
        ))}
      </td>
      <td>
        <Organisations orgs={orgs} />
        <span class="paper-product muted">
          <bdi>{productOf(finding)}</bdi>
          {period !== null && ` ${period.start} to ${period.end}`}
        </span>
      </td>
      <th scope="row">
        <code>{rule}</code>
        <span class="paper-reason">
          {reason !== null && <bdi>{sentence(reason)}</bdi>}
          {waiver !== null && ` Waived by ${waiver.owner} until ${waiver.expires}: ${sentence(waiver.reason)}`}{' '}
          <code class="muted">{id}</code>
        </span>
      </th>
      <td class="number legacy">
        <Value of={finding.legacy} judged={side !== 'contract'} />
      </td>
      <td class="number contract">
        <Value of={finding.contract} judged={side !== 'legacy'} />
      </td>
    </tr>
  );
}

interface Props {
  /** Those that are printed, in their order. */
  readonly findings: readonly Finding[];
  /** Of the run. */
  readonly total: number;
  /** The search that chose them; null: all were meant. */
  readonly chosen: string | null;
  /** How many are meant; more than are printed where there are too many for paper. */
  readonly meant: number;
}

/** What is on the paper, and where the rest is. */
function scopeOf({ findings, total, chosen, meant }: Props): string {
  const shown = grouped(findings.length);
  const rest = meant - findings.length;
  const of = chosen === null ? `all ${grouped(total)} findings` : `the ${grouped(meant)} findings that fit ${chosen}`;
  const part = chosen === null ? '' : ` The run has ${grouped(total)}; the others are not printed.`;
  if (rest === 0) return `${of.charAt(0).toUpperCase()}${of.slice(1)}, in the order of the list.${part}`;
  return `The first ${shown} of ${of}. ${grouped(rest)} more stand in findings.jsonl, and \`parity report\` with --pdf prints all of the run.${part}`;
}

/** Findings for paper: each in one row with its sentence, none folded. */
export function PrintedFindings(props: Props) {
  const { findings, total } = props;
  if (total === 0) return <p class="nothing">No findings: everything that was compared agrees.</p>;
  const parts = Array.from({ length: Math.ceil(findings.length / ROWS) }, (_, at) =>
    findings.slice(at * ROWS, (at + 1) * ROWS),
  );
  return (
    <>
      <p class="paper-scope">{scopeOf(props)}</p>
      {parts.map((part) => (
        <table key={part[0]?.id} class="plain paper-findings">
          <caption class="unseen">Findings</caption>
          <thead>
            <tr>
              <th scope="col">Status, money</th>
              <th scope="col">Organisation, product</th>
              <th scope="col">What differs</th>
              <th scope="col" class="number">
                Legacy
              </th>
              <th scope="col" class="number">
                Contract
              </th>
            </tr>
          </thead>
          <tbody>
            {part.map((finding) => (
              <Row key={finding.id} finding={finding} />
            ))}
          </tbody>
        </table>
      ))}
    </>
  );
}
