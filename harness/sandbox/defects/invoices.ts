/** Invoices that bill twice, bill something else, or bill what cannot be placed. */
import { addDays } from '../../domain/billing-period.ts';
import { add, type Decimal, decimal } from '../../domain/decimal.ts';
import { minorUnit } from '../../domain/money.ts';
import type { RuleId } from '../../domain/rule-ids.ts';
import type { Invoice, InvoiceLine, ProductRef } from '../contract-book/book.ts';
import { productRef } from '../contract-book/stated.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world/facts.ts';
import { overageChargeOf, rateOn } from '../world/figures.ts';
import { uuid } from '../world/random.ts';
import { closedOf, isInvoiced, isOf, linesEdit, openOf, trueLines } from './billed.ts';
import { otherCurrencyOf } from './currencies.ts';
import { type Defect, type Hidden, inAccount, inWays, type Place, type Surroundings, type Way } from './defect.ts';
import { overageAt, overageRateAt, rateAt } from './place-facts.ts';

const RULES: readonly RuleId[] = ['invoice-charge-agreement'];
const NEEDS_INVOICE = 'needs an invoice';

/** Lines of the place's organisation and product, with what was done. */
const inLines = (place: Place, edit: Hidden['edits'][number], note: string): Hidden => ({
  edits: [edit],
  orgs: [place.org],
  skus: place.holding.product.skus,
  note,
});

const again = (world: World, line: InvoiceLine): InvoiceLine => ({ ...line, id: uuid(world.seed, 'again', line.id) });

const invoiceTwice: Defect = {
  id: 'invoice-twice',
  title: 'Another invoice bills the same once more',
  rules: RULES,
  cause: null,
  scope: 'account',
  hide: (place, { world }) => {
    if (!isInvoiced(place, world)) return NEEDS_INVOICE;
    const copy = (invoice: Invoice): Invoice => ({
      ...invoice,
      id: uuid(world.seed, 'again', invoice.id),
      lines: invoice.lines.map((line) => again(world, line)),
    });
    const edit = {
      account: place.account.index,
      invoices: (invoices: readonly Invoice[]) =>
        invoices.flatMap((invoice) => (openOf(invoice.contract) === undefined ? [invoice] : [invoice, copy(invoice)])),
    };
    return inAccount(place, edit, 'two invoices with the same lines, under two ids');
  },
};

const invoiceLineTwice: Defect = {
  id: 'invoice-line-twice',
  title: 'An invoice has the same line twice',
  rules: RULES,
  cause: null,
  scope: 'product',
  hide: (place, { world }) => {
    if (!isInvoiced(place, world)) return NEEDS_INVOICE;
    const mine = isOf(place);
    const edit = linesEdit(place, (lines) =>
      lines.flatMap((line) => (mine(line) ? [line, again(world, line)] : [line])),
    );
    return inLines(place, edit, 'each line comes twice, under two ids; the amount of the invoice follows');
  },
};

/** Bills the fee of a period once more, as if it were the overage. */
function feeAsOverage(world: World, place: Place, lines: readonly InvoiceLine[], invoice: Invoice): InvoiceLine[] {
  const { contract } = invoice;
  const [open, closed] = [openOf(contract), closedOf(contract)];
  const mine = isOf(place);
  const fee = lines.find((line) => mine(line) && line.start === open?.start);
  if (fee === undefined) return [...lines];
  const overage = (line: InvoiceLine): InvoiceLine => ({
    ...again(world, line),
    description: `Overage ${line.product.name}`,
  });
  const samePrice = closed !== undefined && rateOn(place.holding.rates, closed.start).price === rateAt(place).price;
  if (!samePrice) return [...lines, overage(fee)];
  const others = lines.filter((line) => !(mine(line) && line.start === closed.start));
  const before = { ...fee, id: uuid(world.seed, 'fee before', fee.id), start: closed.start, end: closed.end };
  return [...others, overage(fee), before, overage(before)];
}

