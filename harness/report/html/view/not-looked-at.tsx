import { accountTotals, REASON_WORDS } from '../../words/books.ts';
import { capital, counted, grouped, isAlone, sentence, totals } from '../../words/common.ts';
import { limitSentences } from '../../words/compared.ts';
import { alikeReasons, unverified } from '../../words/finding.ts';
import type { ReportData } from '../data.ts';

const MOST_REASONS = 3;

function Reasons({ data: { result, findings } }: { data: ReportData }) {
  const reasons = alikeReasons(findings, result.unread);
  const limits = limitSentences(result);
  const { open, other } = unverified(findings);
  const more = reasons.length - MOST_REASONS;
  return (
    <ul class="answer-list">
      {limits.map((limit) => (
        <li key={limit}>
          <bdi>{limit}</bdi>
        </li>
      ))}
      {open + other > 0 && (
        <li>
          <a href="#status=unstable">{counted(open + other, 'figure')}</a> moved while read
        </li>
      )}
      {reasons.slice(0, MOST_REASONS).map(({ reason, count }) => (
        <li key={reason} class="clamped" title={reason}>
          <a href={`#q=${encodeURIComponent(`"${reason.slice(0, 60).replaceAll('"', '')}"`)}&status=not-comparable`}>
            {counted(count, 'check')}
          </a>
          : <bdi>{reason}</bdi>
        </li>
      ))}
      {more > 0 && (
        <li>
          <a href="#status=not-comparable">{counted(more, 'more reason')}</a>
        </li>
      )}
    </ul>
  );
}

/** What no verdict speaks of: checks that could not be made, what no source carries, and records out of scope. */
export function NotLookedAt({ data }: { data: ReportData }) {
  const { result } = data;
  const { all, compared } = totals(result.cells);
  const left = all - compared;
  const { outOfScope, reasons } = accountTotals(result.accounts ?? []);
  const [commonest] = reasons;
  const nothing = left === 0 && outOfScope === 0 && limitSentences(result).length === 0;
  return (
    <section class="card not-looked-at" aria-labelledby="not-looked-at">
      <h2 id="not-looked-at">Not looked at</h2>
      <p class="lead">
        <strong>{grouped(left)}</strong> of {counted(all, 'check')} not {isAlone(result) ? 'made' : 'compared'}
      </p>
      <Reasons data={data} />
      {outOfScope > 0 && (
        <p class="remark">
          <a href="#accounts">{counted(outOfScope, 'record')}</a> out of scope
          {commonest !== undefined && `, most of them: ${REASON_WORDS[commonest[0]]}`}.
        </p>
      )}
      {nothing && <p class="muted">{sentence(capital('nothing was left out'))}</p>}
    </section>
  );
}
