/** How requests are refused that should be: status, and the vendor's ErrorBody with its context id. */
import { Ajv } from 'ajv';
import type { ProbeNote } from '../../../domain/capture.ts';
import type { ApiRequest } from '../../../domain/exchange.ts';
import { failureWords } from '../../failure.ts';
import { ask, at, CONTRACTS, ifRecorded, type Probe, type ProbeInput, unseen } from './probe.ts';

interface Refusal {
  readonly what: string;
  readonly path: string;
  readonly as?: ApiRequest['as'];
  readonly status: number;
}

/** A UUID that nothing has. */
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

const REFUSALS: readonly Refusal[] = [
  { what: 'a request without a token', path: `${CONTRACTS}?pageSize=1`, as: 'nobody', status: 401 },
  { what: 'a client without permission', path: `${CONTRACTS}?pageSize=1`, as: 'restricted', status: 403 },
  { what: 'a contract that is not there', path: `${CONTRACTS}/${UNKNOWN_ID}`, status: 404 },
  { what: 'lines of an invoice that is not there', path: `${CONTRACTS}/invoices/${UNKNOWN_ID}/lines`, status: 404 },
  { what: 'a date that is none', path: `${CONTRACTS}?dateStart=yesterday`, status: 400 },
];

export const probeErrors: Probe = async (input) => {
  const known = REFUSALS.filter(({ as }) => as !== 'restricted' || input.restricted);
  const notes = await Promise.all(known.map((refusal) => ifRecorded(probeRefusal(input, refusal), null)));
  return notes.filter((note) => note !== null);
};

async function probeRefusal(input: ProbeInput, { what, path, as, status }: Refusal): Promise<ProbeNote> {
  const exchange = await ask(input, path, what, { expect: 'any', ...(as === undefined ? {} : { as }) });
  const subject = `${what} is refused`;
  const { outcome } = exchange;
  if (outcome.kind === 'failure') return unseen('schema-violation', subject, exchange, failureWords(exchange, outcome));
  const fault =
    outcome.status === status
      ? faultOfBody(outcome.body, status)
      : `answered ${outcome.status}, ${status} is documented`;
  return {
    rule: 'schema-violation',
    subject,
    holds: fault === null,
    message: `${what} (GET ${path}): ${fault ?? `${status} with an ErrorBody`}`,
    at: at(exchange),
  };
}

const isErrorBody = new Ajv({ allErrors: true }).compile({
  type: 'object',
  required: ['message', 'code', 'status', 'contextId'],
  properties: {
    message: { type: 'string', minLength: 1 },
    code: { type: 'string', minLength: 1 },
    status: { type: 'integer' },
    contextId: { type: 'string', minLength: 1 },
    entityId: { type: ['string', 'null'] },
    entityName: { type: ['string', 'null'] },
    messageWithParams: { type: ['string', 'null'] },
    messageParams: { type: ['object', 'null'] },
    details: { type: ['array', 'null'] },
    errors: { type: ['array', 'null'] },
  },
});

/** Of a body that is JSON: why it is no ErrorBody; null if it is one. */
export function faultOfErrorBody(body: unknown): string | null {
  if (isErrorBody(body)) return null;
  const [error] = isErrorBody.errors ?? [];
  return `it is no ErrorBody: ${[error?.instancePath, error?.message].filter((part) => part !== '').join(' ')}`;
}

/** The vendor's schema leaves every field optional; without these four nobody can tell what happened, or have it looked up. */
function faultOfBody(text: string, status: number): string | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 'its body is not JSON, an ErrorBody is documented';
  }
  const fault = faultOfErrorBody(body);
  if (fault !== null) return fault;
  const { status: said } = body as { status: number };
  return said === status ? null : `its body says status ${said}`;
}
