import { describe, expect, it } from 'vitest';
import type { CaptureFailure, CaptureSubject } from '../../domain/capture.ts';
import type { Cell } from '../../domain/finding.ts';
import { compare } from '../compare.ts';
import { RULES } from '../rules/registry.ts';
import { at } from '../testing/figures.ts';
import { onePair, org, policyForP1 } from '../testing/sides.ts';
import { failuresWithoutCell } from './failures.ts';

const failure = (
  subject: CaptureSubject,
  side: 'legacy' | 'contract',
  message = 'GET /x answered 503',
): CaptureFailure => ({
  side,
  source: side === 'legacy' ? 'usage-api' : 'contract-api',
  subject,
  code: 'http-status',
  message,
  at: at('f'),
});

const judge = (failures: readonly CaptureFailure[], alone = false) => {
  const { legacy, contract } = onePair();
  const of = (side: string) => failures.filter((one) => one.side === side);
  return compare(
    alone ? null : { ...legacy, failures: of('legacy') },
    { ...contract, failures: of('contract') },
    policyForP1({ orgs: [{ id: 'a', region: 'us-east-1', name: null }] }),
  );
};

describe('what could not be asked or read', () => {
  it.each<[CaptureSubject, 'legacy' | 'contract', string | null]>([
    [{ kind: 'regions' }, 'legacy', null],
    [{ kind: 'region-listing', region: 'eu-west-1' }, 'legacy', null],
    [{ kind: 'organisation', org: org('a'), region: 'eu-west-1' }, 'legacy', null],
    [{ kind: 'contracts' }, 'contract', null],
    [{ kind: 'contract', contractId: 'c1' }, 'contract', null],
    [{ kind: 'contract', contractId: 'c9' }, 'contract', null],
    [{ kind: 'period', contractId: 'c1', periodId: 'c1-p1' }, 'contract', null],
    [{ kind: 'period', contractId: 'c9', periodId: 'p9' }, 'contract', null],
    [{ kind: 'invoices' }, 'contract', null],
    [{ kind: 'invoice', invoiceId: 'i1' }, 'contract', null],
  ])('leaves a cell within coverage: %j', (subject, side) => {
    const judgement = judge([failure(subject, side, 'GET /lost answered 503')]);
    const told = judgement.cells.filter(
      ({ id, status, reason }) =>
        status === 'not-comparable' &&
        !judgement.outsideCoverage.has(id) &&
        reason?.includes('GET /lost answered 503') === true,
    );
    expect(told.length).toBeGreaterThan(0);
    expect(judgement.verdict).not.toBe('parity');
    expect(judgement.coveragePercent).not.toBe('100');
  });

  it('leaves one for each, also of one kind, and one for the same failure twice', () => {
    const invoice = (id: string, message: string) => failure({ kind: 'invoice', invoiceId: id }, 'contract', message);
    const told = (failures: readonly CaptureFailure[]) =>
      judge(failures)
        .cells.filter(({ status }) => status === 'not-comparable')
        .map(({ rule, reason }) => `${rule}: ${reason}`);
    const both = told([invoice('i1', 'GET /1 answered 503'), invoice('i2', 'GET /2 answered 503')]);
    expect(both.filter((one) => one.includes('GET /1'))).toHaveLength(1);
    expect(both.filter((one) => one.includes('GET /2'))).toHaveLength(1);
    const twice = told([invoice('i1', 'GET /1 answered 503'), invoice('i1', 'GET /1 answered 503')]);
    expect(twice).toHaveLength(1);
  });

  it('of an organisation that the scenario does not list leaves one, too', () => {
    const judgement = judge([failure({ kind: 'organisation', org: org('stranger'), region: null }, 'legacy')]);
    const told = judgement.cells.filter(({ status }) => status === 'not-comparable');
    expect(told.map(({ rule, scope }) => [rule, scope.orgs[0]?.id])).toEqual([['source-agreement', 'stranger']]);
  });

  it('leaves one where the contract side is looked at alone', () => {
    const judgement = judge([failure({ kind: 'invoices' }, 'contract')], true);
    expect(judgement.verdict).toBe('inconclusive');
    expect(judgement.cells.some(({ status }) => status === 'not-comparable')).toBe(true);
  });

  it('is told again where only a cell outside coverage tells it, or one that is compared', () => {
    const { legacy, contract } = onePair();
    const failures = [failure({ kind: 'invoices' }, 'contract')];
    const sides = { legacy, contract: { ...contract, failures }, policy: policyForP1(), alignment: null };
    const telling = judge(failures).cells.find(({ reason }) => reason?.includes('GET /x answered 503') === true);
    if (telling === undefined) throw new Error('no cell tells it');
    const untold = (cells: readonly Cell[], unexpected: readonly Cell[] = []) =>
      [...failuresWithoutCell(sides, cells, new Set(unexpected), RULES)].length;
    expect(untold([telling])).toBe(0);
    expect(untold([telling], [telling])).toBe(1);
    expect(untold([{ ...telling, status: 'tolerated' }])).toBe(1);
    expect(untold([{ ...telling, reason: 'something else' }])).toBe(1);
  });

  it('is nothing where nothing failed', () => {
    expect(judge([]).verdict).toBe('parity');
  });
});
