/** Charges of one billing period that share plans: their prepaid quantities add up to what those plans commit to. */
import { group } from 'd3-array';
import { addDays, lengthOf } from '../../domain/billing-period.ts';
import { usablePeriod } from '../../domain/contract-period.ts';
import type { Plan } from '../../domain/contract-side.ts';
import { add, type Decimal, sum, ZERO } from '../../domain/decimal.ts';
import { productKey } from '../../domain/side.ts';
import { committedOn, ownPlans } from '../pairs/plan-terms.ts';
import { Groups } from '../scope/groups.ts';
import type { Span } from '../scope/period-fit.ts';
import { type ExaminedCharge, examinedCharges } from './invariant-charges.ts';
import type { Examination } from './invariant-scope.ts';

export interface OpenRest {
  readonly reason: string;
  /** Within coverage: the rest should have been read. */
  readonly expected: boolean;
}

export interface PlanGroup {
  readonly charges: readonly ExaminedCharge[];
  readonly plans: readonly Plan[];
  /** Null: a prepaid quantity cannot be read. */
  readonly prepaid: Decimal | null;
  /** One for each day of the period on which something changes; null: no plan states a quantity that can be read. */
  readonly committed: readonly Decimal[] | null;
  /**
   * With the prepaid quantities of the other pieces of a period that an amendment cut: of those before it, of those after it,
   * of both. None where it was not cut.
   */
  readonly withPieces: readonly Decimal[];
  /** A piece of a billing period whose rest was not read; null where it is whole, or its rest was read. */
  readonly openRest: OpenRest | null;
  /** The charge at which the finding stands: the first that is alike to another one, else the first. */
  readonly shownCharge: ExaminedCharge | null;
}

const cache = new WeakMap<Examination, ReadonlyMap<ExaminedCharge, PlanGroup>>();

export function planGroups(examination: Examination): ReadonlyMap<ExaminedCharge, PlanGroup> {
  let known = cache.get(examination);
  if (known === undefined) {
    known = groupsOf(examinedCharges(examination), restsOf(examination));
    cache.set(examination, known);
  }
  return known;
}

export const plansOfCharge = ({ charge, contract, orgs }: ExaminedCharge): readonly Plan[] =>
  charge.sku === null ? [] : ownPlans(contract?.contract.plans ?? [], charge.sku, orgs);

const nameOf = ({ charge: { at } }: ExaminedCharge): string => `charge ${at.exchange}#${at.pointer}`;

function groupsOf(
  charges: readonly ExaminedCharge[],
  restOf: (draft: Draft) => OpenRest | null,
): ReadonlyMap<ExaminedCharge, PlanGroup> {
  const joined = new Groups();
  const planned = charges.map((charge) => ({ charge, plans: plansOfCharge(charge) }));
  for (const { charge, plans } of planned) {
    const { ref } = charge.charge;
    joined.join([nameOf(charge), ...plans.map(({ at }) => `plan ${at.exchange}#${at.pointer} in ${ref.periodId}`)]);
  }
  const byRoot = new Map<string, typeof planned>();
  for (const one of planned) {
    const root = joined.rootOf(nameOf(one.charge));
    byRoot.set(root, [...(byRoot.get(root) ?? []), one]);
  }
  const drafts = [...byRoot.values()].map((own) => draftOf(own));
  const bySkuAndOrg = group(charges, (charge) => placeOf(charge.charge.sku ?? '', charge.orgs[0]?.id));
  return new Map(
    drafts.flatMap((draft) => {
      const group = { ...draft, withPieces: withPieces(draft, bySkuAndOrg), openRest: restOf(draft) };
      return draft.charges.map((charge) => [charge, group] as const);
    }),
  );
}

type Draft = Omit<PlanGroup, 'withPieces' | 'openRest'> & {
  readonly span: Span | null;
  readonly sku: string;
  readonly orgs: ReadonlySet<string>;
};

