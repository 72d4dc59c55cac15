/** What stands around a pair and decides how it is read: trials and ramps, tokens, rates that a source carries, nameless records. */
import { group } from 'd3-array';
import { isZero } from '../../domain/decimal.ts';
import type { Line } from '../../domain/line.ts';
import type { OrgRef } from '../../domain/side.ts';
import type { ComparisonScope } from '../scope/comparison-scope.ts';
import { isNonzero } from '../scope/contract-index.ts';
import type { ProvidedRates } from '../scope/family-facts.ts';
import type { Span } from '../scope/period-fit.ts';
import type { ProductGroup } from '../scope/products.ts';
import { meaningOf } from '../scope/units.ts';
import type { PairMaterial, UseCostAt } from './pair.ts';
import { isNothing, readingOf } from './reading.ts';
import { kindOfSubscription } from './subscription-type.ts';

export type PairContext = Pick<
  PairMaterial,
  'useCosts' | 'paidInTokens' | 'provided' | 'question' | 'mentioned' | 'nameless'
>;

export type ContextOf = (
  product: ProductGroup,
  orgs: readonly OrgRef[],
  lines: Pick<PairMaterial, 'legacyLines' | 'contractLines' | 'period'>,
) => PairContext;

/** Prepared once a comparison. */
export function pairContexts(scope: ComparisonScope): ContextOf {
  const provided = providedRates(scope);
  const otherFamilies = scope.familyFacts?.provided;
  const tokens = tokenLines(scope);
  const nameless = namelessReasons(scope);
  return (product, orgs, lines) => ({
    useCosts: useCostsOf(scope, product, orgs, lines.legacyLines),
    paidInTokens: paidInTokens(tokens, orgs, lines, scope),
    provided: together(provided.get(product), otherFamilies?.get(product.key)),
    question: scope.mentions.question(product),
    mentioned: {
      legacy: scope.mentions.legacy(product).known,
      contract: scope.mentions.contract(product).known,
    },
    nameless: {
      legacy: null,
      contract: orgs.map(({ id }) => nameless(id, product, lines.period)).find((reason) => reason !== null) ?? null,
    },
  });
}

const together = (own: ProvidedRates | undefined, otherFamilies: ProvidedRates | undefined): ProvidedRates => ({
  committedRate: own?.committedRate === true || otherFamilies?.committedRate === true,
  overageRate: own?.overageRate === true || otherFamilies?.overageRate === true,
});

/** A source carries a rate if it states one in any row of the product. */
export function providedRates(scope: ComparisonScope): ReadonlyMap<ProductGroup, ProvidedRates> {
  const found = new Map<ProductGroup, { committedRate: boolean; overageRate: boolean }>();
  for (const { legacy } of scope.orgs.values()) {
    for (const line of legacy.state === 'present' ? legacy.subscription.lines : []) {
      const product = scope.products.byPartNumber(line.product);
      if (product === undefined) continue;
      const provided = found.get(product) ?? { committedRate: false, overageRate: false };
      provided.committedRate ||= line.committedRate.state !== 'absent';
      provided.overageRate ||= line.overageRate.state !== 'absent';
      found.set(product, provided);
    }
  }
  return found;
}

/** Trials (by subscription type) and ramps (of what is not a third party's), unless the scenario says that their use is charged. */
function useCostsOf(
  scope: ComparisonScope,
  product: ProductGroup,
  orgs: readonly OrgRef[],
  legacyLines: readonly Line[],
): ReadonlyMap<string, UseCostAt> {
  const found = new Map<string, UseCostAt>();
  for (const { id } of orgs) {
    const legacy = scope.orgs.get(id)?.legacy;
    if (legacy?.state !== 'present') continue;
    const { subscriptionType, inRampPeriod } = legacy.subscription;
    const own = legacyLines.filter((line) => line.orgs.some((org) => org.id === id));
    const type = subscriptionType.state === 'known' ? subscriptionType.value : null;
    const kind = type === null ? 'billed' : kindOfSubscription(type);
    const isRamp = inRampPeriod.state === 'known' && inRampPeriod.value && own.some(({ thirdParty }) => !thirdParty);
    if (kind === 'trial' && product.trial !== 'charged') {
      found.set(id, { cost: product.trial, why: 'trial', words: `its subscriptionType is ${type}` });
    } else if (kind === 'unknown' && product.trial !== 'charged') {
      const words = `its subscriptionType is ${type}, which is none that the vendor documents and may be a trial`;
      found.set(id, { cost: 'unknown', why: 'type', words });
    } else if (isRamp && product.ramp !== 'charged') {
      found.set(id, { cost: product.ramp, why: 'ramp', words: 'its inRampPeriod is true' });
    }
  }
  return found;
}

type LinesByOrg = ReadonlyMap<string, readonly Line[]>;

const TOKEN = meaningOf('Token');

/** Charges and wallets of products that are counted in tokens, mapped or not. */
function tokenLines({ contract }: ComparisonScope): LinesByOrg {
  const lines = contract.lines.filter(
    ({ unit, origin }) => origin !== 'plan' && unit.state === 'known' && meaningOf(unit.value) === TOKEN,
  );
  const placed = lines.flatMap((line) => line.orgs.map(({ id }) => ({ id, line })));
  return new Map([...group(placed, ({ id }) => id)].map(([id, own]) => [id, own.map(({ line }) => line)]));
}

/** Its charges state a conversion into tokens and bill no overage, and tokens of the same organisation and period are billed. */
function paidInTokens(
  tokens: LinesByOrg,
  orgs: readonly OrgRef[],
  { contractLines, period }: Pick<PairMaterial, 'contractLines' | 'period'>,
  { readings: { fit } }: ComparisonScope,
): string | null {
  const converted = contractLines.filter(
    ({ tokens: conversion }) => conversion?.count.state === 'known' && !isZero(conversion.count.value),
  );
  const billsNone = contractLines.every((line) =>
    [line.overageQuantity, line.overageCharge].every((figure) => isNothing(readingOf(figure, ''))),
  );
  if (converted.length === 0 || !billsNone || period === null) return null;
  const isPaid = orgs.every(({ id }) =>
    (tokens.get(id) ?? []).some((line) => !contractLines.includes(line) && fit.belongs(line.period, period)),
  );
  return isPaid
    ? 'its charge states a conversion into tokens, and tokens of the same organisation and period are billed'
    : null;
}

type NamelessReason = (orgId: string, product: ProductGroup, period: Span | null) => string | null;

/** Charges that name no product, or nobody: they may be of anyone whom their contract names. */
function namelessReasons({ contract, index, readings, products }: ComparisonScope): NamelessReason {
  const open = contract.lines.filter((line) => isNonzero(line) && (line.product === '' || line.orgs.length === 0));
  if (open.length === 0) return () => null;
  return (orgId, product, period) => {
    const line = open.find(
      (each) =>
        (each.product === '' || products.bySku(each.product) === product) &&
        (period === null || readings.fit.belongs(each.period, period)) &&
        index.mayConcern(each, orgId),
    );
    return line === undefined ? null : namelessWords(line);
  };
}

const namelessWords = ({ charge, product, origin }: Line): string => {
  const what = product === '' ? 'no product' : 'no organisation';
  const id = charge?.chargeId ?? (origin === 'plan' ? `of ${product || 'no product'}` : 'without an id');
  return `${origin} ${id} of contract ${charge?.contractId ?? ''} names ${what}, so it may be this one`;
};
