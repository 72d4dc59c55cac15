/** Who is on which side, in every way in which either side can know an organisation, not know it, or fail to say. */
import { describe, expect, it } from 'vitest';
import type { CaptureFailure, CaptureSubject, PagingNote } from '../../domain/capture.ts';
import type { ContractSide, Wallet } from '../../domain/contract-side.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { ComparisonPolicy } from '../../domain/policy.ts';
import { compare } from '../compare.ts';
import { at } from '../testing/figures.ts';
import {
  APRIL,
  type ChargeFacts,
  type ContractFacts,
  contractSide,
  legacySide,
  org,
  policy,
  product,
  row,
  span,
  subscription,
} from '../testing/sides.ts';
import { PRESENCE } from '../testing/studied.ts';
import { table } from '../testing/tell.ts';

const failed = (subject: CaptureSubject, message: string, side: CaptureFailure['side'] = 'legacy'): CaptureFailure => ({
  side,
  source: side === 'legacy' ? 'usage-api' : 'contract-api',
  subject,
  code: 'http-status',
  message,
  at: at(`failure ${message}`),
});

const bystander = subscription('z', [row('z', 'P1')], { name: 'Zed' });
const listing = (apps: readonly string[]) => ({
  regionListings: [{ region: 'eu-west-1', members: [{ org: org('a', 'Alpha'), appIds: apps }], at: at('listing') }],
});
const asked = failed({ kind: 'organisation', org: org('a', 'Alpha'), region: 'us-west-2' }, 'GET a answered 503');

const LEGACY: Readonly<Record<string, LegacySide>> = {
  running: legacySide([bystander, subscription('a', [row('a', 'P1')], { name: 'Alpha' })]),
  'running with nothing but zeros': legacySide([
    bystander,
    subscription('a', [row('a', 'P1', { committed: '0', actual: '0' })]),
  ]),
  'running without a mapped product': legacySide([bystander, subscription('a', [row('a', 'P9')])]),
  'running, with one figure that cannot be read': legacySide([
    bystander,
    subscription('a', [row('a', 'P1', { committed: '0', actual: { bad: 'N/A' } })]),
  ]),
  ended: legacySide([bystander, subscription('a', [], { start: '2025-01-01', end: '2026-03-31' })]),
  'ended but billed': legacySide([bystander, subscription('a', [row('a', 'P1')], { end: '2026-03-31' })]),
  'not started': legacySide([bystander, subscription('a', [], { start: '2026-05-01', end: null })]),
  'ending on the first day': legacySide([bystander, subscription('a', [], { start: '2025-01-01', end: '2026-04-01' })]),
  'starting on the last day': legacySide([bystander, subscription('a', [], { start: '2026-04-30', end: null })]),
  undated: legacySide([bystander, subscription('a', [], { start: null, end: null })]),
  'ended, with dates that cannot be read': legacySide([
    bystander,
    subscription('a', [row('a', 'P9')], { start: { bad: '?' }, end: '2026-03-31' }),
  ]),
  unknown: legacySide([bystander], {
    unknownOrgs: [{ org: org('a', 'Alpha'), source: 'usage-api', at: at('unknown') }],
  }),
  'not mentioned': legacySide([bystander]),
  'listed, then unknown': legacySide([bystander], {
    ...listing(['app']),
    unknownOrgs: [{ org: org('a'), source: 'usage-api', at: at('unknown') }],
  }),
  'listed, then not answered': legacySide([bystander], listing(['another'])),
  'failed to answer': legacySide([bystander], { failures: [asked] }),
  'failed twice, and listed': legacySide([bystander], {
    ...listing(['app']),
    failures: [
      asked,
      failed({ kind: 'organisation', org: org('a'), region: null }, 'POST a answered 500'),
      failed({ kind: 'organisation', org: org('a'), region: 'eu-central-1' }, 'GET a answered 503'),
    ],
  }),
  'one source answered, one failed': legacySide(
    [bystander, subscription('a', [row('a', 'P1', { committed: '10', actual: '15' })])],
    { failures: [asked] },
  ),
  'regions not listed': legacySide([bystander], {
    failures: [
      failed({ kind: 'regions' }, 'regions answered 500'),
      failed({ kind: 'region-listing', region: 'eu-west-1' }, 'listing answered 500'),
    ],
  }),
};

