/** Wallets, invoices and listings that do not hold together. */
import { add, decimal, ONE } from '../../domain/decimal.ts';
import { minorUnit } from '../../domain/money.ts';
import type { Wallet } from '../contract-book/book.ts';
import { isInvoiced } from './billed.ts';
import { type Defect, inAccount, inProduct, sameProduct } from './defect.ts';

const walletBroken: Defect = {
  id: 'wallet-broken',
  title: 'A balance does not end at what its movements leave',
  rules: ['wallet-balance'],
  cause: null,
  scope: 'product',
  hide: (place) => {
    if (!place.holding.wallet) return 'needs a wallet';
    const skus = new Set(place.holding.product.skus);
    const edit = {
      account: place.account.index,
      wallets: (wallets: readonly Wallet[]) =>
        wallets.map((wallet) =>
          skus.has(wallet.product.sku) ? { ...wallet, ending: add(wallet.ending, ONE) } : wallet,
        ),
    };
    return inProduct(place, edit, 'the ending balance is 1 too high');
  },
};

const invoiceBroken: Defect = {
  id: 'invoice-broken',
  title: 'The amount of an invoice is not the sum of its lines',
  rules: ['invoice-total'],
  cause: null,
  scope: 'account',
  hide: (place, { world }) => {
    if (!isInvoiced(place, world)) return 'needs an invoice';
    const by = decimal(`1e-${minorUnit(place.account.currency)}`);
    return inAccount(
      place,
      {
        account: place.account.index,
        invoice: (invoice) => ({ ...invoice, amount: add(invoice.amount, by) }),
      },
      `the invoice is ${by} ${place.account.currency} more than its lines`,
    );
  },
};

const listingStale: Defect = {
  id: 'listing-stale',
  title: "The listing's contract differs from the contract by id",
  rules: ['listing-detail-agreement'],
  cause: null,
  scope: 'account',
  hide: (place) =>
    inAccount(
      place,
      {
        account: place.account.index,
        listed: (contract) => ({
          ...contract,
          plans: contract.plans.map((plan) =>
            sameProduct(place, plan.holding)
              ? { ...plan, items: plan.items.map((item) => ({ ...item, quantity: add(item.quantity, ONE) })) }
              : plan,
          ),
        }),
      },
      'a plan has another quantity in the listing',
    ),
};

const pageLost: Defect = {
  id: 'page-lost',
  title: 'A listing page is skipped',
  rules: ['org-missing-in-contract'],
  cause: null,
  scope: 'account',
  hide: (place) => ({
    edits: [],
    world: { lostPage: place.account.index },
    orgs: place.account.orgs,
    skus: [],
    note: 'no page that one is led to lists the contract',
  }),
};

const pageRepeated: Defect = {
  id: 'page-repeated',
  title: 'A listing page comes twice',
  rules: ['paging'],
  cause: null,
  scope: 'product',
  hide: (place) => ({
    edits: [],
    world: { repeatedPage: place.account.index },
    orgs: [],
    skus: [],
    note: 'a page of contracts comes twice',
  }),
};

export const bookDefects: readonly Defect[] = [walletBroken, invoiceBroken, listingStale, pageLost, pageRepeated];
