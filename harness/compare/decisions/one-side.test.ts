/** What the contract side alone (and legacy's listings alone) can say that does not hold together, in every way. */
import { describe, expect, it } from 'vitest';
import type { ContractSide } from '../../domain/contract-side.ts';
import type { Figure } from '../../domain/figure.ts';
import type { LegacySide } from '../../domain/legacy-side.ts';
import type { Judgement } from '../../domain/verdict.ts';
import { compare } from '../compare.ts';
import {
  ACME,
  at,
  BYTE,
  beside,
  charge,
  contract,
  contractSide,
  date,
  detail,
  failure,
  invoice,
  invoiceLine,
  item,
  lineOf,
  listing,
  none,
  note,
  number,
  period,
  plan,
  policy,
  TRUE_CHARGE,
  text,
  unreadable,
  wallet,
} from '../rules/testing/sides.ts';
import { type Study, table } from '../testing/tell.ts';

type Row = readonly [string | readonly string[], Judgement];
const alone = (side: Partial<ContractSide>, more: Parameters<typeof policy>[0] = {}): Judgement =>
  compare(null, contractSide(side), policy(more));
const withLegacy = (
  legacy: Partial<LegacySide>,
  side: Partial<ContractSide>,
  more: Parameters<typeof policy>[0] = {},
): Judgement => {
  const sides = beside(legacy, side, more);
  return compare(sides.legacy, sides.contract, sides.policy);
};
const expectTable = (rules: Study['rules'], rows: readonly Row[], file: string) =>
  expect(table({ rules, drift: file === 'wire' }, rows)).toMatchFileSnapshot(`one-side.${file}.txt`);

const STATES: Readonly<Record<string, Figure>> = {
  nothing: none,
  0: number('0'),
  5: number('5'),
  12: number('12'),
  '-3': number('-3'),
  '"N/A"': unreadable(),
};

