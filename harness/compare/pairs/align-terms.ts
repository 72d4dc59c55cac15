/** Each organisation's subscription beside the chains of contracts that are in force in its period. */
import { ascending, greatest } from 'd3-array';
import type { BillingPeriod } from '../../domain/billing-period.ts';
import type { Contract } from '../../domain/contract-side.ts';
import { knownValue } from '../../domain/figure.ts';
import type { ComparisonScope, ScopedOrg } from '../scope/comparison-scope.ts';
import { mayRun } from '../scope/contract-index.ts';
import type { PeriodFit } from '../scope/period-fit.ts';
import type { LegacyDates, PeriodDates, TermPair } from './pair.ts';

/** All term pairs, by organisation. */
export function alignTerms(scope: ComparisonScope): readonly TermPair[] {
  return [...scope.orgs.values()].flatMap((scoped) => termsOf(scope, scoped));
}

function termsOf(scope: ComparisonScope, scoped: ScopedOrg): readonly TermPair[] {
  const { legacy, presence, org } = scoped;
  if (legacy.state === 'unknown') return [];
  if (legacy.state === 'unread') return [blocked(scoped, null, legacy.reason)];
  const { term, periodStart, periodEnd, period } = legacy.subscription;
  const dates: LegacyDates = { term, periodStart, periodEnd };
  if (presence.contract.state === 'uncertain') return [blocked(scoped, period, presence.contract.reason)];
  if (presence.contract.state !== 'present') return [];
  const unread = scope.index.unreadPart(org.id, period);
  if (unread !== null) return [blocked(scoped, period, unread)];
  const { today, period: wanted } = scope.policy;
  // Of a period that is over, legacy may state the subscription as it is today.
  const isInForce = (contract: Contract): boolean =>
    mayRun(contract, period) || (wanted.kind !== 'open' && mayRun(contract, { start: today, end: today }));
  const chains = chainsOf(scope.index.contractsOf(org.id), scope.readings.fit).filter((chain) => chain.some(isInForce));
  if (chains.length === 0) {
    const reason = `no contract of the organisation says that it is in force from ${period.start} to ${period.end}`;
    return [blocked(scoped, period, reason)];
  }
  return [
    {
      key: `term ${org.id}`,
      org,
      region: scoped.region,
      period,
      legacy: dates,
      chains: chains.map((chain) => ({
        links: chain.map((contract) => ({
          contractId: contract.id,
          status: contract.status,
          term: contract.term,
          inForce: isInForce(contract),
          bills: scope.index.bills(contract, org.id, period),
        })),
        dates: datesOf(scope, chain, period),
      })),
      gap: chains.map((chain) => scope.index.gapBeside(org.id, chain)).find((gap) => gap !== null) ?? null,
      notComparableReason: null,
    },
  ];
}

const blocked = ({ org, region }: ScopedOrg, period: BillingPeriod | null, reason: string): TermPair => ({
  key: `term ${org.id}`,
  org,
  region,
  period,
  notComparableReason: reason,
});

/**
 * Contracts that follow each other without a gap, oldest first; one chain for each that has no successor. A renewal may
 * begin before the contract that it renews ends. A contract whose dates are not known stands alone.
 */
function chainsOf(contracts: readonly Contract[], fit: PeriodFit): readonly (readonly Contract[])[] {
  const spans = contracts.map((contract) => ({
    contract,
    start: knownValue(contract.term.contractStart),
    end: knownValue(contract.term.contractEnd),
  }));
  const predecessors = new Map(
    spans.flatMap(({ contract, start, end }) => {
      if (start === null) return [];
      const before = spans.filter(
        (other) =>
          other.end !== null &&
          fit.after(other.end) >= start &&
          (fit.after(other.end) === start || (other.start !== null && other.start < start)) &&
          (end === null || other.end < end),
      );
      const last = greatest(before, (a, b) => ascending(a.end ?? '', b.end ?? ''));
      return last === undefined ? [] : [[contract, last.contract] as const];
    }),
  );
  const followed = new Set(predecessors.values());
  return contracts
    .filter((contract) => !followed.has(contract))
    .map((last) => {
      const chain = [last];
      for (let next = predecessors.get(last); next !== undefined; next = predecessors.get(next)) chain.unshift(next);
      return chain;
    });
}

/** First start and last end of the pieces that stand for the legacy period. */
function datesOf(scope: ComparisonScope, chain: readonly Contract[], period: BillingPeriod): PeriodDates | null {
  const pieces = chain.flatMap((contract) => scope.index.pieces(contract, period));
  const [first, ...rest] = pieces;
  if (first === undefined) return null;
  let earliest = first;
  let latest = first;
  for (const piece of rest) {
    if (piece.start < earliest.start) earliest = piece;
    if (piece.end > latest.end) latest = piece;
  }
  return { start: earliest.source.start, end: latest.source.end, pieces: pieces.length };
}
