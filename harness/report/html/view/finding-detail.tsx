import type { Finding } from '../../../domain/run-result.ts';
import { legibleReason, signed, signedPercent } from '../../words/common.ts';
import { notAtRisk } from '../../words/finding.ts';
import type { ReportEvidence } from '../data.ts';
import { moneyOf } from '../find/search-index.ts';
import { Amount } from './amount.tsx';
import { FindingFacts } from './finding-facts.tsx';
import { SideBlock, type SideBlockProps } from './side-block.tsx';

interface Props {
  readonly finding: Finding;
  readonly data: Pick<ReportEvidence, 'exchanges' | 'excerpts'>;
  readonly hrefOf: (id: string) => string;
  readonly withExcerpt: boolean;
  readonly actions?: SideBlockProps['actions'];
}

/** One-sided rules hold what is stated against what it should be; the others hold contract against legacy. */
function Difference({ finding }: { finding: Finding }) {
  if (finding.delta === null) return null;
  return (
    <span>
      <span class="muted">{finding.side === null ? 'contract − legacy' : 'stated − expected'}</span>{' '}
      <span class="figure">{signed(finding.delta)}</span>
      {finding.relative !== null && <span class="muted"> ({signedPercent(finding.relative)})</span>}
    </span>
  );
}

/** Why it is a finding, what both sides say, and everything needed to check it. */
export function FindingDetail({ finding, data, hrefOf, withExcerpt, actions }: Props) {
  const money = moneyOf(finding);
  const reason = legibleReason(finding);
  const shared = { data, withExcerpt, ...(actions === undefined ? {} : { actions }) };
  return (
    <div class="detail">
      {reason !== null && (
        <p class="reason">
          <bdi>{reason}</bdi>
        </p>
      )}
      <p class="detail-lead">
        {money.map((each) => (
          <Amount key={each.currency + each.direction} money={each} notAtRisk={notAtRisk(finding)} />
        ))}
        <Difference finding={finding} />
      </p>
      <div class="sides">
        {(finding.side !== 'contract' || finding.legacy !== null) && (
          <SideBlock side="legacy" statement={finding.legacy} {...shared} />
        )}
        {(finding.side !== 'legacy' || finding.contract !== null) && (
          <SideBlock side="contract" statement={finding.contract} {...shared} />
        )}
      </div>
      <FindingFacts finding={finding} hrefOf={hrefOf} />
    </div>
  );
}
