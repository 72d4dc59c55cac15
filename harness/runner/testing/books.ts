/** Whether the books of a judgement balance, and what a change of a body did to them. */
import { type Decimal, isZero, subtract, sum, ZERO } from '../../domain/decimal.ts';
import type { Judgement, StatementLine } from '../../domain/verdict.ts';
import type { Worth } from './worth.ts';

/** Residuals by line, by currency, and what the records that no line bills would add. */
export function booksOf({ statement, tieOut, cells }: Judgement) {
  const told = cells.filter(({ rule, status }) => rule === 'tie-out' && status === 'mismatch');
  const toldCurrencies = new Set(told.map(({ scope }) => scope.subject));
  const currencies = new Set(tieOut.map(({ currency }) => currency));
  return {
    missing: statement.filter(({ currency }) => !currencies.has(currency)),
    silent: tieOut.filter(({ currency, residual }) => !isZero(residual) && !toldCurrencies.has(currency)),
    wrong: tieOut.filter(
      ({ legacy, contract, findings, residual }) => subtract(subtract(contract, legacy), findings) !== residual,
    ),
    // Sums of the lines of the statement are the tie-out's.
    apart: tieOut.filter(({ currency, legacy, contract }) => {
      const known = statement.filter((line) => line.currency === currency && line.difference !== null);
      const total = (of: (line: StatementLine) => Decimal | null) => sum(known.map((line) => of(line) ?? ZERO));
      return total((line) => line.legacy) !== legacy || total((line) => line.contract) !== contract;
    }),
  };
}

export const BALANCED = { missing: [], silent: [], wrong: [], apart: [] };

const keyOf = ({ pair, currency }: StatementLine): string => `${pair} ${currency}`;

interface Move {
  readonly line: StatementLine;
  readonly legacy: Decimal;
  readonly contract: Decimal;
}

/** Lines of the statement whose bills are others than before. */
function moves(before: Judgement, after: Judgement): Move[] {
  const was = new Map(before.statement.map((line) => [keyOf(line), line]));
  const is = new Map(after.statement.map((line) => [keyOf(line), line]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [a, b] = [was.get(key), is.get(key)];
    const line = b ?? a;
    const by = (side: 'legacy' | 'contract'): Decimal => subtract(b?.[side] ?? ZERO, a?.[side] ?? ZERO);
    const move = { legacy: by('legacy'), contract: by('contract') };
    return line === undefined || (isZero(move.legacy) && isZero(move.contract)) ? [] : [{ line, ...move }];
  });
}

const told = ({ cells }: Judgement): Set<string> =>
  new Set(
    cells
      .filter(({ status }) => status !== 'match')
      .map(({ id, status, delta, reason }) => [id, status, delta, reason].join(' | ')),
  );

/** What became of a cent, in the words that its worth allows. */
export function outcomeOf(before: Judgement, after: Judgement, worth: Worth) {
  const known = told(before);
  const isTold = [...told(after)].some((one) => !known.has(one));
  const moved = moves(before, after).map(({ line, legacy, contract }) => ({ at: keyOf(line), legacy, contract }));
  return { books: booksOf(after), told: worth.kind === 'open' || worth.kind === 'nothing' ? 'either' : isTold, moved };
}

export function dueOf(worth: Worth, moved: readonly unknown[]) {
  if (worth.kind === 'open') return { books: BALANCED, told: 'either', moved };
  if (worth.kind !== 'moves') return { books: BALANCED, told: worth.kind === 'stands' ? true : 'either', moved: [] };
  const { line, side, by } = worth;
  const move = { at: keyOf(line), legacy: ZERO, contract: ZERO, [side]: by };
  return { books: BALANCED, told: true, moved: isZero(by) ? [] : [move] };
}