function draftOf(own: readonly { readonly charge: ExaminedCharge; readonly plans: readonly Plan[] }[]): Draft {
  const charges = own.map(({ charge }) => charge);
  const plans = [...new Set(own.flatMap((one) => one.plans))];
  const [first] = charges;
  const span = first === undefined ? null : usablePeriod(first.period);
  const isReadable = charges.every(({ charge }) => charge.prepaid.state !== 'unreadable');
  return {
    charges,
    plans,
    prepaid: isReadable
      ? sum(charges.map(({ charge }) => (charge.prepaid.state === 'known' ? charge.prepaid.value : ZERO)))
      : null,
    committed: span === null ? null : committedOn(plans, span),
    shownCharge: charges.find((one) => charges.some((other) => isAlike(one, other))) ?? first ?? null,
    span,
    sku: productKey(first?.charge.sku ?? ''),
    orgs: new Set(charges.flatMap((charge) => charge.orgs.map(({ id }) => id))),
  };
}

const isAlike = (one: ExaminedCharge, other: ExaminedCharge): boolean =>
  one !== other && one.charge.likeness === other.charge.likeness;

/** Days of the shortest billing period: February. */
const SHORTEST_DAYS = 28;

/** Longest billing period there is: two pieces of one are no longer together. */
const LONGEST_DAYS = 31;

/** A SKU and the first organisation of a charge; undefined where it names nobody. */
const placeOf = (sku: string, org: string | undefined): string => `${productKey(sku)}|${org ?? ''}`;

/** Charges of the other pieces for the same SKU and for no other organisations. */
function withPieces(
  { span, prepaid, sku, orgs }: Draft,
  bySkuAndOrg: ReadonlyMap<string, readonly ExaminedCharge[]>,
): readonly Decimal[] {
  if (span === null || prepaid === null) return [];
  const others = [undefined, ...orgs]
    .flatMap((org) => bySkuAndOrg.get(placeOf(sku, org)) ?? [])
    .filter((each) => each.orgs.every(({ id }) => orgs.has(id)) && isPiece(each, span));
  if (others.length === 0) return [];
  const isBefore = ({ period }: ExaminedCharge): boolean => (usablePeriod(period)?.start ?? span.start) < span.start;
  const quantity = (pieces: readonly ExaminedCharge[]): Decimal =>
    sum(pieces.map(({ charge }) => (charge.prepaid.state === 'known' ? charge.prepaid.value : ZERO)));
  const [before, after] = [
    quantity(others.filter(isBefore)),
    quantity(others.filter((piece) => !isBefore(piece))),
  ] as const;
  return [add(prepaid, before), add(prepaid, after), add(prepaid, add(before, after))];
}

/** Of a piece of a billing period: whether its rest is in a contract that was not listed, or in a period that was not read. */
function restsOf({ sides, contracts }: Examination): (draft: Draft) => OpenRest | null {
  const { details, failures } = sides.contract;
  const isUnlisted = failures.some(({ subject }) => subject.kind === 'contracts');
  const read = new Set(details.map(({ contractId, period }) => `${contractId}/${period.id}`));
  return ({ span, orgs }) => {
    if (span === null || lengthOf(span) >= LONGEST_DAYS) return null;
    for (const { contract, orgs: named } of contracts.values()) {
      if (!named.some(({ id }) => orgs.has(id))) continue;
      const rest = contract.periods.find(
        (period) => !read.has(`${contract.id}/${period.id}`) && adjoins(usablePeriod(period), span),
      );
      if (rest === undefined) continue;
      return { reason: `the rest of its billing period (${rest.id}) was not read`, expected: false };
    }
    const reason = 'its billing period is a piece of one whose rest may be in a contract that could not be listed';
    return isUnlisted && lengthOf(span) < SHORTEST_DAYS ? { reason, expected: true } : null;
  };
}

const isPiece = ({ period }: ExaminedCharge, span: Span): boolean => adjoins(usablePeriod(period), span);

/** One follows the other, and both together are no longer than one billing period. */
function adjoins(other: Span | null, span: Span): boolean {
  if (other === null) return false;
  const [before, after] = other.start < span.start ? [other, span] : [span, other];
  return addDays(before.end, 1) === after.start && lengthOf({ start: before.start, end: after.end }) <= LONGEST_DAYS;
}
