import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELL_STATUSES } from '../domain/finding.ts';
import type { Finding } from '../domain/run-result.ts';
import { compareRuns } from './compare-runs.ts';
import { finding, MISMATCH, run } from './testing/runs.ts';

const LATER = { startedAt: '2026-04-21T02:00:00.000Z' };
const only = (before: ReturnType<typeof run>, after: ReturnType<typeof run>) => {
  const { changes } = compareRuns(before, after);
  expect(changes).toHaveLength(1);
  return changes[0];
};

describe('a mismatch of the later run', () => {
  it.each([
    ['matched', run([], ['a']), 'match'],
    ['was waived', run([finding({ status: 'waived' })], []), 'waived'],
    ['was tolerated', run([finding({ status: 'tolerated' })], []), 'tolerated'],
    ['could not be compared', run([finding({ status: 'not-comparable' })], []), 'not-comparable'],
    ['was not made', run([], ['b']), 'not-made'],
    ['is not known', run([], null), 'unknown'],
  ])('is new where the check %s before', (_, before, status) => {
    expect(only(before, run([MISMATCH], [], LATER))).toMatchObject({ kind: 'new', id: 'a', before: { status } });
  });

  const money = (amount: string, direction = 'over-billed') => ({ currency: 'USD', amount, direction });

  it.each<[string, Partial<Finding>, string | null]>([
    ['the same', {}, null],
    ['moved alike on both sides', { legacy: { value: '20', raw: null, derivation: null, evidence: null } }, null],
    ['a greater difference', { delta: '3' }, 'worse'],
    ['a smaller difference', { delta: '1' }, 'better'],
    ['the difference turned round', { delta: '-2' }, 'other'],
    ['more money', { moneyAtRisk: money('40.01') }, 'worse'],
    ['less money', { moneyAtRisk: money('39.99') }, 'better'],
    ['a smaller difference that costs more', { delta: '1', moneyAtRisk: money('50.00') }, 'worse'],
    ['money that turned round', { moneyAtRisk: money('40.00', 'under-billed') }, 'other'],
    ['money told at another finding of the pair', { moneyAtRisk: null }, null],
    ['another currency', { moneyAtRisk: { ...money('40.00'), currency: 'EUR' } }, 'other'],
    ['no difference that can be counted any more', { delta: null }, 'other'],
  ])('that was there before, with %s', (_, change, trend) => {
    const found = only(run([MISMATCH], []), run([finding(change)], [], LATER));
    expect(found).toMatchObject({ kind: trend === null ? 'persisting' : 'changed', trend });
  });

  it('compares amounts as decimals, not as texts', () => {
    const after = run([finding({ delta: '10', moneyAtRisk: money('100.00') })], [], LATER);
    expect(only(run([finding({ delta: '9' })], []), after)?.trend).toBe('worse');
  });

  it('is no news in the next period, where it stood alone in both', () => {
    const may = { id: 'b', period: { start: '2026-05-01', end: '2026-05-31', status: 'open' } };
    const found = only(run([MISMATCH], []), run([finding({ ...may, delta: '3' })], [], LATER));
    expect(found).toMatchObject({ kind: 'changed', trend: 'worse', id: 'b', before: { finding: { id: 'a' } } });
    expect(found?.why).toContain('2026-04-01');
    const elsewhere = compareRuns(run([MISMATCH], []), run([finding({ ...may, sku: 'OTHER' })], [], LATER));
    expect(elsewhere.counts).toMatchObject({ new: 1, 'not-looked-at': 1 });
    const checkedBefore = compareRuns(run([MISMATCH], ['b']), run([finding(may)], [], LATER));
    expect(checkedBefore.counts).toMatchObject({ new: 1, 'not-looked-at': 1 });
    const two = [finding(may), finding({ ...may, id: 'c' })];
    expect(compareRuns(run([MISMATCH], []), run(two, [], LATER)).counts).toMatchObject({ new: 2, 'not-looked-at': 1 });
  });
});

describe('a mismatch of the earlier run', () => {
  it.each([
    ['matches', run([], ['a'], LATER), 'fixed'],
    ['is tolerated', run([finding({ status: 'tolerated' })], [], LATER), 'tolerated'],
    ['is waived', run([finding({ status: 'waived' })], [], LATER), 'waived'],
    ['cannot be compared', run([finding({ status: 'not-comparable' })], [], LATER), 'unverified'],
    ['moved while it was read', run([finding({ status: 'unstable' })], [], LATER), 'unverified'],
    ['is not made', run([], ['b'], LATER), 'not-looked-at'],
    ['is not known', run([], null, LATER), 'unverified'],
  ])('whose check now %s', (_, after, kind) => {
    const found = only(run([MISMATCH], []), after);
    expect(found?.kind).toBe(kind);
    const proven = kind !== 'unverified' && kind !== 'not-looked-at';
    expect(found?.why === null).toBe(proven);
    expect(compareRuns(run([MISMATCH], []), after).unproven.length === 0).toBe(proven);
  });
});

