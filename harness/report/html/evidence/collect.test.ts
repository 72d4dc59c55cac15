import { describe, expect, it } from 'vitest';
import type { FindingEvidence } from '../../../domain/run-result.ts';
import { sampleContext } from '../../testing/sample.ts';
import { excerptKey } from '../data.ts';
import { pageData, reportData } from './collect.ts';

const context = sampleContext({ out: '' });
const data = reportData(context);

describe('reportData', () => {
  it('has the exchange of every piece of evidence, without its body', () => {
    for (const { legacy, contract } of context.findings) {
      for (const evidence of [legacy?.evidence, contract?.evidence]) {
        if (evidence != null) expect(data.evidence.exchanges[evidence.exchange]?.url).toContain(evidence.url);
      }
    }
    expect(JSON.stringify(data.evidence.exchanges)).not.toContain('prepayQuantity');
  });

  it('has excerpts for what is unresolved, and none for what is tolerated or waived', () => {
    const wanted = new Set<string>();
    for (const { status, legacy, contract } of context.findings) {
      if (status === 'tolerated' || status === 'waived') continue;
      for (const evidence of [legacy?.evidence, contract?.evidence])
        if (evidence != null) wanted.add(excerptKey(evidence));
    }
    expect(new Set(Object.keys(data.evidence.excerpts))).toEqual(wanted);
    expect(data.excerptNote).toBeNull();
  });

  it('has the texts of the rules that found something, and of no other', () => {
    const rules = [...context.rules, { id: 'ramp-end', category: 'term', title: '', doc: '', example: '' }];
    expect(reportData({ ...context, rules }).rules).toEqual(context.rules);
  });

  it('stands without exchanges', () => {
    const bare = reportData({ ...context, exchanges: () => null });
    expect(bare.evidence.exchanges).toEqual({});
    expect(bare.evidence.excerpts).toEqual({});
  });

  it('leaves excerpts out beyond its budget, the largest money kept, and says so', () => {
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`k${at}`, 'x'.repeat(150)])));
    const exchanges: typeof context.exchanges = (id) => {
      const exchange = context.exchanges(id);
      return exchange && { ...exchange, outcome: { kind: 'answer', status: 200, headers: {}, body } };
    };
    const large = sampleContext({ out: '', orgs: 2000, findings: 4000 });
    const cut = reportData({ ...large, exchanges });
    expect(cut.excerptNote).toMatch(/^\d+ excerpts of bodies stand in report-evidence\.jsonl/);
    const lines = [...(pageData({ ...large, exchanges }).sidecar ?? [])].map(
      (line) => JSON.parse(line) as FindingEvidence,
    );
    expect(cut.excerptNote).toContain(`${lines.length} excerpts`);
    for (const line of lines) expect(cut.evidence.excerpts[excerptKey(line)]).toBeUndefined();
    const [first] = large.findings;
    expect(first?.legacy?.evidence && cut.evidence.excerpts[excerptKey(first.legacy.evidence)]).toBeDefined();
    expect(Object.values(cut.evidence.excerpts).reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(
      8_100_000,
    );
  });
});
