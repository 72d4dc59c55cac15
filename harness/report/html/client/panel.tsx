import { useEffect, useRef } from 'preact/hooks';
import type { Finding } from '../../../domain/run-result.ts';
import type { ReportBasis, ReportExchange } from '../data.ts';
import { START, toHash } from '../find/view-state.ts';
import { againCommand, explainCommand, issueText } from '../share/issue-text.ts';
import { curlOf } from '../view/curl.ts';
import { Difference } from '../view/difference.tsx';
import { FindingDetail } from '../view/finding-detail.tsx';
import { FindingHistory } from '../view/finding-history.tsx';
import { StatusMark } from '../view/status-mark.tsx';
import { CopyButton } from './copy-button.tsx';

interface Props {
  readonly finding: Finding;
  readonly data: ReportBasis;
  readonly onClose: () => void;
  /** Place of the finding in the list, or null if the filters hide it. */
  readonly place: string | null;
  /** Goes one finding on or back. */
  readonly onStep: (by: 1 | -1) => void;
}

const hrefOf = (id: string): string => toHash({ ...START, open: id });
const linkTo = (id: string): string => `${location.href.replace(/#.*$/, '')}${hrefOf(id)}`;

const actions = (exchange: ReportExchange) => (
  <p class="actions">
    <CopyButton label="Copy as curl" text={() => curlOf(exchange)} />
  </p>
);

/** What both sides say of the rest of the pair, what moved while it was read, and how it stood before. */
function Around({ finding, data }: { finding: Finding; data: ReportBasis }) {
  const pair = data.evidence.pairs[data.evidence.pairOf[finding.id] ?? -1];
  const movement = data.evidence.movements[finding.id];
  return (
    <>
      {pair !== undefined && pair.length > 1 && (
        <Difference lines={pair} label="The whole pair" names={['Legacy', 'Contract']} kinds={['legacy', 'contract']} />
      )}
      {movement !== undefined && (
        <Difference lines={movement} label="Between the two readings" names={['First', 'Second']} kinds={['', '']} />
      )}
      <dl class="facts">
        {data.tolerances !== null && (
          <div>
            <dt>Tolerance</dt>
            <dd>{data.tolerances[finding.rule] ?? 'none: equal to the last digit'}</dd>
          </div>
        )}
        {data.history !== null && (
          <div>
            <dt>Runs before</dt>
            <dd>
              <FindingHistory id={finding.id} history={data.history} />
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}

/** What the rule compares, in the reader's sight where the question comes up. */
function RuleNote({ data, rule }: { data: ReportBasis; rule: string }) {
  const text = data.rules.find(({ id }) => id === rule);
  if (text === undefined) return null;
  return (
    <details class="rule-note">
      <summary>What this rule compares</summary>
      <p>{text.doc}</p>
    </details>
  );
}

/** The lines in dispute are in the middle of each body; of more than fit in, the first ones are in view. */
function showMarks(panel: Element | null): void {
  for (const body of panel?.querySelectorAll('.excerpt') ?? []) {
    const marks = [...body.querySelectorAll('mark')];
    const [first, last] = [marks[0], marks.at(-1)];
    if (first === undefined || last === undefined) continue;
    const height = last.offsetTop + last.offsetHeight - first.offsetTop;
    body.scrollTop = first.offsetTop - Math.max(0, (body.clientHeight - height) / 2);
  }
}

/** The detail beside the table. Its heading takes the focus, so that it is read out and the keys go on from there. */
export function Panel({ finding, data, onClose, onStep, place }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // Who steps with a button stays on it.
    const stepping = document.activeElement?.closest('.steps') ?? null;
    if (stepping === null) heading.current?.focus({ preventScroll: true });
    panel.current?.scrollTo({ top: 0 });
  }, [finding.id]);
  useEffect(() => showMarks(panel.current), [finding.id, data.evidence]);
  const again = againCommand(finding);
  const title = data.rules.find(({ id }) => id === finding.rule)?.title;
  return (
    <section ref={panel} class="panel" aria-labelledby="panel-title">
      <div class="panel-head">
        <div>
          <p class="eyebrow">
            <StatusMark status={finding.status} />
            {place !== null && <span class="muted">{place}</span>}
          </p>
          <h3 id="panel-title" ref={heading} tabIndex={-1}>
            {title ?? finding.rule}
          </h3>
        </div>
        <div class="steps">
          <button type="button" class="button small" disabled={place === null} onClick={() => onStep(-1)}>
            Previous
          </button>
          <button type="button" class="button small" disabled={place === null} onClick={() => onStep(1)}>
            Next
          </button>
          <button type="button" class="quiet close" onClick={onClose}>
            Close <kbd>Esc</kbd>
          </button>
        </div>
      </div>
      <FindingDetail finding={finding} data={data.evidence} hrefOf={hrefOf} withExcerpt actions={actions} />
      <Around finding={finding} data={data} />
      <RuleNote data={data} rule={finding.rule} />
      <p class="actions">
        <CopyButton label="Copy link" text={() => linkTo(finding.id)} />
        <CopyButton label="Copy as issue text" text={() => issueText(finding, data)} />
        <CopyButton label="Copy explain command" text={() => explainCommand(finding, data.result)} />
        {again !== null && <CopyButton label="Copy run-again command" text={() => again} />}
      </p>
    </section>
  );
}
