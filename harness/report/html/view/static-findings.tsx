import type { Finding } from '../../../domain/run-result.ts';
import { counted, productOf, statedBy } from '../../words/common.ts';
import { notAtRisk } from '../../words/finding.ts';
import type { ReportData } from '../data.ts';
import { moneyOf } from '../find/search-index.ts';
import { UNRESOLVED } from '../find/view-state.ts';
import { Amount } from './amount.tsx';
import { FindingDetail } from './finding-detail.tsx';
import { OrgNames } from './organisation.tsx';
import { StatusMark } from './status-mark.tsx';

/** Findings that stand in the page itself; all of them stand in its data. */
const STATIC_FINDINGS = 200;

function Summary({ finding }: { finding: Finding }) {
  return (
    <summary>
      <StatusMark status={finding.status} />{' '}
      <span class="summary-money">
        {moneyOf(finding).map((money) => (
          <Amount key={money.currency + money.direction} money={money} notAtRisk={notAtRisk(finding)} short />
        ))}
      </span>{' '}
      <code class="summary-rule">{finding.rule}</code>{' '}
      <span class="summary-org">
        <OrgNames orgs={finding.orgs} /> {productOf(finding) !== null && <bdi class="muted">{productOf(finding)}</bdi>}
      </span>{' '}
      <span class="summary-values">
        {finding.side !== 'contract' && <span class="legacy">legacy {statedBy(finding.legacy)}</span>}{' '}
        {finding.side !== 'legacy' && <span class="contract">contract {statedBy(finding.contract)}</span>}
      </span>
    </summary>
  );
}

const hrefOf = (id: string): string => `#finding-${id}`;

/** The unresolved findings with the most money, readable without script; the browser part puts a table in its place. */
export function StaticFindings({ data }: { data: ReportData }) {
  const unresolved = data.findings.filter((finding) => UNRESOLVED.includes(finding.status));
  const shown = unresolved.slice(0, STATIC_FINDINGS);
  const resolved = data.findings.length - unresolved.length;
  return (
    <>
      <p class="muted">
        {unresolved.length === 0
          ? 'Nothing is unresolved.'
          : `The ${shown.length === unresolved.length ? '' : `first ${shown.length} of `}${counted(unresolved.length, 'unresolved finding')}, largest money first.`}
        {resolved > 0 &&
          data.extract === null &&
          ` ${resolved} more are tolerated or waived; findings.jsonl has them all.`}
      </p>
      {shown.map((finding) => (
        <details key={finding.id} id={`finding-${finding.id}`} class="finding">
          <Summary finding={finding} />
          <FindingDetail finding={finding} data={data.evidence} hrefOf={hrefOf} withExcerpt={false} />
        </details>
      ))}
    </>
  );
}
