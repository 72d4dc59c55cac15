/** The charges that the rules of one side look at, each with its line, its contract and its scope. */

import { ascending } from 'd3-array';
import { statedPeriod } from '../../domain/contract-period.ts';
import type { Charge, ContractPeriod } from '../../domain/contract-side.ts';
import type { Evidence } from '../../domain/figure.ts';
import type { CellScope } from '../../domain/finding.ts';
import type { Line } from '../../domain/line.ts';
import { type OrgRef, productKey } from '../../domain/side.ts';
import type { PairMaterial } from '../pairs/pair.ts';
import { cannotSay } from './invariant-outcome.ts';
import { type ContractView, type Examination, examinationOf, failuresOf, Observer } from './invariant-scope.ts';
import type { Observation, Outcome, Sides } from './rule.ts';

export interface ExaminedCharge {
  readonly charge: Charge;
  readonly period: ContractPeriod;
  /** Null: only its billing period could be had. */
  readonly contract: ContractView | null;
  /** With what the charge leaves out filled in from its plan; null if its billing period states no dates. */
  readonly line: Line | null;
  /** Those of its plan where the charge names none. */
  readonly orgs: readonly OrgRef[];
  readonly scope: CellScope;
  /** What it is set against legacy in; null where there is no legacy side, or it is part of no pair. */
  readonly pair: PairMaterial | null;
  /** All charges of its contract, billing period, SKU and organisations, itself among them. */
  beside(): readonly ExaminedCharge[];
}

const placeOf = ({ exchange, pointer }: Evidence): string => `${exchange}#${pointer}`;

const cache = new WeakMap<Examination, readonly ExaminedCharge[]>();

/** In an order that does not depend on the order of the answers. */
export function examinedCharges(examination: Examination): readonly ExaminedCharge[] {
  const known = cache.get(examination);
  if (known !== undefined) return known;
  const { contract: side } = examination.sides;
  const lines = new Map(side.lines.map((line) => [placeOf(line.at), line]));
  const byLine = new Map<string, ExaminedCharge[]>();
  const charges = side.details.flatMap(({ contractId, period, charges: stated }) =>
    stated.flatMap((charge): ExaminedCharge[] => {
      const line = lines.get(placeOf(charge.at)) ?? null;
      const orgs = charge.orgs.length > 0 ? charge.orgs : (line?.orgs ?? []);
      if (!examination.covers(charge.sku) || !examination.concerns(orgs)) return [];
      const contract = examination.contracts.get(contractId) ?? null;
      const scope = examination.scope({
        side: 'contract',
        subject: charge.ref.chargeId ?? `charge without id in ${contractId}/${period.id}`,
        orgs,
        sku: charge.sku,
        period: statedPeriod(period),
      });
      const key = [contractId, period.id, productKey(charge.sku ?? ''), ...orgs.map(({ id }) => id)].join('|');
      const own = byLine.get(key) ?? [];
      byLine.set(key, own);
      const pair = examination.pairAt(charge.at);
      const examined = { charge, period, contract, line, orgs, scope, pair, beside: () => own };
      own.push(examined);
      return [examined];
    }),
  );
  const sorted = charges
    .map((each) => ({ each, key: sortKey(each) }))
    .sort((a, b) => ascending(a.key, b.key))
    .map(({ each }) => each);
  cache.set(examination, sorted);
  return sorted;
}

const sortKey = ({ charge: { ref, likeness } }: ExaminedCharge): string =>
  `${ref.contractId}\n${ref.periodId}\n${ref.chargeId ?? ''}\n${likeness}`;

/** Observes every charge, and every billing period whose charges could not be had. */
export function* observeCharges(
  sides: Sides,
  judge: (charge: ExaminedCharge) => Outcome | null,
  scopeOf: (charge: ExaminedCharge) => CellScope = ({ scope }) => scope,
): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  for (const each of examinedCharges(examination)) {
    const outcome = judge(each);
    if (outcome !== null) yield observer.observe(scopeOf(each), outcome);
  }
  for (const { subject, message } of failuresOf(sides, 'period')) {
    const view = examination.contracts.get(subject.contractId);
    if (view !== undefined && !view.examined && !view.open) continue;
    const period = view?.contract.periods.find(({ id }) => id === subject.periodId);
    const scope = examination.scope({
      side: 'contract',
      subject: `period ${subject.periodId} of contract ${subject.contractId}`,
      orgs: view?.orgs ?? [],
      period: period === undefined ? null : statedPeriod(period),
    });
    yield observer.observe(scope, cannotSay('contract', null, `its charges could not be read: ${message}`));
  }
}
