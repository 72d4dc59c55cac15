/** Every way in which two sides can state the dates of a subscription, its contracts and its billing period. */
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import type { CaptureFailure } from '../../domain/capture.ts';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { compare } from '../compare.ts';
import { at, said, type Told } from '../testing/figures.ts';
import {
  APRIL,
  type ContractFacts,
  contractSide,
  legacySide,
  policy,
  row,
  type SubscriptionFacts,
  span,
  subscription,
} from '../testing/sides.ts';
import { PERIOD_DATES, QUANTITIES, TERM_DATES } from '../testing/studied.ts';
import { table, tables } from '../testing/tell.ts';

const CHARGES = [
  { orgs: ['a'], sku: 'P1', committed: '10', actual: '15', committedRate: '20', overageRate: '23.74', currency: 'USD' },
];
const contract = (changes: Partial<ContractFacts> = {}): ContractFacts => ({
  id: 'c1',
  periods: [{ span: APRIL, charges: CHARGES }],
  ...changes,
});

const judge = (legacy: SubscriptionFacts, contracts: readonly ContractFacts[], options = {}): Judgement =>
  compare(legacySide([subscription('a', [row('a', 'P1')], legacy)]), contractSide(contracts), policy(options));

const DATES: readonly Told[] = [null, '2026-03-31', '2026-04-01', '2026-04-30', '2026-06-15', { bad: 'soon' }];

/** Nothing hangs on when a ramp is. */
const RAMPS: readonly Told[] = [null, '2026-04-01', '2026-06-15', { bad: 'soon' }];

/** Each date beside itself, and beside the first day of the period; what is not told also beside what cannot be read. */
const isOfItsOwn = (legacy: Told, contract: Told): boolean =>
  legacy === contract ||
  [legacy, contract].includes('2026-04-01') ||
  [legacy, contract].every((each) => typeof each !== 'string');

describe('one date, stated in every way', () => {
  it('of the contract and its ramp', async () => {
    const dates = [
      ['start', 'contract-start'],
      ['end', 'contract-end'],
      ['rampStart', 'ramp-start'],
      ['rampEnd', 'ramp-end'],
    ] as const;
    const sections = dates.map(([name, rule]) => {
      const told = name.startsWith('ramp') ? RAMPS : DATES;
      const rows = told.flatMap((legacy) =>
        told
          .filter((other) => isOfItsOwn(legacy, other))
          .map((other) => {
            const judgement = judge({ [name]: legacy }, [contract({ [name]: other })]);
            return [[`legacy ${said(legacy)}`, `contract ${said(other)}`], judgement] as const;
          }),
      );
      return [name, table({ rules: [rule] }, rows)] as const;
    });
    await expect(tables(sections)).toMatchFileSnapshot('dates.txt');
  });

  it('status', async () => {
    const STATUS: readonly Told[] = [null, 'Active', ' ACTIVE ', 'Inactive', 'inactive', 'Paused', { bad: '1' }];
    const rows = [null, '2026-04-19', '2026-04-20', '2026-12-31', { bad: 'soon' }].flatMap((end) =>
      STATUS.map((status) => {
        const judgement = judge({ end }, [contract({ status, end })]);
        return [[`both end ${said(end)}`, `contract ${said(status)}`], judgement] as const;
      }),
    );
    await expect(table({ rules: ['contract-status'] }, rows)).toMatchFileSnapshot('dates.status.txt');
  });
});

describe('a chain of contracts', () => {
  const CHAIN = {
    before: contract({
      id: 'c0',
      start: '2025-01-01',
      end: '2025-12-31',
      periods: [],
      orgs: ['a'],
      status: 'Inactive',
    }),
    early: contract({ id: 'c1', start: '2026-01-01', end: '2026-04-14', rampStart: '2026-01-01', status: 'Inactive' }),
    late: contract({ id: 'c2', start: '2026-04-15', end: '2026-12-31', rampEnd: '2026-05-31' }),
    after: contract({ id: 'c3', start: '2027-01-01', end: '2027-12-31', periods: [], orgs: ['a'] }),
    beside: contract({ id: 'c4', start: '2026-02-01', end: null }),
    undated: contract({ id: 'c5', start: null, end: null }),
    reversed: contract({ id: 'c6', start: '2026-06-01', end: '2026-05-31', periods: [], orgs: ['a'] }),
    whole: contract({ id: 'c7', start: '2026-01-01', end: '2026-12-31' }),
  };
  type Name = keyof typeof CHAIN;
  const CHAINS: readonly (readonly Name[])[] = [
    ['early', 'late'],
    ['late', 'early'],
    ['before', 'early', 'late', 'after'],
    ['after', 'late', 'early', 'before'],
    ['before', 'after'],
    ['before', 'whole'],
    ['whole', 'after'],
    ['whole', 'beside'],
    ['beside', 'whole', 'undated'],
    ['undated'],
    ['reversed'],
    ['reversed', 'whole'],
    ['early'],
    ['late'],
  ];

  it('is one term, where legacy states one of several', async () => {
    const legacies: readonly (readonly [string, SubscriptionFacts])[] = [
      ['that in force', { start: '2026-04-15', end: '2026-12-31' }],
      ['the whole', { start: '2025-01-01', end: '2027-12-31' }],
      ['an open end', { start: '2026-01-01', end: null, rampStart: '2026-01-01', rampEnd: '2026-05-31' }],
      ['neither', { start: '2026-03-03', end: '2026-11-11' }],
    ];
    const rows = legacies.flatMap(([what, legacy]) =>
      CHAINS.map((names) => {
        const contracts = names.map((each) => CHAIN[each]);
        return [[`legacy: ${what}`, `contracts: ${names.join(' and ')}`], judge(legacy, contracts)] as const;
      }),
    );
    await expect(table({ rules: [...TERM_DATES, 'contract-status'] }, rows)).toMatchFileSnapshot('chains.txt');
  });
});

