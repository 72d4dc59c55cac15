/** The fixed order of cells: money first, then category and rule as pinned, then place. */
import { compareDecimals, type Decimal, ZERO } from '../domain/decimal.ts';
import type { Cell } from '../domain/finding.ts';
import type { JudgedCell } from './judge.ts';

const orgsOf = ({ scope }: Cell): string =>
  scope.orgs.length === 1 ? (scope.orgs[0]?.id ?? '') : scope.orgs.map((org) => org.id).join(' ');
const productOf = ({ scope }: Cell): string => `${scope.partNumber ?? ''}/${scope.sku ?? ''}`;

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of cells of one rule. */
function byPlace(a: JudgedCell, b: JudgedCell): number {
  return (
    order(orgsOf(a.cell), orgsOf(b.cell)) ||
    order(productOf(a.cell), productOf(b.cell)) ||
    order(a.cell.scope.period?.start ?? '', b.cell.scope.period?.start ?? '') ||
    order(a.cell.scope.side ?? '', b.cell.scope.side ?? '') ||
    order(a.cell.scope.region ?? '', b.cell.scope.region ?? '') ||
    order(a.cell.scope.subject, b.cell.scope.subject) ||
    order(a.cell.id, b.cell.id)
  );
}

/** The greatest amount of a cell in any of its currencies; amounts are only ordered, never added. */
const greatest = (cell: Cell): Decimal =>
  cell.money.reduce((best, { amount }) => (compareDecimals(amount, best) > 0 ? amount : best), ZERO);

const byMoney = (a: JudgedCell, b: JudgedCell): number =>
  compareDecimals(greatest(b.cell), greatest(a.cell)) ||
  order(a.cell.money[0]?.currency ?? '', b.cell.money[0]?.currency ?? '');

/** @param rules cells by rule, rules in their pinned order; sorting is cheap where they came in order */
export function inOrder(rules: Iterable<readonly JudgedCell[]>): readonly JudgedCell[] {
  const rich: JudgedCell[] = [];
  const rest: JudgedCell[] = [];
  for (const cells of rules) {
    for (const judged of [...cells].sort(byPlace)) (judged.cell.money.length > 0 ? rich : rest).push(judged);
  }
  return [...rich.sort(byMoney), ...rest];
}
