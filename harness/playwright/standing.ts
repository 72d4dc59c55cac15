/** How organisations and their pairs stand in one judged run. */
import { group } from 'd3-array';
import type { Cell, CellStatus } from '../domain/finding.ts';
import type { LoggedMatch } from '../domain/match-log.ts';
import type { Judgement } from '../domain/verdict.ts';

export type CellTally = Readonly<Partial<Record<CellStatus, number>>>;

/** What is checked of one product in one billing period, or of an organisation besides. */
export interface PairStanding {
  /** Product and billing period, for people. */
  readonly title: string;
  readonly appId: string | null;
  readonly cells: CellTally;
  /** Ids of the cells that are no match, but for those that nobody could expect to be compared. */
  readonly findings: readonly string[];
  /** A cell of the comparison itself (not of one side's own arithmetic) has an answer. */
  readonly compared: boolean;
}

export interface OrganisationStanding {
  readonly id: string;
  readonly name: string | null;
  readonly region: string | null;
  readonly appIds: readonly string[];
  /** ISO 4217, as either side states them. */
  readonly currencies: readonly string[];
  readonly pairs: readonly PairStanding[];
}

/** Cells that name no organisation: counts of a region, the listing as a whole. */
export const WHOLE_CAPTURE = '';

/** What is told of a check, whether its family was let go or not. */
type StandingCheck = Omit<LoggedMatch, 'category' | 'value' | 'currency'> & {
  readonly status: CellStatus;
  readonly currencies: readonly string[];
};

/** Every check of the judgement stands with each organisation that it names, or under `WHOLE_CAPTURE`. Sorted by id. */
export function standingsOf({ cells, matches, outsideCoverage }: Judgement): OrganisationStanding[] {
  const byOrg = new Map<string, { name: string | null; cells: StandingCheck[] }>();
  for (const cell of checksOf(cells, matches)) {
    const named = cell.orgs.length > 0 ? cell.orgs : [{ id: WHOLE_CAPTURE, name: null }];
    for (const { id, name } of named) {
      const entry = byOrg.get(id) ?? { name, cells: [] };
      entry.name ??= name;
      entry.cells.push(cell);
      byOrg.set(id, entry);
    }
  }
  return [...byOrg]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, entry]) => organisationOf(id, entry.name, entry.cells, outsideCoverage));
}

function* checksOf(cells: readonly Cell[], matches: Judgement['matches']): Generator<StandingCheck> {
  for (const { id, rule, status, scope, agreed, legacy, contract } of cells) {
    const stated = rule === 'currency' ? [agreed, legacy?.value, contract?.value] : [];
    const currencies = stated.filter((value) => value != null && /^[A-Z]{3}$/.test(value)) as string[];
    yield { id, rule, status, ...scope, currencies };
  }
  for (const { currency, ...match } of matches) {
    yield { ...match, status: 'match', currencies: currency === null ? [] : [currency] };
  }
}

function organisationOf(
  id: string,
  name: string | null,
  cells: readonly StandingCheck[],
  outside: ReadonlySet<string>,
): OrganisationStanding {
  const byPair = group(cells, titleOf);
  return {
    id,
    name,
    region: cells.find(({ region }) => region !== null)?.region ?? null,
    appIds: distinct(cells.map(({ appId }) => appId)),
    currencies: distinct(cells.flatMap((cell) => cell.currencies)),
    pairs: [...byPair].map(([title, of]) => pairOf(title, of, outside)).sort((a, b) => (a.title < b.title ? -1 : 1)),
  };
}

const distinct = (values: readonly (string | null)[]): string[] =>
  [...new Set(values.filter((value) => value !== null))].sort();

function titleOf({ sku, partNumber, period }: StandingCheck): string {
  const product = sku ?? partNumber ?? 'Organisation';
  return period === null ? product : `${product}, ${period.start} to ${period.end}`;
}

function pairOf(title: string, cells: readonly StandingCheck[], outside: ReadonlySet<string>): PairStanding {
  const expected = cells.filter(({ id }) => !outside.has(id));
  const tally: Partial<Record<CellStatus, number>> = {};
  for (const { status } of expected) tally[status] = (tally[status] ?? 0) + 1;
  return {
    title,
    appId: cells.find(({ appId }) => appId !== null)?.appId ?? null,
    cells: tally,
    findings: expected.filter(({ status }) => status !== 'match').map(({ id }) => id),
    compared: cells.some(isCompared),
  };
}

const isCompared = ({ status, side }: StandingCheck): boolean =>
  side === null && status !== 'not-comparable' && status !== 'unstable';
