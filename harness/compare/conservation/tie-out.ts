/** Double entry over the comparison: both sides' bills, the money of the findings, and what neither explains. */
import { ascending, group } from 'd3-array';
import { add, type Decimal, isZero, subtract, ZERO } from '../../domain/decimal.ts';
import type { Cell } from '../../domain/finding.ts';
import type { Line } from '../../domain/line.ts';
import { formatAmount } from '../../domain/money.ts';
import type { StatementLine, TieOut } from '../../domain/verdict.ts';
import { differencesOf, pairsOfOrg, signed } from '../judging/money.ts';
import type { Examined } from '../judging/observe.ts';
import type { Alignment } from '../pairs/align.ts';
import type { OrgPair, Pair } from '../pairs/pair.ts';
import { readPair } from '../pairs/read-pair.ts';
import { EQUAL } from '../rules/outcome.ts';
import type { ConclusionRule } from '../rules/rule.ts';

export const tieOutRule: ConclusionRule = {
  id: 'tie-out',
  category: 'invariant',
  looksAt: 'conclusion',
  title: 'Every cent ties out',
  doc: 'By currency, over pairs whose two bills are known: contract bills − legacy bills = signed money of their findings + residual. A residual that is not 0, and a record that two pairs bill, is a mismatch: a difference that no rule has told. What records in scope bill in pairs whose bills are not both known stands beside it as not compared.',
  example: 'contract bills 1208113.90 · legacy bills 1204331.20 · findings 3782.70 · residual 0.00',
};

export interface Books {
  readonly statement: readonly StatementLine[];
  readonly tieOut: readonly TieOut[];
  /** Records that more than one pair bills, in words. */
  readonly billedTwice: readonly string[];
}

/** @param inPart whether a pair is to be counted; in one shard of several, those of that shard */
export function balance(alignment: Alignment, cells: readonly Cell[], inPart: (pair: Pair) => boolean): Books {
  const findings = moneyByPair(cells);
  const pairs = [
    ...alignment.pairs.map((material) => readPair(material, alignment.readings)),
    ...missingOrgs(alignment, cells),
  ];
  const own = pairs.filter(inPart);
  const booked = group(own, accountOf);
  const statement = [...booked].flatMap(([account, members]) => {
    const amounts = findings.get(account) ?? new Map();
    return withWholeFinding(
      members.flatMap((pair) => linesOf(pair, amounts)),
      amounts,
    );
  });
  return {
    statement: inStatementOrder(statement),
    tieOut: tieOutOf(statement, own),
    billedTwice: billedTwice(own),
  };
}

/** An organisation that one side lacks carries the money of all its products on one finding. */
const accountOf = ({ key }: Pair): string => (key.startsWith('org ') ? key.slice(0, key.indexOf('|')) : key);

type Amounts = ReadonlyMap<string, Decimal>;

function moneyByPair(cells: readonly Cell[]): ReadonlyMap<string, Amounts> {
  const found = new Map<string, Map<string, Decimal>>();
  for (const { pair, money } of cells) {
    for (const one of money) {
      const own = found.get(pair) ?? new Map<string, Decimal>();
      own.set(one.currency, add(own.get(one.currency) ?? ZERO, signed(one)));
      found.set(pair, own);
    }
  }
  return found;
}

const MISSING: ReadonlySet<string> = new Set(['org-missing-in-contract', 'org-missing-in-legacy']);

/** The products of organisations that one side lacks, as a finding says. */
function missingOrgs({ orgs, scope, readings }: Alignment, cells: readonly Cell[]): readonly Pair[] {
  const named = cells.filter(
    ({ rule, status }) => MISSING.has(rule) && status !== 'match' && status !== 'not-comparable',
  );
  const missing = new Set(named.map(({ pair }) => pair));
  return orgs
    .filter(({ key }) => missing.has(key))
    .flatMap((org: OrgPair) => pairsOfOrg(org, scope.products, readings));
}

