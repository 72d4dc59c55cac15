/** With three sources for one figure, the one that two others contradict stands alone. */
import type { BillingPeriod } from '../domain/billing-period.ts';
import type { Cell } from '../domain/finding.ts';
import type { LegacySide } from '../domain/legacy-side.ts';
import type { ComparisonPolicy } from '../domain/policy.ts';
import type { RuleId } from '../domain/rule-ids.ts';
import { orgId, productKey } from '../domain/side.ts';
import type { Alignment } from './align.ts';
import { mergeLines } from './merge-sources.ts';
import type { PairMaterial } from './pair.ts';
import { readPair } from './read-pair.ts';
import { ruleById } from './registry.ts';

/** The figure of `source-agreement` (its subject) and the rule that compares it with the contract side. */
const RULES: Readonly<Record<string, RuleId>> = {
  committed: 'committed-quantity',
  bundle: 'committed-quantity',
  included: 'included-quantity',
  actual: 'actual-quantity',
  committedRate: 'committed-rate',
  overageRate: 'overage-rate',
  currency: 'currency',
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
  const found = new Map<string, string>();
  const open = cells.filter(({ rule, status }) => rule === 'source-agreement' && status === 'mismatch');
  if (open.length === 0) return found;
  const pairs = new Map(
    alignment.pairs.filter(({ orgs }) => orgs.length === 1).map((pair) => [placeOf(pair), pair] as const),
  );
  for (const cell of open) {
    const { orgs, partNumber, subject } = cell.scope;
    const rule = RULES[subject];
    const group = partNumber === null ? undefined : alignment.ground.products.byPartNumber(partNumber);
    const pair = pairs.get(`${orgs[0]?.id} ${group?.key}`);
    if (rule === undefined || pair === undefined) continue;
    const agrees = (material: PairMaterial): boolean => {
      const comparing = ruleById(rule);
      const read = readPair(material, alignment.readings);
      return comparing.looksAt === 'pair' && comparing.compare(read, policy)?.kind === 'equal';
    };
    found.set(cell.id, words(agrees(pair), agrees(withPartner(pair, legacy))));
  }
  return found;
}

const placeOf = ({ orgs, product }: PairMaterial): string => `${orgs[0]?.id} ${product.key}`;

function words(withUsage: boolean, withPartner: boolean): string {
  if (withUsage && !withPartner) return 'the contract side agrees with the usage API: partner billing stands alone';
  if (withPartner && !withUsage) return 'the contract side agrees with partner billing: the usage API stands alone';
  return withUsage ? 'the contract side agrees with either' : 'the contract side agrees with neither';
}

/** The pair as partner billing states it; what that leaves out is as it was. */
function withPartner(pair: PairMaterial, legacy: LegacySide): PairMaterial {
  const parts = new Set(pair.legacyLines.map(({ product }) => productKey(product)));
  const stated = legacy.subscriptions
    .filter(({ source, org }) => source === 'partner-billing' && orgId(org.id) === pair.orgs[0]?.id)
    .flatMap(({ lines }) => lines)
    .filter(({ product, period }) => parts.has(productKey(product)) && isSame(period, pair.period));
  return { ...pair, legacyLines: mergeLines(stated, pair.legacyLines) };
}

const isSame = (a: BillingPeriod, b: BillingPeriod | null): boolean => a.start === b?.start && a.end === b.end;
