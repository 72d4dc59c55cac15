/** The whole contract side of a world, worked out as it is asked for and kept. */
import type { Edits } from '../edit.ts';
import type { World } from '../world/facts.ts';
import { Random } from '../world/random.ts';
import type { BookPeriod, Charge, Contract, Invoice, Wallet } from './book.ts';
import { chargesOf } from './charges.ts';
import { contractsOf } from './contracts.ts';
import { invoiceOf } from './invoices.ts';
import { walletsOf } from './wallets.ts';

export class Ledger {
  readonly #seed: number;
  readonly #edits: Edits;
  readonly #contracts: readonly Contract[];
  readonly #byId: ReadonlyMap<string, Contract>;
  readonly #charges = new Map<string, readonly Charge[]>();
  #invoices: ReadonlyMap<string, Invoice> | null = null;

  constructor(world: World, edits: Edits) {
    this.#seed = world.seed;
    this.#edits = edits;
    const contracts = world.accounts.flatMap((account) => contractsOf(world, account, edits));
    this.#contracts = new Random(world.seed, 'listing').shuffle(contracts);
    this.#byId = new Map(contracts.map((contract) => [contract.id, contract]));
  }

  /** In the order of the listing. */
  get contracts(): readonly Contract[] {
    return this.#contracts;
  }

  contract(id: string): Contract | null {
    return this.#byId.get(id) ?? null;
  }

  charges(contract: Contract, period: BookPeriod): readonly Charge[] {
    const cached = this.#charges.get(period.id);
    if (cached !== undefined) return cached;
    const charges = chargesOf(this.#seed, contract, period, this.#edits);
    this.#charges.set(period.id, charges);
    return charges;
  }

  wallets(contract: Contract, period: BookPeriod): readonly Wallet[] {
    return walletsOf(this.#seed, contract, period, this.#edits);
  }

  /** In the order of the listing. */
  get invoices(): readonly Invoice[] {
    return [...this.#billed().values()];
  }

  invoice(id: string): Invoice | null {
    return this.#billed().get(id) ?? null;
  }

  #billed(): ReadonlyMap<string, Invoice> {
    if (this.#invoices === null) {
      const billed = this.#contracts.flatMap((contract) => {
        const invoice = invoiceOf(this.#seed, contract, (period) => this.charges(contract, period), this.#edits);
        const invoices = invoice === null ? [] : [invoice];
        return this.#edits.through<readonly Invoice[]>(contract.account, invoices, (edit, now) => edit.invoices?.(now));
      });
      this.#invoices = new Map(
        new Random(this.#seed, 'invoices').shuffle(billed).map((invoice) => [invoice.id, invoice]),
      );
    }
    return this.#invoices;
  }
}
