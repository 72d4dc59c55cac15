/** Wallets: balances, the overage that a wallet bills, and the charges of the same SKU beside it. */
import { statedPeriod } from '../../domain/contract-period.ts';
import type { Charge, PeriodDetail, Wallet } from '../../domain/contract-side.ts';
import { add, type Decimal, decimal, multiply, subtract, sum, ZERO } from '../../domain/decimal.ts';
import { type Figure, knownValue } from '../../domain/figure.ts';
import { isWithinParts, toMinorUnit } from '../../domain/money.ts';
import { type OrgRef, productKey } from '../../domain/side.ts';
import { UnitWords } from '../scope/units.ts';
import { breaks, cannotSay, figureText, orZero, stated, unreadableAmong } from './invariant-outcome.ts';
import { examinationOf, Observer } from './invariant-scope.ts';
import { EQUAL } from './outcome.ts';
import type { Observation, Outcome, SideRule, Sides } from './rule.ts';

/** Observes every wallet that concerns the run; null: the rule has nothing to say of it. */
export function* observeWallets(
  sides: Sides,
  judge: (wallet: Wallet, detail: PeriodDetail) => Outcome | null,
): Generator<Observation> {
  const examination = examinationOf(sides);
  const observer = new Observer();
  for (const detail of sides.contract.details) {
    const { contractId, period, wallets } = detail;
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
      const outcome = judge(wallet, detail);
      if (outcome !== null) yield observer.observe(scope, outcome);
    }
  }
}

/** Null: it states no balance and no movement. What is left out counts as zero, as everywhere on the contract side. */
function judgeBalance({ starting, increase, decrease, consumption, ending }: Wallet): Outcome | null {
  const statement = stated(ending);
  const figures = { 'starting balance': starting, increase, decrease, consumption, 'ending balance': ending };
  if (Object.values(figures).every(({ state }) => state === 'absent')) return null;
  const unclear = unreadableAmong(figures);
  if (unclear !== null) return cannotSay('contract', statement, unclear);
  const drawn = add(orZero(decrease), orZero(consumption));
  const expected = subtract(add(orZero(starting), orZero(increase)), drawn);
  if (orZero(ending) === expected) return EQUAL;
  const terms = `${orZero(starting)} + ${orZero(increase)} − ${orZero(decrease)} − ${orZero(consumption)}`;
  const sentence = `${terms} make ${expected}, the wallet ends at ${figureText(ending)}`;
  return breaks('contract', statement, subtract(orZero(ending), expected), sentence);
}

const walletBalance: SideRule = {
  id: 'wallet-balance',
  category: 'invariant',
  looksAt: 'sides',
  title: 'A wallet’s balances follow from its movements',
  doc: 'Within one wallet of a billing period: `endingBalance` = `startingBalance` + `balanceIncrease` − `balanceDecrease` − `balanceConsumption`. What is used beyond the balance is `balanceOverage` and no part of it. What is left out counts as zero. Assumed: the vendor has not documented wallets.',
  example: 'wallet "startingBalance":100,"balanceIncrease":20,"balanceConsumption":30,"endingBalance":80',
  examine: (sides) => observeWallets(sides, judgeBalance),
};

/** Null: it bills nothing and states no overage. */
function judgeArithmetic({ overage, overageRate, overageCharge, currency, orgs }: Wallet): Outcome | null {
  const statement = stated(overageCharge);
  const unclear = unreadableAmong({ overage, 'overage rate': overageRate, 'overage charge': overageCharge, currency });
  if (unclear !== null) return cannotSay('contract', statement, unclear);
  const [quantity, rate, amount] = [orZero(overage), orZero(overageRate), orZero(overageCharge)];
  if (amount === ZERO && (quantity === ZERO || rate === ZERO)) return quantity === ZERO ? null : EQUAL;
  for (const [noun, factor] of Object.entries({ overage, rate: overageRate })) {
    if (factor.state !== 'absent') continue;
    return cannotSay('contract', statement, `the wallet bills ${amount} for an overage, but states no ${noun}`);
  }
  const code = knownValue(currency);
  const exact = multiply(quantity, rate);
  if (code === null && exact !== ZERO) {
    return cannotSay('contract', statement, 'the wallet bills an overage, but states no currency');
  }
  const expected = code === null ? exact : toMinorUnit(exact, code);
  if (amount === expected) return EQUAL;
  if (orgs.length > 1 && code !== null && isWithinParts(amount, exact, code, decimal(orgs.length))) return EQUAL;
  const sentence = `${quantity} over × ${rate} make ${expected}${code === null ? '' : ` ${code}`}, the wallet says ${figureText(overageCharge)}`;
  return breaks('contract', statement, subtract(amount, expected), sentence);
}

const walletArithmetic: SideRule = {
  id: 'wallet-arithmetic',
  category: 'invariant',
  looksAt: 'sides',
  title: 'A wallet’s overage charge is quantity times rate',
  doc: 'Within one wallet of a billing period: `balanceOverageCharge` = `balanceOverage` × `balanceOverageRate`, rounded half-up to the minor unit of `balanceOverageCurrency`; of a wallet over several organisations it may be off by half a minor unit for each. Assumed: the vendor has not documented wallets.',
  example: 'wallet "balanceOverage":50,"balanceOverageRate":1,"balanceOverageCharge":250',
  examine: (sides) => observeWallets(sides, judgeArithmetic),
};

interface Claim {
  readonly noun: string;
  readonly wallet: Figure<string>;
  /** What the wallet says; null: it leaves it out. */
  readonly says: string | null;
  readonly charge: string | null;
  /** Why one of both cannot be read. */
  readonly unclear: string | null;
}