describe('a charge', () => {
  it('every figure of it in every state', async () => {
    const names = ['prepaid', 'fairuse', 'actual', 'overageQuantity', 'overageRate', 'overageCharge'] as const;
    const rows = names.flatMap((name) =>
      Object.entries(STATES).map(([state, figure]): Row => {
        const one = { ...charge(TRUE_CHARGE), [name]: figure };
        return [[name, state], alone({ details: [detail([one])] })];
      }),
    );
    await expectTable(['overage-arithmetic', 'charge-arithmetic', 'plan-charge-agreement'], rows, 'charge');
  });

  it('its currency, its organisations and its plan', async () => {
    const one = charge(TRUE_CHARGE);
    const worlds: readonly (readonly [string, Partial<ContractSide>])[] = [
      ['no currency', { details: [detail([{ ...one, currency: none }])], lines: [] }],
      [
        'no currency and no overage, billed all the same',
        { details: [detail([{ ...one, overageQuantity: number('0'), currency: none }])], lines: [] },
      ],
      ['no currency, its plan has one', { details: [detail([{ ...one, currency: none }])], lines: [lineOf(one)] }],
      ['a currency that cannot be read', { details: [detail([{ ...one, currency: unreadable('""') }])], lines: [] }],
      ['no rate, its plan has one', { details: [detail([{ ...one, overageRate: none }])], lines: [lineOf(one)] }],
      ['in yen', { details: [detail([{ ...one, currency: text('JPY') }])] }],
      ['in yen, right', { details: [detail([{ ...one, currency: text('JPY'), overageCharge: number('119') }])] }],
      ['of two organisations', { details: [detail([{ ...one, orgs: [ACME, BYTE], overageCharge: number('1') }])] }],
      ['of nobody', { details: [detail([{ ...one, orgs: [] }])], lines: [] }],
      [
        'of nobody, its plan has someone',
        { details: [detail([{ ...one, orgs: [] }])], lines: [lineOf({ ...one, orgs: [ACME] })] },
      ],
      [
        'a rate and a currency unlike its plan’s',
        {
          details: [
            detail([{ ...one, overageRate: number('24'), currency: text('JPY'), overageCharge: number('120') }]),
          ],
          lines: [lineOf(one)],
        },
      ],
      ['of someone without a plan', { details: [detail([{ ...one, orgs: [BYTE] }])] }],
      ['of no SKU', { details: [detail([{ ...one, sku: null }])] }],
      ['of a SKU without a plan', { details: [detail([{ ...one, sku: 'PC-OTHER' }])] }],
      ['of a SKU in other letters', { details: [detail([{ ...one, sku: ' pc-wall ' }])] }],
      ['without an id', { details: [detail([{ ...one, ref: { ...one.ref, chargeId: null } }])] }],
      [
        'twice without an id',
        {
          details: [
            detail([
              { ...one, ref: { ...one.ref, chargeId: null } },
              { ...charge({ ...TRUE_CHARGE, actual: 14 }), ref: { ...one.ref, chargeId: null } },
            ]),
          ],
        },
      ],
      ['twice with one id', { details: [detail([one, one])] }],
      [
        'of a contract that could not be read',
        {
          contracts: [],
          listed: [],
          details: [detail([one])],
          failures: [failure({ kind: 'contract', contractId: 'c1' })],
        },
      ],
      [
        'linked with others by id, and by all else',
        {
          details: [
            detail(
              [
                ['1', 'x'],
                ['2', 'x'],
                ['2', 'y'],
                ['3', 'y'],
                ['4', 'z'],
              ].map(([id, likeness]) => ({
                ...one,
                likeness: likeness ?? '',
                ref: { ...one.ref, chargeId: id ?? null },
              })),
            ),
          ],
        },
      ],
      ['in a period without dates', { details: [detail([one], { period: period('p1', null, null) })] }],
      [
        'in a period that is neither open nor closed',
        { details: [detail([one], { period: period('p1', '2026-04-01', '2026-04-30', 'Paused') })] },
      ],
    ];
    const plans: readonly (readonly [string, Partial<ContractSide>['contracts']])[] = [
      ['a plan of nobody', [contract({ plans: [plan({ orgs: [] })] })]],
      ['a plan of another', [contract({ plans: [plan({ orgs: [BYTE] })] })]],
      ['a plan of nobody and one of another', [contract({ plans: [plan({ orgs: [] }), plan({ orgs: [BYTE] })] })]],
      ['a plan of another price', [contract({ plans: [plan({ items: [item('20', '25')] })] })]],
      ['plans of two prices', [contract({ plans: [plan({ items: [item('20', '25'), item('20', '24')] })] })]],
      ['plans of one price twice', [contract({ plans: [plan({ items: [item('20', '25'), item('20', '25')] })] })]],
      ['a plan without a price', [contract({ plans: [plan({ items: [item('20', null)] })] })]],
      ['a plan without an item', [contract({ plans: [plan({ items: [] })] })]],
      [
        'a plan of a price that cannot be read',
        [contract({ plans: [plan({ items: [item('20', '25', { overagePrice: unreadable() })] })] })],
      ],
      ['a plan of a price of zero', [contract({ plans: [plan({ items: [item('20', '0')] })] })]],
    ];
    const rows = [
      ...worlds.map(([what, side]): Row => [what, alone(side)]),
      ...plans.flatMap(([what, contracts]): Row[] => [
        [what, alone({ contracts: contracts ?? [], details: [detail([one])] })],
        [
          `${what}, rate 0`,
          alone({
            contracts: contracts ?? [],
            details: [detail([{ ...one, overageRate: number('0'), overageCharge: number('0') }])],
          }),
        ],
      ]),
    ];
    await expectTable(
      ['duplicate-charge', 'overage-arithmetic', 'charge-arithmetic', 'plan-charge-agreement'],
      rows,
      'charge-and-plan',
    );
  });
});

