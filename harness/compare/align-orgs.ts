/** Organisation by organisation: who is on which side. */
import type { BillingPeriod } from '../domain/billing-period.ts';
import type { Line } from '../domain/line.ts';
import type { Ground, ScopedOrg } from './ground.ts';
import type { OrgPair } from './pair.ts';

/** Every organisation in scope, by id. */
export function alignOrgs(ground: Ground): readonly OrgPair[] {
  return [...ground.scope.values()].map((scoped) => ({
    key: `org ${scoped.org.id}`,
    org: scoped.org,
    region: scoped.region,
    period: periodOf(scoped),
    legacy: scoped.presence.legacy,
    contract: scoped.presence.contract,
    lines: linesOf(ground, scoped),
  }));
}

const periodOf = ({ legacy, wantedLines }: ScopedOrg): BillingPeriod | null =>
  legacy.state === 'present' ? legacy.subscription.period : (wantedLines[0]?.period ?? null);

/** Charges that cover others too are left to the others: nobody can say whose money they are. */
function linesOf(ground: Ground, { legacy, wantedLines }: ScopedOrg): readonly Line[] {
  return legacy.state === 'present'
    ? legacy.subscription.lines.filter((line) => ground.products.byPartNumber(line.product) !== undefined)
    : wantedLines.filter((line) => line.orgs.length === 1);
}