describe('a chain that may be longer than what was read of it', () => {
  const WHOLE = contract({ id: 'c7', start: '2026-01-01', end: '2026-12-31' });
  const NEIGHBOURS: Readonly<Record<string, Pick<ContractFacts, 'start' | 'end'>>> = {
    'ending the day before': { start: '2025-01-01', end: '2025-12-31' },
    'ending two days before': { start: '2025-01-01', end: '2025-12-30' },
    'beginning the day after': { start: '2027-01-01', end: null },
    'without dates': { start: null, end: null },
  };
  const failure: CaptureFailure = {
    side: 'contract',
    source: 'contract-api',
    subject: { kind: 'contracts' },
    code: 'http-status',
    message: 'contracts answered 500',
    at: at('failure'),
  };
  const beside = (facts: Pick<ContractFacts, 'start' | 'end'>, orgs: readonly string[]) =>
    contractSide([WHOLE, contract({ id: 'c8', ...facts, periods: [], orgs })]);
  const charged = contractSide([
    WHOLE,
    contract({
      id: 'c8',
      start: '2025-01-01',
      end: '2025-12-31',
      periods: [
        {
          span: span('2025-12-01', '2025-12-31', 'closed'),
          charges: CHARGES.map((each) => ({ ...each, orgs: ['z'] })),
        },
      ],
    }),
  ]);
  const namesAnotherInItsCharges: ContractSide = {
    ...charged,
    contracts: charged.contracts.map((each) => (each.id === 'c8' ? { ...each, plans: [] } : each)),
  };
  const WORLDS: Readonly<Record<string, ContractSide>> = {
    'the listing failed': contractSide([WHOLE], { failures: [failure] }),
    'one that names another in its charges alone, before': namesAnotherInItsCharges,
    'one that names nobody, before the first of two': contractSide([
      { ...WHOLE, start: '2026-03-01' },
      contract({ id: 'c0', start: '2026-01-01', end: '2026-02-28', periods: [], orgs: ['a'] }),
      contract({ id: 'c8', start: '2025-01-01', end: '2025-12-31', periods: [], orgs: [] }),
    ]),
    ...Object.fromEntries(
      Object.entries(NEIGHBOURS).flatMap(([when, facts]) => {
        const named = beside(facts, ['a']);
        return [
          [`one that names nobody, ${when}`, beside(facts, [])],
          [`one that names another, ${when}`, beside(facts, ['z'])],
          [`one that was not read, ${when}`, { ...named, contracts: named.contracts.filter(({ id }) => id !== 'c8') }],
        ];
      }),
    ),
  };

  it('differs in nothing for certain, and agrees where it agrees', async () => {
    const legacies: readonly SubscriptionFacts[] = [
      { start: '2026-01-01', end: '2026-12-31' },
      { start: '2025-01-01', end: '2027-12-31' },
    ];
    const rows = legacies.flatMap((facts) =>
      Object.entries(WORLDS).map(([what, side]) => {
        const legacy = legacySide([subscription('a', [row('a', 'P1')], facts)]);
        return [[`legacy ${facts.start} to ${facts.end}`, what], compare(legacy, side, policy())] as const;
      }),
    );
    const inactive = contractSide([{ ...WHOLE, status: 'Inactive' }], { failures: [failure] });
    const legacy = legacySide([subscription('a', [row('a', 'P1')], legacies[0])]);
    const { start, end } = legacies[0] ?? {};
    rows.push([[`legacy ${start} to ${end}`, 'inactive, the listing failed'], compare(legacy, inactive, policy())]);
    await expect(table({ rules: ['contract-start', 'contract-end', 'contract-status'] }, rows)).toMatchFileSnapshot(
      'chains.gaps.txt',
    );
  });
});

