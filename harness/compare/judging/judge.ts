/** From facts to cells: tolerances, then waivers, then what follows from what, then the money. */
import { type Decimal, divide, isZero, parseDecimal, round } from '../../domain/decimal.ts';
import type { Cell, CellStatus, MoneyAtRisk } from '../../domain/finding.ts';
import type { ComparisonPolicy, Waiver } from '../../domain/policy.ts';
import { moneyRankOf } from '../rules/rule.ts';
import { CellIds } from './cell-id.ts';
import { derivations } from './derived.ts';
import type { Examined, RuleObservation } from './observe.ts';
import { toleratedBy } from './tolerance.ts';
import type { WaiverBook } from './waivers.ts';

interface JudgedStatus {
  readonly status: CellStatus;
  readonly reason: string | null;
  readonly waiver: Waiver | null;
}

type Identified = JudgedStatus & { readonly id: string };

/** Judges one group of observations after the other; cells are kept in the order in which they came. */
export class Judge {
  readonly #cells: Cell[] = [];
  readonly #unexpected = new Set<Cell>();
  readonly #policy: ComparisonPolicy;
  readonly #waivers: WaiverBook;
  readonly #moneyOf: (examined: Examined) => readonly MoneyAtRisk[];
  readonly #ids = new CellIds();
  readonly #parents = new Map<string, readonly string[]>();

  constructor(policy: ComparisonPolicy, waivers: WaiverBook, moneyOf: (examined: Examined) => readonly MoneyAtRisk[]) {
    this.#policy = policy;
    this.#waivers = waivers;
    this.#moneyOf = moneyOf;
  }

  /** In the order in which they came. */
  all(): readonly Cell[] {
    return this.#cells;
  }

  /** Cells that `minCoverage` does not count on: what rests on a rate that no configured source carries. */
  get unexpected(): ReadonlySet<Cell> {
    return this.#unexpected;
  }

  /** Ids of the cells of its pair that a cell follows from, all of them, by its own id. */
  get parents(): ReadonlyMap<string, readonly string[]> {
    return this.#parents;
  }

  judge(examined: Examined): void {
    const { observations, pair } = examined;
    const different = observations.filter(({ outcome }) => outcome.kind === 'different');
    const verdicts = new Map(
      observations.map((observation) => {
        const id = this.#ids.next(observation.rule.id, observation.scope);
        return [observation, { id, ...this.#verdict(observation) }];
      }),
    );
    const parents = pair === null ? NONE : derivations(pair, different);
    for (const [observation, of] of parents) {
      this.#inherit(observation, of, verdicts);
      const [id, ...from] = [observation, ...of].map((one) => verdicts.get(one)?.id ?? '');
      this.#parents.set(id ?? '', from);
    }
    const carrier = carrierOf(observations, parents, verdicts);
    for (const [observation, verdict] of verdicts) {
      const [parent] = parents.get(observation) ?? [];
      const derivedFrom = parent === undefined ? null : (verdicts.get(parent)?.id ?? null);
      this.#keep(observation, verdict, observation === carrier ? this.#moneyOf(examined) : [], derivedFrom);
    }
  }

  #verdict({ rule, scope, outcome }: RuleObservation): JudgedStatus {
    if (outcome.kind === 'equal') return MATCH;
    if (outcome.kind === 'not-comparable') return { status: 'not-comparable', reason: outcome.reason, waiver: null };
    const { sentence } = outcome;
    if (outcome.kind === 'unstable') return { status: 'unstable', reason: sentence, waiver: null };
    if (rule.id === 'schema-drift' && !this.#policy.gate.failOnDrift) {
      return { status: 'tolerated', reason: sentence, waiver: null };
    }
    const within = toleratedBy(this.#policy.tolerances[rule.id], outcome, scope.period);
    if (within !== null) return { status: 'tolerated', reason: `${sentence}, ${within}`, waiver: null };
    const answer = this.#waivers.find(rule.id, scope, outcome.delta);
    if (answer === null) return { status: 'mismatch', reason: sentence, waiver: null };
    if (answer.kind === 'reopened') return { status: 'mismatch', reason: `${sentence}; ${answer.why}`, waiver: null };
    return { status: 'waived', reason: sentence, waiver: answer.waiver };
  }

  /** What follows from waived or tolerated differences alone is waived or tolerated with them. Parents come before what follows from them. */
  #inherit(
    observation: RuleObservation,
    of: readonly RuleObservation[],
    verdicts: Map<RuleObservation, Identified>,
  ): void {
    const verdict = verdicts.get(observation);
    if (verdict?.status !== 'mismatch') return;
    const parents = of.map((parent) => verdicts.get(parent));
    if (!parents.every((parent) => parent?.status === 'waived' || parent?.status === 'tolerated')) return;
    const waiver = parents.find((parent) => parent?.waiver)?.waiver ?? null;
    const status = parents.every((parent) => parent?.status === 'waived') ? 'waived' : 'tolerated';
    const from = of.map((parent) => parent.rule.id).join(' and ');
    verdicts.set(observation, {
      ...verdict,
      status,
      reason: `${verdict.reason}; follows from ${from}, which is ${status}`,
      waiver: status === 'waived' ? waiver : null,
    });
  }

  #keep(
    { rule, scope, pair, outcome }: RuleObservation,
    { id, status, reason, waiver }: Identified,
    money: readonly MoneyAtRisk[],
    derivedFrom: string | null,
  ): void {
    const delta = outcome.kind === 'different' ? outcome.delta : null;
    const legacy = outcome.kind === 'equal' ? null : outcome.legacy;
    const cell: Cell = {
      id,
      status,
      category: rule.category,
      rule: rule.id,
      scope,
      pair,
      legacy,
      contract: outcome.kind === 'equal' ? null : outcome.contract,
      agreed: outcome.kind === 'equal' ? (outcome.agreed ?? null) : null,
      delta,
      relative: delta === null ? null : relativeTo(delta, legacy?.value ?? null),
      money,
      reason,
      waiver,
      derivedFrom,
      rootCause: null,
    };
    this.#cells.push(cell);
    if (outcome.kind === 'not-comparable' && !outcome.expected) this.#unexpected.add(cell);
  }
}

const MATCH: JudgedStatus = { status: 'match', reason: null, waiver: null };
const NONE: ReadonlyMap<RuleObservation, readonly RuleObservation[]> = new Map();
const PLACES = 4;

function relativeTo(delta: Decimal, legacy: string | null): Decimal | null {
  const base = legacy === null ? null : parseDecimal(legacy);
  return base === null || isZero(base) ? null : round(divide(delta, base), PLACES, 'half-even');
}

/** Statuses that money is shown at, the first that a pair has: a pair's money stands on one finding. */
export const CARRIERS: readonly CellStatus[] = ['mismatch', 'unstable', 'waived', 'tolerated'];

/** The first difference, by rank, that follows from no other of its status; null if nothing of the group differs. */
function carrierOf(
  observations: readonly RuleObservation[],
  parents: ReadonlyMap<RuleObservation, readonly RuleObservation[]>,
  verdicts: ReadonlyMap<RuleObservation, JudgedStatus>,
): RuleObservation | null {
  for (const status of CARRIERS) {
    const has = (observation: RuleObservation): boolean => verdicts.get(observation)?.status === status;
    const own = observations.filter((observation) => has(observation) && !(parents.get(observation) ?? []).some(has));
    const [first, ...others] = own;
    if (first === undefined) continue;
    return others.reduce((best, next) => (moneyRankOf(next.rule) < moneyRankOf(best.rule) ? next : best), first);
  }
  return null;
}
