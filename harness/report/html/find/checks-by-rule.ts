/** All checks of one customer by rule: what matches beside what does not. */
import { customerKey, type PassedChecks } from '../../../domain/customer.ts';
import type { Finding } from '../../../domain/run-result.ts';

export interface RuleChecks {
  readonly rule: string;
  /** Null where the run did not keep what matched. */
  readonly passed: number | null;
  readonly mismatch: number;
  /** Not comparable or unstable. */
  readonly open: number;
  /** Tolerated or waived. */
  readonly accepted: number;
}

type RuleStatus = Pick<Finding, 'rule' | 'status'>;

const ACCEPTED: ReadonlySet<string> = new Set(['tolerated', 'waived']);

/**
 * Rules with mismatches first, then those with something open, then by name.
 * @param findings of the customer
 * @param passed of the customer; null: not known
 */
export function checksByRule(
  findings: Iterable<RuleStatus>,
  passed: PassedChecks['rules'] | null,
): readonly RuleChecks[] {
  const rules = new Map<string, { mismatch: number; open: number; accepted: number }>();
  const rowOf = (rule: string) => {
    const row = rules.get(rule) ?? { mismatch: 0, open: 0, accepted: 0 };
    rules.set(rule, row);
    return row;
  };
  for (const rule of Object.keys(passed ?? {})) rowOf(rule);
  for (const { rule, status } of findings) {
    const row = rowOf(rule);
    if (status === 'mismatch') row.mismatch += 1;
    else if (ACCEPTED.has(status)) row.accepted += 1;
    else row.open += 1;
  }
  const rank = ({ mismatch, open, accepted }: Omit<RuleChecks, 'rule' | 'passed'>): number =>
    mismatch > 0 ? 0 : open > 0 ? 1 : accepted > 0 ? 2 : 3;
  return [...rules]
    .map(([rule, row]) => ({ rule, passed: passed === null ? null : (passed[rule] ?? 0), ...row }))
    .sort((a, b) => rank(a) - rank(b) || (a.rule < b.rule ? -1 : 1));
}

/** The same of several customers, each with its organisations. */
export function checksOfAll(
  findings: readonly Finding[],
  passed: readonly PassedChecks[] | null,
): readonly (RuleChecks & { readonly orgs: Finding['orgs'] })[] {
  const customers = new Map<string, { orgs: Finding['orgs']; findings: Finding[]; rules: PassedChecks['rules'] }>();
  for (const { orgs, rules } of passed ?? []) customers.set(customerKey(orgs), { orgs, findings: [], rules });
  for (const finding of findings) {
    const key = customerKey(finding.orgs);
    const customer = customers.get(key) ?? { orgs: finding.orgs, findings: [], rules: {} };
    customers.set(key, customer);
    customer.findings.push(finding);
  }
  return [...customers.values()].flatMap(({ orgs, findings: own, rules }) =>
    checksByRule(own, passed === null ? null : rules).map((row) => ({ ...row, orgs })),
  );
}
