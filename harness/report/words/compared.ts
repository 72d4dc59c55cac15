/** What a run looked at, in words, so that no verdict claims more. The same in every format that is read as text. */
import type { RunResult } from '../../domain/run-result.ts';
import type { ComparedWhat } from '../../domain/verdict.ts';
import { capital, counted, grouped, sentence } from './common.ts';
import { safeText } from './safe-text.ts';

type ComparedResult = Pick<RunResult, 'compared' | 'run' | 'unread'>;

interface Part {
  /** As in `because`. */
  readonly name: string;
  readonly words: string;
}

const PARTS: readonly (Part & { readonly missing: (compared: ComparedWhat) => boolean })[] = [
  { name: 'quantities', words: 'quantities', missing: ({ quantities }) => !quantities },
  { name: 'prices', words: 'prices', missing: ({ prices }) => !prices },
  { name: 'invoices', words: 'invoices', missing: ({ invoices }) => invoices === 'none' },
  {
    name: 'listingDetail',
    words: 'contracts by id',
    missing: ({ listingDetail: { asked, of } }) => asked === 0 && of > 0,
  },
];

/** Of one side alone, nothing is compared with the other one: that is no limit of it. */
const BETWEEN_SIDES: ReadonlySet<string> = new Set(['quantities', 'prices']);

const alone = ({ run }: ComparedResult): boolean => run.sources.legacy === null;
const verb = (result: ComparedResult): string => (alone(result) ? 'checked' : 'compared');

function missing(result: ComparedResult): readonly Part[] {
  const { compared } = result;
  if (compared === undefined) return [];
  return PARTS.filter((part) => part.missing(compared) && !(alone(result) && BETWEEN_SIDES.has(part.name)));
}

/** `not compared: prices, invoices`, for the line that holds the verdict; empty where all was looked at. */
export function limitWords(result: ComparedResult): string {
  const parts = missing(result).map(({ words }) => words);
  return parts.length === 0 ? '' : `not ${verb(result)}: ${parts.join(', ')}`;
}

/**
 * `Prices were not compared: no configured source carries them.`, one for each thing that was not looked at at all.
 * @param reasonShown why nothing of one side could be set against the other is told already
 */
export function limitSentences(result: ComparedResult, reasonShown = false): readonly string[] {
  const because = result.compared?.because ?? {};
  const isCoveredByReason = ({ name }: Part): boolean =>
    name === 'quantities' || (result.unread ?? []).some(({ reason }) => because[name]?.includes(reason) ?? true);
  const parts = missing(result).filter((part) => !reasonShown || !isCoveredByReason(part));
  return parts.map(({ name, words }) => {
    const why = because[name];
    const reason = why === undefined ? '' : `: ${safeText(why)}`;
    return sentence(`${capital(words)} were not ${verb(result)}${reason}`);
  });
}

const INVOICES = { period: 'invoices of the compared periods', all: 'all invoices', none: null } as const;

function listed({ listingDetail: { asked, of } }: ComparedWhat): string | null {
  if (asked === 0) return null;
  if (asked === of) return `${of === 1 ? 'the only contract' : `all ${grouped(of)} contracts`} by id`;
  return `${grouped(asked)} of ${counted(of, 'contract')} by id`;
}

/** `Compared: quantities, invoices of the compared periods, 40 of 812 contracts by id.`; null where a result does not say. */
export function comparedSentence(result: ComparedResult): string | null {
  const { compared } = result;
  if (compared === undefined) return null;
  const parts = [
    compared.quantities && !alone(result) ? 'quantities' : null,
    compared.prices && !alone(result) ? 'prices' : null,
    INVOICES[compared.invoices],
    listed(compared),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  const why = compared.because['listingDetail'];
  const sample = compared.listingDetail.asked > 0 && why !== undefined ? ` (${safeText(why)})` : '';
  return `${capital(verb(result))}: ${parts.join(', ')}${sample}.`;
}
