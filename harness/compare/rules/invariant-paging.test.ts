import { describe, expect, it } from 'vitest';
import type { PagingNote } from '../../domain/capture.ts';
import { pagingRule } from './invariant-paging.ts';
import { alone, at, BYTE, failure, kinds, listing, words } from './testing/sides.ts';

const CONTRACTS = '/api/v2/billing/contracts';
const walked = (rest: Partial<PagingNote> = {}): PagingNote => ({
  source: 'contract-api',
  listing: CONTRACTS,
  pages: 3,
  entities: 25,
  fault: null,
  message: null,
  at: at('', 'list-1'),
  ...rest,
});

describe('paging', () => {
  it('agrees with a listing that was walked to its end', () => {
    const [found] = pagingRule.examine(alone({ paging: [walked()] }));
    expect(found?.outcome).toEqual({ kind: 'equal' });
    expect(found?.scope).toMatchObject({ orgs: [], side: 'contract', subject: CONTRACTS });
  });

  it.each(['repeated-page', 'repeated-cursor', 'no-news', 'repeated-entity'] as const)('reports %s', (fault) => {
    const [found] = pagingRule.examine(alone({ paging: [walked({ fault, message: 'page 2 again' })] }));
    expect(found?.outcome).toMatchObject({
      kind: 'different',
      delta: null,
      contract: { value: null, at: { exchange: 'list-1' } },
      sentence: `${CONTRACTS}: page 2 again (3 pages, 25 entries)`,
    });
  });

  it('is about no organisation, so that any scenario sees it', () => {
    expect(kinds(pagingRule, alone({ paging: [walked({ fault: 'no-news' })] }, { orgs: listing(BYTE) }))).toEqual([
      'different',
    ]);
  });

  it('cannot say of a listing that broke off, with a page or without', () => {
    const failures = [failure({ kind: 'contracts' }), failure({ kind: 'invoices' })];
    const paging = [walked({ pages: 1 })];
    expect(kinds(pagingRule, alone({ paging, failures }))).toEqual(['not-comparable', 'not-comparable']);
    expect(words(pagingRule, alone({ failures: failures.slice(0, 1) }))).toEqual([
      'the listing could not be walked to its end: GET /x answered 503',
    ]);
    expect(kinds(pagingRule, alone({ paging: [walked({ pages: 0, listing: '/other' })] }))).toEqual([]);
  });

  it('reports a repetition even where the listing then broke off', () => {
    const sides = alone({ paging: [walked({ fault: 'repeated-entity' })], failures: [failure({ kind: 'contracts' })] });
    expect(kinds(pagingRule, sides)).toEqual(['different']);
  });
});
