/** The fixed order of cells: money first, then category and rule as pinned, then place. */
import { ascending } from 'd3-array';
import { compareDecimals, type Decimal, maximum, ZERO } from '../../domain/decimal.ts';
import type { Cell, CellScope } from '../../domain/finding.ts';

const orgsOf = ({ orgs }: CellScope): string => orgs.map((org) => org.id).join(' ');

/** Of cells of one rule. */
function byPlace({ scope: a, id: first }: Cell, { scope: b, id: second }: Cell): number {
  return (
    ascending(orgsOf(a), orgsOf(b)) ||
    ascending(a.partNumber ?? '', b.partNumber ?? '') ||
    ascending(a.sku ?? '', b.sku ?? '') ||
    ascending(a.period?.start ?? '', b.period?.start ?? '') ||
    ascending(a.side ?? '', b.side ?? '') ||
    ascending(a.region ?? '', b.region ?? '') ||
    ascending(a.subject, b.subject) ||
    ascending(first, second)
  );
}

/** The greatest amount of a cell in any of its currencies; amounts are only ordered, never added. */
const greatest = ({ money }: Cell): Decimal => maximum(ZERO, ...money.map(({ amount }) => amount));

const byMoney = (a: Cell, b: Cell): number =>
  compareDecimals(greatest(b), greatest(a)) || ascending(a.money[0]?.currency ?? '', b.money[0]?.currency ?? '');

/** @param rules cells by rule, rules in their pinned order; sorting is cheap where they came in order */
export function inOrder(rules: Iterable<readonly Cell[]>): readonly Cell[] {
  const rich: Cell[] = [];
  const rest: Cell[] = [];
  for (const cells of rules) {
    for (const cell of [...cells].sort(byPlace)) (cell.money.length > 0 ? rich : rest).push(cell);
  }
  return [...rich.sort(byMoney), ...rest];
}
