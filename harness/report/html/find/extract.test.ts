import { describe, expect, it } from 'vitest';
import { add, decimal } from '../../../domain/decimal.ts';
import { sampleContext } from '../../testing/sample.ts';
import { extractOf } from './extract.ts';

const context = sampleContext({ out: '' });

describe('an extract', () => {
  const extract = extractOf(context, 'rule:overage-rate');

  it('tells nothing of all records, bills and pairs of the run', () => {
    const { accounts, tieOut, compared, moneyUnknown, periods } = extract.result;
    expect([accounts, tieOut, compared, moneyUnknown, periods]).toEqual(Array.from({ length: 5 }));
    expect(extract.statement).toEqual([]);
  });

  it('counts money of mismatches as at risk, and waived money as waived', () => {
    const sum = (status: string): string =>
      extract.findings
        .filter((finding) => finding.status === status && finding.moneyAtRisk?.currency === 'KWD')
        .reduce((total, { moneyAtRisk }) => add(total, decimal(moneyAtRisk?.amount ?? '0')), decimal(0));
    expect(sum('waived')).not.toBe('0');
    const told = extract.result.moneyWaived?.find(({ currency }) => currency === 'KWD');
    expect(decimal(told?.overBilled ?? '')).toBe(sum('waived'));
    const atRisk = extract.result.moneyAtRisk.find(({ currency }) => currency === 'KWD');
    expect(decimal(atRisk?.overBilled ?? '0')).toBe(sum('mismatch'));
  });
});

describe('a customer’s pack', () => {
  const joint = context.statement.find(({ orgs }) => orgs.length > 1)?.orgs ?? [];

  it('leaves out what is billed together with somebody who is not named', () => {
    const { statement, passed, extract } = extractOf(context, `org:${joint[0]?.id}`);
    expect(joint.length).toBeGreaterThan(1);
    expect(extract?.isOfCustomers).toBe(true);
    const theirs = [...statement, ...(passed ?? [])].map(({ orgs }) => orgs.map(({ id }) => id));
    expect(theirs.every((ids) => ids.join() === joint[0]?.id)).toBe(true);
  });

  it('has what is billed together where all are named', () => {
    const { statement } = extractOf(context, joint.map(({ id }) => `org:${id}`).join(' '));
    expect(statement.length).toBeGreaterThan(0);
    expect(statement.every(({ orgs }) => orgs.length === joint.length)).toBe(true);
  });
});
