/** Whether the link of an invoice leads to a document: its first bytes are looked at, and nothing of it is kept. */
import type { ProbeNote } from '../../../domain/capture.ts';
import { failureWords } from '../../failure.ts';
import { ask, at, INVOICES, idsOf, type Probe, type ProbeInput, unseen } from './probe.ts';

/** Links are all alike: a few of them say what there is to say. */
const LOOKED_AT = 3;

export const probeDocuments: Probe = (input) =>
  Promise.all(
    idsOf(input.invoices.entities)
      .sort()
      .slice(0, LOOKED_AT)
      .map((id) => probeDocument(input, id)),
  );

async function probeDocument(input: ProbeInput, id: string): Promise<ProbeNote> {
  const path = `${INVOICES}/${encodeURIComponent(id)}/document`;
  const exchange = await ask(input, path, `first bytes of the document of invoice ${id}`, {
    follow: 'url',
    expect: 'any',
  });
  const subject = `the document of invoice ${id} is a PDF`;
  const { outcome } = exchange;
  if (outcome.kind === 'failure') return unseen('schema-violation', subject, exchange, failureWords(exchange, outcome));
  const { status, body, headers } = outcome;
  const served = status === 200 || status === 206;
  const type = headers['content-type'] ?? 'no content type';
  const fault = !served
    ? `the link answers ${status}`
    : body.startsWith('%PDF-')
      ? null
      : `it begins with ${JSON.stringify(body)} (${type}), a PDF begins with %PDF-`;
  return {
    rule: 'schema-violation',
    subject,
    holds: fault === null,
    message: `document of invoice ${id}: ${fault ?? 'a PDF'}`,
    at: at(exchange),
  };
}
