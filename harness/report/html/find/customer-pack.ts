/** Customers in the page's data: their organisations are those of the statement, told once. */
import { customerKey, type PassedChecks } from '../../../domain/customer.ts';
import type { ResultMoney } from '../../../domain/run-result.ts';
import { type Customer, sumOf } from './customers.ts';

export interface PackedCustomers {
  /** By customer: place of its organisations in the statement's, or their JSON where it has no bill. */
  readonly orgs: readonly (number | string)[];
  /** By customer: mismatch, open, accepted, pairs, and place in `passed` of what matches (-1: not known). */
  readonly counts: readonly (readonly [number, number, number, number, number])[];
  /** By customer: currency, over-billed and under-billed, three texts each. */
  readonly money: readonly (readonly string[])[];
  readonly causes: readonly (readonly string[])[];
  /** By customer; empty where no run before is known. */
  readonly before: readonly (readonly number[])[];
  /** What matches by rule; many customers share one. */
  readonly passed: readonly PassedChecks['rules'][];
}

const NOT_KNOWN = -1;

export function packCustomers(customers: readonly Customer[], statementOrgs: readonly string[]): PackedCustomers {
  const passed = new Map<string, number>();
  const passedAt = (rules: PassedChecks['rules']): number => {
    const text = JSON.stringify(rules);
    const at = passed.get(text) ?? passed.size;
    passed.set(text, at);
    return at;
  };
  const counts = customers.map(
    ({ mismatch, open, accepted, pairs, passedRules }) =>
      [mismatch, open, accepted, pairs, passedRules === null ? NOT_KNOWN : passedAt(passedRules)] as const,
  );
  const places = new Map(statementOrgs.map((text, place) => [text, place]));
  return {
    orgs: customers.map(({ orgs }) => {
      const text = JSON.stringify(orgs);
      return places.get(text) ?? text;
    }),
    counts,
    money: customers.map(({ money }) => money.flatMap((one) => [one.currency, one.overBilled, one.underBilled])),
    causes: customers.map(({ causes }) => causes),
    before: customers.some(({ before }) => before.length > 0) ? customers.map(({ before }) => before) : [],
    passed: [...passed.keys()].map((text) => JSON.parse(text) as PassedChecks['rules']),
  };
}

const moneyOf = (texts: readonly string[]): ResultMoney[] =>
  Array.from({ length: texts.length / 3 }, (_, at) => ({
    currency: texts[at * 3] ?? '',
    overBilled: texts[at * 3 + 1] ?? '0',
    underBilled: texts[at * 3 + 2] ?? '0',
  }));

export const unpackCustomers = (packed: PackedCustomers, statementOrgs: readonly string[]): readonly Customer[] =>
  packed.orgs.map((packedOrgs, at) => {
    const orgs = JSON.parse(
      typeof packedOrgs === 'number' ? (statementOrgs[packedOrgs] ?? '[]') : packedOrgs,
    ) as Customer['orgs'];
    const [mismatch, open, accepted, pairs, passedAt] = packed.counts[at] ?? [0, 0, 0, 0, NOT_KNOWN];
    const passedRules = passedAt === NOT_KNOWN ? null : (packed.passed[passedAt] ?? {});
    return {
      key: customerKey(orgs),
      orgs,
      mismatch,
      open,
      accepted,
      pairs,
      passed: passedRules === null ? null : sumOf(passedRules),
      passedRules,
      money: moneyOf(packed.money[at] ?? []),
      causes: packed.causes[at] ?? [],
      before: packed.before[at] ?? [],
    };
  });
