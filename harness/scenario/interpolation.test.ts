// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the places of variables in a scenario are the subject here.
import { describe, expect, it } from 'vitest';
import { interpolate } from './interpolation.ts';

const lookup = (name: string): string | undefined => ({ A: 'alpha', B_2: 'b', EMPTY: '', DOLLARS: '${A} $& $1' })[name];

describe('interpolate', () => {
  it.each([
    ['no place at all', 'no place at all'],
    ['${A}', 'alpha'],
    ['${A}/${B_2}-${A}', 'alpha/b-alpha'],
    ['${EMPTY}', ''],
    ['$${A}', '${A}'],
    ['$A $ {A} {A}', '$A $ {A} {A}'],
    // A value is put in as it is, even where it looks like a place or a replacement pattern.
    ['${DOLLARS}', '${A} $& $1'],
    ['$$${A}', '$${A}'],
  ])('reads %j as %j', (text, expected) => {
    expect(interpolate(text, lookup)).toMatchObject({ text: expected, missing: [], malformed: [] });
  });

  it('names what is missing, and leaves its place', () => {
    expect(interpolate('${A}${GONE}${LOST}', lookup)).toEqual({
      text: 'alpha${GONE}${LOST}',
      names: ['A', 'GONE', 'LOST'],
      missing: ['GONE', 'LOST'],
      malformed: [],
    });
  });

  it.each(['${}', '${A-B}', '${2A}', '${A', '${ A }', '${A:-default}'])('refuses %j', (text) => {
    expect(interpolate(text, lookup)).toMatchObject({ names: [], malformed: [text] });
  });
});
