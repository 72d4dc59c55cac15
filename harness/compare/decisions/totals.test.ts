/**
 * What a judgement counts over all rules: cells by status, shares, organisations, waivers, gate and verdict. The one table that a new
 * rule changes; which cells a rule has stands in the tables that study it.
 */
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import type { CaptureFailure } from '../../domain/capture.ts';
import { decimal } from '../../domain/decimal.ts';
import type { ComparisonPolicy, GateLimits, Waiver } from '../../domain/policy.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { compare } from '../compare.ts';
import { NO_REREADING } from '../rereading/rereading-context.ts';
import {
  APRIL,
  contractSide,
  type Figures,
  legacySide,
  onePair,
  policy,
  row,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';
import { tables, totals } from '../testing/tell.ts';

type Row = readonly [string | readonly string[], Judgement];
const judge = (change: Figures, options: Partial<ComparisonPolicy> = {}, legacy = TYPICAL): Judgement => {
  const sides = onePair(legacy, change);
  return compare(sides.legacy, sides.contract, policy(options));
};
const gate = (changes: Partial<GateLimits>): Partial<ComparisonPolicy> => ({ gate: { ...policy().gate, ...changes } });
const USE: Figures = { actual: '16' };
const bad = { bad: '?' };

function statuses(): readonly Row[] {
  const waiver = (changes: Partial<Waiver>): Waiver => ({
    rule: 'actual-quantity',
    cause: null,
    org: null,
    sku: null,
    appId: null,
    period: null,
    reason: 'agreed',
    owner: 'owner',
    ticket: null,
    expires: isoDate('2026-07-31'),
    maxMoney: null,
    delta: null,
    ...changes,
  });
  const now = onePair(TYPICAL, USE);
  const before = { ...onePair(), orgs: new Set(['a']) };
  const tolerance = { absolute: decimal('1'), relative: null, when: null };
  const two = legacySide(['a', 'b'].map((id) => subscription(id, [row(id, 'P1')])));
  const charges = [
    { ...TYPICAL, orgs: ['a'], sku: 'P1' },
    { ...TYPICAL, ...USE, orgs: ['b'], sku: 'P1' },
  ];
  return [
    ['all agree', judge({})],
    ['a difference', judge(USE)],
    ['a difference in another currency', judge({ currency: 'EUR' })],
    [
      'a difference of one of two organisations',
      compare(two, contractSide([{ id: 'c', periods: [{ span: APRIL, charges }] }]), policy()),
    ],
    ['a difference that is tolerated', judge({ included: '1' }, { tolerances: { 'included-quantity': tolerance } })],
    ['a difference that is waived', judge(USE, { waivers: [waiver({}), waiver({ org: 'b' })] })],
    ['a difference of which the waiver expired', judge(USE, { waivers: [waiver({ expires: isoDate('2026-04-19') })] })],
    ['a figure that moved', compare(now.legacy, now.contract, policy(), { ...NO_REREADING, before })],
    ['a figure that cannot be read', judge({ actual: bad })],
    ['rates that no source carries', judge({}, {}, { ...TYPICAL, committedRate: null, overageRate: null })],
  ];
}

function gates(): readonly Row[] {
  const lenient = { minParity: decimal('0') };
  return [
    ['report only, a difference', judge(USE, gate({ mode: 'report' }))],
    ['parity of 90, a difference', judge(USE, gate({ minParity: decimal('90') }))],
    ['parity of 90, a figure that cannot be read', judge({ actual: bad }, gate({ minParity: decimal('90') }))],
    [
      'parity and coverage of 90, a figure that cannot be read',
      judge({ actual: bad }, gate({ minParity: decimal('90'), minCoverage: decimal('90') })),
    ],
    ['no money, a difference', judge(USE, gate({ ...lenient, maxMoneyAtRisk: {} }))],
    ['no money, all agree', judge({}, gate({ ...lenient, maxMoneyAtRisk: {} }))],
    ['just the money, a difference', judge(USE, gate({ ...lenient, maxMoneyAtRisk: { USD: decimal('23.74') } }))],
    ['a cent less, a difference', judge(USE, gate({ ...lenient, maxMoneyAtRisk: { USD: decimal('23.73') } }))],
    [
      'money of another currency, a difference',
      judge(USE, gate({ ...lenient, maxMoneyAtRisk: { JPY: decimal('5') } })),
    ],
    [
      'money enough, two currencies',
      judge({ currency: 'EUR' }, gate({ ...lenient, maxMoneyAtRisk: { USD: decimal('1000'), EUR: decimal('1000') } })),
    ],
    ['drift fails, all agree', judge({}, gate({ failOnDrift: true }))],
  ];
}

/** However little is asked, a run that compared nothing is not at parity. */
function nothings(): readonly Row[] {
  const lenient = { gate: { ...policy().gate, minParity: decimal('0'), minCoverage: decimal('0') } };
  const unread: Figures = {
    committed: bad,
    included: bad,
    actual: bad,
    overageQuantity: bad,
    overageCharge: bad,
    committedRate: bad,
    overageRate: bad,
    currency: bad,
    unit: bad,
  };
  const { legacy, contract } = onePair();
  const failed: CaptureFailure = {
    side: 'contract',
    source: 'contract-api',
    subject: { kind: 'contracts' },
    code: 'http-status',
    message: 'contracts answered 500',
    at: { exchange: 'x', pointer: '' },
  };
  const nothing = contractSide([]);
  const body = { side: 'contract', source: 'contract-api', type: 'BillingContract', exchange: 'x' } as const;
  const rows: Row[] = [
    ['nothing on either side', compare(legacySide([]), nothing, policy(lenient))],
    ['nothing on legacy', compare(legacySide([]), contract, policy(lenient))],
    ['nothing on the contract side', compare(legacy, nothing, policy(lenient))],
    ['the listing failed', compare(legacy, { ...nothing, failures: [failed] }, policy(lenient))],
    [
      'the product is missing',
      compare(
        legacy,
        contractSide([{ id: 'c', orgs: ['a'], periods: [{ span: APRIL, charges: [] }] }]),
        policy(lenient),
      ),
    ],
    [
      'the product is on the contract side alone',
      compare(legacySide([subscription('a', [])]), contract, policy(lenient)),
    ],
    ['no figure can be read', judge(unread, lenient, { ...TYPICAL, unit: 'seat' })],
    ['one figure can be read', judge({ ...unread, committed: '10' }, lenient, { ...TYPICAL, unit: 'seat' })],
    ['the contract side alone, nothing of it', compare(null, nothing, policy(lenient))],
    ['the contract side alone, its listing failed', compare(null, { ...nothing, failures: [failed] }, policy(lenient))],
    [
      'the contract side alone, a contract that failed',
      compare(null, { ...nothing, listed: contract.listed, failures: [failed] }, policy(lenient)),
    ],
    ['the contract side alone, one body', compare(null, { ...nothing, documents: [body] }, policy(lenient))],
    [
      'the contract side alone, one body and a listing that failed',
      compare(null, { ...nothing, documents: [body], failures: [failed] }, policy(lenient)),
    ],
  ];
  return rows;
}

describe('totals', () => {
  it('are counted over all rules', async () => {
    const sections = [
      ['One of each status', totals(statuses())],
      ['Gates', totals(gates())],
      ['Nothing or one side to compare', totals(nothings())],
    ] as const;
    await expect(tables(sections)).toMatchFileSnapshot('totals.txt');
  });

  it('are never at parity where nothing was compared', () => {
    for (const [what, { verdict }] of nothings().slice(0, 7)) {
      expect({ what, verdict }).not.toEqual({ what, verdict: 'parity' });
    }
  });
});
