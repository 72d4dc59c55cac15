/** One legacy answer made of two: the usage API's, with what it lacks filled in from partner billing. */
import { group } from 'd3-array';
import type { Figure } from '../../domain/figure.ts';
import type { LegacySubscription } from '../../domain/legacy-side.ts';
import type { Line, Term } from '../../domain/line.ts';
import { productKey } from '../../domain/side.ts';

/** @param base its figures stand, readable or not; only what it leaves out comes from the other */
export function mergeSubscriptions(base: LegacySubscription, other: LegacySubscription): LegacySubscription {
  return {
    ...base,
    region: base.region ?? other.region,
    subscriptionType: filled(base.subscriptionType, other.subscriptionType),
    term: mergeTerms(base.term, other.term),
    inRampPeriod: filled(base.inRampPeriod, other.inRampPeriod),
    minimumMonthlyAmount: filled(base.minimumMonthlyAmount, other.minimumMonthlyAmount),
    currency: filled(base.currency, other.currency),
    lines: mergeLines(base.lines, other.lines),
    breakdowns: [...base.breakdowns, ...other.breakdowns],
  };
}

/** Another region's answer for the same organisation: its rows stand beside the first one's, and none fills another in. */
export function joinRegion(base: LegacySubscription, other: LegacySubscription): LegacySubscription {
  return {
    ...mergeSubscriptions(base, other),
    lines: [...base.lines, ...other.lines],
  };
}

const filled = <T>(base: Figure<T>, other: Figure<T>): Figure<T> => (base.state === 'absent' ? other : base);

const mergeTerms = (base: Term, other: Term): Term => ({
  contractStart: filled(base.contractStart, other.contractStart),
  contractEnd: filled(base.contractEnd, other.contractEnd),
  rampStart: filled(base.rampStart, other.rampStart),
  rampEnd: filled(base.rampEnd, other.rampEnd),
});

/**
 * Lines of the one, with what they lack filled in from the other's, and the other's for what the one does not list.
 * A part number that either source lists more than once is filled by name, or not at all.
 */
export function mergeLines(base: readonly Line[], other: readonly Line[]): readonly Line[] {
  const mine = byProduct(base);
  const theirs = byProduct(other);
  const lines = [...mine].flatMap(([product, rows]) => {
    const others = theirs.get(product) ?? [];
    const isOnly = rows.length === 1 && others.length === 1;
    return rows.map((row) => {
      const [match, ...more] = isOnly ? others : others.filter(({ productName }) => isNamed(row, productName));
      return match === undefined || more.length > 0 ? row : fill(row, match);
    });
  });
  return [...lines, ...[...theirs].filter(([product]) => !mine.has(product)).flatMap(([, rows]) => rows)];
}

const isNamed = ({ productName }: Line, name: string | null): boolean => name !== null && name === productName;

const byProduct = (lines: readonly Line[]): Map<string, Line[]> => group(lines, ({ product }) => productKey(product));

/** An allowance with its own unit. */
const allowanceOf = ({ included, includedUnit }: Line): Pick<Line, 'included' | 'includedUnit'> =>
  includedUnit === undefined ? { included } : { included, includedUnit };

const fill = (base: Line, other: Line): Line => ({
  ...base,
  appId: base.appId ?? other.appId,
  productName: base.productName ?? other.productName,
  kind: base.kind ?? other.kind,
  committed: filled(base.committed, other.committed),
  bundle: filled(base.bundle, other.bundle),
  ...allowanceOf(base.included.state === 'absent' ? other : base),
  actual: filled(base.actual, other.actual),
  committedRate: filled(base.committedRate, other.committedRate),
  overageRate: filled(base.overageRate, other.overageRate),
  currency: filled(base.currency, other.currency),
  unit: filled(base.unit, other.unit),
});
