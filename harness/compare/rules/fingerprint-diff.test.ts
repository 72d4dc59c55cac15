import { describe, expect, it } from 'vitest';
import { contradictions, parseFingerprint, topFields } from './fingerprint-diff.ts';

const between = (first: string, second: string) =>
  contradictions(parseFingerprint(first), parseFingerprint(second)).map(
    ({ path, first: one, second: other }) => `${path.join('/')}: ${one} | ${other}`,
  );

describe('contradictions', () => {
  it.each([
    ['{"a":1}', '{"a":1}', []],
    ['{"a":[{"id":"x","v":1},{"id":"y","v":2}]}', '{"a":[{"id":"y","v":2},{"id":"x","v":1}]}', []],
    ['{"a":["p","q"]}', '{"a":["q","p"]}', []],
    ['{"a":1}', '{"a":2}', ['a: 1 | 2']],
    ['{"a":1}', '{}', ['a: 1 | null']],
    ['{"a":null}', '{}', ['a: null | null']],
    ['{"a":[1]}', '{"a":{"b":1}}', ['a: [1] | {"b":1}']],
    ['{"a":["p"]}', '{"a":["q"]}', ['a/"p": "p" | null', 'a/"q": null | "q"']],
    ['{"a":["p","p"]}', '{"a":["p"]}', ['a/"p" (2): "p" | null']],
    ['{"a":[{"id":"x"},{"id":"x","v":1}]}', '{"a":[{"id":"x"},{"id":"x","v":2}]}', ['a/x (2)/v: 1 | 2']],
    ['{"n":12345678901234567891}', '{"n":12345678901234567892}', ['n: 12345678901234567891 | 12345678901234567892']],
    ['', '{"a":1}', [': null | {"a":1}']],
  ])('of %s and %s', (first, second, expected) => {
    expect(between(first, second)).toEqual(expected);
    expect(between(second, first)).toHaveLength(expected.length);
  });

  it('shortens what is long', () => {
    const [found] = between('{"a":"x"}', `{"a":"${'y'.repeat(300)}"}`);
    expect(found?.length).toBeLessThan(100);
    expect(found).toMatch(/…$/);
  });

  it('names the fields of the body', () => {
    expect(topFields(parseFingerprint('{"a":1,"b":{"c":2}}'))).toEqual(['a', 'b']);
    expect(topFields(parseFingerprint(''))).toEqual([]);
  });
});
