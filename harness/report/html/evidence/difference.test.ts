import { parse } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { differenceOf, plain } from './difference.ts';

const between = (before: string, after: string) =>
  differenceOf(plain(parse(before)) as object, plain(parse(after)) as object).map(
    ({ path, kind, before: was, after: is }) => `${kind} ${path}: ${was} → ${is}`,
  );

describe('the difference of two bodies', () => {
  it('keeps the literal text of numbers', () => {
    expect(between('{"a":1.0,"b":90071992547409931.50}', '{"a":1,"b":90071992547409931.50}')).toEqual([
      'changed a: 1.0 → 1',
      'equal b: 90071992547409931.50 → 90071992547409931.50',
    ]);
  });

  it('names the keys on the way down, entries of lists by id or by place', () => {
    const before = '{"charges":[{"id":"x.y","q":1},{"id":"z","q":2}],"days":[1,2],"org":{"na.me":"a"}}';
    const after = '{"charges":[{"id":"z","q":3},{"id":"x.y","q":1}],"days":[1,3],"org":{"na.me":"b"}}';
    expect(between(before, after)).toEqual([
      'changed charges/z/q: 2 → 3',
      'changed days/1: 2 → 3',
      'changed org/na.me: a → b',
    ]);
  });

  it('tells what only one side has', () => {
    expect(between('{"a":"1","b":null}', '{"a":"1","c":[1]}').sort()).toEqual([
      'added c: null → ["1"]',
      'equal a: 1 → 1',
      'removed b: null → null',
    ]);
  });
});
