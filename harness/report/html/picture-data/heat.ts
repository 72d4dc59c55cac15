/** Where mismatches lie, and how much money: organisations by rules. */
import { add, type Decimal, decimal, ZERO } from '../../../domain/decimal.ts';
import type { Finding } from '../../../domain/run-result.ts';
import { moneyOf } from '../../words/finding.ts';

const MOST_ORGS = 10;
const MOST_RULES = 9;

export interface HeatCell {
  readonly count: number;
  /** The amount that is the largest against the others of its currency, both directions added; null without money. */
  readonly money: { readonly currency: string; readonly amount: Decimal } | null;
  /** That amount against the largest cell of its currency, from 0 to 1. */
  readonly share: number;
}

export interface HeatRow {
  /** Null: all organisations that have no row of their own. */
  readonly org: Finding['orgs'][number] | null;
  /** Organisations behind the row. */
  readonly orgs: number;
  /** One a rule, in the order of `rules`. */
  readonly cells: readonly HeatCell[];
  /** Mismatches over all rules, those without a column too. */
  readonly total: number;
}

export interface HeatMap {
  readonly rules: readonly string[];
  readonly rows: readonly HeatRow[];
  /** Rules without a column of their own. */
  readonly moreRules: number;
}

interface Tally {
  count: number;
  readonly money: Map<string, Decimal>;
}

interface Entry {
  readonly org: Finding['orgs'][number];
  readonly rules: Map<string, Tally>;
  total: number;
}

const emptyTally = (): Tally => ({ count: 0, money: new Map() });

function addTo(tally: Tally, finding: Finding): void {
  tally.count += 1;
  for (const { currency, amount } of moneyOf(finding)) {
    tally.money.set(currency, add(tally.money.get(currency) ?? ZERO, decimal(amount)));
  }
}

function entriesOf(findings: readonly Finding[]): readonly Entry[] {
  const byOrg = new Map<string, Entry>();
  for (const finding of findings) {
    if (finding.status !== 'mismatch') continue;
    for (const org of finding.orgs) {
      const entry = byOrg.get(org.id) ?? { org, rules: new Map<string, Tally>(), total: 0 };
      byOrg.set(org.id, entry);
      entry.total += 1;
      const tally = entry.rules.get(finding.rule) ?? emptyTally();
      entry.rules.set(finding.rule, tally);
      addTo(tally, finding);
    }
  }
  return [...byOrg.values()];
}

/** By currency the largest cell of one organisation. */
function largest(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const { money } of entries.flatMap(({ rules }) => [...rules.values()])) {
    for (const [currency, amount] of money) most.set(currency, Math.max(most.get(currency) ?? 0, Number(amount)));
  }
  return most;
}

function cellOf({ count, money }: Tally, most: ReadonlyMap<string, number>): HeatCell {
  let cell: HeatCell = { count, money: null, share: 0 };
  for (const [currency, amount] of money) {
    const share = Math.min(1, Number(amount) / (most.get(currency) || 1));
    if (cell.money === null || share > cell.share) cell = { count, money: { currency, amount }, share };
  }
  return cell;
}

/** How deep an organisation's deepest cell is, then how many mismatches it has. */
const heatOf = ({ rules }: Entry, most: ReadonlyMap<string, number>): number =>
  Math.max(...[...rules.values()].map((tally) => cellOf(tally, most).share));

function restOf(rest: readonly Entry[], rule: string): Tally {
  const tally = emptyTally();
  for (const { rules } of rest) {
    const own = rules.get(rule);
    tally.count += own?.count ?? 0;
    for (const [currency, amount] of own?.money ?? []) {
      tally.money.set(currency, add(tally.money.get(currency) ?? ZERO, amount));
    }
  }
  return tally;
}

/** A finding over several organisations counts for each of them. @returns null if nothing mismatches at an organisation. */
export function heatMap(findings: readonly Finding[]): HeatMap | null {
  const entries = entriesOf(findings);
  if (entries.length === 0) return null;
  const most = largest(entries);
  const heats = new Map(entries.map((entry) => [entry, heatOf(entry, most)]));
  const orgs = [...entries].sort(
    (a, b) => (heats.get(b) ?? 0) - (heats.get(a) ?? 0) || b.total - a.total || (a.org.id < b.org.id ? -1 : 1),
  );
  const shown = orgs.slice(0, MOST_ORGS);
  const byRule = new Map<string, number>();
  for (const { rules } of shown) {
    for (const [rule, tally] of rules) byRule.set(rule, (byRule.get(rule) ?? 0) + cellOf(tally, most).share + 1e-6);
  }
  const ranked = [...byRule].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([rule]) => rule);
  const rules = ranked.slice(0, MOST_RULES);
  const all = new Set(entries.flatMap((entry) => [...entry.rules.keys()]));
  const rowOf = ({ org, rules: own, total }: Entry): HeatRow => ({
    org,
    orgs: 1,
    cells: rules.map((rule) => cellOf(own.get(rule) ?? emptyTally(), most)),
    total,
  });
  const rest = orgs.slice(MOST_ORGS);
  const last: HeatRow[] =
    rest.length === 0
      ? []
      : [
          {
            org: null,
            orgs: rest.length,
            cells: rules.map((rule) => cellOf(restOf(rest, rule), most)),
            total: rest.reduce((sum, one) => sum + one.total, 0),
          },
        ];
  return { rules, rows: [...shown.map(rowOf), ...last], moreRules: all.size - rules.length };
}
