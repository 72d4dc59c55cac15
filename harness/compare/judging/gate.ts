/** Counts, percentages, the gate's checks and the verdict. */
import { compareDecimals, type Decimal, decimal, divide, isZero, multiply, round, ZERO } from '../../domain/decimal.ts';
import type { Cell, CellStatus, MoneyTotal } from '../../domain/finding.ts';
import { formatAmount } from '../../domain/money.ts';
import type { GateLimits } from '../../domain/policy.ts';
import type { CellCounts, GateCheck, GateOutcome, TieOut, Verdict, WaiverCounts } from '../../domain/verdict.ts';

const HUNDRED = decimal(100);
const PLACES = 4;

/** How many cells stand where, and how many of the compared subjects have a mismatch. */
export interface Tally {
  readonly counts: CellCounts;
  /** Of the cells that are not comparable: those that nobody could expect to be. */
  readonly unexpected: number;
  /** Unstable cells of billing periods that are closed: nothing moves there any more, so they count as not compared. */
  readonly unstableClosed: number;
  /** Pairs, dates of an organisation, organisations, and what one-sided checks are about, that were compared. */
  readonly subjects: { readonly compared: number; readonly mismatching: number };
}

const FIELD: Readonly<Record<CellStatus, keyof CellCounts>> = {
  match: 'match',
  tolerated: 'tolerated',
  mismatch: 'mismatch',
  waived: 'waived',
  unstable: 'unstable',
  'not-comparable': 'notComparable',
};

const COMPARED: ReadonlySet<CellStatus> = new Set(['match', 'tolerated', 'mismatch', 'waived']);

/**
 * @param unexpected those of the cells that nobody could expect to be compared
 * @param weightOf how many subjects a cell's subject stands for: an organisation that is missing, all its expected pairs
 */
export function tally(
  cells: readonly Cell[],
  unexpected: ReadonlySet<Cell>,
  weightOf: (cell: Cell) => number = () => 1,
): Tally {
  const counts = { match: 0, tolerated: 0, mismatch: 0, waived: 0, unstable: 0, notComparable: 0 };
  const subjects = new Map<string, { weight: number; mismatching: boolean }>();
  let unstableClosed = 0;
  for (const cell of cells) {
    counts[FIELD[cell.status]] += 1;
    if (cell.status === 'unstable' && cell.scope.period?.status === 'closed') unstableClosed += 1;
    if (!COMPARED.has(cell.status)) continue;
    const key = subjectOf(cell);
    const subject = subjects.get(key) ?? { weight: 1, mismatching: false };
    if (cell.status === 'mismatch') {
      subject.mismatching = true;
      subject.weight = Math.max(subject.weight, weightOf(cell));
    }
    subjects.set(key, subject);
  }
  const all = [...subjects.values()];
  const sumOfWeights = (own: typeof all): number => own.reduce((sum, { weight }) => sum + weight, 0);
  return {
    counts,
    unexpected: unexpected.size,
    unstableClosed,
    subjects: { compared: sumOfWeights(all), mismatching: sumOfWeights(all.filter(({ mismatching }) => mismatching)) },
  };
}

/** One-sided checks are about one thing each; the cells of a pair are about the pair, whichever side they look at. */
const subjectOf = ({ pair, rule, category, scope }: Cell): string =>
  category === 'invariant' || category === 'schema' ? `${rule} ${pair} ${placeOf(scope)}` : pair;

/** What tells things apart that different organisations, products or periods have under one name. */
const placeOf = ({ orgs, partNumber, sku, period }: Cell['scope']): string =>
  [...orgs.map(({ id }) => id), partNumber, sku, period?.start].join(' ');

/** A share of something. */
interface PartOfWhole {
  readonly part: number;
  readonly whole: number;
}

const agreeing = ({ subjects }: Tally): PartOfWhole => ({
  part: subjects.compared - subjects.mismatching,
  whole: subjects.compared,
});

const compared = ({ counts, unexpected, unstableClosed }: Tally): PartOfWhole => {
  const part = counts.match + counts.tolerated + counts.waived + counts.mismatch;
  return { part, whole: part + counts.notComparable - unexpected + unstableClosed };
};

/** Percent to 4 places, rounded down, so that only all is 100. Null of nothing. */
const percent = ({ part, whole }: PartOfWhole): Decimal | null =>
  whole === 0 ? null : round(divide(multiply(decimal(part), HUNDRED), decimal(whole)), PLACES, 'down');

/** Share of compared subjects without a mismatch. */
export const parityPercent = (of: Tally): Decimal | null => percent(agreeing(of));
/** Share of expected cells that could be compared. */
export const coveragePercent = (of: Tally): Decimal | null => percent(compared(of));

const reaches = ({ part, whole }: PartOfWhole, limit: Decimal): boolean =>
  whole > 0 && compareDecimals(multiply(decimal(part), HUNDRED), multiply(decimal(whole), limit)) >= 0;