function linesOf(pair: Pair, findings: Amounts): readonly StatementLine[] {
  const { legacy, contract } = pair.bills;
  const isMissing = pair.key.startsWith('org ');
  const differences = differencesOf(pair);
  const currencies = new Set([
    ...[legacy.currency ?? contract.currency, contract.currency ?? legacy.currency].flatMap((one) => one ?? []),
    ...(isMissing ? [] : findings.keys()),
  ]);
  return [...currencies].map((currency) => {
    const difference =
      differences === null ? null : (differences.find((one) => one.currency === currency)?.amount ?? ZERO);
    // Of a missing organisation each product's own bill is its part of the one finding.
    const found = isMissing ? (findings.size > 0 ? (difference ?? ZERO) : ZERO) : (findings.get(currency) ?? ZERO);
    return {
      ...statementBase(pair),
      currency,
      ...amountsIn(pair, currency, differences !== null),
      difference,
      findings: found,
      residual: difference === null ? null : subtract(difference, found),
      note: noteOf(pair),
    };
  });
}

/** Of a missing organisation the products together bill what its one finding tells: what is over or lacking is a residual of the first. */
function withWholeFinding(lines: readonly StatementLine[], finding: Amounts): readonly StatementLine[] {
  const isOne =
    lines.length > 0 && lines.every(({ pair, difference }) => pair.startsWith('org ') && difference !== null);
  if (!isOne) return lines;
  const rest = new Map(finding);
  for (const { currency, findings } of lines) rest.set(currency, subtract(rest.get(currency) ?? ZERO, findings));
  return lines.map((line) => {
    const over = rest.get(line.currency) ?? ZERO;
    rest.delete(line.currency);
    if (isZero(over)) return line;
    return { ...line, findings: add(line.findings, over), residual: subtract(line.residual ?? ZERO, over) };
  });
}

/** What each side bills in one currency; a side that states none bills in the other's. */
function amountsIn(
  { bills: { legacy, contract } }: Pair,
  currency: string,
  isKnown: boolean,
): Pick<StatementLine, 'legacy' | 'contract'> {
  const nothing = isKnown ? ZERO : null;
  return {
    legacy: (legacy.currency ?? contract.currency) === currency ? amountOf(legacy) : nothing,
    contract: (contract.currency ?? legacy.currency) === currency ? amountOf(contract) : nothing,
  };
}

const amountOf = (bill: Pair['bills']['legacy']): Decimal | null => (bill.known ? bill.amount : null);

const statementBase = ({ key, orgs, region, product, period }: Pair) => ({
  pair: key,
  orgs,
  region,
  appId: product.appId,
  partNumber: product.partNumber,
  sku: product.sku,
  period: period === null ? null : { start: period.start, end: period.end, status: period.status },
});

function noteOf({ bills: { legacy, contract }, legacy: before, contract: after }: Pair): string | null {
  if (!legacy.known) return `the legacy bill is not known: ${legacy.why}`;
  if (!contract.known) return `the contract bill is not known: ${contract.why}`;
  if (legacy.borrowed && before !== null) return 'valued at contract rates: legacy states none';
  return contract.borrowed && after !== null ? 'valued at legacy rates: the contract side states none' : null;
}

function tieOutOf(statement: readonly StatementLine[], pairs: readonly Pair[]): readonly TieOut[] {
  const open = openAmounts(pairs);
  const currencies = new Set([...statement.map(({ currency }) => currency), ...open.keys()]);
  return [...currencies].sort().map((currency) => {
    const known = statement.filter((line) => line.currency === currency && line.difference !== null);
    const total = (of: (line: StatementLine) => Decimal | null): Decimal =>
      known.reduce<Decimal>((sum, line) => add(sum, of(line) ?? ZERO), ZERO);
    const legacy = total((line) => line.legacy);
    const contract = total((line) => line.contract);
    const difference = subtract(contract, legacy);
    const findings = total((line) => line.findings);
    return {
      currency,
      legacy,
      contract,
      difference,
      findings,
      residual: subtract(difference, findings),
      notCompared: open.get(currency) ?? { legacy: ZERO, contract: ZERO },
    };
  });
}

