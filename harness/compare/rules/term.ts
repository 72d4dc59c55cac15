/** Dates: contract, ramp and billing period of one organisation; and whether its contract is active. */
import { daysBetween, type IsoDate } from '../../domain/billing-period.ts';
import { decimal } from '../../domain/decimal.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';
import type { ChainLink, LegacyDates, OpenTerm, TermPair } from '../pairs/pair.ts';
import { type Reading, readingOf, type SingleReading } from '../pairs/reading.ts';
import { blocked, differentTexts, EQUAL, notComparable } from './outcome.ts';
import type { Outcome, TermRule } from './rule.ts';

type DateFigure = Figure<IsoDate>;

interface DateQuestion {
  readonly noun: string;
  /** That the contract side alone states the date is a difference, if this holds; else legacy may only have left it out. */
  readonly mustBeStated?: (term: OpenTerm) => boolean;
  legacy(dates: LegacyDates): DateFigure;
  /** Dates that all are right; the first is shown where none agrees. */
  contract(term: OpenTerm): readonly DateFigure[];
}

function compareDates(question: DateQuestion, term: TermPair): Outcome {
  if (term.notComparableReason !== null) return blocked(term.notComparableReason);
  const legacy = question.legacy(term.legacy);
  const candidates = question.contract(term);
  const day = knownValue(legacy);
  if (day !== null && candidates.some((date) => knownValue(date) === day)) return EQUAL;
  const before = readingOf(legacy, question.noun);
  const [shown] = candidates;
  if (shown === undefined) return notComparable(noPeriod(term), before);
  const after = readingOf(shown, question.noun);
  if (before.state === 'unclear') return notComparable(`legacy: ${before.reason}`, before, after);
  const unreadable = candidates.map((date) => readingOf(date, question.noun)).find((date) => date.state === 'unclear');
  if (unreadable?.state === 'unclear') return notComparable(`contract: ${unreadable.reason}`, before, unreadable);
  return proven(stated(question, term, before, candidates), term, before, after);
}

/** A chain that may be longer than what was read of it differs in nothing for certain. */
const proven = <T extends string>(
  outcome: Outcome,
  { gap }: OpenTerm,
  before: Reading<T>,
  after: Reading<T>,
): Outcome => (outcome.kind === 'different' && gap !== null ? notComparable(gap, before, after) : outcome);

/** What legacy states and the contract side leaves out is a difference; what the contract side alone states, legacy may leave out. */
function stated(
  question: DateQuestion,
  term: OpenTerm,
  before: SingleReading<IsoDate>,
  candidates: readonly DateFigure[],
): Outcome {
  const readings = candidates.map((date) => readingOf(date, question.noun));
  const shown = readings.find(({ state }) => state === 'known') ??
    readings[0] ?? { state: 'absent' as const, at: null };
  if (before.state === 'known' && shown.state === 'known') {
    const days = daysBetween(before.value, shown.value);
    const apart = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days < 0 ? 'earlier' : 'later'}`;
    return differentTexts(before, shown, decimal(days), ` (${apart})`);
  }
  if (before.state === 'known') return differentTexts(before, shown, null);
  if (shown.state === 'known' && question.mustBeStated?.(term) === true) return differentTexts(before, shown, null);
  if (readings.some(({ state }) => state === 'absent')) return EQUAL;
  return notComparable(`legacy does not state the ${question.noun}`, before, shown, false);
}

const noPeriod = ({ period }: OpenTerm): string =>
  `no billing period of the contract contains the legacy period ${period.start} to ${period.end}`;

/** Contracts in force, the last of each chain first. */
const inForce = ({ chains }: OpenTerm): readonly ChainLink[] =>
  chains.flatMap(({ links }) => links.filter((link) => link.inForce).reverse());

/** Those in force; then the outermost one of each chain. */
const links = (
  term: OpenTerm,
  outermost: (chain: readonly ChainLink[]) => ChainLink | undefined,
): readonly ChainLink[] => [
  ...new Set([...inForce(term), ...term.chains.flatMap((chain) => outermost(chain.links) ?? [])]),
];

const first = (chain: readonly ChainLink[]): ChainLink | undefined => chain[0];
const last = (chain: readonly ChainLink[]): ChainLink | undefined => chain.at(-1);

/** A contract in force has a ramp on some day of the compared period. */
const isInRamp = (term: OpenTerm): boolean =>
  inForce(term).some(({ term: { rampStart, rampEnd } }) => {
    const [start, end] = [knownValue(rampStart), knownValue(rampEnd)];
    if (start === null && end === null) return false;
    return (start ?? term.period.start) <= term.period.end && term.period.start <= (end ?? term.period.end);
  });

const dateRule = (id: string, title: string, doc: string, example: string, question: DateQuestion): TermRule => ({
  id,
  category: 'term',
  looksAt: 'term',
  title,
  doc,
  example,
  compare: (term) => compareDates(question, term),
});

const CHAIN =
  'Legacy may state the date of any contract in force, or of the whole unbroken chain of renewals: all match. What legacy leaves out is not comparable, outside coverage; what it states and the contract side leaves out differs. While a contract of the chain may be missing from what was read, a date that differs is not comparable.';
const END = 'End dates include their day; the contract side’s `dateEnd` is read as the scenario’s `periodEnd` says.';

const contractStart = dateRule(
  'contract-start',
  'Contract start',
  `UTC date of legacy \`contractEffectiveDate\` against \`dateStart\` of the contract. ${CHAIN}`,
  'legacy "contractEffectiveDate":"2025-07-01T00:00:00Z" · contract "dateStart":"2025-06-30"',
  {
    noun: 'contract start',
    legacy: (dates) => dates.term.contractStart,
    contract: (term) => links(term, first).map((link) => link.term.contractStart),
  },
);

