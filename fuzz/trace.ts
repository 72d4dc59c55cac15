/** What a change left behind in the result, and which records it was a change of. */
import type { RecordFate } from '../harness/compare/conservation/accounts.ts';
import type { CellStatus } from '../harness/domain/finding.ts';
import type { Judgement } from '../harness/domain/verdict.ts';
import type { Change } from './changes.ts';

/** From the clearest to none; `failed` is an exception of ours, which is no trace. */
export const TRACES = [
  'mismatch',
  'not-comparable',
  'unstable',
  'tolerated',
  'drift',
  'account',
  'sum',
  'none',
  'failed',
] as const;
export type Trace = (typeof TRACES)[number];

const STATUSES: readonly (CellStatus & Trace)[] = ['mismatch', 'not-comparable', 'unstable', 'tolerated'];

/** What of a result shows a change, by trace. */
export class Fingerprint {
  readonly #cells = new Map<string, CellStatus>();
  readonly #drift: string;
  readonly #accounts: string;
  readonly #sums: string;

  constructor({ cells, drift, accounts, tieOut, statement, moneyUnknown }: Judgement) {
    for (const { id, status } of cells) this.#cells.set(id, status);
    this.#drift = JSON.stringify(drift);
    this.#accounts = JSON.stringify(accounts);
    this.#sums = JSON.stringify([tieOut, statement, moneyUnknown]);
  }

  /** The clearest trace of this result against a clean one. */
  against(clean: Fingerprint): Trace {
    for (const status of STATUSES) {
      for (const [id, own] of this.#cells) if (own === status && clean.#cells.get(id) !== status) return status;
    }
    if (this.#drift !== clean.#drift) return 'drift';
    if (this.#accounts !== clean.#accounts) return 'account';
    return this.#sums === clean.#sums ? 'none' : 'sum';
  }
}

/** Whether the accounts of the clean run call a record compared that the change is a change of. */
export class ComparedPlaces {
  readonly #records = new Map<string, { readonly pointer: string; readonly compared: boolean }[]>();

  constructor(fates: readonly RecordFate[]) {
    for (const { record, fate } of fates) {
      for (const { exchange, pointer } of record.places) {
        const known = this.#records.get(exchange) ?? [];
        this.#records.set(exchange, [...known, { pointer, compared: fate === 'compared' }]);
      }
    }
  }

  isCompared({ at }: Pick<Change, 'at'>): boolean {
    return at.some(({ exchange, pointer }) => this.#isCompared(exchange, pointer));
  }

  /** By the record of the object itself, else those within it, else the nearest around it. */
  #isCompared(exchange: string, pointer: string): boolean {
    const records = this.#records.get(exchange) ?? [];
    const own = records.filter((record) => record.pointer === pointer);
    const within = own.length > 0 ? own : records.filter((record) => record.pointer.startsWith(`${pointer}/`));
    if (within.length > 0) return within.some(({ compared }) => compared);
    return pointer !== '' && this.#isCompared(exchange, pointer.slice(0, pointer.lastIndexOf('/')));
  }
}
