/** Who and what is on one side and not on the other. */
import type { Evidence } from '../../domain/figure.ts';
import type { Statement } from '../../domain/finding.ts';
import { openAbsence } from '../pairs/absence.ts';
import type { Pair } from '../pairs/pair.ts';
import { type Reading, readingWords } from '../pairs/reading.ts';
import type { SideReading } from '../pairs/side-reading.ts';
import { blocked, EQUAL, notComparable } from './outcome.ts';
import type { OrgRule, Outcome, PairRule } from './rule.ts';

const there = (value: string, at: Evidence | null, derivation: string | null = null): Statement => ({
  value,
  raw: null,
  at,
  derivation,
});
const NOT_THERE: Statement = { value: null, raw: null, at: null, derivation: null };

const orgMissingInContract: OrgRule = {
  id: 'org-missing-in-contract',
  category: 'coverage',
  looksAt: 'org',
  title: 'Organisation missing on the contract side',
  doc: 'Legacy has a subscription of the organisation in force in the period, and no contract that is in force names it: not in a plan, not in a charge. Its whole legacy bill is at risk. Not comparable while the listing of contracts is not whole.',
  example: 'legacy GET …/organizations/9d75… answers a subscription · no contract names 9d75…',
  compare: ({ legacy, contract }) => {
    if (legacy.state === 'uncertain') return notComparable(legacy.reason);
    if (legacy.state !== 'present') return null;
    if (contract.state === 'present') return EQUAL;
    if (contract.state === 'uncertain') return notComparable(contract.reason);
    const where = contract.state === 'ended' ? `only in contracts that ${contract.note}` : 'nowhere';
    const sentence = `legacy has a subscription in force, and the contract side names the organisation ${where}`;
    return missing(sentence, there('subscribed', legacy.at), NOT_THERE);
  },
};

const orgMissingInLegacy: OrgRule = {
  id: 'org-missing-in-legacy',
  category: 'coverage',
  looksAt: 'org',
  title: 'Organisation missing on the legacy side',
  doc: 'A contract in force names the organisation for a product of the scenario, and legacy does not know it. Its whole contract bill is at risk. Not comparable while a legacy listing could not be read, and where the usage API counts nobody for the apps of all its products (product-mapping).',
  example: 'contract "organizations":[{"id":"9d75…"}] · legacy GET …/organizations/9d75… answers 404',
  compare: ({ legacy, contract }) => {
    if (contract.state !== 'present') return null;
    if (legacy.state === 'present' || legacy.state === 'ended') return EQUAL;
    if (legacy.state === 'uncertain') return notComparable(legacy.reason);
    const sentence = 'a contract in force names the organisation, and legacy does not know it';
    return missing(sentence, NOT_THERE, there('in a contract', contract.at));
  },
};

const missing = (sentence: string, legacy: Statement, contract: Statement): Outcome => ({
  kind: 'different',
  legacy,
  contract,
  delta: null,
  sentence,
});

/** What a line holds, for people: `10 committed, 15 used`. */
function holds(side: SideReading): string {
  const part = (reading: Reading, word: string): string[] =>
    reading.state === 'known' && reading.value !== '0' ? [`${readingWords(reading)} ${word}`] : [];
  const parts = [
    ...part(side.committed, 'committed'),
    ...part(side.included, 'included'),
    ...part(side.actual, 'used'),
  ];
  return parts.length > 0 ? parts.join(', ') : 'charges only';
}

/** A product of nothing but zeros on one side and no line on the other is the same fact. */
function onlyOn(pair: Pair, isLegacy: boolean, sentence: (held: string) => string): Outcome | null {
  if (pair.notComparableReason !== null) return blocked(pair.notComparableReason);
  const [side, other] = isLegacy ? [pair.legacy, pair.contract] : [pair.contract, pair.legacy];
  if (side === null) return null;
  if (other !== null || side.size === 'none') return EQUAL;
  const open = openAbsence(pair);
  if (open !== null) return notComparable(open);
  const held = there('listed', side.at, holds(side));
  return missing(sentence(holds(side)), isLegacy ? held : NOT_THERE, isLegacy ? NOT_THERE : held);
}

/** A product that a side names nowhere may be mapped wrongly, too. */
const maybeMapping = (isMentioned: boolean, name: string): string =>
  isMentioned ? '' : ` (it names ${name} nowhere: the mapping in the scenario may be wrong)`;

const productMissingInContract: PairRule = {
  id: 'product-missing-in-contract',
  category: 'coverage',
  looksAt: 'pair',
  title: 'Product missing on the contract side',
  doc: 'Legacy has a line with something in it for the part number, and no charge and no wallet of the contract periods that stand for the legacy period has one of the product’s SKUs; a plan alone bills nothing. All zero on one side and absent on the other is the same. The whole legacy bill of the line is at risk. Not comparable while a charge that names no product may be it, and where the mapping itself is in question (product-mapping).',
  example: 'legacy "partNumber":"PC-170-NV-WALLB","usageQuantity":"15" · contract has no charge with that SKU',
  compare: (pair: Pair) =>
    onlyOn(pair, true, (held) => {
      const but = pair.contractLines.length > 0 ? 'a plan and no charge for it' : 'no charge for it';
      return `legacy has ${held}, and the contract side has ${but}${maybeMapping(pair.mentioned.contract, pair.product.sku)}`;
    }),
};

const productMissingInLegacy: PairRule = {
  id: 'product-missing-in-legacy',
  category: 'coverage',
  looksAt: 'pair',
  title: 'Product missing on the legacy side',
  doc: 'A charge, a wallet or a plan in force with something in it for one of the product’s SKUs, and legacy has no line with its part number. All zero on one side and absent on the other is the same. The whole contract bill is at risk. Not comparable where the mapping itself is in question (product-mapping).',
  example: 'contract "sku":"PC-170-NV-WALLB","actualQuantity":15 · legacy lists no such part number',
  compare: (pair: Pair) =>
    onlyOn(
      pair,
      false,
      (held) =>
        `the contract side has ${held}, and legacy has no line for it${maybeMapping(pair.mentioned.legacy, pair.product.partNumber)}`,
    ),
};

export const missingOrgRules: readonly OrgRule[] = [orgMissingInContract, orgMissingInLegacy];
export const missingProductRules: readonly PairRule[] = [productMissingInContract, productMissingInLegacy];
