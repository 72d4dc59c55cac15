import type { ResultTieOut, RunResult } from '../../../domain/run-result.ts';
import {
  leftOut,
  NOTHING_TIED,
  signedAmount,
  TIE_OUT_SENTENCE,
  tiesNothing,
  unknownMoneyWords,
} from '../../words/books.ts';
import { capital, grouped } from '../../words/common.ts';
import { Residual } from './residual.tsx';

function NotCompared({ row }: { row: ResultTieOut }) {
  if (!leftOut(row)) return <span class="muted">nothing</span>;
  const { legacy, contract } = row.notCompared;
  return (
    <span>
      <span class="side-bill">legacy {grouped(legacy)}</span>{' '}
      <span class="side-bill">contract {grouped(contract)}</span>
    </span>
  );
}

const Row = ({ row }: { row: ResultTieOut }) => (
  <tr>
    <th scope="row" class="currency">
      {row.currency}
    </th>
    <td class="number legacy" data-label="Legacy bills">
      {grouped(row.legacy)}
    </td>
    <td class="number contract" data-label="Contract bills">
      {grouped(row.contract)}
    </td>
    <td class="number" data-label="Difference">
      {signedAmount(row.difference)}
    </td>
    <td class="number" data-label="Findings">
      {signedAmount(row.findings)}
    </td>
    <td class="number" data-label="Residual">
      {tiesNothing(row) ? <span class="muted">{NOTHING_TIED}</span> : <Residual amount={row.residual} />}
    </td>
    <td class="number" data-label="Billed, not compared">
      <NotCompared row={row} />
    </td>
  </tr>
);

const HEAD = ['Legacy bills', 'Contract bills', 'Difference', 'Findings', 'Residual', 'Billed, not compared'];

/** Whether the bills of both sides add up, currency by currency; nothing where a result does not say. */
export function TieOut({ result, hasStatement }: { result: RunResult; hasStatement: boolean }) {
  const { tieOut = [] } = result;
  if (tieOut.length === 0) return null;
  const unknown = unknownMoneyWords(result);
  return (
    <section class="card tie-out" aria-labelledby="tie-out">
      <h2 id="tie-out">Tie-out</h2>
      <p class="explained">
        {TIE_OUT_SENTENCE}
        {hasStatement && (
          <>
            {' '}
            <a href="#statement">The statement</a> has it pair by pair.
          </>
        )}
      </p>
      <table class="plain ledger">
        <caption class="unseen">Bills of both sides by currency</caption>
        <thead>
          <tr>
            <th scope="col">Currency</th>
            {HEAD.map((title) => (
              <th key={title} scope="col" class="number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tieOut.map((row) => (
            <Row key={row.currency} row={row} />
          ))}
        </tbody>
      </table>
      {unknown !== null && <p class="caution">{capital(unknown)}.</p>}
    </section>
  );
}
