/** Writes the contract side's records as the bodies that the API sends. */
import type { LosslessNumber } from 'lossless-json';
import { addDays, type IsoDate } from '../../domain/billing-period.ts';
import { type Decimal, divide, isZero, sum } from '../../domain/decimal.ts';
import type {
  BillingCharge,
  BillingPlan,
  BillingPlanItem,
  BillingProduct,
  Customer,
  NamedEntity,
  UrlResponse,
} from '../../sources/contract-api/wire.ts';
import { contractNumber, otherCase, otherName } from '../clothes.ts';
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
import type { Account, Organisation, World } from '../world/facts.ts';
import { variant } from '../world/random.ts';
import { addressBody } from './address.ts';
import { signatureOf } from './document.ts';

/** What the billing period by id says beyond the one in its contract. */
type Details = Partial<Pick<FieldsOf<EditableBodies['BillingContractPeriod']>, 'charges' | 'wallets'>>;

type TokenField = 'convertedTokenCount' | 'tokenConversionRate';

export class Bodies {
  readonly #world: World;
  readonly #edits: Edits;

  constructor(world: World, edits: Edits) {
    this.#world = world;
    this.#edits = edits;
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
      dateEnd: this.#end(contract.end),
      dateRampStart: contract.rampStart ?? undefined,
      dateRampEnd: this.#end(contract.rampEnd),
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
      product: this.#product(line.product),
      description: line.description,
      dateTransacted: invoice.date,
      dateStart: line.start,
      dateEnd: this.#end(line.end),
      organization: this.#organisation(line.org, line.id),
      quantity: this.#number(line.quantity, `${line.id}.quantity`),
      unitOfMeasure: line.product.unit,
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
      name: plan.name,
      organizations: plan.orgs.map((org) => this.#organisation(org, plan.id)),
      product: this.#product(plan.product),
      items: plan.items.map((item) => this.#item(contract, plan, item)),
    });
  }

  #item(contract: Contract, plan: Plan, item: PlanItem): JsonObject {
    const place = `${plan.id}.${item.number}`;
    return body<BillingPlanItem>({
      itemNumber: item.number,
      name: plan.product.name,
      type: 'Recurring',
      function: 'Charge',
      description: `${plan.product.name}, ${contract.commercialModel}`,
      currencyIsoCode: item.currency,
      discountAmount: item.discount === null ? undefined : this.#number(item.discount, `${place}.discount`),
      dateEffectiveStart: item.effectiveStart,
      dateEffectiveEnd: this.#end(item.effectiveEnd),
      overagePrice: this.#rate(contract, plan.product, item.overagePrice, place),
      price: this.#number(item.price, `${place}.price`),
      quantity: number(item.quantity),
      unitOfMeasure: plan.product.unit,
    });
  }

  #charge(contract: Contract, charge: Charge): JsonObject {
    const { id, parts } = charge;
    const total = (of: (part: Charge['parts'][number]) => Decimal): Decimal => sum(parts.map(of));
    const allowances = parts.flatMap(({ included }) => (included === null ? [] : [included]));
    return this.#edited(contract.account, 'BillingCharge', {
      id,
      name: charge.name,
      product: this.#product(charge.product),
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
      overageRate: this.#rate(contract, charge.product, charge.rate, id),
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
      convertedTokenCount: this.#number(divide(used, product.unitsPerToken), `${id}.tokens`),
      tokenConversionRate: this.#number(product.unitsPerToken, `${id}.perToken`),
    };
  }

  #wallet(contract: Contract, wallet: Wallet): JsonObject {
    const { id } = wallet;
    return this.#edited(contract.account, 'BillingWallet', {
      id,
      name: wallet.name,
      organizations: wallet.orgs.map((org) => this.#organisation(org, id)),
      product: this.#product(wallet.product),
      startingBalance: this.#number(wallet.starting, `${id}.starting`),
      endingBalance: this.#number(wallet.ending, `${id}.ending`),
      balanceIncrease: this.#number(wallet.increase, `${id}.increase`),
      balanceDecrease: this.#orLeftOut(wallet.decrease, `${id}.decrease`),
      balanceConsumption: this.#number(wallet.consumption, `${id}.consumption`),
      balanceOverage: this.#orLeftOut(wallet.overage, `${id}.overage`),
      balanceOverageRate: this.#number(wallet.overageRate, `${id}.rate`),
      balanceOverageCharge: this.#orLeftOut(wallet.overageCharge, `${id}.charge`),
      balanceOverageCurrency: wallet.currency,
      unitOfMeasure: wallet.product.unit,
    });
  }

  #product({ id, sku, name, unit }: ProductRef): JsonObject {
    return body<BillingProduct>({ id, sku, name, unitOfMeasure: unit });
  }

  #organisation(org: Organisation, place: string): JsonObject {
    const { seed } = this.#world;
    return body<NamedEntity>({ id: otherCase(seed, org.id, place), name: otherName(seed, org.name, place) });
  }

  #customer({ customer }: Contract): JsonObject {
    return body<Customer>({ id: customer.id, number: customer.number, name: customer.name });
  }

  #number(value: Decimal, place: string): LosslessNumber {
    return contractNumber(this.#world.seed, value, place);
  }

  /** Zero is left out in some places. */
  #orLeftOut(value: Decimal, place: string): LosslessNumber | undefined {
    return isZero(value) && variant(this.#world.seed, place, 3) === 0 ? undefined : this.#number(value, place);
  }

  /** No rate at all is either zero or left out, the same way in a plan and in its charges. */
  #rate({ account }: Contract, { sku }: ProductRef, rate: Decimal | null, place: string): LosslessNumber | undefined {
    if (rate !== null) return this.#number(rate, `${place}.rate`);
    return variant(this.#world.seed, `${account.index} ${sku}`, 2) === 0 ? undefined : number('0');
  }

  #end(date: IsoDate | null): string | undefined {
    if (date === null) return undefined;
    return this.#world.periodEnd === 'exclusive' ? addDays(date, 1) : date;
  }

  #edited<T extends BodyType>(account: Account, type: T, fields: FieldsOf<EditableBodies[T]>): JsonObject {
    return this.#edits.through(account, body<EditableBodies[T]>(fields), (edit, now) => edit.body?.(type, now));
  }
}