describe('what the later run could not see', () => {
  it('is told by reason where it agreed before', () => {
    const blind = (id: string, reason: string) => finding({ id, status: 'not-comparable', reason });
    const after = run([blind('b', 'answered 503'), blind('c', 'answered 503'), blind('d', 'no source')], [], LATER);
    const { lost, sightLost } = compareRuns(run([], ['b', 'c']), after);
    expect(lost).toEqual([{ reason: 'answered 503', count: 2 }]);
    expect(sightLost).toBe(true);
  });

  it('is no loss where it could not be compared before either', () => {
    const both = [finding({ status: 'not-comparable' })];
    expect(compareRuns(run(both, []), run(both, [], LATER)).sightLost).toBe(false);
  });

  it('is a loss where an organisation can no longer be read, or a mismatch not be compared', () => {
    expect(compareRuns(run([], ['a']), run([], [], { ...LATER, unreachable: 1 })).sightLost).toBe(true);
    const after = run([finding({ status: 'not-comparable' })], [], LATER);
    expect(compareRuns(run([MISMATCH], []), after).sightLost).toBe(true);
  });
});

describe('two runs', () => {
  it('tell money by currency and side by side', () => {
    const usd = { currency: 'USD', overBilled: '1.00', underBilled: '2.00' };
    const eur = { currency: 'EUR', overBilled: '0.00', underBilled: '3.00' };
    const { money } = compareRuns(run([], [], { money: [usd] }), run([], [], { ...LATER, money: [eur] }));
    expect(money).toEqual([
      {
        currency: 'EUR',
        before: { overBilled: '0', underBilled: '0' },
        after: { overBilled: '0.00', underBilled: '3.00' },
      },
      {
        currency: 'USD',
        before: { overBilled: '1.00', underBilled: '2.00' },
        after: { overBilled: '0', underBilled: '0' },
      },
    ]);
  });

  it('tell how many checks both made', () => {
    const { checks } = compareRuns(run([MISMATCH], ['b', 'c']), run([], ['a', 'b', 'd', 'e'], LATER));
    expect(checks).toEqual({ both: 2, onlyBefore: 1, onlyAfter: 2 });
    expect(compareRuns(run([], null), run([], [], LATER)).checks).toBeNull();
  });

  it('say what makes them less comparable', () => {
    const notes = (before: ReturnType<typeof run>, after: ReturnType<typeof run>) =>
      compareRuns(before, after).notes.join(' ');
    expect(notes(run([], []), run([], [], LATER))).toBe('');
    expect(notes(run([], [], LATER), run([], []))).toContain('The first run is the later one');
    expect(notes(run([], []), run([], []))).toContain('the same run');
    expect(notes(run([], []), run([], [], { ...LATER, scenarioSha256: 'other' }))).toContain('scenario changed');
    expect(notes(run([], []), run([], [], { ...LATER, shard: '1/2' }))).toContain('shard 1/2');
    expect(notes(run([], null), run([], [], LATER))).toContain('matches.txt');
  });
});

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Each check in any standing, or not made. */
const anyRun = fc
  .tuple(
    fc.array(fc.constantFrom(...CELL_STATUSES, null), { minLength: IDS.length, maxLength: IDS.length }),
    fc.boolean(),
    fc.array(fc.constantFrom('2026-04-01', '2026-05-01'), { minLength: IDS.length, maxLength: IDS.length }),
  )
  .map(([statuses, says, starts]) => {
    const findings = statuses.flatMap((status, at) =>
      status === null || status === 'match'
        ? []
        : [finding({ id: IDS[at] ?? '', status, period: { start: starts[at] ?? '', end: '', status: 'open' } })],
    );
    return run(findings, says ? IDS.filter((_, at) => statuses[at] === 'match') : null);
  });

describe('any two runs', () => {
  it('account for every mismatch of both exactly once, and call fixed only what matches', () => {
    fc.assert(
      fc.property(anyRun, anyRun, (before, after) => {
        const { changes, counts } = compareRuns(before, after);
        const mismatching = (of: typeof before) => of.findings.filter(({ status }) => status === 'mismatch');
        const seen = (side: 'before' | 'after') =>
          changes.flatMap((change) => (change[side].status === 'mismatch' ? [change[side].finding?.id] : [])).sort();
        expect(seen('before')).toEqual(mismatching(before).map(({ id }) => id));
        expect(seen('after')).toEqual(mismatching(after).map(({ id }) => id));
        for (const { kind, id } of changes) if (kind === 'fixed') expect(after.matches?.has(id)).toBe(true);
        expect(changes).toHaveLength(
          counts.new +
            counts.changed +
            counts.persisting +
            counts.unverified +
            counts['not-looked-at'] +
            counts.waived +
            counts.tolerated +
            counts.fixed,
        );
      }),
    );
  });

  it('find nothing new against themselves', () => {
    fc.assert(
      fc.property(anyRun, (one) => {
        const { counts, sightLost } = compareRuns(one, one);
        expect({ ...counts, persisting: 0 }).toEqual({
          new: 0,
          changed: 0,
          persisting: 0,
          unverified: 0,
          'not-looked-at': 0,
          waived: 0,
          tolerated: 0,
          fixed: 0,
          worse: 0,
        });
        expect(sightLost).toBe(false);
      }),
    );
  });
});
