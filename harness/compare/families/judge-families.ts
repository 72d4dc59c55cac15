/** Judges families of a run by themselves, so that what is right of them need not be held until the run ends. */
import type { ContractSide } from '../../domain/contract-side.ts';
import { isZero } from '../../domain/decimal.ts';
import type { Cell } from '../../domain/finding.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import { MatchLog } from '../../domain/match-log.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';
import type { OrgRef } from '../../domain/side.ts';
import { isComparison, moneyOf } from '../compare.ts';
import { accountsOf } from '../conservation/accounts.ts';
import { comparedParts } from '../conservation/compared-what.ts';
import { balance } from '../conservation/tie-out.ts';
import { tally } from '../judging/gate.ts';
import { Judge } from '../judging/judge.ts';
import { examine } from '../judging/observe.ts';
import { countOrgs } from '../judging/org-counts.ts';
import { WaiverBook } from '../judging/waivers.ts';
import { type Alignment, align } from '../pairs/align.ts';
import { partsOfOneSource } from '../rules/invariant-sources.ts';
import { RULES } from '../rules/registry.ts';
import type { Rule, Sides } from '../rules/rule.ts';
import { mayNameAnyone } from '../scope/contract-gaps.ts';
import type { Facts } from '../scope/family-facts.ts';
import type { Assumption, FamilyTotals } from './family-totals.ts';
import { factsOf } from './gather-facts.ts';

export type FamiliesJudged =
  | { readonly kind: 'settled'; readonly totals: FamilyTotals }
  /** They are judged with the rest of the run: all of them, or those of these organisations. */
  | { readonly kind: 'open'; readonly orgs: ReadonlySet<string> | 'all'; readonly joins: ReadonlySet<string> };

const NO_ORGS: ReadonlySet<string> = new Set();
const ALL_OPEN: FamiliesJudged = { kind: 'open', orgs: 'all', joins: NO_ORGS };

/** Rules that families can be judged by. */
const OF_FAMILIES: readonly Rule[] = RULES.filter(
  (rule) => rule.looksAt !== 'conclusion' && !(rule.looksAt === 'sides' && rule.overall === true),
);

/**
 * Settled is what the rest of the run cannot change: cells that match, and cells that nobody could expect to compare. Everything
 * else stays open: what differs may have a cause that others show, what failed may concern others.
 * @param orgs all organisations of the families; lower-case ids
 */
export function judgeFamilies(
  legacy: LegacySide,
  contract: ContractSide,
  policy: ComparisonPolicy,
  orgs: ReadonlySet<string>,
): FamiliesJudged {
  const joins = orgsBeyond(contract, orgs);
  if (joins.size > 0) return { kind: 'open', orgs: 'all', joins };
  if (legacy.failures.length + contract.failures.length > 0 || hasUnnamedRecords(contract)) return ALL_OPEN;
  const alignment = align(legacy, contract, policy);
  const sides = { legacy, contract, policy, alignment, inPart: true };
  const judge = new Judge(policy, new WaiverBook(policy.waivers, policy.today), (one) => moneyOf(one, alignment));
  let anythingCompared = false;
  for (const examined of examine(alignment, sides, OF_FAMILIES)) {
    anythingCompared ||= isComparison(examined, false);
    judge.judge(examined);
  }
  const cells = judge.all();
  const open = cells.filter((cell) => !isFinal(cell, judge.unexpected));
  if (open.length > 0) return { kind: 'open', orgs: orgsIn(open), joins: NO_ORGS };
  const books = balance(alignment, cells, () => true);
  const { accounts, unaccounted } = accountsOf(sides, cells, () => true);
  const isOff = books.tieOut.some(({ residual }) => !isZero(residual)) || books.billedTwice.length > 0;
  if (isOff || unaccounted.length > 0) return ALL_OPEN;
  const withFindings = new Set(cells.filter(({ status }) => status !== 'match').map(({ pair }) => pair));
  const facts = factsOf(sides, orgs);
  return {
    kind: 'settled',
    totals: {
      facts,
      assumptions: [...assumedRates(cells, facts, alignment), ...assumedParts(sides, facts)],
      tally: tally(cells, judge.unexpected),
      orgs: countOrgs(cells, judge.unexpected, alignment, null),
      accounts,
      statement: books.statement,
      tieOut: books.tieOut,
      compared: comparedParts(sides),
      cells: cells.filter(({ pair }) => withFindings.has(pair)),
      outside: new Set([...judge.unexpected].map(({ id }) => id)),
      matches: MatchLog.from(cells.filter(({ pair }) => !withFindings.has(pair))),
      anythingCompared,
    },
  };
}

const isFinal = (cell: Cell, unexpected: ReadonlySet<Cell>): boolean =>
  cell.status === 'match' || (cell.status === 'not-comparable' && unexpected.has(cell) && cell.scope.orgs.length > 0);

function orgsIn(cells: readonly Cell[]): ReadonlySet<string> | 'all' {
  if (cells.some(({ scope }) => scope.orgs.length === 0)) return 'all';
  return new Set(cells.flatMap(({ scope }) => scope.orgs.map(({ id }) => id)));
}

/** Organisations that the contract side names and that are in none of the families. */
function orgsBeyond(contract: ContractSide, orgs: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const collect = (named: readonly OrgRef[]): void => {
    for (const { id } of named) if (!orgs.has(id)) found.add(id);
  };
  for (const { plans } of [...contract.contracts, ...contract.listed]) for (const plan of plans) collect(plan.orgs);
  for (const { charges, wallets } of contract.details) for (const one of [...charges, ...wallets]) collect(one.orgs);
  for (const line of contract.lines) collect(line.orgs);
  for (const invoice of contract.invoices) for (const { org } of invoice.lines ?? []) if (org !== null) collect([org]);
  return found;
}

/** Something in it may be of anyone. */
const hasUnnamedRecords = ({ contracts, listed, lines }: ContractSide): boolean =>
  [...contracts, ...listed].some(mayNameAnyone) ||
  lines.some(({ orgs, product }) => orgs.length === 0 || product === '');

const RATE_OF: Readonly<Record<string, 'committedRate' | 'overageRate'>> = {
  'committed-rate': 'committedRate',
  'overage-rate': 'overageRate',
  'overage-quantity': 'overageRate',
  'overage-charge': 'overageRate',
};

/** Coverage leaves them out as long as legacy states the rate in no row of the product. */
function assumedRates(cells: readonly Cell[], { provided }: Facts, { pairs }: Alignment): readonly Assumption[] {
  const productOf = new Map(pairs.map(({ key, product }) => [key, product.key]));
  return cells.flatMap(({ status, rule, pair }): Assumption[] => {
    const rate = RATE_OF[rule];
    const product = productOf.get(pair);
    if (status !== 'not-comparable' || rate === undefined || product === undefined) return [];
    return provided.get(product)?.[rate] === true ? [] : [{ kind: 'rate-not-carried', product, rate }];
  });
}

const assumedParts = (sides: Sides, { stated }: Facts): readonly Assumption[] =>
  partsOfOneSource(sides).flatMap(({ partNumber, silent }): Assumption[] =>
    stated[silent].has(partNumber) ? [] : [{ kind: 'part-not-stated', partNumber, source: silent }],
  );

/** Whether what families took for granted is so, now that everybody was read. */
export const holds = (assumption: Assumption, { provided, stated }: Pick<Facts, 'provided' | 'stated'>): boolean =>
  assumption.kind === 'rate-not-carried'
    ? provided.get(assumption.product)?.[assumption.rate] !== true
    : !stated[assumption.source].has(assumption.partNumber);
