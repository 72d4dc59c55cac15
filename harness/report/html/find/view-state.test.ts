import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHash, GROUP_KEYS, SORT_KEYS, START, STATUSES, toHash, type ViewState } from './view-state.ts';

const states = fc.record<ViewState>({
  query: fc.string({ unit: 'grapheme' }),
  statuses: fc.subarray([...STATUSES]),
  rules: fc.subarray(['overage-rate', 'currency', 'contract-end']),
  sort: fc.constantFrom(...SORT_KEYS),
  descending: fc.boolean(),
  group: fc.constantFrom(null, ...GROUP_KEYS),
  page: fc.nat(1000),
  open: fc.option(fc.stringMatching(/^[0-9a-f]{12}$/)),
  customer: fc.option(fc.stringMatching(/^[0-9a-f]{12}$/)),
});

describe('the view state in the address', () => {
  it('is empty for the start', () => {
    expect(toHash(START)).toBe('');
    expect(fromHash('')).toEqual(START);
  });

  it('comes back as it went', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(fromHash(toHash(state))).toEqual(state);
      }),
    );
  });

  it('leaves anchors of the page alone', () => {
    expect(fromHash('#rule-overage-rate')).toBeNull();
  });

  it('takes anything without failing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void fromHash(`#${text}`)));
    expect(fromHash('#q=%E0%A4%A&page=-3&sort=nothing&status=nothing')).toMatchObject({
      page: 0,
      sort: 'money',
      statuses: [],
    });
  });
});
