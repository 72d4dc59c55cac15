/** Writes the contract side's records as the bodies that the API sends. */
import type { LosslessNumber } from 'lossless-json';
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import { type Decimal, decimalPlaces, divide, isZero, round, sum } from '../../domain/decimal.ts';
import type {
  BillingCharge,
  BillingPlan,
  BillingPlanItem,
  BillingProduct,
  Customer,
  NamedEntity,
  UrlResponse,
} from '../../sources/contract-api/wire.ts';
import type {
  BookPeriod,
  Charge,
  Contract,
  Invoice,
  InvoiceLine,
  Plan,
  PlanItem,
  ProductRef,
  Wallet,
} from '../contract-book/book.ts';
import type { BodyType, EditableBodies, Edits } from '../edit.ts';
import { body, type FieldsOf, type JsonObject, number } from '../json.ts';
import { contractNumber, noEnd, otherCase, otherName, otherWord } from '../spelling-variants.ts';
import type { Account, Organisation, World } from '../world/facts.ts';
import { TOKEN_PLACES } from '../world/figures.ts';
import { variant } from '../world/random.ts';
import { hasSpelling, isChosenSpelling, type SpellingId } from '../world/spellings.ts';
import { addressBody } from './address.ts';
import { signatureOf } from './document.ts';

/** What the billing period by id says beyond the one in its contract. */
type Details = Partial<Pick<FieldsOf<EditableBodies['BillingContractPeriod']>, 'charges' | 'wallets'>>;

type TokenField = 'convertedTokenCount' | 'tokenConversionRate';

/** Variants of a contract in the listing beside those of all bodies, where it differs from the contract by id. */
const LISTING_SPELLINGS: readonly SpellingId[] = ['decimal-spelling', 'names', 'unit-words'];

export class Bodies {
  readonly #world: World;
  readonly #edits: Edits;
  /** Begins every place in the listing, so that the same value there is spelled by itself. */
  readonly #voice: string;

  constructor(world: World, edits: Edits, voice = '') {
    this.#world = world;
    this.#edits = edits;
    this.#voice = voice;
  }

  /** As it stands in the listing. */
  listed(contract: Contract): JsonObject {
    const { spellings } = this.#world;
    if (spellings === 'usual' || !isChosenSpelling(spellings, 'listing-beside-detail')) return this.contract(contract);
    const world = { ...this.#world, spellings: new Set([...spellings, ...LISTING_SPELLINGS]) };
    return new Bodies(world, this.#edits, 'listing ').contract({
      ...contract,
      periods: contract.periods.toReversed(),
      plans: contract.plans.toReversed().map((plan) => ({ ...plan, items: plan.items.toReversed() })),
    });
  }

  contract(contract: Contract): JsonObject {
    const customer = this.#customer(contract);
    return this.#edited(contract.account, 'BillingContract', {
      id: contract.id,
      externalNumber: contract.externalNumber,
      status: contract.status,
      commercialModel: contract.commercialModel,
      purchaseOrderNumbers: contract.purchaseOrders.length === 0 ? undefined : contract.purchaseOrders,
      billToCustomer: customer,
      soldToCustomer: customer,
      endCustomer: customer,
      dateStart: contract.start,
      dateEnd: this.#termEnd(contract.end) ?? noEnd(this.#world, `${this.#voice}${contract.id}.end`),
      dateRampStart: contract.rampStart ?? undefined,
      dateRampEnd: this.#termEnd(contract.rampEnd),
      billingPeriods: contract.periods.map((period) => this.#period(contract, period, {})),
      plans: contract.plans.map((plan) => this.#plan(contract, plan)),
    });
  }

  detail(contract: Contract, period: BookPeriod, charges: readonly Charge[], wallets: readonly Wallet[]): JsonObject {
    return this.#period(contract, period, {
      charges: charges.map((charge) => this.#charge(contract, charge)),
      wallets: wallets.length === 0 ? undefined : wallets.map((wallet) => this.#wallet(contract, wallet)),
    });
  }

  invoice(invoice: Invoice): JsonObject {
    const customer = this.#customer(invoice.contract);
    const { id, currency, date, contract } = invoice;
    return this.#edited(contract.account, 'BillingInvoice', {
      id,
      billToCustomer: customer,
      shipToCustomer: customer,
      soldToCustomer: customer,
      dateInvoiced: date,
      billToAddress: addressBody(this.#world.seed, contract, currency, 'BillTo'),
      shipToAddress: addressBody(this.#world.seed, contract, currency, 'ShipTo'),
      currencyIsoCode: currency,
      paymentStatus: invoice.paid ? 'Paid' : 'Unpaid',
      paymentTerms: 'Net 30',
      paymentLink: `https://pay.example.com/${id}?token=${signatureOf(this.#world.seed, id)}`,
      customerPoNumber: contract.purchaseOrders[0],
      customerInvoiceType: 'Recurring',
      amount: this.#number(invoice.amount, `${id}.amount`),
    });
  }

