import { describe, expect, it } from 'vitest';
import type { Finding, RunResult } from '../../domain/run-result.ts';
import type { GateCheck, Unread } from '../../domain/verdict.ts';
import { sampleContext } from '../testing/sample.ts';
import { noMoneyWords } from './no-money.ts';
import { triageOf } from './triage.ts';

const sample = sampleContext({ out: '' });
const [SOME] = sample.findings;
if (SOME === undefined) throw new Error('the sample has no finding');

const check = (name: string, met: boolean, actual = met ? '100' : '98'): GateCheck => ({
  name,
  limit: '100',
  actual,
  met,
});
const GATE = [check('minParity', true), check('minCoverage', true)];
const SHORT = [check('minParity', true), check('minCoverage', false, '40')];
const NO_CELLS = { match: 10, tolerated: 0, mismatch: 0, waived: 0, unstable: 0, notComparable: 0 };

/** A run of which nothing is to be said, and what is changed in it. */
const result = (change: Partial<RunResult>, checks: readonly GateCheck[] = GATE): RunResult => ({
  ...sample.result,
  verdict: 'parity',
  gate: { mode: 'enforce', met: false, checks },
  orgs: { expected: 30, compared: 30, atParity: 30, unreachable: 0 },
  cells: NO_CELLS,
  moneyAtRisk: [],
  moneyWaived: [],
  moneyUnknown: 0,
  rootCauses: [],
  unread: [],
  ...change,
});

const finding = (change: Partial<Finding>): Finding => ({ ...SOME, derivedFrom: null, side: null, ...change });
const differing = (rule: string, change: Partial<Finding> = {}): Finding =>
  finding({ status: 'mismatch', rule, id: `${rule} ${JSON.stringify(change)}`, ...change });
const mapping = (reason: string, change: Partial<Finding> = {}): Finding =>
  finding({ status: 'not-comparable', rule: 'product-mapping', orgs: [], reason, ...change });

const unread = (change: Partial<Unread>): Unread => ({
  side: 'legacy',
  source: 'usage-api',
  code: 'http-status',
  reason: 'the server could not answer (status 503); run again later',
  request: 'GET /v1/regions?appIds=wallboard (the regions)',
  count: 1,
  ...change,
});
const REFUSED = unread({
  code: 'configuration',
  reason: 'the credential is not accepted (status 401); check the API key (legacy.usageApi.apiKey)',
});

const alone = (change: Partial<RunResult> = {}): Partial<RunResult> => ({
  run: { ...sample.result.run, sources: { legacy: null, contract: 'live' } },
  ...change,
});

describe('a set-up that does not fit', () => {
  it('is credentials that are refused: which side, the reason and the remedy, and the request apart', () => {
    const triage = triageOf(result({ verdict: 'inconclusive', unread: [{ ...REFUSED, count: 30 }] }, SHORT), []);
    expect(triage).toMatchObject({ kind: 'set-up', title: 'the set-up does not fit', blind: true });
    expect(triage.points).toEqual([
      {
        kind: 'set-up',
        words:
          'Legacy, usage API (30 times): the credential is not accepted (status 401); check the API key (legacy.usageApi.apiKey).',
        request: 'GET /v1/regions?appIds=wallboard (the regions)',
      },
    ]);
  });

  it.each([
    ['an app id', null, 'mend `appId`'],
    ['a part number or SKU', 'PC-1', 'mend `partNumber` or `sku`'],
  ])('is %s that its side does not know, each once', (_, partNumber, remedy) => {
    const reason = 'nobody knows it';
    const cells = { ...NO_CELLS, notComparable: 2 };
    const findings = [mapping(reason, { partNumber }), mapping(reason, { partNumber, side: 'contract' })];
    const { kind, points } = triageOf(result({ verdict: 'inconclusive', cells }, SHORT), findings);
    expect(kind).toBe('set-up');
    expect(points.map(({ words }) => words)).toEqual([expect.stringContaining(`Nobody knows it; ${remedy}`)]);
  });

  it('is no name of a side that could not be read, and none that nobody expected to be known', () => {
    const findings = [
      mapping(`legacy could not be read: ${REFUSED.reason}`),
      mapping('neither side names it', { outsideCoverage: true }),
    ];
    const { points } = triageOf(result({ verdict: 'inconclusive', unread: [REFUSED] }, SHORT), findings);
    expect(points).toHaveLength(1);
  });

  it('is a period after the date of the answers', () => {
    const compared = { ...sample.result.compared, quantities: false } as NonNullable<RunResult['compared']>;
    const scope = { orgs: 'all', orgIds: null, apps: [], period: 'date', partOf: null, date: '2026-06-15' } as const;
    const run = { ...sample.result.run, today: '2026-04-20', scope };
    const triage = triageOf(result({ verdict: 'inconclusive', run, compared }, SHORT), []);
    expect(triage.kind).toBe('set-up');
    expect(triage.points[0]?.words).toMatch(
      /^The billing period of 2026-06-15 is in the future: the answers are of 2026-04-20/,
    );
    // What agrees in that period shows that it has begun.
    expect(triageOf(result({ run }), []).points).toEqual([]);
  });

  it('is a period that no contract has, where the contract side is looked at alone', () => {
    const compared = { ...sample.result.compared, quantities: false } as NonNullable<RunResult['compared']>;
    const scope = { orgs: 'all', orgIds: null, apps: [], period: 'date', partOf: null, date: '2019-06-15' } as const;
    const run = {
      ...sample.result.run,
      sources: { legacy: null, contract: 'live' as const },
      today: '2026-04-20',
      scope,
    };
    const hollow = [check('minParity', false, 'nothing compared'), check('minCoverage', true)];
    const { kind, points } = triageOf(result({ verdict: 'inconclusive', run, compared }, hollow), []);
    expect(kind).toBe('set-up');
    expect(points[0]?.words).toMatch(/^No contract has a billing period that contains 2019-06-15/);
  });
});

