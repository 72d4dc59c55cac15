import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { sampleContext } from '../../testing/sample.ts';
import { reportData } from '../evidence/collect.ts';
import { againCommand, issueText } from './issue-text.ts';
import { type SliceFormat, sliceFile } from './slice.ts';

const context = sampleContext({ out: '' });
const data = reportData(context);
const [one, ...others] = context.findings.filter(({ orgs }) => orgs.length === 1);
if (one === undefined) throw new Error('the sample has findings');
const text = (format: SliceFormat): string => sliceFile(format, [one], data).parts.join('');

describe('a slice to pass on', () => {
  it('has one row a finding as CSV', () => {
    const rows = parse(text('csv'), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows.map(({ id }) => id)).toEqual([one.id]);
  });

  it('has the evidence of its findings and names no other organisation as JSON', () => {
    const json = text('json');
    const part = JSON.parse(json) as { findings: unknown[]; exchanges: object; excerpts: object };
    expect(part.findings).toEqual([JSON.parse(JSON.stringify(one))]);
    expect(Object.keys(part.exchanges)).toEqual(
      [one.legacy?.evidence?.exchange, one.contract?.evidence?.exchange].filter((id) => id !== undefined),
    );
    expect(Object.keys(part.excerpts).length).toBeGreaterThan(0);
    const strangers = new Set(
      others.flatMap(({ orgs }) => orgs.map(({ id }) => id)).filter((id) => id !== one.orgs[0]?.id),
    );
    for (const id of strangers) expect(json).not.toContain(id);
  });

  it('is a table as Markdown', () => {
    expect(text('markdown').trim().split('\n')).toHaveLength(3);
  });

  it('names its file by the run alone', () => {
    expect(sliceFile('csv', [one], data).name).toBe('findings-20260420T120000Z-7f3a.csv');
  });
});

describe('a finding as issue text', () => {
  it('tells both sides, the money and the command, and no credential', () => {
    const finding = context.findings.find(({ rule, status }) => rule === 'overage-rate' && status === 'mismatch');
    if (finding === undefined) throw new Error('the sample has one');
    const issue = issueText(finding, data);
    expect(issue).toContain('### overage-rate:');
    expect(issue).toContain('**Legacy**: 23.74');
    expect(issue).toContain('**Contract**: 25');
    expect(issue).toContain('Bearer $CONTRACT_TOKEN');
    expect(issue).toContain(`parity explain ${finding.id} --run reports/us-nightly/20260420T120000Z-7f3a`);
  });

  it('knows how to look at it again, where it is known where', () => {
    const orgs = [
      { id: 'o 1', name: null },
      { id: 'o-2', name: null },
    ];
    expect(againCommand({ orgs, region: 'us-east-1' })).toBe(
      "parity run SCENARIO.yaml --org 'us-east-1/o 1' us-east-1/o-2",
    );
    expect(againCommand({ orgs, region: null })).toBeNull();
  });

  it('shows hostile names as text', () => {
    for (const finding of context.findings) expect(issueText(finding, data)).not.toMatch(/(?<!\\)<(?:img|script)/);
  });
});
