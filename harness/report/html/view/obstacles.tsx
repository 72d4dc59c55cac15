import type { TriagePoint } from '../../triage/point.ts';
import type { Triage } from '../../triage/triage.ts';
import { comparedSentence } from '../../words/compared.ts';
import { closing } from '../../words/headline.ts';
import type { ReportData } from '../data.ts';

/** Reason and remedy, and the request behind them last. */
const Point = ({ point: { words, request } }: { point: TriagePoint }) => (
  <li>
    <bdi>{words}</bdi>
    {request !== null && (
      <>
        {' '}
        <code class="request">{request}</code>
      </>
    )}
  </li>
);

/** What stands in the way of a verdict, each with its remedy; that the sides differ is told elsewhere. */
export function Obstacles({ data, triage }: { data: ReportData; triage: Triage }) {
  const { result, findings } = data;
  const points = triage.points.filter(({ kind }) => kind !== 'differ');
  const compared = comparedSentence(result);
  return (
    <section class="card obstacles" aria-labelledby="obstacles">
      <h2 id="obstacles">{points.length > 0 ? 'To settle first' : 'What was looked at'}</h2>
      {points.length > 0 && (
        <ul class="points">
          {points.map((point) => (
            <Point key={point.words} point={point} />
          ))}
        </ul>
      )}
      <p class="closing">{closing(result, findings, triage)}</p>
      {compared !== null && <p class="looked-at">{compared}</p>}
    </section>
  );
}
