/** Accounts and tie-out on the terminal. */
import type picocolors from 'picocolors';
import type { Account } from '../../domain/record.ts';
import type { ResultTieOut, RunResult } from '../../domain/run-result.ts';
import {
  accountTotals,
  isPlain,
  leftOut,
  NOTHING_TIED,
  outOfScope,
  REASON_WORDS,
  RECORD_WORDS,
  signedAmount,
  tiesNothing,
  unaccounted,
  unknownMoneyWords,
} from '../words/books.ts';
import { grouped, isNothing } from '../words/common.ts';
import { indented, plainTable, trimmed, wrap } from './layout.ts';

type Colours = ReturnType<typeof picocolors.createColors>;

/** Kinds of records of which something was not compared; one line where all were. */
export function accounts({ accounts: all = [] }: RunResult, colours: Colours, width: number): string {
  if (all.length === 0) return '';
  const { received, compared, notComparable, outOfScope: outside, unaccounted: lost, reasons } = accountTotals(all);
  if (received === compared) return `Records read: ${grouped(received)}, all compared`;
  const parts = [
    `${grouped(compared)} compared`,
    notComparable > 0 ? `${grouped(notComparable)} not comparable` : null,
    outside > 0 ? `${grouped(outside)} out of scope` : null,
    lost === 0 ? null : `${grouped(lost)} in no account`,
  ].filter((part) => part !== null);
  const why = reasons.map(([reason, count]) => `${grouped(count)} ${REASON_WORDS[reason]}`).join(', ');
  return [
    ...wrap(`Records read: ${grouped(received)} = ${parts.join(' + ')}`, width),
    trimmed(
      accountTable(
        all.filter((account) => !isPlain(account)),
        colours,
      ),
    ),
    ...(why === '' ? [] : indented(`out of scope: ${why}`, 2, width).map(colours.dim)),
    ...(lost === 0
      ? []
      : indented(`${grouped(lost)} in no account: a fault of parity; please report it`, 2, width).map(colours.red)),
  ].join('\n');
}

function accountTable(all: readonly Account[], colours: Colours) {
  const head = ['', 'read', 'compared', 'not comparable', 'out of scope'];
  const table = plainTable(head.map(colours.dim), ['left', 'right', 'right', 'right', 'right']);
  for (const account of all) {
    const { record, received, compared, notComparable } = account;
    const lost = unaccounted(account);
    table.push([
      `  ${RECORD_WORDS[record]}`,
      grouped(received),
      grouped(compared),
      notComparable === 0 ? '0' : colours.yellow(grouped(notComparable)),
      `${grouped(outOfScope(account))}${lost === 0 ? '' : colours.red(` (${grouped(lost)} lost)`)}`,
    ]);
  }
  return table;
}

const residualOf = ({ residual }: ResultTieOut, colours: Colours): string =>
  isNothing(residual) ? colours.green(residual) : colours.red(signedAmount(residual));

function tieOutTable(rows: readonly ResultTieOut[], colours: Colours) {
  const head = ['Tie-out', 'legacy bills', 'contract bills', 'difference', 'findings', 'residual'];
  const table = plainTable(head.map(colours.dim), ['left', 'right', 'right', 'right', 'right', 'right']);
  for (const row of rows) {
    table.push([
      row.currency,
      grouped(row.legacy),
      grouped(row.contract),
      signedAmount(row.difference),
      signedAmount(row.findings),
      residualOf(row, colours),
    ]);
  }
  return table;
}

/** One figure a line, where the amounts are too long for a table. */
function tieOutList(rows: readonly ResultTieOut[], colours: Colours): string[] {
  return rows.flatMap((row) => [
    `Tie-out ${row.currency}`,
    `  contract bills  ${grouped(row.contract)}`,
    `  legacy bills    ${grouped(row.legacy)}`,
    `  difference      ${signedAmount(row.difference)}`,
    `  findings        ${signedAmount(row.findings)}`,
    `  residual        ${residualOf(row, colours)}`,
  ]);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours take no room on the screen
const widthOf = (line: string): number => [...line.replaceAll(/\u001b\[\d+m/g, '')].length;

/** Whether the bills of both sides add up, currency by currency. */
export function tieOut(result: RunResult, colours: Colours, width: number): string {
  const { tieOut: all = [] } = result;
  if (all.length === 0) return '';
  const rows = all.filter((row) => !tiesNothing(row));
  const table = trimmed(tieOutTable(rows, colours)).split('\n');
  const fits = table.every((line) => widthOf(line) <= width);
  const odd = rows.filter(({ residual }) => !isNothing(residual)).map(({ currency }) => currency);
  const left = all.filter(leftOut).map(({ currency, notCompared }) => {
    return `${currency} legacy ${grouped(notCompared.legacy)}, contract ${grouped(notCompared.contract)}`;
  });
  const unknown = unknownMoneyWords(result);
  const dim = (text: string): string[] => indented(text, 2, width).map(colours.dim);
  return [
    ...(rows.length === 0 ? [`Tie-out: ${NOTHING_TIED}`] : fits ? table : tieOutList(rows, colours)),
    ...(rows.length === 0 ? [] : dim('contract − legacy bills = findings (waived, tolerated too) + residual')),
    ...(odd.length === 0
      ? []
      : indented(`✗ residual in ${odd.join(', ')}: no finding explains it, so it is one itself`, 2, width).map(
          colours.red,
        )),
    ...(left.length === 0
      ? []
      : indented(`? billed, but not compared: ${left.join('; ')}`, 2, width).map(colours.yellow)),
    ...(unknown === null ? [] : indented(`? ${unknown}`, 2, width).map(colours.yellow)),
  ].join('\n');
}