const CHARGE: ChargeFacts = {
  orgs: ['a'],
  sku: 'P1',
  committed: '10',
  actual: '15',
  committedRate: '20',
  overageRate: '23.74',
  currency: 'USD',
};
const other: ContractFacts = { id: 'cz', periods: [{ span: APRIL, charges: [{ ...CHARGE, orgs: ['z'] }] }] };
const own = (changes: Partial<ContractFacts> = {}): ContractFacts => ({
  id: 'ca',
  periods: [{ span: APRIL, charges: [CHARGE] }],
  ...changes,
});
const zeros: ChargeFacts = { orgs: ['a'], sku: 'P1', committed: '0', actual: '0' };
const whole = contractSide([other, own()]);
const withoutDetail = (id: string): ContractSide => ({
  ...whole,
  details: whole.details.filter(({ contractId }) => contractId !== id),
  lines: whole.lines.filter(({ charge }) => charge?.contractId !== id),
});

const paged = (fault: PagingNote['fault'], message: string | null, what = 'contracts'): ContractSide =>
  contractSide([other, own({ end: '2026-03-31', periods: [], orgs: ['a'] })], {
    paging: [
      {
        source: 'contract-api',
        listing: `/api/v2/billing/${what}`,
        pages: 3,
        entities: 2,
        fault,
        message,
        at: at('paging'),
      },
    ],
  });

const withoutPlans = (side: ContractSide): ContractSide => ({
  ...side,
  contracts: side.contracts.map((each) => ({ ...each, plans: [] })),
  listed: side.listed.map((each) => ({ ...each, plans: [] })),
});
const none = { state: 'absent', at: at('wallet') } as const;
const WALLET: Wallet = {
  id: 'w',
  sku: 'P1',
  orgs: [org('a')],
  unit: none,
  starting: none,
  increase: none,
  decrease: none,
  consumption: none,
  ending: none,
  overage: none,
  overageRate: none,
  overageCharge: none,
  currency: none,
  at: at('wallet'),
};

