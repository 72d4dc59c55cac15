/** Headers that the platform documents for every answer: the id that support asks for, and what is left of the rate limit. */
import type { SchemaNote } from '../../../domain/capture.ts';
import type { Document } from '../../document.ts';

const DOCUMENTED = ['inin-correlation-id', 'inin-ratelimit-count', 'inin-ratelimit-allowed', 'inin-ratelimit-reset'];

export function missingHeaders(documents: readonly Document[]): SchemaNote[] {
  return DOCUMENTED.flatMap((header) => {
    // A body out of a file came without any.
    const without = documents.filter(
      ({ exchange: { outcome } }) =>
        outcome.kind === 'answer' && Object.keys(outcome.headers).length > 0 && !outcome.headers[header],
    );
    const [first] = without;
    if (first === undefined) return [];
    return [
      {
        side: 'contract' as const,
        source: 'contract-api' as const,
        type: 'headers',
        pointer: `/${header}`,
        kind: 'vanished-field' as const,
        found: 'nothing',
        expected: `${without.length} of ${documents.length} answers lack this header, which is documented for all`,
        at: { exchange: first.exchange.id, pointer: '' },
      },
    ];
  });
}
