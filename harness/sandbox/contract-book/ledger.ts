/** The whole contract side of a world, worked out as it is asked for and kept. */
import type { Edits } from '../edit.ts';
import type { World } from '../world/facts.ts';
import { inOrder, Random } from '../world/random.ts';
import type { BookPeriod, Charge, Contract, Invoice, Wallet } from './book.ts';
import { bookedOf, isCharged } from './charges.ts';
import { contractsOf } from './contracts.ts';
import { invoicesOf } from './invoices.ts';
import { walletsOf } from './wallets.ts';

export class Ledger {
  readonly #world: World;
  readonly #edits: Edits;
  readonly #contracts: readonly Contract[];
  readonly #byId: ReadonlyMap<string, Contract>;
  readonly #booked = new Map<string, readonly Charge[]>();
  #invoices: ReadonlyMap<string, Invoice> | null = null;

  constructor(world: World, edits: Edits) {
    this.#world = world;
    this.#edits = edits;
    const contracts = world.accounts.flatMap((account) => contractsOf(world, account, edits));
    this.#contracts = inOrder(world.spellings, new Random(world.seed, 'listing'), contracts);
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
    return this.#bookedIn(contract, period).filter(isCharged);
  }

  wallets(contract: Contract, period: BookPeriod): readonly Wallet[] {
    return walletsOf(this.#world, contract, period, (each) => this.#bookedIn(contract, each), this.#edits);
  }

  #bookedIn(contract: Contract, period: BookPeriod): readonly Charge[] {
    const cached = this.#booked.get(period.id);
    if (cached !== undefined) return cached;
    const booked = bookedOf(this.#world, contract, period, this.#edits);
    this.#booked.set(period.id, booked);
    return booked;
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
        const invoices = invoicesOf(this.#world, contract, (period) => this.charges(contract, period), this.#edits);
        return this.#edits.through<readonly Invoice[]>(contract.account, invoices, (edit, now) => edit.invoices?.(now));
      });
      const { seed, spellings } = this.#world;
      this.#invoices = new Map(
        inOrder(spellings, new Random(seed, 'invoices'), billed).map((invoice) => [invoice.id, invoice]),
      );
    }
    return this.#invoices;
  }
}