describe('billing periods', () => {
  const cut = (first: readonly [string, string], ...more: readonly (readonly [string, string])[]): ContractFacts =>
    contract({
      periods: [first, ...more].map(([start, end]) => ({ span: span(start, end), charges: CHARGES })),
    });
  const SHAPES: readonly (readonly [string, string])[][] = [
    [['2026-04-01', '2026-04-30']],
    [['2026-04-02', '2026-05-01']],
    [['2026-03-31', '2026-04-29']],
    [['2026-04-10', '2026-05-09']],
    [['2026-04-16', '2026-05-15']],
    [['2026-04-15', '2026-05-14']],
    [['2026-04-20', '2026-05-19']],
    [['2026-05-01', '2026-05-31']],
    [
      ['2026-04-01', '2026-04-14'],
      ['2026-04-15', '2026-04-30'],
    ],
    [
      ['2026-04-15', '2026-04-30'],
      ['2026-04-01', '2026-04-14'],
    ],
    [
      ['2026-04-01', '2026-04-10'],
      ['2026-04-16', '2026-04-30'],
    ],
    [
      ['2026-04-01', '2026-04-20'],
      ['2026-04-11', '2026-04-30'],
    ],
    [['2026-04-01', '2026-04-05']],
    [['2026-04-01', '2026-04-15']],
    [['2026-04-01', '2026-04-14']],
    [['2026-01-01', '2026-12-31']],
    [
      ['2026-03-01', '2026-03-31'],
      ['2026-04-01', '2026-04-30'],
      ['2026-05-01', '2026-05-31'],
    ],
    [
      ['2026-04-01', '2026-04-20'],
      ['2026-04-05', '2026-04-10'],
      ['2026-04-21', '2026-04-30'],
    ],
    [
      ['2026-04-05', '2026-04-10'],
      ['2026-04-06', '2026-04-22'],
    ],
    [
      ['2026-04-05', '2026-04-10'],
      ['2026-04-10', '2026-04-18'],
    ],
    [['2026-04-30', '2026-04-01']],
  ];

  it('of every shape, for every kind', async () => {
    const rows = (['sum', 'peak', null] as const).flatMap((kind) =>
      SHAPES.map((shape) => {
        const [first, ...more] = shape;
        const legacy = legacySide([subscription('a', [row('a', 'P1', undefined, { kind })])]);
        const contracts = first === undefined ? [] : [cut(first, ...more)];
        const told = shape.map(([start, end]) => `${start} to ${end}`).join(' and ');
        return [[kind ?? 'no kind', told], compare(legacy, contractSide(contracts), policy())] as const;
      }),
    );
    const rules = [...PERIOD_DATES, 'committed-quantity', 'actual-quantity'] as const;
    await expect(table({ rules }, rows)).toMatchFileSnapshot('periods.shapes.txt');
  });

  it('of legacy, for every choice of the scenario', async () => {
    const spans = [
      span('2026-02-01', '2026-02-28', 'closed'),
      span('2026-03-01', '2026-03-31', 'closed'),
      APRIL,
      span('2026-05-01', '2026-05-31', 'unknown'),
    ];
    const choices = [
      { kind: 'open' },
      { kind: 'last-closed' },
      { kind: 'date', date: isoDate('2026-03-15') },
      { kind: 'date', date: isoDate('2026-06-15') },
    ] as const;
    const shown = [[0, 1, 2], [2, 1, 0], [3], [0, 1], [1, 3], [], [2, 3], [3, 2], [2, 2]];
    const rows = choices.flatMap((period) =>
      shown.map((which) => {
        const legacy = which.flatMap((index) => {
          const own = spans[index];
          return own === undefined
            ? []
            : [subscription('a', [row('a', 'P1', undefined, { period: own })], { period: own })];
        });
        const contracts = [contract({ periods: spans.map((each) => ({ span: each, charges: CHARGES })) })];
        const judgement = compare(legacySide(legacy), contractSide(contracts), policy({ period }));
        return [
          [
            JSON.stringify(period),
            `legacy shows ${which.map((index) => spans[index]?.start).join(' and ') || 'nothing'}`,
          ],
          judgement,
        ] as const;
      }),
    );
    await expect(
      table({ rules: ['org-missing-in-contract', 'org-missing-in-legacy', ...PERIOD_DATES, 'actual-quantity'] }, rows),
    ).toMatchFileSnapshot('periods.choice.txt');
  });

  it('that cannot be read on either side', async () => {
    const facts: readonly (readonly [string, Judgement])[] = [
      ['legacy start', judgeDates({ periodStart: null })],
      ['legacy end', judgeDates({ periodEnd: null })],
    ];
    await expect(table({ rules: [...PERIOD_DATES, ...QUANTITIES] }, facts)).toMatchFileSnapshot('periods.unread.txt');
  });

  function judgeDates(changes: { readonly periodStart?: null; readonly periodEnd?: null }): Judgement {
    const absent = { state: 'absent', at: { exchange: 'x', pointer: '' } } as const;
    const own = subscription('a', [row('a', 'P1')]);
    const told = {
      ...own,
      ...('periodStart' in changes ? { periodStart: absent } : {}),
      ...('periodEnd' in changes ? { periodEnd: absent } : {}),
    };
    return compare(legacySide([told]), contractSide([contract()]), policy());
  }
});