/** Null: no charge of the SKU stands beside it. */
const judgeBeside =
  (units: UnitWords) =>
  (wallet: Wallet, { charges }: PeriodDetail): Outcome | null => {
    const { sku } = wallet;
    if (sku === null)
      return cannotSay('contract', stated(wallet.consumption), 'the wallet names no SKU, so its charge cannot be told');
    const own = charges.filter((charge) => charge.sku !== null && isOfWallet(charge, sku, wallet.orgs));
    if (own.length === 0) return null;
    const claims = [...memberClaims(wallet, own), ...quantityClaims(wallet, own), ...wordClaims(wallet, own, units)];
    const apart = claims.filter(({ says, charge, unclear }) => unclear === null && says !== null && says !== charge);
    const [first] = apart;
    if (first !== undefined) {
      const words = apart.map(({ noun, says, charge }) => `${noun} ${says} against ${charge ?? 'none'}`);
      return breaks(
        'contract',
        stated(first.wallet),
        null,
        `the wallet and the charge of ${sku} differ: ${words.join(', ')}`,
      );
    }
    const unclear = claims.find((claim) => claim.unclear !== null);
    return unclear === undefined ? EQUAL : cannotSay('contract', stated(unclear.wallet), unclear.unclear ?? '');
  };

/** A charge that bills what the wallet pays. */
export const isOfWallet = (charge: Charge, sku: string, orgs: readonly OrgRef[]): boolean =>
  productKey(charge.sku ?? '') === productKey(sku) &&
  (charge.orgs.length === 0 || orgs.length === 0 || charge.orgs.some((org) => orgs.some(({ id }) => id === org.id)));

/** Whom the wallet names, where both it and each charge name somebody. */
function memberClaims({ orgs, consumption }: Wallet, own: readonly Charge[]): readonly Claim[] {
  if (orgs.length === 0 || own.some((charge) => charge.orgs.length === 0)) return [];
  const stated = (named: readonly OrgRef[]): string => [...new Set(named.map(({ id }) => id))].sort().join(' + ');
  const charge = stated(own.flatMap((each) => each.orgs));
  return [{ noun: 'organisations', wallet: consumption, says: stated(orgs), charge, unclear: null }];
}

function quantityClaims(wallet: Wallet, own: readonly Charge[]): readonly Claim[] {
  type Name = 'prepaid' | 'fairuse' | 'actual' | 'overageQuantity' | 'overageCharge';
  const statedAs = (name: Name): readonly Figure[] => own.map((charge) => charge[name]);
  const claim = (noun: string, figures: readonly Figure[], signs: readonly (1 | -1)[], name: Name): Claim => {
    const value = figures.reduce<Decimal>(
      (all, figure, index) => (signs[index] === -1 ? subtract(all, orZero(figure)) : add(all, orZero(figure))),
      ZERO,
    );
    const named = figures.find(({ state }) => state !== 'absent');
    return {
      noun,
      wallet: named ?? figures[0] ?? wallet.starting,
      says: named === undefined ? null : value,
      charge: sum(statedAs(name).map(orZero)),
      unclear: unreadableAmong(
        Object.fromEntries([...figures, ...statedAs(name)].map((figure, index) => [`${noun} (${index + 1})`, figure])),
      ),
    };
  };
  const isFair = statedAs('fairuse').some((figure) => figure.state === 'unreadable' || orZero(figure) !== ZERO);
  return [
    claim('use', [wallet.consumption, wallet.overage], [1, 1], 'actual'),
    claim('allowance', [wallet.starting, wallet.increase, wallet.decrease], [1, 1, -1], isFair ? 'fairuse' : 'prepaid'),
    claim('overage', [wallet.overage], [1], 'overageQuantity'),
    claim('overage charge', [wallet.overageCharge], [1], 'overageCharge'),
  ];
}

function wordClaims(wallet: Wallet, own: readonly Charge[], units: UnitWords): readonly Claim[] {
  const claim = (
    noun: string,
    figure: Figure<string>,
    of: (charge: Charge) => Figure<string>,
    same: (a: string, b: string) => boolean = (a, b) => a === b,
  ): Claim => {
    const values = own.flatMap((charge) => knownValue(of(charge)) ?? []);
    const says = knownValue(figure);
    const other = says === null ? undefined : values.find((value) => !same(says, value));
    return {
      noun,
      wallet: figure,
      says: other === undefined ? null : says,
      charge: other ?? null,
      unclear: unreadableAmong({ [noun]: figure }),
    };
  };
  return [
    claim('overage rate', wallet.overageRate, (charge) => charge.overageRate),
    claim('currency', wallet.currency, (charge) => charge.currency),
    claim('unit', wallet.unit, (charge) => charge.unit, units.same),
  ];
}

const walletCharge: SideRule = {
  id: 'wallet-charge-agreement',
  category: 'invariant',
  looksAt: 'sides',
  title: 'A wallet and the charge of its SKU say the same',
  doc: 'A wallet says: use = `balanceConsumption` + `balanceOverage`; allowance = `startingBalance` + `balanceIncrease` − `balanceDecrease` (held against fair use, else the prepaid quantity); overage, rate, charge, currency, unit and organisations. Beside charges of the same SKU, organisations and billing period these must agree with their sums; what the wallet leaves out claims nothing. The charge alone is billed. Assumed: the vendor has not documented wallets.',
  example: 'charge "overageQuantity":50 · wallet "balanceOverage":500',
  examine: (sides) => observeWallets(sides, judgeBeside(new UnitWords(sides.policy.units))),
};

export const walletRules: readonly SideRule[] = [walletBalance, walletArithmetic, walletCharge];