describe('wallets and invoices', () => {
  it('a wallet in every state', async () => {
    const full = { starting: 100, increase: 20, decrease: 5, consumption: 30, ending: 85 } as const;
    const names = Object.keys(full) as (keyof typeof full)[];
    const rows = names.flatMap((name) =>
      Object.entries({ nothing: none, 12: number('12'), '"N/A"': unreadable(), right: number(full[name]) }).map(
        ([state, figure]): Row => [
          [name, state],
          alone({ details: [detail([], { wallets: [wallet(full, { [name]: figure })] })] }),
        ],
      ),
    );
    const more: readonly (readonly [string, Parameters<typeof wallet>[1]])[] = [
      ['of nobody', { orgs: [] }],
      ['of another product', { sku: 'PC-OTHER' }],
      ['without an id', { id: null }],
      ['of a stranger', { orgs: [BYTE] }],
    ];
    for (const [what, rest] of more) {
      const wallets = [wallet({ ...full, ending: 84 }, rest)];
      rows.push([what, alone({ details: [detail([], { wallets })] })]);
      rows.push([
        `${what}, in a scenario`,
        withLegacy({}, { details: [detail([], { wallets })] }, { orgs: listing(ACME) }),
      ]);
    }
    rows.push(['nothing at all', alone({ details: [detail([], { wallets: [wallet()] })] })]);
    await expectTable(['wallet-balance'], rows, 'wallet');
  });

  it('an invoice in every state', async () => {
    const amounts: readonly (readonly [string, Figure])[] = Object.entries(STATES);
    const rows = amounts.flatMap(([total, amount]) =>
      amounts
        .filter(([own]) => own !== '0' && own !== '12')
        .map(([own, figure]): Row => {
          const invoices = [invoice('0', [invoiceLine('7'), invoiceLine('0', { amount: figure })], { amount })];
          return [[`amount ${total}`, `one line of 7 and one of ${own}`], alone({ invoices })];
        }),
    );
    rows.push(['no lines', alone({ invoices: [invoice('5', [])] })]);
    rows.push(['no lines, no amount', alone({ invoices: [invoice(null, [])] })]);
    rows.push(['one line', alone({ invoices: [invoice('5', [invoiceLine('6')])] })]);
    rows.push(['no currency', alone({ invoices: [invoice('5', [invoiceLine('6')], { currency: none })] })]);
    rows.push(['lines without amounts', alone({ invoices: [invoice('5', [invoiceLine(null), invoiceLine(null)])] })]);
    rows.push(['lines not answered', alone({ invoices: [invoice('5', null)] })]);
    rows.push([
      'lines failed',
      alone({ invoices: [invoice('5', null)], failures: [failure({ kind: 'invoice', invoiceId: 'i1' })] }),
    ]);
    rows.push(['all failed', alone({ failures: [failure({ kind: 'invoices' })] })]);
    rows.push([
      'of others, in a scenario',
      withLegacy({}, { invoices: [invoice('5', [invoiceLine('6', { org: BYTE })])] }, { orgs: listing(ACME) }),
    ]);
    rows.push([
      'of other products, in a scenario',
      withLegacy({}, { invoices: [invoice('5', [invoiceLine('6', { sku: 'PC-OTHER' })])] }),
    ]);
    rows.push(['of nobody', alone({ invoices: [invoice('5', [invoiceLine('6', { org: null })])] })]);
    await expectTable(['invoice-total'], rows, 'invoice');
  });

  it('invoice lines and the charges that they bill', async () => {
    const one = charge(TRUE_CHARGE);
    const line = lineOf(one);
    const two = { ...one, orgs: [ACME, BYTE] };
    const bills = ['0', '118.7', '200', '318.7', '318.71', '59.35', '100'];
    const world = (amounts: readonly Parameters<typeof invoiceLine>[], side: Partial<ContractSide> = {}): Judgement =>
      alone({
        details: [detail([one])],
        invoices: [
          invoice(
            '1',
            amounts.map((each) => invoiceLine(...each)),
          ),
        ],
        ...side,
      });
    const rows = bills.flatMap((amount): Row[] => [
      [['one line', `of ${amount}`], world([[amount]])],
      [['two lines', `of ${amount}`], world([[amount], [amount, { id: null }]])],
      [['joint lines', `of ${amount}`], world([[amount], [amount, { org: BYTE }]], { details: [detail([two])] })],
    ]);
    const odd: readonly (readonly [string, Parameters<typeof invoiceLine>[1]])[] = [
      ['of another period', { start: date('2026-03-01') }],
      ['without a start', { start: none }],
      ['without an end', { end: none }],
      ['of nobody', { org: null }],
      ['of no SKU', { sku: null }],
      ['of the SKU in other letters', { sku: 'pc-wall' }],
      ['that cannot be read', { amount: unreadable() }],
      ['without an amount', { amount: none }],
    ];
    for (const [what, rest] of odd) rows.push([`a line ${what}`, world([['7', rest]])]);
    rows.push([
      'a joint line that cannot be read',
      world([['7', { amount: unreadable() }]], { details: [detail([two])] }),
    ]);
    rows.push([
      'two charges of one product',
      world([['7']], { details: [detail([one, { ...one, ref: { ...one.ref, chargeId: 'ch2' } }])] }),
    ]);
    rows.push(['a charge without a fee', world([['7']], { lines: [{ ...line, committedRate: none }] })]);
    rows.push([
      'a charge whose fee cannot be read',
      world([['7']], { lines: [{ ...line, committedRate: unreadable() }] }),
    ]);
    rows.push([
      'a charge that cannot be read',
      world([['7']], { details: [detail([{ ...one, overageCharge: unreadable() }])] }),
    ]);
    rows.push(['a charge of nothing', world([['7']], { details: [detail([charge({ actual: 1 })])], lines: [] })]);
    rows.push([
      'a charge without a currency',
      world([['7']], { details: [detail([{ ...one, currency: none }])], lines: [{ ...line, currency: none }] }),
    ]);
    rows.push([
      'a joint fee that was rounded',
      world([['100.01'], ['100', { org: BYTE }]], { details: [detail([two])] }),
    ]);
    rows.push([
      'a joint fee that was rounded more',
      world([['100.02'], ['100', { org: BYTE }]], { details: [detail([two])] }),
    ]);
    await expectTable(['invoice-charge-agreement'], rows, 'invoice-lines');
  });
});