/** What can be said of the bills of pairs that are not both known. */
function openAmounts(pairs: readonly Pair[]): ReadonlyMap<string, TieOut['notCompared']> {
  const found = new Map<string, { legacy: Decimal; contract: Decimal }>();
  for (const pair of pairs) {
    if (differencesOf(pair) !== null) continue;
    for (const side of ['legacy', 'contract'] as const) {
      const { currency, amount } = pair.bills[side];
      if (currency === null || amount === null) continue;
      const own = found.get(currency) ?? { legacy: ZERO, contract: ZERO };
      own[side] = add(own[side], amount);
      found.set(currency, own);
    }
  }
  return found;
}

function billedTwice(pairs: readonly Pair[]): readonly string[] {
  const taken = new Map<string, string>();
  const twice: string[] = [];
  for (const { key, legacyLines, contractLines } of pairs) {
    for (const line of [...legacyLines, ...contractLines]) {
      const { at, product } = line;
      const place = bookingOf(line);
      if (taken.has(place)) twice.push(`${product} at ${at.pointer}`);
      taken.set(place, key);
    }
  }
  return twice;
}

/** A plan bills in each billing period by itself; what else bills stands in one period alone. */
const bookingOf = ({ at, origin, charge }: Line): string =>
  `${at.exchange}#${at.pointer}${origin === 'plan' ? ` in ${charge?.periodId}` : ''}`;

export const inStatementOrder = (lines: readonly StatementLine[]): readonly StatementLine[] =>
  [...lines].sort((a, b) => ascending(orderKey(a), orderKey(b)));
const orderKey = ({ orgs, partNumber, currency, pair }: StatementLine): string =>
  [orgs.map(({ id }) => id).join(' '), partNumber, currency, pair].join('|');

const SHOWN = 3;

/** One cell a currency; a record that two pairs bill is told at the first. */
export function* tieOutObservations({ tieOut, statement, billedTwice: twice }: Books): Generator<Examined> {
  for (const [index, { currency, residual, legacy, contract, findings }] of tieOut.entries()) {
    const again = index === 0 ? twice : [];
    // Over no pair whose bills are known there is nothing that ties out.
    const isBalanced = statement.some((line) => line.currency === currency && line.difference !== null);
    if (!isBalanced && again.length === 0) continue;
    const scope = {
      orgs: [],
      region: null,
      appId: null,
      sku: null,
      partNumber: null,
      period: null,
      side: null,
      subject: currency,
    };
    const money = (amount: Decimal): string => formatAmount(amount, currency);
    const where = statement
      .filter((line) => line.currency === currency && line.residual !== null && !isZero(line.residual))
      .slice(0, SHOWN)
      .map(
        (line) =>
          `${line.partNumber} of ${line.orgs.map(({ id, name }) => name ?? id).join(', ')} ${money(line.residual ?? ZERO)}`,
      );
    const place = where.length === 0 ? '' : `: ${where.join('; ')}`;
    const outcome =
      isZero(residual) && again.length === 0
        ? EQUAL
        : ({
            kind: 'different',
            legacy: { value: legacy, raw: null, at: null, derivation: 'sum of the legacy bills' },
            contract: { value: contract, raw: null, at: null, derivation: 'sum of the contract bills' },
            delta: residual,
            sentence:
              again.length > 0
                ? `${again.length} records are billed in more than one pair (${again.slice(0, SHOWN).join(', ')})`
                : `contract bills ${money(contract)} − legacy bills ${money(legacy)} − findings ${money(findings)} leave ${money(residual)} ${currency} that no finding tells${place}`,
          } as const);
    yield { observations: [{ rule: tieOutRule, scope, pair: `tie-out ${currency}`, outcome }], pair: null, org: null };
  }
}
