import { describe, expect, it } from 'vitest';
import { alikeKey } from './alike.ts';

const ID = '9d750d63-95ae-4df7-8955-2bca7152ca19';
const OTHER = '0a1b2c3d-95ae-4df7-8955-2bca7152ca20';

describe('texts that are alike', () => {
  it.each([
    ['an id', `contract ${ID} could not be read`, `contract ${OTHER} could not be read`],
    ['a hexadecimal id', 'exchange 0a1b2c3d4e5f', 'exchange 5f4e3d2c1b0a'],
    ['a date', 'shows 2026-04-01 to 2026-04-30 only', 'shows 2026-03-31 to 2026-04-29 only'],
    ['seconds to wait', 'no request for another 3600 s', 'no request for another 3598 s'],
  ])('differ by %s only', (_, one, other) => {
    expect(alikeKey(one)).toBe(alikeKey(other));
  });

  it.each([
    ['a status', 'status 503', 'status 500'],
    ['a figure', 'states 45243 prepaid', 'states 11866 prepaid'],
    ['a name that nobody gave', 'Acme: not read', 'Contoso: not read'],
  ])('do not where they differ by %s', (_, one, other) => {
    expect(alikeKey(one)).not.toBe(alikeKey(other));
  });

  it('differ by a given name only, whichever is a part of which', () => {
    expect(alikeKey('Acme West: not read', ['Acme', 'Acme West', ''])).toBe(alikeKey('Contoso: not read', ['Contoso']));
  });
});