describe('contracts', () => {
  it('billing periods of every shape', async () => {
    const shapes: readonly (readonly (readonly [string, string | null, string | null])[])[] = [
      [
        ['a', '2026-04-01', '2026-04-30'],
        ['b', '2026-05-01', '2026-05-31'],
      ],
      [
        ['b', '2026-05-01', '2026-05-31'],
        ['a', '2026-04-01', '2026-04-30'],
      ],
      [
        ['a', '2026-04-01', '2026-04-29'],
        ['b', '2026-05-01', '2026-05-31'],
      ],
      [
        ['a', '2026-04-01', '2026-05-02'],
        ['b', '2026-05-01', '2026-05-31'],
      ],
      [
        ['a', '2026-04-01', '2026-06-30'],
        ['b', '2026-05-01', '2026-05-31'],
        ['c', '2026-06-01', '2026-06-30'],
      ],
      [
        ['a', '2026-01-01', '2026-01-05'],
        ['b', '2026-02-01', '2026-02-05'],
        ['c', '2026-03-01', '2026-03-05'],
        ['d', '2026-04-01', '2026-04-05'],
        ['e', '2026-05-01', '2026-05-05'],
      ],
      [
        ['a', '2026-04-30', '2026-04-01'],
        ['b', '2026-05-01', '2026-05-31'],
      ],
      [
        ['a', '2026-04-01', null],
        ['b', '2026-05-01', '2026-05-31'],
      ],
      [
        ['a', null, '2026-04-30'],
        ['b', '2026-05-01', '2026-05-31'],
      ],
      [
        ['a', '2026-04-01', '2026-04-30'],
        ['a', '2026-04-01', '2026-04-30'],
      ],
      [
        ['a', '2026-04-01', '2026-04-30'],
        ['b', '2026-04-01', '2026-04-30'],
      ],
      [],
    ];
    const rows = shapes.map((shape): Row => {
      const periods = shape.map(([id, start, end]) => period(id, start, end));
      return [shape.map((each) => each.join(' ')).join(', '), alone({ contracts: [contract({ periods })] })];
    });
    const broken = { ...period(), end: unreadable() };
    rows.push(['an end that cannot be read', alone({ contracts: [contract({ periods: [broken] })] })]);
    await expectTable(['period-contiguity'], rows, 'periods');
  });

  it('the listing beside the contract by id', async () => {
    const prints: readonly (readonly [string, string])[] = [
      ['{"id":"c1","dateEnd":"2026-06-30"}', '{"id":"c1","dateEnd":"2027-06-30"}'],
      ['{"id":"c1"}', '{"id":"c1","dateEnd":"2027-06-30"}'],
      ['{"id":"c1","dateEnd":null}', '{"id":"c1"}'],
      [
        '{"plans":[{"id":"plan1","items":[{"itemNumber":"10","price":1}]}]}',
        '{"plans":[{"id":"plan1","items":[{"itemNumber":"10","price":2}]}]}',
      ],
      ['{"plans":[{"id":"other","sku":"A"}]}', '{"plans":[{"id":"other","sku":"B"}]}'],
      ['{"billingPeriods":[{"id":"p1","status":"Open"}]}', '{"billingPeriods":[{"id":"p1","status":"Closed"}]}'],
      ['{"a":1,"b":1,"c":1,"d":1,"e":1}', '{"a":2,"b":2,"c":2,"d":2,"e":2}'],
      ['', '{"id":"c1"}'],
      ['[1]', '[2]'],
    ];
    const rows = prints.map(([one, other]): Row => {
      const second = contract({ id: 'c2', fingerprint: '{"id":"c2","dateEnd":"2027-06-30"}' });
      const listed = [contract({ fingerprint: one }), second];
      return [`${one} and ${other}`, alone({ listed, contracts: [contract({ fingerprint: other }), second] })];
    });
    const summary = ['c1', 'c2'].map((id) => contract({ id, fingerprint: `{"id":"${id}"}` }));
    const whole = ['c1', 'c2'].map((id) => contract({ id, fingerprint: `{"id":"${id}","dateEnd":"2027-06-30"}` }));
    rows.push(['a listing that is a summary', alone({ listed: summary, contracts: whole })]);
    rows.push(['not answered by id', alone({ listed: whole, contracts: [] })]);
    rows.push([
      'failed by id',
      alone({ listed: whole, contracts: [], failures: [failure({ kind: 'contract', contractId: 'c1' })] }),
    ]);
    rows.push(['the listing failed', alone({ failures: [failure({ kind: 'contracts' })] })]);
    rows.push(['taken from the listing', alone({ contracts: [contract({ at: at('/entities/0') })] })]);
    rows.push([
      'of another product',
      withLegacy({}, { listed: [contract({ plans: [plan({ sku: 'PC-OTHER' })], fingerprint: '{}' })] }),
    ]);
    await expectTable(['listing-detail-agreement'], rows, 'listing');
  });
});