const invoiceFeeForOverage: Defect = {
  id: 'invoice-fee-for-overage',
  title: 'An invoice bills the fee a second time in place of the overage',
  rules: RULES,
  cause: null,
  scope: 'product',
  hide: (place, { world }) => {
    const { account, holding } = place;
    if (account.cut !== null || holding.product.skus.length > 1) return 'needs one SKU in a period that nothing cuts';
    if (!isInvoiced(place, world)) return NEEDS_INVOICE;
    const rate = overageRateAt(place);
    const overage = overageAt(world, place);
    const due = overageChargeOf(overage, rate, account.currency);
    const fee = trueLines(world, account).find(isOf(place))?.amount;
    if (rate === null || due === fee) return 'needs overage that costs something else than the fee';
    const edit = linesEdit(place, (lines, invoice) => feeAsOverage(world, place, lines, invoice));
    return inLines(place, edit, 'the line of the overage has the amount and the quantity of the fee');
  },
};

const invoiceCurrency: Defect = {
  id: 'invoice-currency',
  title: 'An invoice is in another currency, with the same numbers',
  rules: RULES,
  cause: null,
  scope: 'account',
  hide: (place, { world }) => {
    const { account } = place;
    const other = otherCurrencyOf(account.currency);
    if (other === null) return 'needs a currency with a twin';
    if (!isInvoiced(place, world)) return NEEDS_INVOICE;
    const edit = { account: account.index, invoice: (invoice: Invoice) => ({ ...invoice, currency: other }) };
    return inAccount(place, edit, `the invoice is in ${other} instead of ${account.currency}`);
  },
};

const invoiceQuantity: Defect = {
  id: 'invoice-quantity',
  title: 'A line of an invoice has another quantity than it bills',
  rules: RULES,
  cause: null,
  scope: 'product',
  hide: (place, { world, random }) => {
    if (!isInvoiced(place, world)) return NEEDS_INVOICE;
    const by = decimal(random.int(1, 9));
    const mine = isOf(place);
    const edit = linesEdit(place, (lines) =>
      lines.map((line) => (mine(line) ? { ...line, quantity: add(line.quantity, by) } : line)),
    );
    return inLines(place, edit, `quantities of the lines are ${by} too high, the amounts stay`);
  },
};

type LineChange = (line: InvoiceLine) => InvoiceLine;

/** One line more for the open period and for the one before: of the place, but for what makes it a stray. */
function lineEdit(world: World, place: Place, by: Decimal, change: LineChange): Hidden['edits'][number] {
  const mine = isOf(place);
  return linesEdit(place, (lines, { contract }) => {
    const [open, closed] = [openOf(contract), closedOf(contract)];
    const fee = lines.find((line) => mine(line) && line.start === open?.start);
    if (fee === undefined) return lines;
    const more = [open, closed].flatMap((period) => {
      if (period === undefined) return [];
      const { start, end } = period;
      const id = strayId(world, fee, start);
      const description = `Adjustment ${fee.product.name}`;
      return [change({ ...fee, id, start, end, description, amount: add(fee.amount, by) })];
    });
    return [...lines, ...more];
  });
}

const strayId = ({ seed }: World, fee: InvoiceLine, start: string): string =>
  uuid(seed, 'stray', fee.org.id, fee.product.sku, start);

/** Some minor units, so that it is no amount that is due. */
const someMore = ({ account }: Place, { random }: Surroundings): Decimal =>
  decimal(`${random.int(101, 999)}e-${minorUnit(account.currency)}`);

const straying =
  (note: string, changeOf: (place: Place, world: World) => LineChange | null): Way =>
  (place, surroundings) => {
    const { world } = surroundings;
    if (!isInvoiced(place, world)) return NEEDS_INVOICE;
    const change = changeOf(place, world);
    if (change === null) return 'needs a product that the account does not have';
    return inAccount(place, lineEdit(world, place, someMore(place, surroundings), change), note);
  };

