import { describe, expect, it } from 'vitest';
import { stemOf } from './sku-stem.ts';

describe('the stem of a name', () => {
  it.each([
    ['PC-170-NV-WALLB', '170-NV-WALLB'],
    [' gc-170-nv-wallb ', '170-NV-WALLB'],
    ['A1-X', 'X'],
  ])('of %j is %s', (name, stem) => {
    expect(stemOf(name)).toBe(stem);
  });

  it.each(['WALLBOARD', 'WALLBOARD-X', '-X', 'PC-', ''])('of %j there is none: it has no prefix', (name) => {
    expect(stemOf(name)).toBeNull();
  });
});