describe('the wire', () => {
  it('paging, probes, schema and drift', async () => {
    const paged = (
      fault: 'repeated-page' | 'repeated-cursor' | null,
      pages = 2,
      listing_ = '/api/v2/billing/contracts',
    ) => ({
      source: 'contract-api' as const,
      listing: listing_,
      pages,
      entities: 3,
      fault,
      message: fault === 'repeated-page' ? 'page 2 came twice' : null,
      at: at('', 'page'),
    });
    const tried = (rule: 'paging' | 'schema-violation', holds: boolean | null) => ({
      rule,
      subject: `something that ${holds === null ? 'nobody saw' : holds ? 'holds' : 'breaks'}`,
      holds,
      message: 'it was tried',
      at: at('', 'probe'),
    });
    const effect = { severity: 'breaks', sentence: 'It cannot be read.' } as const;
    const KINDS = [
      'unknown-field',
      'vanished-field',
      'old-spelling',
      'new-field',
      'gone-field',
      'renamed-field',
      'retyped-field',
      'newly-null',
      'newly-left-out',
      'always-there',
      'page-maximum',
      'wrong-type',
    ] as const;
    const documents = ['b', 'a'].map((exchange) => ({
      side: 'contract' as const,
      source: 'contract-api' as const,
      type: 'BillingContract',
      exchange,
    }));
    const failOnDrift = { ...policy().gate, failOnDrift: true };
    const rows: Row[] = [
      ['clean pages', alone({ paging: [paged(null)] })],
      ['no pages', alone({ paging: [paged(null, 0)] })],
      ['a page twice', alone({ paging: [paged('repeated-page'), paged(null, 1, '/a')] })],
      ['a cursor twice', alone({ paging: [paged('repeated-cursor')] })],
      ['broken off', alone({ paging: [paged(null)], failures: [failure({ kind: 'contracts' })] })],
      ['never begun', alone({ failures: [failure({ kind: 'contracts' }), failure({ kind: 'invoices' })] })],
      [
        'tried',
        alone({
          probes: [true, false, null].flatMap((holds) => [tried('paging', holds), tried('schema-violation', holds)]),
        }),
      ],
      ['clean bodies', alone({ documents })],
      ['nobody’s', alone({ documents, schema: [note('wrong-type', { at: at('/x', 'a') })] })],
      ...KINDS.map((kind): Row => {
        const twice = [note(kind), note(kind, { at: at('/charges/3', 'detail-p2') })];
        return [['a run by itself', kind], alone({ schema: twice })];
      }),
      ...KINDS.slice(0, 2).flatMap((kind): Row[] => [
        [['against a baseline', kind], alone({ schema: [note(kind, { effect })] })],
        [['once, where drift fails', kind], alone({ schema: [note(kind)] }, { gate: failOnDrift })],
      ]),
      ['clean, where drift fails', alone({ documents }, { gate: failOnDrift })],
    ];
    await expectTable(['paging', 'schema-violation', 'schema-drift'], rows, 'wire');
  });

  it('counts and listings of regions', async () => {
    const counts = ['0', '2', null, 'N/A'] as const;
    const figure = (count: (typeof counts)[number]): Figure =>
      count === null ? none : count === 'N/A' ? unreadable() : number(count);
    const members: readonly (readonly [string, LegacySide['regionListings'][number]['members']])[] = [
      ['nobody', []],
      ['one', [{ org: ACME, appIds: ['wallboard'] }]],
      [
        'two, one twice',
        [
          { org: ACME, appIds: ['wallboard'] },
          { org: { ...ACME, id: 'ACME' }, appIds: ['wallboard'] },
          { org: BYTE, appIds: ['wallboard', 'x'] },
        ],
      ],
      ['one of another app', [{ org: ACME, appIds: ['x'] }]],
      ['one without apps', [{ org: ACME, appIds: [] }]],
    ];
    const apps = {
      products: [
        ...policy().products,
        { ...policy().products[0], appId: 'second', partNumber: 'PC-2', skus: ['PC-2'] },
      ] as ReturnType<typeof policy>['products'],
    };
    const rows = counts.flatMap((count) =>
      members.flatMap(([who, list]): Row[] => {
        const legacy: Partial<LegacySide> = {
          regionCounts: [{ region: 'us-east-1', appId: 'wallboard', count: figure(count) }],
          regionListings: [{ region: 'us-east-1', members: list, at: at('', 'listing') }],
        };
        const name = [`counts ${count ?? 'nothing'}`, `lists ${who}`];
        return [
          [['one app', ...name], withLegacy(legacy, {})],
          ...(count === '2' ? [[['two apps', ...name], withLegacy(legacy, {}, apps)] as const] : []),
        ];
      }),
    );
    const one: Partial<LegacySide> = {
      regionCounts: [
        { region: 'us-east-1', appId: 'wallboard', count: number('1') },
        { region: 'eu-west-1', appId: 'wallboard', count: number('2') },
      ],
      regionListings: [{ region: 'us-east-1', members: [{ org: ACME, appIds: ['wallboard'] }], at: at('', 'listing') }],
    };
    rows.push(['a region not listed', withLegacy(one, {})]);
    rows.push(['a region not listed, organisations given', withLegacy(one, {}, { orgs: listing(ACME) })]);
    rows.push([
      'a listing failed',
      withLegacy({ ...one, failures: [failure({ kind: 'region-listing', region: 'eu-west-1' }, 'legacy')] }, {}),
    ]);
    rows.push(['regions failed', withLegacy({ failures: [failure({ kind: 'regions' }, 'legacy')] }, {})]);
    rows.push([
      'regions failed, one listed',
      withLegacy({ ...one, failures: [failure({ kind: 'regions' }, 'legacy')] }, {}),
    ]);
    rows.push(['no counts', withLegacy({ ...one, regionCounts: [] }, {})]);
    await expectTable(['org-missing-in-legacy', 'region-count', 'organization-count'], rows, 'regions');
  });
});
