/** One thing that keeps a run from saying that both sides agree. */
import type { SourceName } from '../../domain/side.ts';
import type { Unread } from '../../domain/verdict.ts';
import { counted, sentence } from '../words/common.ts';
import { safeText } from '../words/safe-text.ts';

/**
 * `set-up`: what the scenario says does not fit what the APIs serve. `not-looked`: something could not be asked, read or compared.
 * `differ`: something is proven to differ.
 */
export interface TriagePoint {
  readonly kind: 'set-up' | 'not-looked' | 'differ';
  /** Reason and remedy, in sentences and without an address. */
  readonly words: string;
  /** The request behind it, for the end: `GET /v1/regions?appIds=wallboard (the regions)`; null where there is none. */
  readonly request: string | null;
}

const SOURCE_SIDE: Readonly<Record<SourceName, string>> = {
  'usage-api': 'Legacy, usage API',
  'partner-billing': 'Legacy, partner billing',
  'contract-api': 'Contract side',
};

/** `Legacy, usage API (30 times): the credential is not accepted (status 401); check ….` */
export function unreadWords({ source, reason, count }: Unread, remedy = ''): string {
  const many = count > 1 ? ` (${counted(count, 'time')})` : '';
  return sentence(`${SOURCE_SIDE[source]}${many}: ${safeText(reason)}${remedy}`);
}

/** Credentials that are refused are a matter of the set-up; all else may be otherwise tomorrow. */
export const isRefusal = ({ code }: Unread): boolean => code === 'configuration';

/** At most so many one by one; of more, the rest are counted. */
export function atMost(
  most: number,
  points: readonly TriagePoint[],
  rest: (count: number) => string,
): readonly TriagePoint[] {
  const more = points.length - most;
  const [first] = points;
  if (more <= 0 || first === undefined) return points;
  return [...points.slice(0, most), { kind: first.kind, words: rest(more), request: null }];
}
