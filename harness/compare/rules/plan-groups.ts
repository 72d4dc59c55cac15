/** Charges of one billing period that share plans: their prepaid quantities add up to what those plans commit to. */
import { addDays, lengthOf } from '../../domain/billing-period.ts';
import { usablePeriod } from '../../domain/contract-period.ts';
import type { Plan } from '../../domain/contract-side.ts';
import { add, type Decimal, sum, ZERO } from '../../domain/decimal.ts';
import { productKey } from '../../domain/side.ts';
import { Groups } from '../groups.ts';
import type { Span } from '../period-fit.ts';
import { committedOn, ownPlans } from '../plan-terms.ts';
import { type ExaminedCharge, examinedCharges } from './invariant-charges.ts';
import type { Examination } from './invariant-scope.ts';

export interface PlanGroup {
  readonly charges: readonly ExaminedCharge[];
  readonly plans: readonly Plan[];
  /** Null: a prepaid quantity cannot be read. */
  readonly prepaid: Decimal | null;
  /** One for each day of the period on which something changes; null: no plan states a quantity that can be read. */
  readonly committed: readonly Decimal[] | null;
  /** With the prepaid quantities of the other pieces of a period that an amendment cut; null: it was not cut. */
  readonly withPieces: Decimal | null;
}

const cache = new WeakMap<Examination, ReadonlyMap<ExaminedCharge, PlanGroup>>();

export function planGroups(examination: Examination): ReadonlyMap<ExaminedCharge, PlanGroup> {
  let known = cache.get(examination);
  if (known === undefined) {
    known = groupsOf(examinedCharges(examination));
    cache.set(examination, known);
  }
  return known;
}

export const plansOfCharge = ({ charge, contract, orgs }: ExaminedCharge): readonly Plan[] =>
  charge.sku === null ? [] : ownPlans(contract?.contract.plans ?? [], charge.sku, orgs);

const nameOf = ({ charge: { at } }: ExaminedCharge): string => `charge ${at.exchange}#${at.pointer}`;

function groupsOf(charges: readonly ExaminedCharge[]): ReadonlyMap<ExaminedCharge, PlanGroup> {
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
  return new Map(
    drafts.flatMap((draft) => {
      const group = { ...draft, withPieces: withPieces(draft, drafts) };
      return draft.charges.map((charge) => [charge, group] as const);
    }),
  );
}

type Draft = Omit<PlanGroup, 'withPieces'> & { readonly span: Span | null; readonly key: string };

function draftOf(own: readonly { readonly charge: ExaminedCharge; readonly plans: readonly Plan[] }[]): Draft {
  const charges = own.map(({ charge }) => charge);
  const plans = [...new Set(own.flatMap((one) => one.plans))];
  const [first] = charges;
  const span = first === undefined ? null : usablePeriod(first.period);
  const orgs = [...new Set(charges.flatMap((charge) => charge.orgs.map(({ id }) => id)))].sort();
  const isReadable = charges.every(({ charge }) => charge.prepaid.state !== 'unreadable');
  return {
    charges,
    plans,
    prepaid: isReadable
      ? sum(charges.map(({ charge }) => (charge.prepaid.state === 'known' ? charge.prepaid.value : ZERO)))
      : null,
    committed: span === null ? null : committedOn(plans, span),
    span,
    key: `${productKey(first?.charge.sku ?? '')}|${orgs.join(' ')}`,
  };
}

/** Longest billing period there is: two pieces of one are no longer together. */
const LONGEST_DAYS = 31;

function withPieces(draft: Draft, all: readonly Draft[]): Decimal | null {
  const { span, prepaid, key } = draft;
  if (span === null || prepaid === null) return null;
  let total: Decimal | null = null;
  for (const other of all) {
    if (other === draft || other.key !== key || other.span === null || other.prepaid === null) continue;
    const [before, after] = other.span.start < span.start ? [other.span, span] : [span, other.span];
    const isPiece =
      addDays(before.end, 1) === after.start && lengthOf({ start: before.start, end: after.end }) <= LONGEST_DAYS;
    if (isPiece) total = add(total ?? prepaid, other.prepaid);
  }
  return total;
}
