import { beforeAll, describe, expect, it } from 'vitest';
import { JUDGEMENT } from '../testing/judgement.ts';
import { sampleContext } from '../testing/sample.ts';
import { toStatement } from './statement.ts';
import { checker, type SchemaCheck } from './testing/schemas.ts';

let checkStatement: SchemaCheck;
beforeAll(async () => {
  checkStatement = await checker('statement.schema.json');
});

describe('statement.jsonl', () => {
  const statement = toStatement(JUDGEMENT);

  it('has both bills of each pair at the minor unit, and null for what is not known', () => {
    expect(
      statement.map(({ currency, legacy, contract, difference, findings, residual }) => [
        currency,
        legacy,
        contract,
        difference,
        findings,
        residual,
      ]),
    ).toEqual([
      ['KWD', '100.000', '100.125', '0.125', '0.000', '0.125'],
      ['USD', null, '120.00', null, '0.00', null],
    ]);
  });

  it('fits its published schema', () => {
    for (const line of [...statement, ...sampleContext({ out: '' }).statement])
      expect(checkStatement(line)).toEqual([]);
  });

  it.each<[string, object]>([
    ['a number in place of a decimal text', { legacy: 1 }],
    ['no note', { note: undefined }],
    ['no currency', { currency: '' }],
    ['a field that is not pinned', { pair: 'p' }],
  ])('is refused by the schema with %s', (_name, spoilt) => {
    expect(checkStatement({ ...statement[0], ...spoilt })).not.toEqual([]);
  });
});
