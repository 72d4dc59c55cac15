/** Readiness by organisation, one row each and scenario: who can be billed from the new API, who not, and why. */
import type { CustomerReadiness, History } from '../../domain/history.ts';
import { COUNT, type Column, DATE, wide } from '../columns/column.ts';
import { csvOf } from './cells.ts';

type Row = CustomerReadiness & { readonly scenario: string; readonly asOf: string };

const COLUMNS: readonly Column<Row>[] = [
  ['scenario', ({ scenario }) => scenario],
  ['asOf', ({ asOf }) => asOf, DATE],
  ['organisation', ({ name }) => name, wide(32)],
  ['organisationId', ({ id }) => id, wide(38)],
  ['ready', ({ ready }) => (ready ? 'yes' : 'no')],
  ['newestNight', ({ standing }) => standing],
  ['nightsInARow', ({ nights }) => String(nights), COUNT],
  ['since', ({ since }) => since, DATE],
  ['closedCyclesInARow', ({ closedCycles }) => String(closedCycles), COUNT],
  ['waivedMismatches', ({ waived }) => String(waived), COUNT],
  ['why', ({ why }) => why, wide(60)],
];

/** The whole file. */
export function customersCsv({ scenarios, today }: History): string {
  const rows = scenarios.flatMap(({ scenario, customers }) =>
    (customers ?? []).map((one) => ({ ...one, scenario, asOf: today })),
  );
  return [...csvOf(COLUMNS, rows)].join('');
}
