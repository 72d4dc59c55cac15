/** With three sources for one figure, the one that two others contradict stands alone. */
import type { Cell } from '../domain/finding.ts';
import type { LegacySide } from '../domain/legacy-side.ts';
import type { Line } from '../domain/line.ts';
import type { ComparisonPolicy } from '../domain/policy.ts';
import type { RuleId } from '../domain/rule-ids.ts';
import { productKey } from '../domain/side.ts';
import type { Alignment } from './align.ts';
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
    found.set(cell.id, words(agrees(pair), agrees(withPartner(pair, legacy, subject))));
  }
  return found;
}

const placeOf = ({ orgs, product }: PairMaterial): string => `${orgs[0]?.id} ${product.key}`;

function words(withUsage: boolean, withPartner: boolean): string {
  if (withUsage && !withPartner) return 'the contract side agrees with the usage API: partner billing stands alone';
  if (withPartner && !withUsage) return 'the contract side agrees with partner billing: the usage API stands alone';
  return withUsage ? 'the contract side agrees with either' : 'the contract side agrees with neither';
}

/** The pair with one figure as partner billing states it. */
function withPartner(pair: PairMaterial, legacy: LegacySide, field: string): PairMaterial {
  const partner = legacy.subscriptions.find(
    ({ source, org }) => source === 'partner-billing' && org.id === pair.orgs[0]?.id,
  );
  const legacyLines = pair.legacyLines.map((line): Line => {
    const other = partner?.lines.find(
      ({ product, productName }) =>
        productKey(product) === productKey(line.product) && (productName ?? '') === (line.productName ?? ''),
    );
    const row = other ?? partner?.lines.find(({ product }) => productKey(product) === productKey(line.product));
    return row === undefined ? line : { ...line, [field]: row[field as keyof Line] };
  });
  return { ...pair, legacyLines };
}
