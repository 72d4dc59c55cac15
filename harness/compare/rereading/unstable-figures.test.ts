/** Figures that are read twice: what moved is unstable, what stood still is judged, and nobody else is asked again. */
import { describe, expect, it } from 'vitest';
import { decimal } from '../../domain/decimal.ts';
import { compare } from '../compare.ts';
import {
  APRIL,
  contractSide,
  type Figures,
  legacySide,
  policyForP1 as policy,
  product,
  row,
  span,
  subscription,
  TYPICAL,
} from '../testing/sides.ts';
import { orgsToReadAgain, periodsToReadBefore } from './follow-up-requests.ts';
import { NO_REREADING } from './rereading-context.ts';

const PERIODS = { open: APRIL, closed: span('2026-04-01', '2026-04-30', 'closed') };

function world(legacy: Figures, contract: Figures, status: keyof typeof PERIODS = 'open') {
  const period = PERIODS[status];
  const own = { ...TYPICAL, committed: '50' };
  return {
    legacy: legacySide(
      ['a', 'b'].map((id) =>
        subscription(id, [row(id, 'P1', { ...own, ...(id === 'a' ? legacy : {}) }, { period })], { period }),
      ),
    ),
    contract: contractSide(
      ['a', 'b'].map((id) => ({
        id: `c-${id}`,
        periods: [{ span: period, charges: [{ ...own, ...(id === 'a' ? contract : {}), orgs: [id], sku: 'P1' }] }],
      })),
    ),
  };
}
const judge = (sides: ReturnType<typeof world>, before: ReturnType<typeof world> | null = null) =>
  compare(sides.legacy, sides.contract, policy(), {
    ...NO_REREADING,
    before: before === null ? null : { ...before, orgs: new Set(['a']) },
  });
const actualOf = (judgement: ReturnType<typeof judge>) =>
  judgement.cells.find(({ rule, scope }) => rule === 'actual-quantity' && scope.orgs[0]?.id === 'a');

describe('who is read again', () => {
  it('only organisations of which something but dates does not agree, in an open period', () => {
    expect([...orgsToReadAgain(judge(world({}, { actual: '16' })))]).toEqual(['a']);
    expect([...orgsToReadAgain(judge(world({}, { overageCharge: '1' })))]).toEqual(['a']);
    expect([...orgsToReadAgain(judge(world({}, { actual: '16' }, 'closed')))]).toEqual([]);
    expect([...orgsToReadAgain(judge(world({}, { committed: '51' })))]).toEqual(['a']);
    expect([...orgsToReadAgain(judge(world({}, {})))]).toEqual([]);
  });
});

describe('who is not read again', () => {
  it('what nobody could expect to compare, in a part, too', () => {
    const judgement = judge(world({ actual: '14' }, {}));
    const all = new Set(judgement.cells.map(({ id }) => id));
    expect([...orgsToReadAgain(judgement, 'part')]).toEqual(['a']);
    expect([...orgsToReadAgain({ ...judgement, outsideCoverage: all }, 'part')]).toEqual([]);
  });
});