const CONTRACT: Readonly<Record<string, ContractSide>> = {
  'in force': whole,
  'in force with nothing but zeros': contractSide([other, own({ periods: [{ span: APRIL, charges: [zeros] }] })]),
  'in force with a figure that cannot be read': contractSide([
    other,
    own({ periods: [{ span: APRIL, charges: [{ ...zeros, actual: { bad: 'N/A' } }] }] }),
  ]),
  'in force without a charge': contractSide([other, own({ periods: [{ span: APRIL, charges: [] }], orgs: ['a'] })]),
  'in force for another product': contractSide([
    other,
    own({ periods: [{ span: APRIL, charges: [{ ...CHARGE, sku: 'P9' }] }] }),
  ]),
  'in force for another product, another contract not read': {
    ...contractSide([other, own({ periods: [{ span: APRIL, charges: [{ ...CHARGE, sku: 'P9' }] }] })]),
    listed: contractSide([other, own(), own({ id: 'cb' })]).listed,
  },
  'ended, and one in force without a billing period': contractSide([
    other,
    own({
      id: 'c0',
      end: '2026-03-31',
      periods: [{ span: span('2026-03-01', '2026-03-31', 'closed'), charges: [CHARGE] }],
    }),
    own({ periods: [], orgs: ['a'] }),
  ]),
  'in force, said to be inactive': contractSide([other, own({ status: 'Inactive' })]),
  ended: contractSide([
    other,
    own({ end: '2026-03-31', periods: [{ span: span('2026-03-01', '2026-03-31', 'closed'), charges: [CHARGE] }] }),
  ]),
  'not started': contractSide([other, own({ start: '2026-05-01', end: null, periods: [], orgs: ['a'] })]),
  absent: contractSide([other]),
  'absent, listing failed': contractSide([other], {
    failures: [failed({ kind: 'contracts' }, 'contracts answered 500', 'contract')],
  }),
  'ended, listing in circles': paged('repeated-cursor', 'the same cursor came twice'),
  'ended, listing without news': paged('no-news', null),
  'ended, listing with something twice': paged('repeated-entity', 'contract ca came twice'),
  'ended, another listing in circles': paged('repeated-cursor', 'the same cursor came twice', 'invoices'),
  'listed, contract not read': {
    ...whole,
    contracts: whole.contracts.filter(({ id }) => id !== 'ca'),
    details: whole.details.filter(({ contractId }) => contractId !== 'ca'),
    lines: whole.lines.filter(({ charge }) => charge?.contractId !== 'ca'),
    failures: [failed({ kind: 'contract', contractId: 'ca' }, 'contract ca answered 500', 'contract')],
  },
  'listed without a plan, contract not answered': {
    ...withoutDetail('ca'),
    listed: whole.listed.map((each) => (each.id === 'ca' ? { ...each, plans: [] } : each)),
    contracts: whole.contracts.filter(({ id }) => id !== 'ca'),
  },
  'in force, an earlier contract not read': {
    ...whole,
    listed: contractSide([other, own(), own({ id: 'cb', start: '2025-01-01', end: '2025-12-31' })]).listed,
    failures: [failed({ kind: 'contract', contractId: 'cb' }, 'contract cb answered 500', 'contract')],
  },
  'in force, another contract of now not read': {
    ...whole,
    listed: contractSide([other, own(), own({ id: 'cb' })]).listed,
  },
  'in force, with a period without dates': {
    ...whole,
    contracts: whole.contracts.map((each) => ({
      ...each,
      periods: [...each.periods, { id: 'undated', start: none, end: none, status: none, at: at('undated') }],
    })),
  },
  'in force for half of the period, listing failed': contractSide(
    [other, own({ periods: [{ span: span('2026-04-01', '2026-04-20'), charges: [CHARGE] }] })],
    { failures: [failed({ kind: 'contracts' }, 'contracts answered 500', 'contract')] },
  ),
  'contract lost without a plan': contractSide([other], {
    failures: [
      failed({ kind: 'contract', contractId: 'cx' }, 'contract cx answered 500', 'contract'),
      failed({ kind: 'contract', contractId: 'cw' }, 'contract cw answered 500', 'contract'),
    ],
  }),
  'named in a charge alone': withoutPlans(whole),
  'named in the details of a charge alone': { ...withoutPlans(whole), lines: [] },
  'named in a line alone': { ...withoutPlans(whole), details: [] },
  'named in a wallet alone': {
    ...withoutPlans(contractSide([other, own({ periods: [{ span: APRIL, charges: [] }] })])),
    details: whole.details.map((detail) => ({ ...detail, charges: [], wallets: [WALLET] })),
  },
  'named in charges alone, period not read': {
    ...withoutPlans(withoutDetail('ca')),
    failures: [failed({ kind: 'period', contractId: 'ca', periodId: 'ca-p1' }, 'period answered 500', 'contract')],
  },
  'period not asked for': withoutDetail('ca'),
  'period not read': {
    ...withoutDetail('ca'),
    failures: [failed({ kind: 'period', contractId: 'ca', periodId: 'ca-p1' }, 'period answered 500', 'contract')],
  },
};

/** Whether it is there, and whether what it states is compared. */
const THERE = [...PRESENCE, 'actual-quantity', 'contract-end'] as const;

type Beside = readonly (readonly [string, readonly string[]])[];

function beside(worlds: Beside, orgs: ComparisonPolicy['orgs']): string {
  const rows = worlds.flatMap(([before, contracts]) =>
    contracts.map((after) => {
      const legacy = LEGACY[before];
      const contract = CONTRACT[after];
      if (legacy === undefined || contract === undefined) throw new Error(`no world ${before}, ${after}`);
      return [[`legacy: ${before}`, `contract: ${after}`], compare(legacy, contract, policy({ orgs }))] as const;
    }),
  );
  return table({ rules: THERE }, rows);
}

describe('an organisation', () => {
  const few = ['in force', 'ended', 'absent', 'absent, listing failed'];

  it('in every state on legacy', async () => {
    const worlds = Object.keys(LEGACY).map((legacy) => [legacy, few] as const);
    await expect(beside(worlds, null)).toMatchFileSnapshot('presence.legacy.txt');
  });

  it('in every state on the contract side', async () => {
    const odd = ['not started', 'listed, contract not read', 'contract lost without a plan', 'named in a line alone'];
    const worlds: Beside = [
      ['running', Object.keys(CONTRACT)],
      ['unknown', Object.keys(CONTRACT)],
      ['ended', [...odd, 'named in a wallet alone', 'period not read']],
      ['failed to answer', [...odd, 'ended, listing in circles']],
    ];
    await expect(beside(worlds, null)).toMatchFileSnapshot('presence.contract.txt');
  });

  it('that the scenario lists', async () => {
    const legacies = ['running', 'unknown', 'not mentioned', 'failed twice, and listed', 'regions not listed'];
    const orgs = [
      { id: 'A', region: 'us-east-1', name: 'Listed A' },
      { id: 'z', region: 'us-east-1', name: null },
    ];
    const worlds = legacies.map((legacy) => [legacy, few] as const);
    await expect(beside(worlds, orgs)).toMatchFileSnapshot('presence.listed.txt');
  });
});

