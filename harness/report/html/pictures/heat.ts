/** Where mismatches lie: organisations by rules. */
import type { Finding } from '../../../domain/run-result.ts';

const MOST_ORGS = 10;
const MOST_RULES = 10;

export interface HeatRow {
  /** Null: all organisations that have no row of their own. */
  readonly org: Finding['orgs'][number] | null;
  /** Organisations behind the row. */
  readonly orgs: number;
  /** Mismatches, one a rule, in the order of `rules`. */
  readonly counts: readonly number[];
  /** Over all rules, those without a column too. */
  readonly total: number;
}

export interface HeatMap {
  readonly rules: readonly string[];
  readonly rows: readonly HeatRow[];
  /** Rules without a column of their own. */
  readonly moreRules: number;
}

/** A finding over several organisations counts for each of them. @returns null if nothing mismatches at an organisation. */
export function heatMap(findings: readonly Finding[]): HeatMap | null {
  const byOrg = new Map<string, { org: Finding['orgs'][number]; rules: Map<string, number>; total: number }>();
  const byRule = new Map<string, number>();
  for (const { status, rule, orgs } of findings) {
    if (status !== 'mismatch') continue;
    for (const org of orgs) {
      const entry = byOrg.get(org.id) ?? { org, rules: new Map<string, number>(), total: 0 };
      byOrg.set(org.id, entry);
      entry.rules.set(rule, (entry.rules.get(rule) ?? 0) + 1);
      entry.total += 1;
      byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
    }
  }
  if (byOrg.size === 0) return null;
  const ranked = [...byRule].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([rule]) => rule);
  const rules = ranked.slice(0, MOST_RULES);
  const orgs = [...byOrg.values()].sort((a, b) => b.total - a.total || (a.org.id < b.org.id ? -1 : 1));
  const rows: HeatRow[] = orgs.slice(0, MOST_ORGS).map(({ org, rules: counts, total }) => ({
    org,
    orgs: 1,
    counts: rules.map((rule) => counts.get(rule) ?? 0),
    total,
  }));
  const rest = orgs.slice(MOST_ORGS);
  if (rest.length > 0) {
    const sum = (rule: string): number => rest.reduce((total, { rules: counts }) => total + (counts.get(rule) ?? 0), 0);
    const total = rest.reduce((all, one) => all + one.total, 0);
    rows.push({ org: null, orgs: rest.length, counts: rules.map(sum), total });
  }
  return { rules, rows, moreRules: ranked.length - rules.length };
}
