import type { ComponentChildren } from 'preact';
import type { StatementRow } from '../../../domain/run-result.ts';
import { signedAmount } from '../../words/books.ts';
import { counted, grouped, isNothing } from '../../words/common.ts';
import { STATEMENT_ELEMENT } from '../data.ts';
import { sharedPeriod } from '../find/statement.ts';
import { OrgNames } from './organisation.tsx';
import { Residual } from './residual.tsx';

/** Pairs that stand in the page itself; all of them stand in its data. */
const STATIC_ROWS = 50;
/** The same on paper, where nothing can be searched. */
const PAPER_ROWS = 2000;

export const periodWords = ({ start, end, status }: NonNullable<StatementRow['period']>): string =>
  `${start} to ${end}${status === 'unknown' ? '' : ` (${status})`}`;

/** Finds the findings of a row's pair. */
const queryOf = ({ orgs, sku, partNumber }: StatementRow): string =>
  [...orgs.map(({ id }) => `org:${id}`), `sku:"${(sku || partNumber).replaceAll('"', '')}"`].join(' ');

const NOT_KNOWN = <span class="muted">not known</span>;

function FindingsOf({ row }: { row: StatementRow }) {
  if (isNothing(row.findings)) return <>{grouped(row.findings)}</>;
  return <a href={`#q=${encodeURIComponent(queryOf(row))}&status=all`}>{signedAmount(row.findings)}</a>;
}

function Row({ row, withPeriod }: { row: StatementRow; withPeriod: boolean }) {
  const { orgs, sku, partNumber, appId, currency, difference, residual, period, note } = row;
  return (
    <tr>
      <th scope="row" class="bill-org">
        <OrgNames orgs={orgs} />
      </th>
      <td class="bill-product" dir="auto">
        {sku || partNumber}
        <span class="muted">
          {appId !== null && ` ${appId}`}
          {withPeriod && period !== null && (
            <>
              {' '}
              <span class="date">{periodWords(period)}</span>
            </>
          )}
        </span>
      </td>
      <td class="bill-currency" data-label="Currency">
        {currency}
      </td>
      <td class="number legacy" data-label="Legacy bill">
        {row.legacy === null ? NOT_KNOWN : grouped(row.legacy)}
      </td>
      <td class="number contract" data-label="Contract bill">
        {row.contract === null ? NOT_KNOWN : grouped(row.contract)}
      </td>
      <td class="number" data-label="Difference">
        {difference === null ? NOT_KNOWN : signedAmount(difference)}
      </td>
      <td class="number" data-label="Findings">
        <FindingsOf row={row} />
      </td>
      <td class="number" data-label="Residual">
        {residual === null ? NOT_KNOWN : <Residual amount={residual} />}
      </td>
      <td class="bill-note">{note !== null && <bdi>{note}</bdi>}</td>
    </tr>
  );
}

/** @param head cells of the heading, in the order of the columns. */
export function StatementTable(props: {
  rows: readonly StatementRow[];
  shared: StatementRow['period'];
  head: ComponentChildren;
}) {
  return (
    <div class="list">
      <table class="statement-table">
        <caption class="unseen">Bills of both sides by pair</caption>
        <thead>
          <tr>{props.head}</tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <Row
              key={`${row.orgs.map(({ id }) => id).join()} ${row.partNumber} ${row.sku} ${row.currency} ${row.period?.start} ${row.region} ${row.appId}`}
              row={row}
              withPeriod={props.shared === null}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

export interface StatementColumn {
  readonly title: string;
  readonly sort: 'org' | 'product' | 'legacy' | 'contract' | 'difference' | 'findings' | 'residual' | null;
  readonly kind: string;
}

export const STATEMENT_COLUMNS: readonly StatementColumn[] = [
  { title: 'Organisation', sort: 'org', kind: 'bill-org' },
  { title: 'Product', sort: 'product', kind: 'bill-product' },
  { title: 'Currency', sort: null, kind: 'bill-currency' },
  { title: 'Legacy bill', sort: 'legacy', kind: 'number' },
  { title: 'Contract bill', sort: 'contract', kind: 'number' },
  { title: 'Difference', sort: 'difference', kind: 'number' },
  { title: 'Findings', sort: 'findings', kind: 'number' },
  { title: 'Residual', sort: 'residual', kind: 'number' },
  { title: 'Note', sort: null, kind: 'bill-note' },
];

interface RowsProps {
  readonly rows: readonly StatementRow[];
  readonly shared: StatementRow['period'];
  readonly paper: boolean;
}

function StaticRows({ rows, shared, paper }: RowsProps) {
  const shown = rows.slice(0, paper ? PAPER_ROWS : STATIC_ROWS);
  return (
    <>
      <p class="muted">
        {shown.length === rows.length
          ? `${counted(rows.length, 'pair')}, the worst first.`
          : `The ${shown.length} worst of ${counted(rows.length, 'pair')}; statement.jsonl has them all, statement.csv for spreadsheets.`}
      </p>
      <StatementTable
        rows={shown}
        shared={shared}
        head={STATEMENT_COLUMNS.map(({ title, kind }) => (
          <th key={title} scope="col" class={kind}>
            {title}
          </th>
        ))}
      />
    </>
  );
}

/** Both bills of each pair; `rows` come with the worst first. Nothing where a result knows no bills. */
export function Statement({ rows, known, paper }: Omit<RowsProps, 'shared'> & { known: boolean }) {
  if (!known) return null;
  const shared = sharedPeriod(rows);
  return (
    <section class="statement" aria-labelledby="statement">
      <h2 id="statement" tabIndex={-1}>
        Statement
      </h2>
      <p class="explained">
        What each side would bill for one organisation and product{shared !== null && `, ${periodWords(shared)}`}:
        contract bill − legacy bill = difference = money of the findings + residual.
      </p>
      <div id={STATEMENT_ELEMENT}>
        {rows.length === 0 ? (
          <p class="nothing">
            No pair is at hand: there was none to bill, or statement.jsonl is not beside the results.
          </p>
        ) : (
          <StaticRows rows={rows} shared={shared} paper={paper} />
        )}
      </div>
    </section>
  );
}
