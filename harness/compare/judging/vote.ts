/** With three sources for one figure, the one that two others contradict stands alone. */
import type { Cell } from '../../domain/finding.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { Line } from '../../domain/line.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';
import { type OrgRef, orgId, productKey } from '../../domain/side.ts';
import type { Alignment } from '../pairs/align.ts';
import type { PairMaterial } from '../pairs/pair.ts';
import { readPair } from '../pairs/read-pair.ts';
import { actualQuantity, committedQuantity, includedQuantity, unitOfMeasure } from '../rules/quantity.ts';
import { committedRate, currency, overageRate } from '../rules/rate.ts';
import type { PairRule } from '../rules/rule.ts';
import { mergeLines } from '../scope/merge-sources.ts';
import type { PeriodFit } from '../scope/period-fit.ts';

/** The figure of `source-agreement` (its subject) and the rule that compares it with the contract side. */
const RULES: Readonly<Record<string, PairRule>> = {
  committed: committedQuantity,
  bundle: committedQuantity,
  included: includedQuantity,
  actual: actualQuantity,
  committedRate,
  overageRate,
  currency,
  unit: unitOfMeasure,
};

/**
 * What the contract side says where the two legacy APIs disagree, by id of the `source-agreement` cell: to follow its sentence.
 * A charge over several organisations says nothing of one of them.
 */
export function votes(
  cells: readonly Cell[],
  alignment: Alignment,
  legacy: LegacySide,
  policy: ComparisonPolicy,
): ReadonlyMap<string, string> {
  const pairs = new Map(alignment.pairs.map((pair) => [placeOf(pair.orgs, pair.product.sku), pair]));
  const open = cells.filter(({ rule, status }) => rule === 'source-agreement' && status === 'mismatch');
  return new Map(
    open.flatMap(({ id, scope }) => {
      const pair = pairs.get(placeOf(scope.orgs, scope.sku));
      const rule = RULES[scope.subject];
      if (pair === undefined || rule === undefined) return [];
      const agrees = (material: PairMaterial): boolean =>
        rule.compare(readPair(material, alignment.readings), policy)?.kind === 'equal';
      return [[id, words(agrees(pair), agrees(withPartner(pair, legacy, alignment.readings.fit)))]];
    }),
  );
}

/** SKUs tell products apart: entries of the scenario that share one are one product. */
const placeOf = (orgs: readonly OrgRef[], sku: string | null): string => `${orgs.map(({ id }) => id).join(' ')}|${sku}`;

function words(withUsage: boolean, withPartner: boolean): string {
  if (withUsage && !withPartner) return 'the contract side agrees with the usage API: partner billing stands alone';
  if (withPartner && !withUsage) return 'the contract side agrees with partner billing: the usage API stands alone';
  return withUsage ? 'the contract side agrees with either' : 'the contract side agrees with neither';
}

/** The pair as partner billing states it; what that leaves out is as it was. */
function withPartner(pair: PairMaterial, legacy: LegacySide, fit: PeriodFit): PairMaterial {
  const wanted = new Set(pair.legacyLines.map(rowOf));
  const stated = legacy.subscriptions
    .filter(({ source }) => source === 'partner-billing')
    .flatMap(({ lines }) => lines)
    .filter((line) => wanted.has(rowOf(line)) && (pair.period === null || fit.belongs(line.period, pair.period)));
  return { ...pair, legacyLines: mergeLines(stated, pair.legacyLines) };
}

const rowOf = ({ orgs, product }: Line): string => [...orgs.map(({ id }) => orgId(id)), productKey(product)].join('|');
