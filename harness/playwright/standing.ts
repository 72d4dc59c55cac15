/** How organisations and their pairs stand in one judged run. */
import { group } from 'd3-array';
import type { Cell, CellStatus } from '../domain/finding.ts';
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

/** Every cell of the judgement stands with each organisation that it names, or under `WHOLE_CAPTURE`. Sorted by id. */
export function standingsOf({ cells, outsideCoverage }: Judgement): OrganisationStanding[] {
  const byOrg = new Map<string, { name: string | null; cells: Cell[] }>();
  for (const cell of cells) {
    const named = cell.scope.orgs.length > 0 ? cell.scope.orgs : [{ id: WHOLE_CAPTURE, name: null }];
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

function organisationOf(
  id: string,
  name: string | null,
  cells: readonly Cell[],
  outside: ReadonlySet<string>,
): OrganisationStanding {
  const byPair = group(cells, titleOf);
  return {
    id,
    name,
    region: cells.find(({ scope }) => scope.region !== null)?.scope.region ?? null,
    appIds: distinct(cells.map(({ scope }) => scope.appId)),
    currencies: distinct(cells.filter(({ rule }) => rule === 'currency').flatMap(currenciesOf)),
    pairs: [...byPair].map(([title, of]) => pairOf(title, of, outside)).sort((a, b) => (a.title < b.title ? -1 : 1)),
  };
}

const distinct = (values: readonly (string | null)[]): string[] =>
  [...new Set(values.filter((value) => value !== null))].sort();

const currenciesOf = ({ agreed, legacy, contract }: Cell): string[] =>
  [agreed, legacy?.value, contract?.value].filter((value) => value != null && /^[A-Z]{3}$/.test(value)) as string[];

function titleOf({ scope: { sku, partNumber, period } }: Cell): string {
  const product = sku ?? partNumber ?? 'Organisation';
  return period === null ? product : `${product}, ${period.start} to ${period.end}`;
}

function pairOf(title: string, cells: readonly Cell[], outside: ReadonlySet<string>): PairStanding {
  const expected = cells.filter(({ id }) => !outside.has(id));
  const tally: Partial<Record<CellStatus, number>> = {};
  for (const { status } of expected) tally[status] = (tally[status] ?? 0) + 1;
  return {
    title,
    appId: cells.find(({ scope }) => scope.appId !== null)?.scope.appId ?? null,
    cells: tally,
    findings: expected.filter(({ status }) => status !== 'match').map(({ id }) => id),
    compared: cells.some(isCompared),
  };
}

const isCompared = ({ status, scope }: Cell): boolean =>
  scope.side === null && status !== 'not-comparable' && status !== 'unstable';
