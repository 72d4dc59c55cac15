/** Counts, percentages, the gate's checks and the verdict. */
import { compareDecimals, type Decimal, decimal, divide, multiply, round, ZERO } from '../domain/decimal.ts';
import type { Cell, CellStatus, MoneyTotal } from '../domain/finding.ts';
import { formatAmount } from '../domain/money.ts';
import type { GateLimits } from '../domain/policy.ts';
import type { CellCounts, GateCheck, GateOutcome, Verdict, WaiverCounts } from '../domain/verdict.ts';

const HUNDRED = decimal(100);
const PLACES = 4;

/** How many cells stand where; `unexpected` of the cells that are not comparable nobody could expect. */
export interface Tally {
  readonly counts: CellCounts;
  readonly unexpected: number;
}

const FIELD: Readonly<Record<CellStatus, keyof CellCounts>> = {
  match: 'match',
  tolerated: 'tolerated',
  mismatch: 'mismatch',
  waived: 'waived',
  unstable: 'unstable',
  'not-comparable': 'notComparable',
};

/** @param unexpected those of the cells that nobody could expect to be compared */
export function tally(cells: readonly Cell[], unexpected: ReadonlySet<Cell>): Tally {
  const counts = { match: 0, tolerated: 0, mismatch: 0, waived: 0, unstable: 0, notComparable: 0 };
  for (const cell of cells) counts[FIELD[cell.status]] += 1;
  return { counts, unexpected: unexpected.size };
}

/** A share of cells. */
interface Share {
  readonly part: number;
  readonly whole: number;
}

const agreeing = ({ counts }: Tally): Share => {
  const part = counts.match + counts.tolerated + counts.waived;
  return { part, whole: part + counts.mismatch };
};

const compared = (of: Tally): Share => {
  const part = agreeing(of).whole;
  return { part, whole: part + of.counts.notComparable - of.unexpected };
};

/** Percent to 4 places, rounded down, so that only all is 100. Null of nothing. */
const percent = ({ part, whole }: Share): Decimal | null =>
  whole === 0 ? null : round(divide(multiply(decimal(part), HUNDRED), decimal(whole)), PLACES, 'down');

/** Share of compared cells that agree. */
export const parityPercent = (of: Tally): Decimal | null => percent(agreeing(of));
/** Share of expected cells that could be compared. */
export const coveragePercent = (of: Tally): Decimal | null => percent(compared(of));

const reaches = ({ part, whole }: Share, limit: Decimal): boolean =>
  whole > 0 && compareDecimals(multiply(decimal(part), HUNDRED), multiply(decimal(whole), limit)) >= 0;

/** What the gate looks at. */
export interface GateInput {
  readonly limits: GateLimits;
  readonly tally: Tally;
  readonly money: readonly MoneyTotal[];
  readonly waivers: WaiverCounts;
  /** Places of the wire that drifted. */
  readonly drift: number;
  /** Something was compared on both sides (with one side alone: anything at all). */
  readonly anythingCompared: boolean;
}

const NOTHING = 'nothing compared';

function checksOf(input: GateInput): readonly GateCheck[] {
  const { limits, waivers, drift } = input;
  const parity: GateCheck = {
    name: 'minParity',
    limit: limits.minParity,
    actual: parityPercent(input.tally) ?? NOTHING,
    met: reaches(agreeing(input.tally), limits.minParity),
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
  return [parity, coverage, ...moneyChecks(input), expired, ...(limits.failOnDrift ? [drifted] : [])];
}

/** One check a currency, for the greater of the two directions; a currency that is not listed may have none. */
function moneyChecks({ limits, money }: GateInput): readonly GateCheck[] {
  const { maxMoneyAtRisk } = limits;
  if (maxMoneyAtRisk === null) return [];
  const currencies = new Set([...Object.keys(maxMoneyAtRisk), ...money.map((total) => total.currency)]);
  return [...currencies].sort().map((currency) => {
    const limit = maxMoneyAtRisk[currency] ?? ZERO;
    const total = money.find((each) => each.currency === currency);
    const { overBilled, underBilled } = total ?? { overBilled: ZERO, underBilled: ZERO };
    const actual = compareDecimals(overBilled, underBilled) > 0 ? overBilled : underBilled;
    return {
      name: `maxMoneyAtRisk.${currency}`,
      limit: formatAmount(limit, currency),
      actual: formatAmount(actual, currency),
      met: compareDecimals(actual, limit) <= 0,
    };
  });
}

/**
 * The verdict. A proven mismatch outranks what could not be verified:
 *
 * | a check other than coverage is missed | a cell is a mismatch | coverage met, something compared | verdict |
 * |---|---|---|---|
 * | yes | yes | any | mismatch |
 * | yes | no  | any | inconclusive |
 * | no  | any | no  | inconclusive |
 * | no  | any | yes | parity |
 */
export function passGate(input: GateInput): { readonly verdict: Verdict; readonly gate: GateOutcome } {
  const checks = checksOf(input);
  const missed = checks.filter((check) => !check.met).map((check) => check.name);
  const proven = input.tally.counts.mismatch > 0 && missed.some((name) => name !== 'minCoverage');
  const verdict: Verdict = proven
    ? 'mismatch'
    : missed.length > 0 || !input.anythingCompared
      ? 'inconclusive'
      : 'parity';
  return { verdict, gate: { mode: input.limits.mode, met: verdict === 'parity', checks } };
}
