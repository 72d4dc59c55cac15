/** Wallets that no charge stands beside, against the plans that they follow from: currency and unit. */
import { usablePeriod } from '../../domain/contract-period.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import { isInForce, ownPlans } from '../pairs/plan-terms.ts';
import { UnitWords } from '../scope/units.ts';
import { breaks, stated } from './invariant-outcome.ts';
import { examinationOf } from './invariant-scope.ts';
import { isOfWallet, observeWallets } from './invariant-wallet.ts';
import { EQUAL } from './outcome.ts';
import type { Observation, Outcome, Sides } from './rule.ts';

/** Beside a charge the wallet is held against that, and the charge against the plan. */
export function* observeWalletPlans(sides: Sides): Generator<Observation> {
  const { contracts } = examinationOf(sides);
  const units = new UnitWords(sides.policy.units);
  yield* observeWallets(sides, (wallet, detail) => {
    const { sku, orgs } = wallet;
    if (sku === null || detail.charges.some((charge) => isOfWallet(charge, sku, orgs))) return null;
    const plans = ownPlans(contracts.get(detail.contractId)?.contract.plans ?? [], sku, orgs);
    const span = usablePeriod(detail.period);
    if (span === null) return null;
    const items = plans.flatMap((plan) => plan.items).filter((item) => !item.oneTime && isInForce(item, span));
    return (
      judgeWord(
        'unit',
        wallet.unit,
        items.map(({ unit }) => unit),
        units.same,
      ) ??
      judgeWord(
        'currency',
        wallet.currency,
        items.map(({ currency }) => currency),
        (a, b) => a === b,
      ) ??
      (items.length === 0 ? null : EQUAL)
    );
  });
}

function judgeWord(
  noun: string,
  figure: Figure<string>,
  planned: readonly Figure<string>[],
  same: (a: string, b: string) => boolean,
): Outcome | null {
  const own = knownValue(figure);
  const other =
    own === null ? undefined : planned.flatMap((each) => knownValue(each) ?? []).find((each) => !same(own, each));
  if (other === undefined) return null;
  return breaks('contract', stated(figure), null, `the wallet’s ${noun} is ${own}, its plan says ${other}`);
}
