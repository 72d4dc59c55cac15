/** Prepaid balances: each begins a period with what the period before left. */
import { add, type Decimal, decimal, multiply, subtract, ZERO } from '../../domain/decimal.ts';
import { toMinorUnit } from '../../domain/money.ts';
import type { Edits } from '../edit.ts';
import type { Holding, Period } from '../world/facts.ts';
import { rateOn } from '../world/figures.ts';
import { Random, uuid } from '../world/random.ts';
import type { BookPeriod, Contract, Wallet } from './book.ts';
import { productRef, ratesOf } from './stated.ts';

export function walletsOf(seed: number, contract: Contract, period: BookPeriod, edits: Edits): readonly Wallet[] {
  const { account } = contract;
  const wallets = account.holdings
    .filter(({ wallet }) => wallet)
    .map((holding) => walletOf(seed, contract, period, holding, edits));
  return edits.through<readonly Wallet[]>(account, wallets, (edit, now) => edit.wallets?.(now));
}

function walletOf(seed: number, contract: Contract, period: BookPeriod, holding: Holding, edits: Edits): Wallet {
  const { account } = contract;
  const random = new Random(seed, 'wallet', period.id, holding.product.partNumber);
  const starting =
    period.part === 'second'
      ? balance(seed, account.index, period.truth, 'first')
      : before(seed, account.index, period.truth);
  const ending = balance(seed, account.index, period.truth, period.part);
  const increase = decimal(random.int(8000, 12_000));
  const decrease = random.chance(20) ? decimal(random.int(1, 200)) : ZERO;
  const overage = ending === ZERO ? decimal(random.int(1, 400)) : ZERO;
  const overageRate = rateOn(ratesOf(account, holding, edits), period.truth.start).overagePrice ?? ZERO;
  const sku = holding.product.skus[0] ?? holding.product.partNumber;
  return {
    id: uuid(seed, 'wallet', contract.id, sku),
    name: `${holding.product.name} balance`,
    product: productRef(seed, holding, sku),
    orgs: holding.holders.map(({ org }) => org),
    starting,
    increase,
    decrease,
    consumption: subtract(subtract(add(starting, increase), decrease), ending),
    ending,
    overage,
    overageRate,
    overageCharge: toMinorUnit(multiply(overage, overageRate), account.currency),
    currency: account.currency,
  };
}

/** What is left at the end: nothing at all in some periods, which is when overage can occur. */
function balance(seed: number, account: number, { index }: Pick<Period, 'index'>, part: BookPeriod['part']): Decimal {
  const random = new Random(seed, 'balance', account, index, part === 'first' ? 1 : 2);
  return random.chance(30) ? ZERO : decimal(random.int(1, 6000));
}

const before = (seed: number, account: number, { index }: Period): Decimal =>
  balance(seed, account, { index: index - 1 }, 'whole');
