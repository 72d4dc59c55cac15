import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { ReceivedRecord } from '../../domain/record.ts';
import { compare } from '../compare.ts';
import { at, number } from '../testing/figures.ts';
import { record } from '../testing/records.ts';
import {
  APRIL,
  contractSide,
  legacySide,
  onePair,
  org,
  policyForP1,
  row,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';

type Options = Parameters<typeof policyForP1>[0];
interface World {
  readonly legacy: LegacySide | null;
  readonly contract: ContractSide;
}

/** Where the one record ends; `nowhere` if it is in no account. */
function fate(one: ReceivedRecord, world: World = onePair(), options: Options = {}): string {
  const isLegacy = one.side === 'legacy' && world.legacy !== null;
  const judgement = compare(
    world.legacy === null ? null : { ...world.legacy, records: isLegacy ? [one] : [] },
    { ...world.contract, records: isLegacy ? [] : [one] },
    policyForP1(options),
  );
  const [account, ...others] = judgement.accounts;
  if (account === undefined || others.length > 0) throw new Error(`${judgement.accounts.length} accounts`);
  expect(account).toMatchObject({ record: one.kind, received: 1 });
  const found = [
    ...(account.compared > 0 ? ['compared'] : []),
    ...(account.notComparable > 0 ? ['not-comparable'] : []),
    ...account.outOfScope.map(({ reason }) => reason),
  ];
  const check = judgement.gate.checks.find(({ name }) => name === 'accounts');
  expect(check?.met).toBe(found.length === 1);
  return found.join(' ') || 'nowhere';
}

const ROW = at('legacy-a-P1');
const [CHARGE, PERIOD] = [at('period-c1-p1', '/charges/0'), at('contract-c1')];
const LISTED: Options = { orgs: [{ id: 'a', region: 'us-east-1', name: null }] };
const MAY = { start: isoDate('2026-05-01'), end: isoDate('2026-05-31') };

describe('a usage row', () => {
  it.each<[string, Partial<ReceivedRecord>, Options, string]>([
    ['of a pair', {}, {}, 'compared'],
    ['of another product', { product: 'OTHER' }, {}, 'product-not-mapped'],
    ['of an app that is not mapped', { product: 'OTHER', appIds: ['else'] }, {}, 'app-not-mapped'],
    ['of an organisation that is not listed', { orgs: [org('b')] }, LISTED, 'organisation-not-listed'],
    ['without a part number', { product: null, places: [at('elsewhere')] }, {}, 'not-comparable'],
    ['of another period', { period: MAY, places: [at('elsewhere')] }, {}, 'other-period'],
    ['that is part of another', { mark: 'breakdown-row', places: [at('elsewhere')] }, {}, 'breakdown-row'],
    ['that comes again', { mark: 'repeated' }, {}, 'repeated'],
    ['that no line was made of', { places: [at('elsewhere')] }, {}, 'nowhere'],
  ])('%s', (_, rest, options, expected) => {
    expect(fate(record('usage-row', ROW, rest), onePair(), options)).toBe(expected);
  });

  it('of a pair that cannot be compared', () => {
    const { legacy } = onePair();
    const world = { legacy, contract: contractSide([]) };
    const failed = { ...world.contract, failures: [contractsFailure] };
    expect(fate(record('usage-row', ROW), { legacy, contract: failed })).toBe('not-comparable');
    // An organisation that the contract side lacks is compared as a whole.
    expect(fate(record('usage-row', ROW), world)).toBe('compared');
  });
});

const contractsFailure = {
  side: 'contract',
  source: 'contract-api',
  subject: { kind: 'contracts' },
  code: 'http-status',
  message: 'GET /x answered 503',
  at: at('f'),
} as const;

describe('a charge', () => {
  it.each<[string, Partial<ReceivedRecord>, Options, string]>([
    ['of a pair', {}, {}, 'compared'],
    ['of another product', { product: 'OTHER', places: [at('e')] }, {}, 'product-not-mapped'],
    [
      'of an organisation that is not listed',
      { orgs: [org('b')], places: [at('e')] },
      LISTED,
      'organisation-not-listed',
    ],
    ['without a product', { product: null, places: [at('e')] }, {}, 'not-comparable'],
    ['without an organisation', { orgs: [], places: [at('e')] }, {}, 'not-comparable'],
    ['of another period', { period: MAY, places: [at('e')] }, {}, 'other-period'],
    ['whose period cannot be read', { period: null, places: [at('e')] }, {}, 'not-comparable'],
    ['of an organisation that has nothing in force', { orgs: [org('z')], places: [at('e')] }, {}, 'not-in-force'],
    ['of the period, which no pair holds', { places: [at('e')] }, {}, 'nowhere'],
  ])('%s', (_, rest, options, expected) => {
    expect(fate(record('charge', CHARGE, rest), onePair(), options)).toBe(expected);
  });

  it('without a legacy side is compared with itself', () => {
    expect(fate(record('charge', CHARGE), { legacy: null, contract: onePair().contract })).toBe('compared');
  });
});

describe('what a contract is made of', () => {
  it.each<[string, ReceivedRecord, Options, string]>([
    ['a contract', record('contract', PERIOD), {}, 'compared'],
    ['a contract that nobody knows', record('contract', PERIOD, { contractId: 'c9' }), {}, 'not-comparable'],
    [
      'a billing period that was read',
      record('billing-period', PERIOD, { key: 'billing-period c1 c1-p1' }),
      {},
      'compared',
    ],
    [
      'a billing period that was not asked for',
      record('billing-period', PERIOD, { key: 'billing-period c1 c1-p7', period: MAY }),
      {},
      'other-period',
    ],
    ['a plan item in force', record('plan-item', PERIOD), {}, 'compared'],
    ['a plan item of another time', record('plan-item', PERIOD, { period: MAY }), {}, 'not-in-force'],
    ['a one-time item', record('plan-item', PERIOD, { mark: 'one-time-item' }), {}, 'one-time-item'],
    ['a plan item of another product', record('plan-item', PERIOD, { product: 'OTHER' }), {}, 'product-not-mapped'],
    ['a plan item without a SKU', record('plan-item', PERIOD, { product: null }), {}, 'not-comparable'],
  ])('%s', (_, one, options, expected) => {
    expect(fate(one, onePair(), options)).toBe(expected);
  });

  it('a billing period that could not be read', () => {
    const { legacy, contract } = onePair();
    const subject = { kind: 'period', contractId: 'c1', periodId: 'c1-p1' } as const;
    const failed = { ...contract, details: [], lines: [], failures: [{ ...contractsFailure, subject }] };
    expect(
      fate(record('billing-period', PERIOD, { key: 'billing-period c1 c1-p1' }), { legacy, contract: failed }),
    ).toBe('not-comparable');
  });

  it('a billing period that stands for the compared one and was never asked for', () => {
    const { legacy, contract } = onePair();
    const unasked = { legacy, contract: { ...contract, details: [], lines: [] } };
    expect(fate(record('billing-period', PERIOD, { key: 'billing-period c1 c1-p1' }), unasked)).toBe('not-comparable');
  });

  it('of a contract that concerns others', () => {
    const { legacy, contract } = onePair();
    const other = contractSide([
      { id: 'c2', periods: [{ span: APRIL, charges: [{ ...TYPICAL, orgs: ['b'], sku: 'P1' }] }] },
    ]);
    const both = {
      ...contract,
      listed: [...contract.listed, ...other.listed],
      contracts: [...contract.contracts, ...other.contracts],
      details: [...contract.details, ...other.details],
      lines: [...contract.lines, ...other.lines],
    };
    const of = (kind: 'contract' | 'billing-period') =>
      fate(
        record(kind, at('contract-c2'), { contractId: 'c2', key: 'c2/c2-p1', orgs: [org('b')] }),
        { legacy, contract: both },
        LISTED,
      );
    expect([of('contract'), of('billing-period')]).toEqual(['organisation-not-listed', 'organisation-not-listed']);
  });
});

describe('what regions say', () => {
  const counted = (region: string, appId: string) =>
    record('region-count', at('r'), { region, appIds: [appId], orgs: [], product: null });
  const { legacy, contract } = onePair();
  const listing = { region: 'us-east-1', members: [{ org: org('a'), appIds: ['app'] }], at: at('l') };
  const world = {
    contract,
    legacy: {
      ...legacy,
      regionCounts: [{ region: 'us-east-1', appId: 'app', count: number(1) }],
      regionListings: [listing],
    },
  };

  it('a count', () => {
    expect(fate(counted('us-east-1', 'app'), world)).toBe('compared');
    expect(fate(counted('us-east-1', 'else'), world)).toBe('app-not-mapped');
    expect(fate(counted('eu-west-1', 'app'), world, LISTED)).toBe('region-not-asked');
  });

  it('a member', () => {
    expect(fate(record('listing-member', at('l')), world)).toBe('compared');
    expect(fate(record('listing-member', at('l'), { orgs: [org('b')] }), world, LISTED)).toBe(
      'organisation-not-listed',
    );
    expect(fate(record('listing-member', at('l'), { orgs: [] }), world)).toBe('not-comparable');
  });
});

describe('all records together', () => {
  const { legacy, contract } = onePair();
  const records = [record('charge', CHARGE), record('charge', CHARGE, { mark: 'repeated', key: 'again' })];

  it('add up: received = compared + not comparable + out of scope', () => {
    const { accounts } = compare(legacy, { ...contract, records }, policyForP1());
    expect(accounts).toEqual([
      { record: 'charge', received: 2, compared: 1, notComparable: 0, outOfScope: [{ reason: 'repeated', count: 1 }] },
    ]);
  });

  it('one that is in none makes the run inconclusive, and is told', () => {
    const lost = record('charge', at('e', '/charges/7'));
    const judgement = compare(legacy, { ...contract, records: [...records, lost] }, policyForP1());
    expect(judgement.counts.mismatch).toBe(0);
    expect(judgement.verdict).toBe('inconclusive');
    expect(judgement.notes.join('\n')).toContain('/charges/7');
    expect(compare(legacy, { ...contract, records }, policyForP1()).verdict).toBe('parity');
  });

  it('are counted by the shard that their organisations are in', () => {
    const other = record('charge', at('e'), { orgs: [org('z')] });
    const count = (part: string) =>
      compare(legacy, { ...contract, records: [...records, other] }, policyForP1(), undefined, (ids) =>
        ids.includes(part),
      ).accounts.map(({ received }) => received);
    expect([count('a'), count('z')]).toEqual([[2], [1]]);
  });
});

describe('a row of the API that only fills in', () => {
  it('is compared with the other’s', () => {
    const partner = { source: 'partner-billing' } as const;
    const second = {
      ...row('a', 'P1'),
      source: 'partner-billing' as const,
      at: at('partner'),
    };
    const legacy = legacySide([subscription('a', [row('a', 'P1')]), subscription('a', [second], partner)]);
    const world = { legacy, contract: onePair().contract };
    expect(fate(record('usage-row', at('partner'), { source: 'partner-billing' }), world)).toBe('compared');
  });
});