describe('what could not be looked at', () => {
  it('leads with its side, request and remedy, whatever was broken on the other side', () => {
    const cells = { ...NO_CELLS, mismatch: 1, notComparable: 900 };
    const compared = { ...sample.result.compared, quantities: false } as NonNullable<RunResult['compared']>;
    const broken = differing('charge-arithmetic', { side: 'contract' });
    const triage = triageOf(result({ verdict: 'mismatch', cells, compared, unread: [unread({})] }, SHORT), [broken]);
    expect(triage.kind).toBe('not-looked');
    expect(triage.title).toBe('could not look at legacy; the contract side contradicts itself');
    expect(triage.points.map(({ kind }) => kind)).toEqual(['not-looked', 'differ']);
    expect(triage.points[0]).toMatchObject({
      words: 'Legacy, usage API: the server could not answer (status 503); run again later.',
      request: 'GET /v1/regions?appIds=wallboard (the regions)',
    });
  });

  it.each([
    ['timeout', 'limits.timeoutSeconds'],
    ['wire-contract', 'the support of the API'],
    ['body-too-large', 'limits.maxBodyMegabytes'],
  ] as const)('says what to do about %s', (code, remedy) => {
    const { points } = triageOf(result({ verdict: 'inconclusive', unread: [unread({ code })] }, SHORT), []);
    expect(points[0]?.words).toContain(remedy);
  });

  it('comes after what differs where the gate accepts that not all was looked at', () => {
    const cells = { ...NO_CELLS, mismatch: 1 };
    const missed = [check('minParity', false), check('minCoverage', true)];
    const { kind, title } = triageOf(result({ verdict: 'mismatch', cells, unread: [unread({})] }, missed), [
      differing('overage-rate'),
    ]);
    expect([kind, title]).toEqual(['differ', 'they differ; could not look at everything']);
  });

  it('is told by reasons where every request was answered, those that differ by an id only together', () => {
    const open = (name: string) =>
      finding({ status: 'not-comparable', orgs: [{ id: 'o', name }], reason: `${name}: kind decides it` });
    const outside = finding({ status: 'not-comparable', reason: 'what a trial costs', outsideCoverage: true });
    const { kind, title, points } = triageOf(
      result({ verdict: 'inconclusive', cells: { ...NO_CELLS, notComparable: 3 } }, SHORT),
      [open('Acme'), open('Contoso'), outside],
    );
    expect([kind, title]).toEqual(['not-looked', 'not all could be compared']);
    expect(points.map(({ words }) => words)).toEqual(['2 checks could not be compared: Acme: kind decides it.']);
  });

  it('is never told as if nothing were at risk', () => {
    const blind = result({ verdict: 'inconclusive', unread: [unread({})] }, SHORT);
    expect(noMoneyWords(blind, triageOf(blind, []))).toBe('not known, as not all could be looked at');
    const clean = result({});
    expect(noMoneyWords(clean, triageOf(clean, []))).toBe('none');
  });

  it('is a record in no account, which is a fault of the tool', () => {
    const checks = [...GATE, check('accounts', false, '3')];
    const { points } = triageOf(result({ verdict: 'inconclusive' }, checks), []);
    expect(points[0]?.words).toContain('3 records are in no account');
  });
});