const contractEnd = dateRule(
  'contract-end',
  'Contract end',
  `UTC date of legacy \`contractEndDate\` against \`dateEnd\` of the contract. ${CHAIN} ${END} A date of the year 2900 or later means that there is no end.`,
  'legacy "contractEndDate":"2026-06-30T23:59:59Z" · contract "dateEnd":"2026-06-29"',
  {
    noun: 'contract end',
    legacy: (dates) => dates.term.contractEnd,
    contract: (term) => links(term, last).map((link) => link.term.contractEnd),
  },
);

const rampStart = dateRule(
  'ramp-start',
  'Ramp start',
  'UTC date of legacy `rampPeriodStartDate` against `dateRampStart` of the contract in force. A ramp that the contract side alone states is a difference if it overlaps the compared period, else not comparable, outside coverage: legacy leaves dates out.',
  'legacy "rampPeriodStartDate":"2025-07-01T00:00:00Z" · contract without "dateRampStart"',
  {
    noun: 'ramp start',
    legacy: (dates) => dates.term.rampStart,
    mustBeStated: isInRamp,
    contract: (term) => inForce(term).map((link) => link.term.rampStart),
  },
);

const rampEnd = dateRule(
  'ramp-end',
  'Ramp end',
  `UTC date of legacy \`rampPeriodEndDate\` against \`dateRampEnd\` of the contract in force. ${END} A ramp that the contract side alone states is judged as at ramp-start.`,
  'legacy "rampPeriodEndDate":"2025-08-31T23:59:59.999Z" · contract "dateRampEnd":"2025-08-30"',
  {
    noun: 'ramp end',
    legacy: (dates) => dates.term.rampEnd,
    mustBeStated: isInRamp,
    contract: (term) => inForce(term).map((link) => link.term.rampEnd),
  },
);

const periodStart = dateRule(
  'period-start',
  'Billing period start',
  'UTC date of legacy `billingPeriodStartDate` against the first `dateStart` of the contract periods that stand for it (several where an amendment cut it).',
  'legacy "billingPeriodStartDate":"2026-04-01T00:00:00Z" · contract "dateStart":"2026-04-02"',
  {
    noun: 'billing period start',
    legacy: (dates) => dates.periodStart,
    contract: (term) => term.chains.flatMap(({ dates }) => (dates === null ? [] : [dates.start])),
  },
);

const periodEnd = dateRule(
  'period-end',
  'Billing period end',
  `UTC date of legacy \`billingPeriodEndDate\` against the last \`dateEnd\` of the contract periods that stand for it. ${END}`,
  'legacy "billingPeriodEndDate":"2026-04-30T23:59:59Z" · contract "dateEnd":"2026-04-29"',
  {
    noun: 'billing period end',
    legacy: (dates) => dates.periodEnd,
    contract: (term) => term.chains.flatMap(({ dates }) => (dates === null ? [] : [dates.end])),
  },
);

const contractStatus: TermRule = {
  id: 'contract-status',
  category: 'term',
  looksAt: 'term',
  title: 'Contract status',
  doc: 'A legacy subscription that runs (no end, or an end not before today) needs a contract in force at the period’s end whose `status` is not `Inactive`; of several side by side, each that bills a product of the scenario in the period. The reverse is never reported.',
  example: 'legacy "contractEndDate":"2026-12-31T23:59:59Z" · contract "status":"Inactive"',
  compare: compareStatus,
};

function compareStatus(term: TermPair, policy: ComparisonPolicy): Outcome {
  if (term.notComparableReason !== null) return blocked(term.notComparableReason);
  const end = readingOf(term.legacy.term.contractEnd, 'contract end');
  if (end.state === 'unclear') return notComparable(`legacy: ${end.reason}`, end);
  if (end.state === 'known' && end.value < policy.today) return EQUAL;
  const running = inForce(term);
  const isActive = ({ status: each }: ChainLink): boolean => knownValue(each)?.trim().toLowerCase() === 'active';
  const link = billing(term).find((each) => !isActive(each)) ?? running.find(isActive) ?? running[0];
  if (link === undefined)
    return notComparable('no contract of the organisation is in force at the end of the period', end);
  const status = readingOf(link.status, 'contract status');
  if (status.state === 'unclear') return notComparable(`contract: ${status.reason}`, null, status);
  if (status.state === 'absent') return notComparable('contract does not state its status', null, status);
  const word = status.value.trim().toLowerCase();
  if (word === 'active') return EQUAL;
  if (word !== 'inactive') {
    return notComparable(`contract: its status ${status.value} is neither Active nor Inactive`, null, status);
  }
  const until = end.state === 'known' ? `runs until ${end.value}` : 'runs without an end';
  if (term.gap !== null) return notComparable(term.gap, null, status);
  return {
    kind: 'different',
    legacy: { value: 'running', raw: null, at: end.at, derivation: until },
    contract: { value: status.value, raw: status.raw, at: status.at, derivation: null },
    delta: null,
    sentence: `the legacy subscription ${until}, but the contract is Inactive`,
  };
}

/** The last contract of each chain, if it runs beyond the period and bills something in it: one that was renewed or has ended may be inactive. */
const billing = ({ chains, period }: OpenTerm): readonly ChainLink[] =>
  chains.flatMap(({ links }) =>
    links.slice(-1).filter(({ bills, term }) => bills && (knownValue(term.contractEnd) ?? period.end) >= period.end),
  );

export const termRules: readonly TermRule[] = [
  contractStart,
  contractEnd,
  rampStart,
  rampEnd,
  periodStart,
  periodEnd,
  contractStatus,
];
