/** From facts to cells: tolerances, then waivers, then what follows from what, then the money. */
import { type Decimal, divide, isZero, parseDecimal, round } from '../domain/decimal.ts';
import type { Cell, CellStatus, MoneyAtRisk } from '../domain/finding.ts';
import type { ComparisonPolicy, Waiver } from '../domain/policy.ts';
import { CellIds } from './cell-id.ts';
import { derivations } from './derived.ts';
import type { Examined, RuleObservation } from './observe.ts';
import type { Rule } from './rule.ts';
import { toleratedBy } from './tolerance.ts';
import type { WaiverBook } from './waivers.ts';

interface Verdict {
  readonly status: CellStatus;
  readonly reason: string | null;
  readonly waiver: Waiver | null;
}

type Identified = Verdict & { readonly id: string };

/** Judges one group of observations after the other; cells are kept by rule, in the order in which they came. */
export class Judge {
  readonly #cells: Map<Rule, Cell[]>;
  readonly #unexpected = new Set<Cell>();
  readonly #policy: ComparisonPolicy;
  readonly #waivers: WaiverBook;
  readonly #moneyOf: (examined: Examined) => readonly MoneyAtRisk[];
  readonly #ids = new CellIds();

  constructor(
    rules: readonly Rule[],
    policy: ComparisonPolicy,
    waivers: WaiverBook,
    moneyOf: (examined: Examined) => readonly MoneyAtRisk[],
  ) {
    this.#cells = new Map(rules.map((rule) => [rule, []]));
    this.#policy = policy;
    this.#waivers = waivers;
    this.#moneyOf = moneyOf;
  }

  /** By rule, rules in their pinned order. */
  get cells(): ReadonlyMap<Rule, readonly Cell[]> {
    return this.#cells;
  }

  /** Cells that `minCoverage` does not count on: what rests on a rate that no configured source carries. */
  get unexpected(): ReadonlySet<Cell> {
    return this.#unexpected;
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
    for (const [observation, of] of parents) this.#inherit(observation, of, verdicts);
    const carrier = carrierOf(different, parents, verdicts);
    for (const [observation, verdict] of verdicts) {
      const [parent] = parents.get(observation) ?? [];
      const derivedFrom = parent === undefined ? null : (verdicts.get(parent)?.id ?? null);
      this.#keep(observation, verdict, observation === carrier ? this.#moneyOf(examined) : [], derivedFrom);
    }
  }

  #verdict({ rule, scope, outcome }: RuleObservation): Verdict {
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

  /** What follows from waived differences alone is waived with them. Parents come before what follows from them. */
  #inherit(
    observation: RuleObservation,
    of: readonly RuleObservation[],
    verdicts: Map<RuleObservation, Identified>,
  ): void {
    const verdict = verdicts.get(observation);
    const waivers = of.flatMap((parent) => verdicts.get(parent)?.waiver ?? []);
    if (verdict?.status !== 'mismatch' || waivers.length < of.length) return;
    const from = of.map((parent) => parent.rule.id).join(' and ');
    verdicts.set(observation, {
      ...verdict,
      status: 'waived',
      reason: `${verdict.reason}; follows from ${from}, which is waived`,
      waiver: waivers[0] ?? null,
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
    this.#cells.get(rule)?.push(cell);
    if (outcome.kind === 'not-comparable' && !outcome.expected) this.#unexpected.add(cell);
  }
}

const MATCH: Verdict = { status: 'match', reason: null, waiver: null };
const NONE: ReadonlyMap<RuleObservation, readonly RuleObservation[]> = new Map();
const PLACES = 4;

function relativeTo(delta: Decimal, legacy: string | null): Decimal | null {
  const base = legacy === null ? null : parseDecimal(legacy);
  return base === null || isZero(base) ? null : round(divide(delta, base), PLACES, 'half-even');
}

/** Which difference the pair's money is shown at: the one that most likely made it. */
const MONEY_FIRST: readonly string[] = [
  'org-missing-in-contract',
  'org-missing-in-legacy',
  'product-missing-in-contract',
  'product-missing-in-legacy',
  'currency',
  'committed-quantity',
  'actual-quantity',
  'included-quantity',
  'committed-rate',
  'overage-rate',
  'overage-quantity',
  'overage-charge',
];

/** The first mismatch that follows from no other mismatch; null if nothing of the group is a mismatch. */
function carrierOf(
  different: readonly RuleObservation[],
  parents: ReadonlyMap<RuleObservation, readonly RuleObservation[]>,
  verdicts: ReadonlyMap<RuleObservation, Verdict>,
): RuleObservation | null {
  const isMismatch = (observation: RuleObservation): boolean => verdicts.get(observation)?.status === 'mismatch';
  const own = different.filter(
    (observation) => isMismatch(observation) && !(parents.get(observation) ?? []).some(isMismatch),
  );
  const rank = ({ rule }: RuleObservation): number => {
    const at = MONEY_FIRST.indexOf(rule.id);
    return at < 0 ? MONEY_FIRST.length : at;
  };
  return own.reduce<RuleObservation | null>(
    (best, next) => (best === null || rank(next) < rank(best) ? next : best),
    null,
  );
}
