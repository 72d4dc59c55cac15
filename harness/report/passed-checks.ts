/** Checks that match, counted by customer and rule. */
import { customerKey, type PassedChecks } from '../domain/customer.ts';
import type { Check } from './reporter.ts';

interface Tally {
  orgs: PassedChecks['orgs'];
  readonly rules: Map<string, number>;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Customers by id, and rules by name, so that the order of the checks does not show. Checks of no organisation are nobody's. */
export function passedChecks(checks: Iterable<Check>): readonly PassedChecks[] {
  const tallies = new Map<string, Tally>();
  for (const { status, orgs, rule } of checks) {
    if (status !== 'match' || orgs.length === 0) continue;
    const key = customerKey(orgs);
    const tally = tallies.get(key) ?? { orgs, rules: new Map<string, number>() };
    tallies.set(key, tally);
    // Not every check knows the names.
    if (tally.orgs.some(({ name }) => name === null)) tally.orgs = orgs;
    tally.rules.set(rule, (tally.rules.get(rule) ?? 0) + 1);
  }
  return [...tallies]
    .sort(([a], [b]) => byText(a, b))
    .map(([, { orgs, rules }]) => ({
      orgs: orgs.map(({ id, name }) => ({ id, name })),
      rules: Object.fromEntries([...rules].sort(([a], [b]) => byText(a, b))),
    }));
}
