/** Checks that match, counted by customer: the one place of the page that goes through all of them for that. */
import type { Check } from '../reporter.ts';
import { customerKey } from './find/customers.ts';

/** By `customerKey`; null where a run was opened again, of which no file tells what matched at whom. */
export function passedChecks(checks: Iterable<Check>): ReadonlyMap<string, number> | null {
  const passed = new Map<string, number>();
  for (const { status, orgs } of checks) {
    if (status !== 'match' || orgs.length === 0) continue;
    const key = customerKey(orgs);
    passed.set(key, (passed.get(key) ?? 0) + 1);
  }
  return passed.size === 0 ? null : passed;
}
