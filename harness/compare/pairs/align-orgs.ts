/** Organisation by organisation: who is on which side. */
import type { BillingPeriod } from '../../domain/billing-period.ts';
import type { Line } from '../../domain/line.ts';
import type { ComparisonScope, ScopedOrg } from '../scope/comparison-scope.ts';
import type { OrgPair } from './pair.ts';

/** Every organisation in scope, by id. */
export function alignOrgs(scope: ComparisonScope): readonly OrgPair[] {
  return [...scope.orgs.values()].map((scoped) => ({
    key: `org ${scoped.org.id}`,
    org: scoped.org,
    region: scoped.region,
    period: periodOf(scoped),
    legacy: scoped.presence.legacy,
    contract: scoped.presence.contract,
    lines: linesOf(scope, scoped),
  }));
}

const periodOf = ({ legacy, wantedLines }: ScopedOrg): BillingPeriod | null =>
  legacy.state === 'present' ? legacy.subscription.period : (wantedLines[0]?.period ?? null);

/**
 * A charge that covers others too is left to the others, where legacy knows one of them: nobody can say whose money it
 * is. Where it knows none, the first of them stands for all.
 */
function linesOf(scope: ComparisonScope, { org, legacy, wantedLines }: ScopedOrg): readonly Line[] {
  if (legacy.state === 'present') return legacy.subscription.lines;
  const isUnknown = (id: string): boolean => scope.orgs.get(id)?.legacy.state === 'unknown';
  return wantedLines.filter(
    ({ orgs: [first, ...more] }) => org.id === first?.id && more.every(({ id }) => isUnknown(id)),
  );
}
