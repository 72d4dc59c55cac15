import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptOf, headOf, parseBody } from './excerpt.ts';

const BODY =
  '{"id":"p-7","charges":[{"id":"a"},{"id":"b","overageRate":25.00,"tiny":1e-6,"organizations":[{"id":"x"}]}],"wallets":[]}';
const cut = (pointer: string) => excerptOf(parseBody(BODY), pointer);
const marked = (pointer: string): string[] => {
  const { text, mark } = cut(pointer);
  return mark === null ? [] : text.split('\n').slice(mark[0], mark[1] + 1);
};

describe('excerptOf', () => {
  it('shows the way down, the object around the value, and counts the rest', () => {
    expect(cut('/charges/1/overageRate')).toEqual({
      text: [
        '{',
        '  "charges": [',
        '    {',
        '      "id": "b"',
        '      "overageRate": 25.00',
        '      "tiny": 1e-6',
        '      "organizations": [ … 1 entry ]',
        '    }',
        '    … 1 more',
        '  ]',
        '  … 2 more',
        '}',
      ].join('\n'),
      mark: [4, 4],
    });
  });

  it('marks a whole object, and only it', () => {
    const lines = marked('/charges/1');
    expect(lines[0]).toBe('    {');
    expect(lines.at(-1)).toBe('    }');
    expect(lines).toHaveLength(6);
  });

  it('marks a whole list', () => {
    expect(marked('/charges')).toEqual(['  "charges": [', '    { … 1 key }', '    { … 4 keys }', '  ]']);
    expect(marked('/wallets')).toEqual(['  "wallets": [', '  ]']);
  });

  it('shows the body from its root where the pointer is empty or leads nowhere', () => {
    expect(cut('').text).toContain('"wallets": []');
    expect(cut('/nothing/here').mark).toBeNull();
    expect(cut('/charges/9').mark).toBeNull();
  });

  it('reads escaped pointers', () => {
    const { text, mark } = excerptOf(parseBody('{"a/b":{"c~d":1}}'), '/a~1b/c~0d');
    expect(text.split('\n')[mark?.[0] ?? -1]).toBe('    "c~d": 1');
  });

  it('keeps long lists short around the entry that matters', () => {
    const body = JSON.stringify({ rows: Array.from({ length: 5000 }, (_, at) => at) });
    const { text, mark } = excerptOf(parseBody(body), '/rows/2500');
    const lines = text.split('\n');
    expect(lines.length).toBeLessThan(50);
    expect(lines[mark?.[0] ?? -1]?.trim()).toBe('2500');
    expect(text).toContain('… 2480 before');
    expect(text).toContain('… 2480 more');
  });

  it('shortens long texts', () => {
    expect(excerptOf(parseBody(JSON.stringify({ a: 'x'.repeat(10_000) })), '/a').text.length).toBeLessThan(300);
  });

  it('does not follow what every object has by nature', () => {
    expect(cut('/constructor/prototype').mark).toBeNull();
    expect(cut('/charges/length').mark).toBeNull();
  });

  it('never fails, whatever the body and the pointer', () => {
    fc.assert(
      fc.property(fc.json(), fc.array(fc.string()), (json, steps) => {
        const tree = parseBody(json);
        if (tree !== undefined) excerptOf(tree, steps.map((step) => `/${step}`).join(''));
      }),
    );
  });
});

describe('parseBody', () => {
  it.each(['', 'not json', '{"a":', '['.repeat(100_000)])('takes what is not JSON as such', (body) => {
    expect(parseBody(body)).toBeUndefined();
  });

  it('shows the beginning of it', () => {
    expect(headOf('<html>').text).toBe('<html>');
    expect(headOf('x'.repeat(1000)).text).toHaveLength(401);
  });
});
