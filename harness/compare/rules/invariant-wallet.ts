import type { Wallet } from '../../domain/contract-side.ts';
import { add, subtract } from '../../domain/decimal.ts';
import { EQUAL } from '../outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from '../rule.ts';
import { breaks, cannotSay, orZero, stated, unreadableAmong } from './invariant-outcome.ts';
import { examinationOf, Observer, periodOf } from './invariant-scope.ts';

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  for (const { contractId, period, wallets } of sides.contract.details) {
    for (const wallet of wallets) {
      if (!examination.concerns(wallet.orgs) || !examination.covers(wallet.sku)) continue;
      const scope = examination.scope({
        side: 'contract',
        subject: wallet.id ?? `wallet without id in ${contractId}/${period.id}`,
        orgs: wallet.orgs,
        sku: wallet.sku,
        period: periodOf(period),
      });
      yield observer.observe(scope, judge(wallet));
    }
  }
}

function judge({ starting, increase, decrease, consumption, ending }: Wallet): Outcome {
  const statement = stated(ending);
  const unclear = unreadableAmong({
    'starting balance': starting,
    increase,
    decrease,
    consumption,
    'ending balance': ending,
  });
  if (unclear !== null) return cannotSay('contract', statement, unclear);
  if (starting.state === 'absent' || ending.state === 'absent') {
    return cannotSay('contract', statement, 'the wallet does not state both its balances');
  }
  const drawn = add(orZero(decrease), orZero(consumption));
  const expected = subtract(add(orZero(starting), orZero(increase)), drawn);
  if (orZero(ending) === expected) return EQUAL;
  const sum = `${orZero(starting)} + ${orZero(increase)} − ${orZero(decrease)} − ${orZero(consumption)}`;
  const sentence = `${sum} make ${expected}, the wallet ends at ${orZero(ending)}`;
  return breaks('contract', statement, subtract(orZero(ending), expected), sentence);
}

export const walletRule: SideRule = {
  id: 'wallet-balance',
  category: 'invariant',
  looksAt: 'sides',
  title: 'A wallet’s balances follow from its movements',
  doc: 'Within one wallet of a billing period: `endingBalance` = `startingBalance` + `balanceIncrease` − `balanceDecrease` − `balanceConsumption`. What is used beyond the balance is `balanceOverage` and no part of it. Assumed: the vendor has not documented wallets.',
  example: 'wallet "startingBalance":100,"balanceIncrease":20,"balanceConsumption":30,"endingBalance":80',
  examine,
};
