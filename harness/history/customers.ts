/** Readiness of each organisation by itself: who can be billed from the new API today, who not, and why. Pure. */
import { addMonths, type IsoDate, isoDate } from '../domain/billing-period.ts';
import type { CustomerNight, CustomerReadiness, CustomerStanding, Night } from '../domain/history.ts';
import type { ReadinessPolicy } from '../domain/policy.ts';
import type { Finding, StatementRow } from '../domain/run-result.ts';
import type { DatedRun } from './trend-nights.ts';

/** One run's findings and statement, told by organisation. */
export class CustomersOfRun {
  readonly #seen = new Map<string, Gathered>();

  /** A statement names everybody of whom anything is billed. */
  billed({ orgs, period }: StatementRow): void {
    for (const { id, name } of orgs) {
      const own = this.#of(id, name);
      own.billed = true;
      if (period?.status === 'closed') own.months.add(period.end.slice(0, 7));
    }
  }

  add({ orgs, status, rule, sku, reason, period, outsideCoverage }: Finding): void {
    const kind = KINDS[status];
    const closed = period?.status === 'closed';
    if (kind === undefined || (status === 'not-comparable' && outsideCoverage === true)) return;
    // What moves while a period is open is nobody's fault; in a closed one it was not compared.
    if (status === 'unstable' && !closed) return;
    for (const { id, name } of orgs) {
      const own = this.#of(id, name);
      own[kind] += 1;
      if (kind !== 'waived' && (own.first === null || (kind === 'mismatches' && own.first.kind !== kind))) {
        own.first = {
          kind,
          words: kind === 'mismatches' ? `${rule}${sku === null ? '' : ` of ${sku}`}` : (reason ?? rule),
        };
      }
    }
  }

  all(): ReadonlyMap<string, CustomerNight> {
    return new Map([...this.#seen].map(([id, own]) => [id, nightOf(own)]));
  }

  #of(id: string, name: string | null): Gathered {
    const own = this.#seen.get(id) ?? {
      name,
      billed: false,
      months: new Set(),
      mismatches: 0,
      open: 0,
      waived: 0,
      first: null,
    };
    this.#seen.set(id, own);
    return own;
  }
}

type Kind = 'mismatches' | 'open' | 'waived';

const KINDS: Readonly<Record<string, Kind>> = {
  mismatch: 'mismatches',
  'not-comparable': 'open',
  unstable: 'open',
  waived: 'waived',
};

interface Gathered extends Record<Kind, number> {
  readonly name: string | null;
  billed: boolean;
  readonly months: Set<string>;
  first: { readonly kind: Kind; readonly words: string } | null;
}

function nightOf({ name, billed, months, mismatches, open, waived, first }: Gathered): CustomerNight {
  const standing: CustomerStanding = mismatches > 0 ? 'mismatch' : open > 0 || !billed ? 'inconclusive' : 'parity';
  const count =
    mismatches > 0
      ? counted(mismatches, 'mismatch', 'mismatches')
      : counted(open, 'check not compared', 'checks not compared');
  const why =
    standing === 'parity'
      ? null
      : open + mismatches === 0
        ? 'nothing of it was billed on either side'
        : `${count}, the first: ${first?.words ?? ''}`;
  return { name, standing, why, waived, closedMonths: [...months].sort() };
}

export interface CustomersInput {
  readonly nights: readonly Night[];
  /** The runs that speak for nights, oldest first. */
  readonly runs: readonly DatedRun[];
  readonly policy: ReadinessPolicy | null;
  readonly today: IsoDate;
}

/** Everybody whom the newest night names, and those that an earlier one named. Null: a run does not say who was billed. */
export function customersOf({ nights, runs, policy, today }: CustomersInput): readonly CustomerReadiness[] | null {
  const newest = runs.at(-1);
  if (newest === undefined || newest.customers === null) return null;
  const byNight = new Map(runs.map((run) => [run.night, run]));
  const ids = [...new Set(runs.flatMap(({ customers }) => [...(customers?.keys() ?? [])]))].sort();
  return ids.map((id) => {
    const row = rowOf(id, nights, byNight);
    const now = newest.customers?.get(id) ?? null;
    const cycles = cyclesOf(id, runs, today);
    const name = now?.name ?? runs.findLast(({ customers }) => customers?.has(id))?.customers?.get(id)?.name ?? null;
    const needed = { nights: policy?.nights ?? 1, closedCycles: policy?.closedCycles ?? 0 };
    const missing = [
      ...(now === null ? ['the newest night does not name it'] : now.why === null ? [] : [now.why]),
      ...(now?.why == null && now !== null && row.length < needed.nights
        ? [`${row.length} of ${needed.nights} nights in a row`]
        : []),
      ...(cycles < needed.closedCycles ? [`${cycles} of ${needed.closedCycles} closed cycles in a row`] : []),
    ];
    return {
      id,
      name,
      ready: missing.length === 0,
      standing: now?.standing ?? 'inconclusive',
      nights: row.length,
      since: row.from,
      closedCycles: cycles,
      waived: now?.waived ?? 0,
      why: missing.join('; '),
    };
  });
}

/** Nights in a row, up to the newest, on which it stood at parity. A night without a run breaks the row: nobody looked. */
function rowOf(id: string, nights: readonly Night[], byNight: ReadonlyMap<IsoDate, DatedRun>) {
  const last = nights.findLastIndex(({ date }) => standingIn(byNight.get(date), id) !== 'parity');
  return { length: nights.length - 1 - last, from: nights[last + 1]?.date ?? null };
}

/** A result that does not follow from its own findings shows nobody to be at parity. */
function standingIn(run: DatedRun | undefined, id: string): CustomerStanding {
  const own = run?.customers?.get(id);
  if (run === undefined || own === undefined) return 'inconclusive';
  return own.standing === 'parity' && run.differences.length > 0 ? 'inconclusive' : own.standing;
}

/** Months in a row, up to the newest that is over, of which a closed period stood at parity when a night could last tell. */
function cyclesOf(id: string, runs: readonly DatedRun[], today: IsoDate): number {
  const months = new Map<string, CustomerStanding>();
  for (const run of runs) {
    const standing = standingIn(run, id);
    for (const month of run.customers?.get(id)?.closedMonths ?? []) {
      if (standing !== 'inconclusive' || !months.has(month)) months.set(month, standing);
    }
  }
  let month = today.slice(0, 7);
  let count = 0;
  // A period that ends in the running month may have closed already; that of the month before may still be to come.
  const back = (): void => {
    month = addMonths(isoDate(`${month}-01`), -1).slice(0, 7);
  };
  if (!months.has(month)) back();
  if (!months.has(month)) back();
  for (; months.get(month) === 'parity'; back()) count += 1;
  return count;
}

const counted = (count: number, one: string, several: string): string => `${count} ${count === 1 ? one : several}`;