describe('what differs', () => {
  const cells = { ...NO_CELLS, mismatch: 4 };
  const missed = [check('minParity', false), check('minCoverage', true)];
  const ORG = [{ id: 'o-1', name: 'Acme' }];
  const four = [1, 2, 3].map((id) => differing('overage-rate', { id: `r${id}`, orgs: ORG }));
  const all = [...four, differing('contract-end', { id: 'e', orgs: ORG })];

  it('says how many, how much, and the one cause that makes most of it', () => {
    const [cause] = sample.result.rootCauses;
    const rootCauses = cause === undefined ? [] : [{ ...cause, explains: 3 }];
    const moneyAtRisk = [{ currency: 'JPY', overBilled: '1315486', underBilled: '0' }];
    const triage = triageOf(
      result({ verdict: 'mismatch', cells, rootCauses, moneyAtRisk, moneyUnknown: 2 }, missed),
      all,
    );
    expect(triage).toMatchObject({ kind: 'differ', title: 'they differ', blind: false });
    expect(triage.points[0]?.words).toBe(
      '4 mismatches at 1 of 30 organisations; at risk: over-billed JPY 1,315,486, and 2 pairs whose money cannot be worked out. ' +
        'Most of it is one cause: The contract side leaves bundleQuantity out (PC-170-NV-MIN-VOICE), 3 of 4.',
    );
  });

  it('names the rule where there is no cause', () => {
    const words = (findings: readonly Finding[]): string =>
      triageOf(result({ verdict: 'mismatch', cells }, missed), findings).points[0]?.words ?? '';
    expect(words(all)).toContain('Most often overage-rate, 3 of 4 that follow from no other.');
    expect(words(four)).toContain('All of them are overage-rate.');
  });

  it.each([
    [['contract'], 'the contract side contradicts itself'],
    [['legacy'], 'legacy contradicts itself'],
    [['legacy', 'contract'], 'each side contradicts itself'],
    [['contract', null], 'they differ'],
  ] as const)('of %j is said of whom it is: %s', (sides, title) => {
    const findings = sides.map((side) => differing('charge-arithmetic', { side }));
    expect(triageOf(result({ verdict: 'mismatch', cells }, missed), findings).title).toBe(title);
  });

  it('of the contract side alone is what contradicts it', () => {
    const triage = triageOf(result({ ...alone(), verdict: 'mismatch', cells }, missed), all);
    expect(triage.title).toBe('the contract side contradicts its documentation or itself');
  });

  it('is more waived money than the gate accepts, or a waiver that has expired', () => {
    const waived = [...GATE, check('maxWaivedMoney.USD', false, '500.00')];
    expect(triageOf(result({ verdict: 'inconclusive' }, waived), []).title).toBe(
      'more money is waived than the gate accepts',
    );
    const expired = [...GATE, check('expiredWaivers', false, '1')];
    expect(triageOf(result({ verdict: 'inconclusive' }, expired), [])).toMatchObject({
      kind: 'differ',
      title: 'a waiver has expired',
    });
  });

  it('within the limits of an inconclusive run comes last', () => {
    const { title } = triageOf(result({ verdict: 'inconclusive', cells, unread: [unread({})] }, SHORT), all);
    expect(title).toBe('could not look at everything; they differ');
  });
});

describe('several kinds at once', () => {
  it('stand in their order: set-up, not looked, differ', () => {
    const cells = { ...NO_CELLS, mismatch: 1, notComparable: 9 };
    const triage = triageOf(
      result(
        { verdict: 'mismatch', cells, unread: [unread({ side: 'contract', source: 'contract-api' }), REFUSED] },
        SHORT,
      ),
      [differing('overage-rate')],
    );
    expect(triage.title).toBe('the set-up does not fit; could not look at everything; they differ');
    expect(triage.points.map(({ kind }) => kind)).toEqual(['set-up', 'not-looked', 'differ']);
  });

  it('are no longer than can be read: of more, the rest are counted', () => {
    const many = Array.from({ length: 7 }, (_, id) => unread({ reason: `reason ${id}` }));
    const { points } = triageOf(result({ verdict: 'inconclusive', unread: many }, SHORT), []);
    expect(points).toHaveLength(4);
    expect(points[3]?.words).toContain('4 more');
  });
});

describe('agreement', () => {
  it('is parity, or a contract side that keeps to its documentation', () => {
    expect(triageOf(result({}), [])).toMatchObject({ kind: 'agree', title: 'parity', points: [], blind: false });
    expect(triageOf(result(alone()), []).title).toContain('keeps to its documentation');
  });

  it('still tells what failed within the limits of the gate', () => {
    const met = result({ unread: [unread({})] });
    const triage = triageOf(met, []);
    expect(triage.kind).toBe('agree');
    expect(triage.points).toHaveLength(1);
    expect(noMoneyWords(met, triage)).toBe('none in what could be looked at');
  });

  it('of a result of an earlier release, which tells of no failures, is decided by the gate all the same', () => {
    const { unread: _unread, ...earlier } = result({ verdict: 'inconclusive' }, SHORT);
    expect(triageOf(earlier, [finding({ status: 'not-comparable', reason: 'x' })])).toMatchObject({
      kind: 'not-looked',
    });
  });
});