describe('a figure that was read twice', () => {
  it.each([
    ['contract', {}, { actual: '16' }, {}, { actual: '17' }, 'legacy said 15 both times; contract said 16, then 17'],
    ['legacy', { actual: '14' }, {}, { actual: '16' }, {}, 'legacy said 14, then 16; contract said 15 both times'],
    ['contract, and now agrees', {}, { actual: '16' }, {}, {}, 'legacy said 15 both times; contract said 16, then 15'],
  ])('moved on the side %s: unstable, with both readings', (_, legacy1, contract1, legacy2, contract2, words) => {
    const first = world(legacy1, contract1);
    const cell = actualOf(judge(world(legacy2, contract2), first));
    expect(cell).toMatchObject({ status: 'unstable', reason: expect.stringContaining(words), money: [], delta: null });
    const moved = cell?.contract?.first ?? cell?.legacy?.first;
    expect(moved?.value).toMatch(/^1[46]$/);
  });

  it('stood still: it is a mismatch', () => {
    const first = world({}, { actual: '16' });
    expect(actualOf(judge(world({}, { actual: '16' }), first))).toMatchObject({ status: 'mismatch' });
  });

  it('of a charge over several organisations, of which one was read again', () => {
    const joint = (actual: string) => ({
      legacy: legacySide(['a', 'b'].map((id) => subscription(id, [row(id, 'P1')]))),
      contract: contractSide([
        { id: 'c', periods: [{ span: APRIL, charges: [{ ...TYPICAL, actual, orgs: ['a', 'b'], sku: 'P1' }] }] },
      ]),
    });
    expect(actualOf(judge(joint('31'), joint('32')))?.status).toBe('unstable');
  });

  it('leaves the rate card alone', () => {
    const card = { currency: 'USD', committedRate: null, overageRate: decimal('24') };
    const products = [product('P1', { expected: card })];
    const [first, now] = [world({}, { actual: '16' }), world({}, { actual: '17' })];
    const judgement = compare(now.legacy, now.contract, policy({ products }), {
      ...NO_REREADING,
      before: { ...first, orgs: new Set(['a']) },
    });
    const cells = judgement.cells.filter(({ rule, scope }) => rule === 'rate-card' && scope.orgs[0]?.id === 'a');
    expect(cells.filter(({ status }) => status === 'mismatch').map(({ scope }) => scope.side)).toEqual([
      'contract',
      'legacy',
    ]);
    expect(actualOf(judgement)?.status).toBe('unstable');
  });

  it('is outside both percentages', () => {
    const judgement = judge(world({}, { actual: '17' }), world({}, { actual: '16' }));
    expect(judgement.counts).toMatchObject({ unstable: 1, mismatch: 0 });
    expect(judgement.verdict).toBe('parity');
    expect(judgement.parityPercent).toBe('100');
  });

  it('says nothing of organisations that were read once, and of closed periods', () => {
    const first = world({}, { actual: '16' });
    const now = world({}, { actual: '17' });
    const elsewhere = compare(now.legacy, now.contract, policy(), {
      ...NO_REREADING,
      before: { ...first, orgs: new Set(['b']) },
    });
    expect(actualOf(elsewhere)?.status).toBe('mismatch');
    const closed = judge(world({}, { actual: '17' }, 'closed'), world({}, { actual: '16' }, 'closed'));
    expect(actualOf(closed)?.status).toBe('mismatch');
  });

  it('could not be read again: not comparable, never unstable or a match', () => {
    const failure = {
      side: 'contract',
      source: 'contract-api',
      code: 'http-status',
      message: 'GET /x answered 503',
    } as const;
    const subject = { kind: 'period', contractId: 'c-a', periodId: 'c-a-p1' } as const;
    const at = { exchange: 'x', pointer: '' };
    const first = world({}, { actual: '16' });
    const whole = world({}, {});
    const lost = {
      ...whole,
      contract: {
        ...whole.contract,
        details: whole.contract.details.filter(({ contractId }) => contractId !== 'c-a'),
        lines: whole.contract.lines.filter(({ charge }) => charge?.contractId !== 'c-a'),
        failures: [{ ...failure, subject, at }],
      },
    };
    expect(actualOf(judge(lost, first))?.status).toBe('not-comparable');
  });
});

describe('the period before', () => {
  it('is asked for where the use of three pairs stays unexplained', () => {
    const many = (count: number, actual: string) => {
      const ids = Array.from({ length: count }, (_, index) => `o${index}`);
      return compare(
        legacySide(ids.map((id) => subscription(id, [row(id, 'P1')]))),
        contractSide(
          ids.map((id, index) => ({
            id: `c-${id}`,
            periods: [
              { span: APRIL, charges: [{ ...TYPICAL, actual: actual || `${17 + index * 3}`, orgs: [id], sku: 'P1' }] },
            ],
          })),
        ),
        policy(),
      );
    };
    expect([...periodsToReadBefore(many(3, ''))].sort()).toEqual([
      ['o0', '2026-04-01'],
      ['o1', '2026-04-01'],
      ['o2', '2026-04-01'],
    ]);
    expect(periodsToReadBefore(many(2, '')).size).toBe(0);
    // Explained already: × 60.
    expect(periodsToReadBefore(many(3, '900')).size).toBe(0);
  });
});