  /** Where the invoice lies as a PDF. @param origin of the sandbox itself */
  document({ id }: Invoice, origin: string): JsonObject {
    const signature = signatureOf(this.#world.seed, id);
    return body<UrlResponse>({ url: `${origin}/sandbox/documents/${id}.pdf?signature=${signature}` });
  }

  invoiceLine(invoice: Invoice, line: InvoiceLine): JsonObject {
    return this.#edited(invoice.contract.account, 'BillingInvoiceItem', {
      id: line.id,
      product: this.#product(line.product, line.id),
      description: line.description,
      dateTransacted: invoice.date,
      dateStart: line.start,
      dateEnd: this.#end(line.end),
      organization: this.#organisation(line.org, line.id),
      quantity: this.#number(line.quantity, `${line.id}.quantity`),
      unitOfMeasure: this.#unit(line.product, `${line.id} line`),
      amount: this.#number(line.amount, `${line.id}.amount`),
    });
  }

  #period(contract: Contract, period: BookPeriod, more: Details): JsonObject {
    const { id, start, end, status } = period;
    return this.#edited(contract.account, 'BillingContractPeriod', {
      id,
      dateStart: start,
      dateEnd: this.#end(end),
      status,
      ...more,
    });
  }

  #plan(contract: Contract, plan: Plan): JsonObject {
    return body<BillingPlan>({
      id: plan.id,
      name: this.#name(plan.name, plan.id),
      organizations: plan.orgs.length === 0 ? undefined : plan.orgs.map((org) => this.#organisation(org, plan.id)),
      product: this.#product(plan.product, plan.id),
      items: plan.items.map((item) => this.#item(contract, plan, item)),
    });
  }

  #item(contract: Contract, plan: Plan, item: PlanItem): JsonObject {
    const place = `${plan.id}.${item.number}`;
    return body<BillingPlanItem>({
      itemNumber: item.number,
      name: this.#name(plan.product.name, place),
      type: 'Recurring',
      function: 'Charge',
      description: `${plan.product.name}, ${contract.commercialModel}`,
      currencyIsoCode: item.currency,
      discountAmount: item.discount === null ? undefined : this.#number(item.discount, `${place}.discount`),
      dateEffectiveStart: item.effectiveStart,
      dateEffectiveEnd: this.#end(item.effectiveEnd) ?? noEnd(this.#world, `${this.#voice}${place}.end`),
      dateChargedThrough: isChosenSpelling(this.#world.spellings, 'extra-known-fields')
        ? chargedThrough(contract)
        : undefined,
      overagePrice: this.#rate(contract, plan, item.overagePrice, place),
      price: isAtRest(plan) ? undefined : this.#number(item.price, `${place}.price`),
      quantity: number(item.quantity),
      unitOfMeasure: this.#unit(plan.product, place),
    });
  }

  #charge(contract: Contract, charge: Charge): JsonObject {
    const { id, parts } = charge;
    const total = (of: (part: Charge['parts'][number]) => Decimal): Decimal => sum(parts.map(of));
    const allowances = parts.flatMap(({ included }) => (included === null ? [] : [included]));
    return this.#edited(contract.account, 'BillingCharge', {
      id,
      name: charge.name,
      product: this.#product(charge.product, id),
      organizations: parts.map(({ org }) => this.#organisation(org, id)),
      prepaidQuantity: this.#orLeftOut(
        total(({ prepaid }) => prepaid),
        `${id}.prepaid`,
      ),
      fairuseQuantity: allowances.length === 0 ? undefined : this.#number(sum(allowances), `${id}.fairuse`),
      actualQuantity: this.#number(
        total(({ actual }) => actual),
        `${id}.actual`,
      ),
      overageQuantity: this.#orLeftOut(
        total(({ overage }) => overage),
        `${id}.overage`,
      ),
      overageRate: this.#rate(contract, charge, charge.rate, id),
      overageCharge: this.#orLeftOut(
        total(({ overageCharge }) => overageCharge),
        `${id}.overageCharge`,
      ),
      overageCurrency: charge.currency,
      ...this.#tokens(charge),
    });
  }

  /** What was used, in tokens, for the products that can be paid with them. */
  #tokens({ id, parts, product }: Charge): Partial<Pick<FieldsOf<BillingCharge>, TokenField>> {
    if (product.unitsPerToken === null) return {};
    const used = sum(parts.map(({ actual }) => actual));
    return {
      convertedTokenCount: this.#number(tokenCount(used, product.unitsPerToken), `${id}.tokens`),
      tokenConversionRate: this.#number(product.unitsPerToken, `${id}.perToken`),
    };
  }

  #wallet(contract: Contract, wallet: Wallet): JsonObject {
    const { id } = wallet;
    return this.#edited(contract.account, 'BillingWallet', {
      id,
      name: wallet.name,
      organizations: wallet.orgs.map((org) => this.#organisation(org, id)),
      product: this.#product(wallet.product, id),
      startingBalance: this.#number(wallet.starting, `${id}.starting`),
      endingBalance: this.#number(wallet.ending, `${id}.ending`),
      balanceIncrease: this.#number(wallet.increase, `${id}.increase`),
      balanceDecrease: this.#orLeftOut(wallet.decrease, `${id}.decrease`),
      balanceConsumption: this.#number(wallet.consumption, `${id}.consumption`),
      balanceOverage: this.#orLeftOut(wallet.overage, `${id}.overage`),
      balanceOverageRate: this.#number(wallet.overageRate, `${id}.rate`),
      balanceOverageCharge: this.#orLeftOut(wallet.overageCharge, `${id}.charge`),
      balanceOverageCurrency: wallet.currency,
      unitOfMeasure: this.#unit(wallet.product, `${id} wallet`),
    });
  }

  #product(product: ProductRef, place: string): JsonObject {
    const { id, sku, name } = product;
    return body<BillingProduct>({
      id,
      sku,
      name: this.#name(name, `${place} product`),
      unitOfMeasure: this.#unit(product, `${place} product`),
    });
  }

  #unit({ unit, unitWords }: ProductRef, place: string): string {
    return otherWord(this.#world, unit, unitWords, `${this.#voice}${place}`);
  }

  /** Names of products and plans are spelled otherwise only where that was asked for. */
  #name(name: string, place: string): string {
    return isChosenSpelling(this.#world.spellings, 'names')
      ? otherName(this.#world, name, `${this.#voice}${place}`)
      : name;
  }

  #organisation(org: Organisation, place: string): JsonObject {
    const here = `${this.#voice}${place}`;
    return body<NamedEntity>({
      id: otherCase(this.#world, org.id, here),
      name: otherName(this.#world, org.name, here),
    });
  }

  #customer({ customer }: Contract): JsonObject {
    return body<Customer>({ id: customer.id, number: customer.number, name: customer.name });
  }

  #number(value: Decimal, place: string): LosslessNumber {
    return contractNumber(this.#world, value, `${this.#voice}${place}`);
  }

  /** Zero is left out in some places. */
  #orLeftOut(value: Decimal, place: string): LosslessNumber | undefined {
    const { seed, spellings } = this.#world;
    const isLeftOut = isZero(value) && hasSpelling(spellings, 'zero-rows') && variant(seed, place, 3) === 0;
    return isLeftOut ? undefined : this.#number(value, place);
  }

  /** No rate at all is either zero or left out, the same way in a plan and in its charges. */
  #rate({ account }: Contract, of: Plan | Charge, rate: Decimal | null, place: string): LosslessNumber | undefined {
    if (isAtRest(of)) return undefined;
    if (rate !== null) return this.#number(rate, `${place}.rate`);
    const { seed, spellings } = this.#world;
    const isLeftOut =
      hasSpelling(spellings, 'no-overage') && variant(seed, `${account.index} ${of.product.sku}`, 2) === 0;
    return isLeftOut ? undefined : number('0');
  }

  /** Of a period, a plan item or an invoice line. */
  #end(date: IsoDate | null): string | undefined {
    return ending(date, this.#world.periodEnd);
  }

  /** Of a contract or a ramp. */
  #termEnd(date: IsoDate | null): string | undefined {
    return ending(date, this.#world.contractEnd);
  }

  #edited<T extends BodyType>(account: Account, type: T, fields: FieldsOf<EditableBodies[T]>): JsonObject {
    return this.#edits.through(account, body<EditableBodies[T]>(fields), (edit, now) => edit.body?.(type, now));
  }
}

const isAtRest = ({ holding }: Plan | Charge): boolean => holding.shape === 'at-rest';

/** The last day of the newest billing period. */
const chargedThrough = ({ periods }: Contract): string | undefined =>
  periods
    .map(({ end }) => end)
    .sort()
    .at(-1);

function ending(date: IsoDate | null, reading: World['periodEnd']): string | undefined {
  if (date === null) return undefined;
  return reading === 'exclusive' ? addDays(date, 1) : date;
}

/** As many places as it has, or as many as a division that does not end is told with. */
function tokenCount(used: Decimal, unitsPerToken: Decimal): Decimal {
  const count = divide(used, unitsPerToken);
  return decimalPlaces(count) > MOST_PLACES ? round(count, TOKEN_PLACES, 'half-up') : count;
}

const MOST_PLACES = 6;