describe('where no legacy period says when', () => {
  it('the scenario’s choice decides', async () => {
    const choices = [{ kind: 'open' }, { kind: 'last-closed' }, { kind: 'date', date: APRIL.start }] as const;
    const spans = ['2026-03', '2026-04', '2026-05'].map((month) => span(`${month}-01`, `${month}-28`, 'closed'));
    const contracts: readonly (readonly [string, ContractFacts])[] = [
      ['three months', own({ periods: spans.map((each) => ({ span: each, charges: [CHARGE] })) })],
      ['no charges', own({ periods: spans.map((each) => ({ span: each, charges: [] })), orgs: ['a'] })],
      ['ended', own({ end: '2026-03-31', periods: [], orgs: ['a'] })],
      ['ends in the middle of April', own({ end: '2026-04-15', periods: [], orgs: ['a'] })],
      ['starts later', own({ start: '2026-05-05', periods: [], orgs: ['a'] })],
      ['inactive', own({ status: 'Inactive', periods: [], orgs: ['a'] })],
      ['undated', own({ start: null, end: null, status: null, periods: [], orgs: ['a'] })],
    ];
    const rows = choices.flatMap((period) =>
      contracts.map(([what, facts]) => {
        const judgement = compare(legacySide([bystander]), contractSide([other, facts]), policy({ period }));
        return [[period.kind, what], judgement] as const;
      }),
    );
    await expect(table({ rules: PRESENCE, notes: true }, rows)).toMatchFileSnapshot('presence.choice.txt');
  });
});

describe('an organisation that only one side has', () => {
  it('has its bill at risk, under whichever name a side knows the product', async () => {
    const products = [product('P1', { skus: ['S1'] })];
    const charged = contractSide([other, own({ periods: [{ span: APRIL, charges: [{ ...CHARGE, sku: 'S1' }] }] })]);
    const subscribed = legacySide([subscription('a', [row('a', 'P1')])]);
    const rows = [
      ['legacy alone', compare(subscribed, contractSide([]), policy({ products }))],
      ['contract alone', compare(legacySide([]), charged, policy({ products }))],
      ['both', compare(subscribed, charged, policy({ products }))],
    ] as const;
    await expect(table({ rules: PRESENCE }, rows)).toMatchFileSnapshot('presence.names.txt');
  });
});

describe('a product that only one side has', () => {
  it('is missing, unless there is nothing in it', async () => {
    const figures = [
      { committed: '10' },
      { included: '3' },
      { actual: '4' },
      { committed: '0', included: '0', actual: '0' },
      { committed: '0', actual: { bad: 'N/A' } },
      {},
      { overageCharge: '5' },
      { committed: '2', included: '3', actual: '4', committedRate: '20', overageRate: '30', currency: 'USD' },
    ];
    const rows = figures.flatMap((extra) => {
      const legacy = legacySide([subscription('a', [row('a', 'P1'), row('a', 'P2', extra)])]);
      const more = contractSide([
        own({ periods: [{ span: APRIL, charges: [CHARGE, { ...extra, orgs: ['a'], sku: 'P2' }] }] }),
      ]);
      const told = JSON.stringify(extra);
      const plain = legacySide([subscription('a', [row('a', 'P1')])]);
      const gap = { ...plain, failures: [asked] };
      return [
        [['legacy alone', told], compare(legacy, contractSide([own()]), policy())],
        [['contract alone', told], compare(plain, more, policy())],
        [['contract alone, a legacy source failed', told], compare(gap, more, policy())],
        [
          ['legacy alone, unmapped', told],
          compare(legacy, contractSide([own()]), policy({ products: [product('P1')] })),
        ],
        [['contract alone, unmapped', told], compare(plain, more, policy({ products: [product('P1')] }))],
      ] as const;
    });
    await expect(table({ rules: PRESENCE, notes: true }, rows)).toMatchFileSnapshot('products.txt');
  });
});
