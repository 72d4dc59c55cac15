import { daysBetween, isoDate } from '../../../domain/billing-period.ts';
import type { RunIdentity } from '../../../domain/run-result.ts';
import type { Triage } from '../../triage/triage.ts';
import { capital, counted, grouped, instant, isAlone, verdictWords } from '../../words/common.ts';
import { limitWords } from '../../words/compared.ts';
import { storyOf } from '../../words/story.ts';
import { waivedWords } from '../../words/waived.ts';
import type { HistoryData, ReportData } from '../data.ts';

function Cutover({ run: { readiness, today } }: { run: RunIdentity }) {
  if (readiness == null || today === undefined) return null;
  const days = daysBetween(isoDate(today), readiness.cutover);
  const left = days > 0 ? `in ${counted(days, 'day')}` : days === 0 ? 'today' : `${counted(-days, 'day')} ago`;
  return (
    <p class="since">
      Cutover on {readiness.cutover}: <strong>{left}</strong>.
    </p>
  );
}

function Since({ history: { runs, fresh, persisting, fixed, unseen } }: { history: HistoryData }) {
  return (
    <p class="since">
      Since the last run ({instant(runs.at(-1)?.startedAt ?? '')}): {grouped(fresh)} new, {grouped(fixed)} fixed,{' '}
      {grouped(persisting)} persisting
      {unseen > 0 && <>, {grouped(unseen)} not looked at again</>}.
    </p>
  );
}

/** The first thing that is read, in words that can be read out. */
export function VerdictBand({ data, triage }: { data: ReportData; triage: Triage }) {
  const { result, findings } = data;
  const { glyph, word } = verdictWords(result);
  const waived = result.verdict === 'parity' ? waivedWords(result) : '';
  const limits = limitWords(result);
  const { scope, verdict, money, cause, next } = storyOf(result, findings, triage);
  return (
    <section class={`verdict verdict-${result.verdict}`} aria-labelledby="verdict">
      <div class="verdict-head">
        <p class="eyebrow">
          {isAlone(result) ? 'Contract side alone' : 'Cutover verdict'}
          {limits !== '' && <strong class="limits"> · {limits}</strong>}
        </p>
        <h1 id="verdict">
          <span class="glyph" aria-hidden="true">
            {glyph}
          </span>{' '}
          {word}
          {waived !== '' && <span class="waived-too"> {waived}</span>}
        </h1>
        {triage.title !== 'parity' && <p class="kind">{capital(triage.title)}</p>}
        {data.history !== null && <Since history={data.history} />}
        <Cutover run={result.run} />
        {result.gate.mode === 'report' && (
          <p class="report-only">
            Report only: the run ends with exit code 0.{' '}
            {result.gate.met ? 'An enforced gate would be met too.' : 'An enforced gate would not be met.'}
          </p>
        )}
      </div>
      <div class="story">
        <p>
          <bdi>{scope}</bdi>
        </p>
        <p>
          <strong>
            <bdi>{verdict}</bdi>
          </strong>{' '}
          {money} <bdi>{cause}</bdi>
        </p>
        <p>{next}</p>
      </div>
    </section>
  );
}
