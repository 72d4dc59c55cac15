// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the places of variables in a scenario are the subject here.
import { describe, expect, it } from 'vitest';
import { parseScenario } from './document.ts';
import { interpolate } from './interpolation.ts';

const read = (text: string) => parseScenario(text, 'x.yaml', (value) => interpolate(value, () => 'secret'));
const said = (text: string): string[] =>
  read(text).issues.map((issue) => `${issue.line}:${issue.column}: ${issue.message}`);

describe('readDocument', () => {
  it('hands over numbers as their literal text', () => {
    const { document, issues } = read('[23.740, 1e-6, 12345678901234567.89, 0012, 0x1F, -0, .inf, "7"]');
    expect(issues).toEqual([]);
    expect(document?.value).toEqual(['23.740', '1e-6', '12345678901234567.89', '0012', '0x1F', '-0', '.inf', '7']);
  });

  it('knows the place of keys and values', () => {
    const { document } = read('a:\n  bcd: [1, {e: 2}]\n');
    expect(document?.issue(['a', 'bcd'], 'm', 'key')).toEqual({ file: 'x.yaml', line: 2, column: 3, message: 'm' });
    expect(document?.issue(['a', 'bcd', 1, 'e'], 'm')).toMatchObject({ line: 2, column: 16 });
    expect(document?.issue(['a', 'none', 'deeper'], 'm')).toMatchObject({ line: 1, column: 1 });
  });

  it('counts columns behind characters of several bytes and in files with carriage returns', () => {
    expect(said('a: "ü😀"\r\nb: &x 1\r\nb: 2\r\n')).toEqual([
      '3:1: `b` stands here for the second time; expected each key once',
    ]);
  });

  it('shows what is written, never the value of a variable', () => {
    const { document } = read('a: "x-${NAME}"\nb: |\n  first\n  second\nc:\n');
    expect(document?.value).toEqual({ a: 'x-secret', b: 'first\nsecond\n' });
    expect(document?.shown(['a'])).toBe('`"x-${NAME}"`');
    expect(document?.shown(['c'])).toBe('nothing');
    expect(document?.blanks).toEqual([['c']]);
  });

  it('makes maps that no key can turn into something else', () => {
    const { document, issues } = read('a: { constructor: 1 }\n"__proto__": { polluted: 1 }\n');
    expect(issues).toHaveLength(1);
    expect(Object.getPrototypeOf(document?.value)).toBeNull();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([
    ['', '1:1: the file is empty; expected a scenario'],
    ['a: 1\n---\nb: 2\n', '2:1: a second document starts here; expected one scenario a file'],
    ['a: { key: ${NAME} }\nb: 1\n', '1:11: inside { … } a variable must stand in quotes: "${NAME}"'],
    ['a: 1\na: 2\n', '2:1: `a` stands here for the second time; expected each key once'],
    ['a: &a [*a]\n', '1:8: this alias contains itself'],
    ['a: *b\n', '1:4: the alias `*b` names no anchor in this file'],
    ['a: !secret 1\n', '1:4: Unresolved tag: !secret'],
    ['? [a]\n: 1\n', '1:3: expected a plain word as the key'],
    ['a: b: c\n', '1:4: Nested mappings are not allowed in compact mappings'],
    ['a: ${}\n', '1:4: `${}` names no variable; expected ${NAME} of letters, digits and _, or $${ for the text itself'],
    ['['.repeat(100_000), '1:33: nested too deeply for a scenario'],
    [`a: 1\n${'- '.repeat(100_000)}`, '2:65: nested too deeply for a scenario'],
  ])('refuses case %#', (text, expected) => {
    expect(said(text)).toContain(expected);
  });

  it('does not merge: << is a key like any other', () => {
    expect(read('a: &a { x: 1 }\nb: { <<: *a }\n').document?.value).toEqual({ a: { x: '1' }, b: { '<<': { x: '1' } } });
  });

  it('stops where aliases multiply', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`,
    );
    expect(said(`l0: &l0 [1]\n${levels.join('\n')}\n`).join()).toContain('aliases multiply each other');
  });

  it('finds duplicates in linear time', () => {
    const keys = Array.from({ length: 60_000 }, (_, index) => `k${index}: 1\n`).join('');
    expect(said(`${keys}k7: 2\n`)).toEqual(['60001:1: `k7` stands here for the second time; expected each key once']);
  });
});
