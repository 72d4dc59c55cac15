/** Wallets that work out wrongly or disagree with the charge beside them, and tokens that do. */

import { LosslessNumber } from 'lossless-json';
import { add, decimal, ONE, parseDecimal, ZERO } from '../../domain/decimal.ts';
import { minorUnit } from '../../domain/money.ts';
import type { Wallet } from '../contract-book/book.ts';
import type { Edit } from '../edit.ts';
import { otherCurrencyOf } from './currencies.ts';
import { type Defect, inProduct, type Place } from './defect.ts';
import { figuresAt, isPositive, overageAt, overageRateAt } from './place-facts.ts';
import { chargeEdit } from './wire.ts';

const NEEDS_WALLET = 'needs a wallet';

/** Edits the wallets of the place's product. */
const walletEdit = ({ account, holding }: Place, change: (wallet: Wallet) => Wallet): Edit => ({
  account: account.index,
  wallets: (wallets) =>
    wallets.map((wallet) => (holding.product.skus.includes(wallet.product.sku) ? change(wallet) : wallet)),
});

const walletCharge: Defect = {
  id: 'wallet-charge',
  title: 'The overage charge of a wallet is not its overage × rate',
  rules: ['wallet-arithmetic'],
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    if (!place.holding.wallet) return NEEDS_WALLET;
    // A wallet leaves out an overage of nothing, and then there is no arithmetic.
    if (overageRateAt(place) === null || !isPositive(overageAt(world, place)))
      return 'needs overage that costs something';
    const { currency } = place.account;
    const by = decimal(`${random.int(1, 99)}e-${minorUnit(currency)}`);
    const edit = walletEdit(place, (wallet) => ({ ...wallet, overageCharge: add(wallet.overageCharge, by) }));
    return inProduct(place, edit, `the wallet's overage charge is ${by} ${currency} too high`);
  },
};

const walletChargeDisagree: Defect = {
  id: 'wallet-charge-disagree',
  title: 'A wallet says other use than the charge of its SKU',
  rules: ['wallet-charge-agreement'],
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    if (!place.holding.wallet) return NEEDS_WALLET;
    if (!isPositive(figuresAt(world, place).actual)) return 'needs use in the open period';
    const by = decimal(random.int(1, 99));
    const edit = walletEdit(place, (wallet) => ({
      ...wallet,
      increase: add(wallet.increase, by),
      consumption: add(wallet.consumption, by),
    }));
    return inProduct(place, edit, `the wallet was given ${by} more, which were used up`);
  },
};

const walletCurrency: Defect = {
  id: 'wallet-currency',
  title: 'A wallet is in another currency than the charge of its SKU',
  rules: ['wallet-charge-agreement', 'currency'],
  cause: null,
  scope: 'product',
  hide: (place) => {
    const { currency } = place.account;
    const other = otherCurrencyOf(currency);
    if (!place.holding.wallet) return NEEDS_WALLET;
    if (other === null) return 'needs a currency with a twin';
    return inProduct(
      place,
      walletEdit(place, (wallet) => ({ ...wallet, currency: other })),
      `the wallet is in ${other}, charges in ${currency}`,
    );
  },
};

const tokensWrong: Defect = {
  id: 'tokens-wrong',
  title: 'convertedTokenCount is not the quantity ÷ tokenConversionRate',
  rules: ['token-conversion'],
  cause: null,
  scope: 'product',
  hide: (place, { world }) => {
    if (place.holding.product.unitsPerToken === undefined) return 'needs a product that tokens can pay for';
    if (!isPositive(figuresAt(world, place).actual)) return 'needs use in the open period';
    const edit = chargeEdit(place, (body) => {
      const tokens = body['convertedTokenCount'];
      if (!(tokens instanceof LosslessNumber)) return body;
      return { ...body, convertedTokenCount: new LosslessNumber(add(parseDecimal(tokens.value) ?? ZERO, ONE)) };
    });
    return inProduct(place, edit, 'a token more than the use converts to');
  },
};

export const walletDefects: readonly Defect[] = [walletCharge, walletChargeDisagree, walletCurrency, tokensWrong];