/** What the gate looks at. */
export interface GateInput {
  readonly limits: GateLimits;
  readonly tally: Tally;
  readonly money: readonly MoneyTotal[];
  readonly waived: readonly MoneyTotal[];
  readonly waivers: WaiverCounts;
  /** Places of the wire that drifted. */
  readonly drift: number;
  /** Something was compared on both sides (with one side alone: anything at all). */
  readonly anythingCompared: boolean;
  readonly tieOut: readonly TieOut[];
  /** Records that are in no account. */
  readonly unaccounted: number;
}

const NOTHING = 'nothing compared';

const reachesParity = ({ tally, limits }: GateInput): boolean => reaches(agreeing(tally), limits.minParity);

/** What one side says of itself is no parity of the two. */
const isHollow = (input: GateInput): boolean => !input.anythingCompared && reachesParity(input);

function checksOf(input: GateInput): readonly GateCheck[] {
  const { limits, waivers, drift } = input;
  const parity: GateCheck = {
    name: 'minParity',
    limit: limits.minParity,
    actual: (isHollow(input) ? null : parityPercent(input.tally)) ?? NOTHING,
    met: reachesParity(input) && !isHollow(input),
  };
  const coverage: GateCheck = {
    name: 'minCoverage',
    limit: limits.minCoverage,
    actual: coveragePercent(input.tally) ?? NOTHING,
    met: reaches(compared(input.tally), limits.minCoverage),
  };
  const expired: GateCheck = {
    name: 'expiredWaivers',
    limit: '0',
    actual: String(waivers.expired),
    met: waivers.expired === 0,
  };
  const drifted: GateCheck = { name: 'failOnDrift', limit: '0', actual: String(drift), met: drift === 0 };
  return [
    parity,
    coverage,
    ...moneyChecks('maxMoneyAtRisk', limits.maxMoneyAtRisk, input.money),
    ...moneyChecks('maxWaivedMoney', limits.maxWaivedMoney, input.waived),
    expired,
    ...(limits.failOnDrift ? [drifted] : []),
    ...conservationChecks(input),
  ];
}

/** Every cent ties out, and every record is in an account. */
function conservationChecks({ tieOut, unaccounted }: GateInput): readonly GateCheck[] {
  const open = tieOut.filter(({ residual }) => !isZero(residual));
  const residual = open.map(({ currency, residual: amount }) => `${formatAmount(amount, currency)} ${currency}`);
  return [
    { name: 'tieOut', limit: '0', actual: residual.join(', ') || '0', met: open.length === 0 },
    { name: 'accounts', limit: '0', actual: String(unaccounted), met: unaccounted === 0 },
  ];
}

/** One check a currency, for the greater of the two directions; a currency that is not listed may have none. */
function moneyChecks(
  name: string,
  limits: GateLimits['maxMoneyAtRisk'],
  money: readonly MoneyTotal[],
): readonly GateCheck[] {
  if (limits === null) return [];
  const currencies = new Set([...Object.keys(limits), ...money.map((total) => total.currency)]);
  return [...currencies].sort().map((currency) => {
    const limit = limits[currency] ?? ZERO;
    const total = money.find((each) => each.currency === currency);
    const { overBilled, underBilled } = total ?? { overBilled: ZERO, underBilled: ZERO };
    const actual = compareDecimals(overBilled, underBilled) > 0 ? overBilled : underBilled;
    return {
      name: `${name}.${currency}`,
      limit: formatAmount(limit, currency),
      actual: formatAmount(actual, currency),
      met: compareDecimals(actual, limit) <= 0,
    };
  });
}

/** Checks of which a miss proves no difference: it only says that not all was looked at. */
const unproven = (input: GateInput): ReadonlySet<string> =>
  new Set(['minCoverage', 'accounts', ...(reachesParity(input) ? ['minParity'] : [])]);

/**
 * The verdict. A proven mismatch outranks what could not be verified:
 *
 * | a check other than coverage and accounts is missed | a cell is a mismatch | coverage met, something compared | verdict |
 * |---|---|---|---|
 * | yes | yes | any | mismatch |
 * | yes | no  | any | inconclusive |
 * | no  | any | no  | inconclusive |
 * | no  | any | yes | parity |
 */
export function passGate(input: GateInput): { readonly verdict: Verdict; readonly gate: GateOutcome } {
  const checks = checksOf(input);
  const missed = checks.filter((check) => !check.met).map((check) => check.name);
  const proven = input.tally.counts.mismatch > 0 && missed.some((name) => !unproven(input).has(name));
  const verdict: Verdict = proven
    ? 'mismatch'
    : missed.length > 0 || !input.anythingCompared
      ? 'inconclusive'
      : 'parity';
  return { verdict, gate: { mode: input.limits.mode, met: verdict === 'parity', checks } };
}
