import type { FindingEvidence } from '../../../domain/run-result.ts';
import { counted, instant, SOURCE_WORDS } from '../../words/common.ts';
import type { ReportExchange } from '../data.ts';

function Answer({ exchange }: { exchange: ReportExchange }) {
  const tries = exchange.attempts > 1 ? `, ${counted(exchange.attempts, 'try', 'tries')}` : '';
  return (
    <>
      {exchange.status === null ? (exchange.error ?? 'no answer') : `status ${exchange.status}`}
      <span class="muted">
        {' '}
        ({exchange.durationMs} ms{tries})
      </span>
    </>
  );
}

/** Where a value stands: request, answer, time, the vendor's id for it, and the place in the body. */
export function Evidence({ evidence, exchange }: { evidence: FindingEvidence; exchange: ReportExchange | null }) {
  return (
    <dl class="evidence">
      {exchange !== null && (
        <div>
          <dt>Source</dt>
          <dd>{SOURCE_WORDS[exchange.source]}</dd>
        </div>
      )}
      <div>
        <dt>Request</dt>
        <dd>
          <code>
            {exchange?.method ?? 'GET'} {evidence.url}
          </code>
        </dd>
      </div>
      {exchange !== null && (
        <div>
          <dt>Answer</dt>
          <dd>
            <Answer exchange={exchange} />
          </dd>
        </div>
      )}
      <div>
        <dt>Time</dt>
        <dd>
          <time dateTime={evidence.at}>{instant(evidence.at)}</time>
        </dd>
      </div>
      <div>
        <dt>Correlation</dt>
        <dd>
          {evidence.correlationId === null ? <span class="muted">none</span> : <code>{evidence.correlationId}</code>}
        </dd>
      </div>
      <div>
        <dt>Pointer</dt>
        <dd>
          <code>{evidence.pointer === '' ? '(whole body)' : evidence.pointer}</code>
        </dd>
      </div>
    </dl>
  );
}