/** One line more, and of it the body without these fields. */
const without =
  (note: string, ...fields: readonly string[]): Way =>
  (place, surroundings) => {
    const { world } = surroundings;
    if (!isInvoiced(place, world)) return NEEDS_INVOICE;
    const strays = new Set<string>();
    const lines = lineEdit(world, place, someMore(place, surroundings), (line) => {
      strays.add(line.id);
      return line;
    });
    const bare = (body: JsonObject): JsonObject =>
      Object.fromEntries(Object.entries(body).filter(([name]) => !fields.includes(name)));
    const edit = {
      ...lines,
      body: (type: string, body: JsonObject) =>
        type === 'BillingInvoiceItem' && strays.has(String(body['id'])) ? bare(body) : body,
    };
    return inAccount(place, edit, note);
  };

/** A product that others have, and the account neither uses nor lists. */
function foreignProduct({ account }: Place, world: World): ProductRef | null {
  const held = new Set(account.holdings.map(({ product }) => product));
  const foreign = world.accounts.flatMap(({ holdings }) => holdings).find(({ product }) => !held.has(product));
  return foreign === undefined ? null : productRef(world.seed, foreign, foreign.product.skus[0] ?? '');
}

/** The first two lines of the organisation that have the same dates, as one. */
function merged(place: Place, lines: readonly InvoiceLine[]): readonly InvoiceLine[] {
  const first = lines.find((line) => line.org === place.org && isOf(place)(line));
  const second = lines.find(
    (line) => line.org === place.org && line.start === first?.start && line.product.sku !== first.product.sku,
  );
  if (first === undefined || second === undefined) return lines;
  const one = {
    ...first,
    quantity: add(first.quantity, second.quantity),
    amount: add(first.amount, second.amount),
  };
  return lines.flatMap((line) => (line === first ? [one] : line === second ? [] : [line]));
}

const twoCharges: Way = (place, { world }) => {
  if (!isInvoiced(place, world)) return NEEDS_INVOICE;
  const fees = (lines: readonly InvoiceLine[], start: string | undefined) =>
    lines.filter((line) => line.start === start);
  const lines = trueLines(world, place.account);
  const open = lines.reduce((latest, { start }) => (start > latest ? start : latest), '');
  if (merged(place, fees(lines, open)).length === fees(lines, open).length)
    return 'needs an organisation that is billed two fees';
  const edit = linesEdit(place, (all, { contract }) =>
    [...new Set(all.map(({ start }) => start))].flatMap((start) =>
      start === openOf(contract)?.start || start === closedOf(contract)?.start
        ? merged(place, fees(all, start))
        : fees(all, start),
    ),
  );
  return inAccount(place, edit, 'one line has the amounts of two charges, and names the product of one');
};

const SHIFT = 10;

const invoiceStray: Defect = inWays(
  {
    id: 'invoice-stray',
    title: 'A line of an invoice bills what no charge accounts for',
    rules: RULES,
    cause: null,
    scope: 'account',
    outcome: 'not-comparable',
  },
  {
    'no-charge': straying('one line more, for a product without a charge', (place, world) => {
      const product = foreignProduct(place, world);
      return product === null ? null : (line) => ({ ...line, product, description: `Adjustment ${product.name}` });
    }),
    'no-sku': without('one line more, which names no product', 'product'),
    'no-organisation': without('one line more, which names no organisation', 'organization'),
    'no-dates': without('one line more, which has no dates', 'dateStart', 'dateEnd'),
    shifted: straying('one line more, for parts of two periods', () => (line) => ({
      ...line,
      start: addDays(line.start, SHIFT),
      end: addDays(line.end, SHIFT),
    })),
    'two-charges': twoCharges,
  },
);

export const invoiceDefects: readonly Defect[] = [
  invoiceTwice,
  invoiceLineTwice,
  invoiceFeeForOverage,
  invoiceCurrency,
  invoiceQuantity,
  invoiceStray,
];
