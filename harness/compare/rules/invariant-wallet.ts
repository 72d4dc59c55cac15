import { statedPeriod } from '../../domain/contract-period.ts';
import type { Wallet } from '../../domain/contract-side.ts';
import { add, subtract } from '../../domain/decimal.ts';
import { EQUAL } from '../outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from '../rule.ts';
import { breaks, cannotSay, orZero, saying, stated, unreadableAmong } from './invariant-outcome.ts';
import { examinationOf, Observer } from './invariant-scope.ts';

function* examine(sides: Sides): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  for (const { contractId, period, wallets } of sides.contract.details) {
    for (const wallet of wallets) {
      const orgs = wallet.orgs.length > 0 ? wallet.orgs : (examination.contracts.get(contractId)?.orgs ?? []);
      if (!examination.concerns(orgs) || !examination.covers(wallet.sku)) continue;
      const scope = examination.scope({
        side: 'contract',
        subject: wallet.id ?? `wallet without id in ${contractId}/${period.id}`,
        orgs,
        sku: wallet.sku,
        period: statedPeriod(period),
      });
      const outcome = judge(wallet);
      if (outcome !== null) yield observer.observe(scope, outcome);
    }
  }
}

/** Null: it states no balance and no movement. What is left out counts as zero, as everywhere on the contract side. */
function judge({ starting, increase, decrease, consumption, ending }: Wallet): Outcome | null {
  const statement = stated(ending);
  const figures = { 'starting balance': starting, increase, decrease, consumption, 'ending balance': ending };
  if (Object.values(figures).every(({ state }) => state === 'absent')) return null;
  const unclear = unreadableAmong(figures);
  if (unclear !== null) return cannotSay('contract', statement, unclear);
  const drawn = add(orZero(decrease), orZero(consumption));
  const expected = subtract(add(orZero(starting), orZero(increase)), drawn);
  if (orZero(ending) === expected) return EQUAL;
  const sum = `${orZero(starting)} + ${orZero(increase)} − ${orZero(decrease)} − ${orZero(consumption)}`;
  const sentence = `${sum} make ${expected}, the wallet ends at ${saying(ending)}`;
  return breaks('contract', statement, subtract(orZero(ending), expected), sentence);
}

export const walletRule: SideRule = {
  id: 'wallet-balance',
  category: 'invariant',
  looksAt: 'sides',
  title: 'A wallet’s balances follow from its movements',
  doc: 'Within one wallet of a billing period: `endingBalance` = `startingBalance` + `balanceIncrease` − `balanceDecrease` − `balanceConsumption`. What is used beyond the balance is `balanceOverage` and no part of it. What is left out counts as zero. Assumed: the vendor has not documented wallets.',
  example: 'wallet "startingBalance":100,"balanceIncrease":20,"balanceConsumption":30,"endingBalance":80',
  examine,
};
