/** Customers in the page's data: their organisations are those of the statement, told once. */
import type { ResultMoney } from '../../../domain/run-result.ts';
import type { Customer } from './customers.ts';
import { customerKey } from './customers.ts';

export interface PackedCustomers {
  /** By customer: place of its organisations in the statement's, or their JSON where it has no bill. */
  readonly orgs: readonly (number | string)[];
  /** By customer: mismatch, open, accepted, pairs, and what matches (-1: not known). */
  readonly counts: readonly (readonly [number, number, number, number, number])[];
  /** By customer: currency, over-billed and under-billed, three texts each. */
  readonly money: readonly (readonly string[])[];
  readonly causes: readonly (readonly string[])[];
}

const NOT_KNOWN = -1;

export function packCustomers(customers: readonly Customer[], statementOrgs: readonly string[]): PackedCustomers {
  const places = new Map(statementOrgs.map((text, place) => [text, place]));
  return {
    orgs: customers.map(({ orgs }) => {
      const text = JSON.stringify(orgs);
      return places.get(text) ?? text;
    }),
    counts: customers.map(({ mismatch, open, accepted, pairs, passed }) => [
      mismatch,
      open,
      accepted,
      pairs,
      passed ?? NOT_KNOWN,
    ]),
    money: customers.map(({ money }) => money.flatMap((one) => [one.currency, one.overBilled, one.underBilled])),
    causes: customers.map(({ causes }) => causes),
  };
}

const moneyOf = (texts: readonly string[]): ResultMoney[] =>
  Array.from({ length: texts.length / 3 }, (_, at) => ({
    currency: texts[at * 3] ?? '',
    overBilled: texts[at * 3 + 1] ?? '0',
    underBilled: texts[at * 3 + 2] ?? '0',
  }));

export const unpackCustomers = (packed: PackedCustomers, statementOrgs: readonly string[]): readonly Customer[] =>
  packed.orgs.map((told, at) => {
    const orgs = JSON.parse(typeof told === 'number' ? (statementOrgs[told] ?? '[]') : told) as Customer['orgs'];
    const [mismatch, open, accepted, pairs, passed] = packed.counts[at] ?? [0, 0, 0, 0, NOT_KNOWN];
    return {
      key: customerKey(orgs),
      orgs,
      mismatch,
      open,
      accepted,
      pairs,
      passed: passed === NOT_KNOWN ? null : passed,
      money: moneyOf(packed.money[at] ?? []),
      causes: packed.causes[at] ?? [],
    };
  });
