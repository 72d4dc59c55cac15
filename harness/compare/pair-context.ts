/** What stands around a pair and decides how it is read: trials and ramps, tokens, rates that a source carries, nameless records. */
import { group } from 'd3-array';
import { isZero } from '../domain/decimal.ts';
import type { Line } from '../domain/line.ts';
import type { OrgRef } from '../domain/side.ts';
import { isNonzero } from './contract-index.ts';
import type { Carried } from './families/facts.ts';
import type { Ground } from './ground.ts';
import type { PairMaterial, UseCostAt } from './pair.ts';
import type { Span } from './period-fit.ts';
import type { ProductGroup } from './products.ts';
import { isNothing, readingOf } from './reading.ts';
import { kindOfSubscription } from './subscription-type.ts';
import { meaningOf } from './units.ts';

export type PairContext = Pick<
  PairMaterial,
  'useCosts' | 'paidInTokens' | 'carried' | 'question' | 'mentioned' | 'nameless'
>;

export type ContextOf = (
  product: ProductGroup,
  orgs: readonly OrgRef[],
  lines: Pick<PairMaterial, 'legacyLines' | 'contractLines' | 'period'>,
) => PairContext;

/** Prepared once a comparison. */
export function pairContexts(ground: Ground): ContextOf {
  const carried = carriedRates(ground);
  const elsewhere = ground.settled?.carried;
  const tokens = tokenLines(ground);
  const nameless = namelessReasons(ground);
  return (product, orgs, lines) => ({
    useCosts: useCostsOf(ground, product, orgs, lines.legacyLines),
    paidInTokens: paidInTokens(tokens, orgs, lines, ground),
    carried: together(carried.get(product), elsewhere?.get(product.key)),
    question: ground.mentions.question(product),
    mentioned: {
      legacy: ground.mentions.legacy(product).known,
      contract: ground.mentions.contract(product).known,
    },
    nameless: {
      legacy: null,
      contract: orgs.map(({ id }) => nameless(id, product, lines.period)).find((reason) => reason !== null) ?? null,
    },
  });
}

const together = (own: Carried | undefined, elsewhere: Carried | undefined): Carried => ({
  committedRate: own?.committedRate === true || elsewhere?.committedRate === true,
  overageRate: own?.overageRate === true || elsewhere?.overageRate === true,
});

/** A source carries a rate if it states one in any row of the product. */
export function carriedRates(ground: Ground): ReadonlyMap<ProductGroup, Carried> {
  const found = new Map<ProductGroup, { committedRate: boolean; overageRate: boolean }>();
  for (const { legacy } of ground.scope.values()) {
    for (const line of legacy.state === 'present' ? legacy.subscription.lines : []) {
      const product = ground.products.byPartNumber(line.product);
      if (product === undefined) continue;
      const carried = found.get(product) ?? { committedRate: false, overageRate: false };
      carried.committedRate ||= line.committedRate.state !== 'absent';
      carried.overageRate ||= line.overageRate.state !== 'absent';
      found.set(product, carried);
    }
  }
  return found;
}

/** Trials (by subscription type) and ramps (of what is not a third party's), unless the scenario says that their use is charged. */
function useCostsOf(
  ground: Ground,
  product: ProductGroup,
  orgs: readonly OrgRef[],
  legacyLines: readonly Line[],
): ReadonlyMap<string, UseCostAt> {
  const found = new Map<string, UseCostAt>();
  for (const { id } of orgs) {
    const legacy = ground.scope.get(id)?.legacy;
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
function tokenLines({ contract }: Ground): LinesByOrg {
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
  { readings: { fit } }: Ground,
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
function namelessReasons({ contract, index, readings, products }: Ground): NamelessReason {
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
