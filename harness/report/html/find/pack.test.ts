import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, FindingStatement } from '../../../domain/run-result.ts';
import { sampleContext } from '../../testing/sample.ts';
import { pack } from './pack.ts';
import { FindingTable } from './table.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const maybe = fc.option(text);

const reading: fc.Arbitrary<Omit<FindingStatement, 'first'>> = fc.record({
  value: maybe,
  raw: maybe,
  derivation: maybe,
  evidence: fc.option(fc.record({ exchange: text, url: text, at: text, correlationId: maybe, pointer: text })),
});
const statement: fc.Arbitrary<FindingStatement> = fc
  .tuple(reading, fc.option(reading))
  .map(([now, first]) => (first === null ? now : { ...now, first }));
const money = fc.record({ currency: text, amount: text, direction: text });

const finding: fc.Arbitrary<Finding> = fc
  .record({
    id: text,
    status: fc.constantFrom('mismatch', 'not-comparable', 'unstable', 'tolerated', 'waived'),
    category: fc.constantFrom('coverage', 'quantity', 'schema'),
    rule: text,
    side: fc.constantFrom(null, 'legacy', 'contract'),
    orgs: fc.array(fc.record({ id: text, name: maybe }), { maxLength: 3 }),
    region: maybe,
    appId: maybe,
    sku: maybe,
    partNumber: maybe,
    period: fc.option(fc.record({ start: text, end: text, status: text })),
    legacy: fc.option(statement),
    contract: fc.option(statement),
    delta: maybe,
    relative: maybe,
    moneyAtRisk: fc.option(money),
    rootCause: maybe,
    derivedFrom: maybe,
    waiver: fc.option(fc.record({ reason: text, owner: text, ticket: maybe, expires: text })),
    reason: maybe,
  })
  .chain((made) =>
    fc.option(fc.array(money, { minLength: 1, maxLength: 2 })).map((more) => ({
      ...made,
      ...(more === null ? {} : { moreMoneyAtRisk: more }),
    })),
  ) as fc.Arbitrary<Finding>;

/** As the page carries it: through JSON. */
const carried = (findings: readonly Finding[]): FindingTable =>
  new FindingTable(JSON.parse(JSON.stringify(pack(findings))) as ReturnType<typeof pack>);

describe('packed findings', () => {
  it('come back as they were, whatever stands in them', () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 6 }), (findings) => {
        const table = carried(findings);
        expect(findings.map((_, row) => table.finding(row))).toEqual(findings);
      }),
    );
  });

  it('are found by id', () => {
    const { findings } = sampleContext({ out: '' });
    const table = carried(findings);
    for (const one of findings) expect(table.byId(one.id)).toEqual(one);
    expect(table.byId('nowhere')).toBeNull();
  });

  it('tell the same places once, and findings by their place', () => {
    const [first, second, third] = sampleContext({ out: '' }).findings;
    if (first === undefined || second === undefined || third === undefined) throw new Error('too few');
    const findings = [
      { ...first, sku: 'A', partNumber: 'P-A', derivedFrom: third.id },
      { ...second, sku: 'B', partNumber: 'P-B', derivedFrom: null },
      { ...third, sku: 'A', partNumber: 'P-A', derivedFrom: null },
    ];
    const { partNumber, derivedFrom } = pack(findings).columns;
    expect(partNumber).toEqual({ values: ['P-A', 'P-B'], at: 'sku' });
    expect(derivedFrom).toEqual({ values: 'id', at: [3, 0, 0] });
    const cut = pack(findings.slice(0, 2)).columns.derivedFrom;
    expect(cut).toEqual({ values: [third.id], at: [1, 0] });
  });

  it('take less than half the room', () => {
    const { findings } = sampleContext({ out: '', orgs: 200, findings: 1000 });
    expect(JSON.stringify(pack(findings)).length).toBeLessThan(JSON.stringify(findings).length / 2);
  });
});
