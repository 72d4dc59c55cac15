/** Waivers by root cause, once causes are known: what a cause explains, what follows from it, and where the money then stands. */
import { group } from 'd3-array';
import type { Cell, MoneyAtRisk } from '../../domain/finding.ts';
import { RULES } from '../rules/registry.ts';
import { moneyRankOf } from '../rules/rule.ts';
import { CARRIERS } from './judge.ts';
import type { WaiverBook } from './waivers.ts';

/** Ids of the cells that a cell follows from, by its own id. */
type Parents = ReadonlyMap<string, readonly string[]>;

/** As if nothing were waived. */
export const unwaived = (cells: readonly Cell[]): readonly Cell[] =>
  cells.some(({ status }) => status === 'waived')
    ? cells.map((cell) => (cell.status === 'waived' ? { ...cell, status: 'mismatch' } : cell))
    : cells;

/** @param cells with their causes. @returns the same list if no waiver of a cause is meant for any of them */
export function waivedByCause(cells: readonly Cell[], waivers: WaiverBook, parents: Parents): readonly Cell[] {
  const changed = new Map<string, Cell>();
  for (const cell of cells) {
    const judged = byCause(cell, waivers);
    if (judged !== cell) changed.set(cell.id, judged);
  }
  if (changed.size === 0) return cells;
  const byId = new Map(cells.map((cell) => [cell.id, changed.get(cell.id) ?? cell]));
  inherit(byId, parents);
  const settled = cells.map(({ id }) => byId.get(id)).filter((cell) => cell !== undefined);
  const moved = carried(settled, parents);
  return settled.map((cell) => (moved.has(cell.id) ? { ...cell, money: moved.get(cell.id) ?? [] } : cell));
}

function byCause(cell: Cell, waivers: WaiverBook): Cell {
  const { status, rootCause, scope, reason } = cell;
  if (status !== 'mismatch' || rootCause === null) return cell;
  const answer = waivers.findByCause(rootCause, scope);
  if (answer === null) return cell;
  return answer.kind === 'waived'
    ? { ...cell, status: 'waived', waiver: answer.waiver }
    : { ...cell, reason: `${reason}; ${answer.why}` };
}

const ACCEPTED: ReadonlySet<Cell['status'] | undefined> = new Set(['waived', 'tolerated']);

/** What follows from waived or tolerated differences alone goes with them, and so does what follows from that. */
function inherit(byId: Map<string, Cell>, parents: Parents): void {
  for (let grew = true; grew; ) {
    grew = false;
    for (const [id, cell] of byId) {
      if (cell.status !== 'mismatch') continue;
      const of = (parents.get(id) ?? [cell.derivedFrom ?? '']).flatMap((from) => byId.get(from) ?? []);
      if (of.length === 0 || !of.every(({ status }) => ACCEPTED.has(status))) continue;
      byId.set(id, under(cell, of));
      grew = true;
    }
  }
}

function under(cell: Cell, of: readonly Cell[]): Cell {
  const status = of.every((parent) => parent.status === 'waived') ? 'waived' : 'tolerated';
  const from = of.map(({ rule }) => rule).join(' and ');
  const waiver = status === 'waived' ? (of.find((parent) => parent.waiver !== null)?.waiver ?? null) : null;
  return { ...cell, status, waiver, reason: `${cell.reason}; follows from ${from}, which is ${status}` };
}

/** Money of pairs that it no longer stands right in, by cell: on the first mismatch that is left, else on the first that is accepted. */
function carried(cells: readonly Cell[], parents: Parents): ReadonlyMap<string, readonly MoneyAtRisk[]> {
  const moved = new Map<string, readonly MoneyAtRisk[]>();
  const rich = new Set(cells.filter(({ money }) => money.length > 0).map(({ pair }) => pair));
  for (const [pair, own] of group(cells, ({ pair: key }) => key)) {
    const before = rich.has(pair) ? own.find(({ money }) => money.length > 0) : undefined;
    const carrier = before === undefined ? null : carrierOf(own, parents);
    if (before === undefined || carrier === null || carrier === before) continue;
    moved.set(before.id, []);
    moved.set(carrier.id, before.money);
  }
  return moved;
}

const RANKS: ReadonlyMap<string, number> = new Map(RULES.map((rule) => [rule.id, moneyRankOf(rule)]));
const rankOf = ({ rule }: Cell): number => RANKS.get(rule) ?? 0;

/** As the judge chooses it. */
function carrierOf(cells: readonly Cell[], parents: Parents): Cell | null {
  for (const status of CARRIERS) {
    const ids = new Set(cells.filter((cell) => cell.status === status).map(({ id }) => id));
    const own = cells.filter(({ id }) => ids.has(id) && !(parents.get(id) ?? []).some((from) => ids.has(from)));
    const [first, ...others] = own;
    if (first !== undefined) return others.reduce((best, next) => (rankOf(next) < rankOf(best) ? next : best), first);
  }
  return null;
}
