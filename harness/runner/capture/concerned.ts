/** Whom the requests of a capture concern. */
import type { ContractSide } from '../../domain/contract-side.ts';
import { knownValue } from '../../domain/figure.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import { type OrgRef, orgId } from '../../domain/side.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Span } from '../../sources/contract-api/periods-concerned.ts';
import type { PartnerOrg } from '../../sources/partner-billing/capture.ts';

/** Those listed in the scenario; with `discover`, those that the usage API's regions list. */
export function partnerOrgs(scenario: Scenario, usage: LegacySide | null): PartnerOrg[] {
  if (scenario.orgs !== null)
    return scenario.orgs.map(({ id, name, region }) => ({ org: { id: orgId(id), name }, region }));
  const found = new Map<string, PartnerOrg>();
  for (const { region, members } of usage?.regionListings ?? []) {
    // One answer tells of all regions of an organisation: that of the first stands for them.
    for (const { org } of members) if (!found.has(org.id)) found.set(org.id, { org, region });
  }
  return [...found.values()];
}

/** Contracts that name one of these organisations in a plan, a charge or a wallet. @returns ids */
export function contractsOf(
  orgs: ReadonlySet<string>,
  { contracts, details, lines }: ContractSide,
): ReadonlySet<string> {
  const names = (named: readonly OrgRef[]): boolean => named.some(({ id }) => orgs.has(id));
  return new Set([
    ...contracts.filter(({ plans }) => plans.some((plan) => names(plan.orgs))).map(({ id }) => id),
    ...details
      .filter(({ wallets }) => wallets.some((wallet) => names(wallet.orgs)))
      .map(({ contractId }) => contractId),
    ...lines.filter((line) => names(line.orgs)).flatMap(({ charge }) => charge?.contractId ?? []),
  ]);
}

export function spansByOrg(legacy: LegacySide | null): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  for (const { org, periodStart, periodEnd } of legacy?.subscriptions ?? []) {
    const [start, end] = [knownValue(periodStart), knownValue(periodEnd)];
    if (start === null || end === null) continue;
    spans.set(org.id, [...(spans.get(org.id) ?? []), { start, end }]);
  }
  return spans;
}
