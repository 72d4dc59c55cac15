import { describe, expect, it } from 'vitest';
import type { Contract } from '../../domain/contract-side.ts';
import { invariantRules } from './invariant.ts';
import { listingRule } from './invariant-listing.ts';
import {
  ACME,
  alone,
  at,
  BYTE,
  contract,
  failure,
  item,
  kinds,
  listing,
  period,
  plan,
  words,
} from './testing/sides.ts';

const saying = (fingerprint: string, rest: Partial<Contract> = {}): Contract => contract({ fingerprint, ...rest });
const BY_ID =
  '{"dateEnd":"2027-06-30","id":"c1","plans":[{"id":"plan1","items":[{"itemNumber":"10","price":20}],"name":"x"}]}';
const pair = (listed: string, byId: string = BY_ID) => alone({ listed: [saying(listed)], contracts: [saying(byId)] });

describe('listing-detail-agreement', () => {
  it('cannot say of a contract that nobody could read, whoever it may concern', () => {
    const orgs = { orgs: listing(ACME) };
    const lost = { contracts: [], failures: [failure({ kind: 'contract', contractId: 'c1' })] };
    const seen = (plans: Contract['plans']) =>
      kinds(listingRule, alone({ ...lost, listed: [contract({ plans })] }, orgs));
    expect(seen([plan({ orgs: [ACME] })])).toEqual(['not-comparable']);
    expect(seen([plan({ orgs: [] })])).toEqual(['not-comparable']);
    expect(seen([])).toEqual(['not-comparable']);
    expect(seen([plan({ orgs: [BYTE] }), plan({ orgs: [] })])).toEqual(['not-comparable']);
    expect(seen([plan({ orgs: [BYTE] })])).toEqual([]);
    expect(kinds(listingRule, alone({ ...lost, listed: [] }, orgs))).toEqual(['not-comparable']);
    const empty = [contract({ plans: [] })];
    // It names nobody, so it may be anyone's.
    expect(kinds(listingRule, alone({ listed: empty, contracts: empty }, orgs))).toEqual(['equal']);
  });

  it('cannot say of contracts that were not asked for what their listing leaves out of all of them', () => {
    const RAMP = '{"dateRampStart":"2026-01-01","id":"c1","status":"Active"}';
    const BARE = '{"id":"c1","status":"Active"}';
    const asListed = (id: string, fingerprint: string): Contract =>
      saying(fingerprint, { id, at: at('/entities/1', 'listing') });
    const read = (other: string) =>
      listingRule.examine(
        alone({
          listed: [saying(BARE), asListed('c2', other)],
          contracts: [saying(RAMP), asListed('c2', other)],
        }),
      );
    const seen = [...read(BARE)].map(({ outcome }) => outcome);
    expect(seen.map(({ kind }) => kind)).toEqual(['equal', 'not-comparable']);
    expect(seen[1]).toMatchObject({
      reason: expect.stringMatching(/dateRampStart.*1 were not asked for.*listingDetail/),
    });
    // Another contract's entry states it: then the listing can, and the one by id contradicts its own.
    expect([...read(RAMP)].map(({ outcome }) => outcome.kind)).toEqual(['different']);
  });

  it('agrees with itself', () => {
    expect(kinds(listingRule, pair(BY_ID))).toEqual(['equal']);
  });

  it('names the field, both values, and the place by id', () => {
    const [found] = listingRule.examine(pair(BY_ID.replace('2027', '2026')));
    expect(found?.outcome).toMatchObject({
      kind: 'different',
      delta: null,
      contract: { value: '"2027-06-30"', at: { exchange: 'contract-c1', pointer: '/dateEnd' } },
      sentence:
        'the listing and the contract by id differ: dateEnd is "2026-06-30" in the listing and "2027-06-30" by id',
    });
    expect(found?.scope).toMatchObject({ orgs: [ACME], subject: 'c1', period: null });
  });

  it('follows entries of lists by their ids, to the place on the wire', () => {
    const items = [
      item('9', null, { itemNumber: '5', at: at('/plans/3/items/0', 'contract-c1') }),
      item('20', null, { at: at('/plans/3/items/2', 'contract-c1') }),
    ];
    const byId = saying(BY_ID, { plans: [plan({ at: at('/plans/3', 'contract-c1'), items })] });
    const [found] = listingRule.examine(
      alone({ listed: [saying(BY_ID.replace('"price":20', '"price":18'))], contracts: [byId] }),
    );
    expect(found?.outcome).toMatchObject({
      contract: { value: '20', at: { exchange: 'contract-c1', pointer: '/plans/3/items/2/price' } },
      sentence:
        'the listing and the contract by id differ: plans/plan1/items/10/price is 18 in the listing and 20 by id',
    });
  });

  it('finds billing periods the same way', () => {
    const text = '{"billingPeriods":[{"dateEnd":"2026-04-30","id":"p1"}]}';
    const byId = saying(text, {
      periods: [
        { ...period('p0', '2026-03-01', '2026-03-31'), at: at('/billingPeriods/0', 'contract-c1') },
        { ...period(), at: at('/billingPeriods/7', 'contract-c1') },
      ],
    });
    const [found] = listingRule.examine(alone({ listed: [saying(text.replace('04-30', '04-29'))], contracts: [byId] }));
    expect(found?.outcome).toMatchObject({ contract: { at: { pointer: '/billingPeriods/7/dateEnd' } } });
  });

  it.each([
    [
      'a field that one leaves out',
      BY_ID.replace('"price":20', '"cost":20'),
      'plans/plan1/items/10/cost is 20 in the listing and left out by id; plans/plan1/items/10/price is left out in the listing and 20 by id',
    ],
    [
      'a whole entry',
      BY_ID.replace(/"plans":\[.*\]/, '"plans":[]'),
      'plans/plan1 is left out in the listing and {"id":"plan1","items":[{"itemNumber":"10","price":20}],"name":"x"} by id',
    ],
    [
      'a number as a text',
      BY_ID.replace('"price":20', '"price":"20"'),
      'plans/plan1/items/10/price is "20" in the listing and 20 by id',
    ],
  ])('tells %s', (_, listed, differences) => {
    expect(words(listingRule, pair(listed))).toEqual([`the listing and the contract by id differ: ${differences}`]);
  });

  it.each([
    ['a name of what its id tells', '"name":"x"', '"name":"y"'],
    ['an id in capitals', '"id":"plan1"', '"id":"PLAN1"'],
    ['an end that is no end', '"name":"x"', '"name":"x","dateEnd":"9999-12-31"'],
    ['zero, which is left out', '"name":"x"', '"name":"x","discountAmount":0'],
  ])('takes the same fact in other words for no difference: %s', (_, one, other) => {
    expect(kinds(listingRule, pair(BY_ID.replace(one, other)))).toEqual(['equal']);
  });

  it('does not compare what the listing says of no contract at all', () => {
    const summary = '{"dateEnd":"2027-06-30","id":"c1"}';
    expect(kinds(listingRule, pair(summary))).toEqual(['equal']);
    expect(kinds(listingRule, pair('{"dateEnd":"2026-06-30","id":"c1"}'))).toEqual(['different']);
    const other = contract({ id: 'c2', fingerprint: BY_ID });
    const sides = alone({ listed: [saying(summary), other], contracts: [saying(BY_ID), other] });
    expect(kinds(listingRule, sides)).toEqual(['different', 'equal']);
  });

  it('counts what it does not name', () => {
    const many = (from: number) => `{${[0, 1, 2, 3, 4].map((n) => `"f${n}":${from + n}`).join(',')}}`;
    expect(words(listingRule, pair(many(0), many(9)))[0]).toMatch(/f0 is 0 .*; f1 .*; f2 .*; and 2 more$/);
  });

  it('does not lose large numbers', () => {
    const big = (last: number) => `{"quantity":1234567890123456789${last}}`;
    expect(words(listingRule, pair(big(1), big(2)))[0]).toContain('12345678901234567891');
  });

  it('cannot say of a contract that could not be had by id, or of a listing that failed', () => {
    const failures = [failure({ kind: 'contract', contractId: 'c1' }), failure({ kind: 'contracts' })];
    expect(words(listingRule, alone({ listed: [contract()], contracts: [], failures }))).toEqual([
      'the contract could not be read by id: GET /x answered 503',
      'the listing of contracts could not be read: GET /x answered 503',
    ]);
  });

  it('passes over contracts that are out of scope', () => {
    const sides = pair(BY_ID.replace('2027', '2026'));
    expect(kinds(listingRule, { ...sides, policy: { ...sides.policy, orgs: listing(BYTE) } })).toEqual([]);
  });
});

describe('all rules of one side', () => {
  it('have a permanent id, words and an example each', () => {
    expect(invariantRules.map(({ id }) => id).sort()).toEqual([
      'charge-arithmetic',
      'invoice-charge-agreement',
      'invoice-total',
      'listing-detail-agreement',
      'minimum-monthly-amount',
      'organization-count',
      'overage-arithmetic',
      'paging',
      'period-contiguity',
      'period-detail-agreement',
      'plan-charge-agreement',
      'source-agreement',
      'token-conversion',
      'wallet-arithmetic',
      'wallet-balance',
      'wallet-charge-agreement',
    ]);
    for (const rule of invariantRules) {
      expect(rule.category).toBe('invariant');
      expect(rule.title.length).toBeGreaterThan(10);
      expect(rule.doc.length).toBeGreaterThan(60);
      expect(rule.example.length).toBeGreaterThan(20);
    }
  });
});
