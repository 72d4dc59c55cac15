import { describe, expect, it } from 'vitest';
import type { Finding, RunResult } from '../../../domain/run-result.ts';
import { sampleContext } from '../../testing/sample.ts';
import { COMPARED } from '../../testing/sample-books.ts';
import { counted, grouped, instant, legible, legibleReason, signed, signedPercent } from '../../words/common.ts';
import { headline } from '../../words/headline.ts';
import { curlOf } from './curl.ts';

describe('words', () => {
  it.each([
    ['0', '0'],
    ['999', '999'],
    ['1000', '1,000'],
    ['1234567.8901', '1,234,567.8901'],
    ['90071992547409931.50', '90,071,992,547,409,931.50'],
  ])('groups %s as %s', (number, expected) => expect(grouped(number)).toBe(expected));

  it('signs, counts and tells shares and times', () => {
    expect(signed('-1.5')).toBe('−1.5');
    expect(signed('2')).toBe('+2');
    expect(signedPercent('0.0531')).toBe('+5.31 %');
    expect(signedPercent('-1')).toBe('−100 %');
    expect(counted(1, 'retry', 'retries')).toBe('1 retry');
    expect(counted(1200, 'cell')).toBe('1,200 cells');
    expect(instant('2026-04-20T12:00:00.000Z')).toBe('2026-04-20 12:00:00 UTC');
    expect(instant('yesterday')).toBe('yesterday');
  });
});

describe('figures of a finding', () => {
  it.each([
    ['11715', '11,715'],
    ['-42176.125', '-42,176.125'],
    ['2026-04-30', '2026-04-30'],
    ['PC-170-NV-10000', 'PC-170-NV-10000'],
  ])('reads %s as %s', (value, expected) => expect(legible(value)).toBe(expected));

  const [sample] = sampleContext({ out: '' }).findings;
  const told = (reason: string): string | null => {
    const stated = { raw: null, derivation: null, evidence: null };
    const finding = {
      ...(sample as Finding),
      legacy: { ...stated, value: '11715' },
      contract: { ...stated, value: '40565.5' },
      delta: '-28850.5',
    };
    return legibleReason({ ...finding, reason });
  };

  it('have separators in the sentence', () => {
    expect(told('legacy says 11715, contract says 40565.5 (28850.5 less).')).toBe(
      'legacy says 11,715, contract says 40,565.5 (28,850.5 less).',
    );
  });

  it('and nothing else in it is touched: no id, no date, no longer figure', () => {
    const reason = 'invoice 99999 of c-11715 at /x/11715, 117150 and 11715.5 since 2026-04-30';
    expect(told(reason)).toBe(reason);
  });
});

describe('headline', () => {
  const { result, findings } = sampleContext({ out: '' });
  const none: readonly Finding[] = [];
  const clean: RunResult = {
    ...result,
    verdict: 'parity',
    unread: [],
    orgs: { expected: 40, compared: 40, atParity: 40, unreachable: 0 },
    compared: { ...COMPARED, prices: true },
    cells: { match: 1200, tolerated: 0, mismatch: 0, waived: 0, unstable: 0, notComparable: 0 },
  };

  it('counts mismatches and what was not compared', () => {
    expect(headline(result, findings)).toMatch(
      /^48 mismatches at \d+ of 40 organisations; at risk: .* 4 checks could not be compared; 4 figures of an open period moved while read/,
    );
  });

  it('says that all agrees only with how much was compared', () => {
    expect(headline(clean, none)).toBe(
      'All 1,200 checks that were made agree, or differ within the tolerances and waivers of the scenario. Nothing was left uncompared.',
    );
  });

  it('never says that nothing was left where something was not looked at at all', () => {
    const unlooked = { ...clean, compared: COMPARED };
    expect(headline(unlooked, none)).toMatch(
      /waivers of the scenario\. Prices were not compared: no configured source/,
    );
    expect(headline(unlooked, none)).not.toContain('Nothing was left');
  });

  it('never sounds like success when nothing was compared', () => {
    const empty = { ...clean, verdict: 'inconclusive' as const, cells: { ...clean.cells, match: 0, notComparable: 7 } };
    expect(headline(empty, none)).toBe('Nothing could be compared. 7 checks could not be compared.');
  });

  it('speaks of the contract side alone where there is no legacy side', () => {
    const alone = { ...clean, run: { ...clean.run, sources: { legacy: null, contract: 'live' as const } } };
    expect(headline(alone, none)).toContain('hold on the contract side');
  });
});

describe('curlOf', () => {
  it('names credentials and never writes them', () => {
    expect(curlOf({ source: 'usage-api', url: 'https://h/v1/regions?appIds=a,b' })).toBe(
      `curl --fail-with-body --compressed --header "x-api-key: $LEGACY_API_KEY" 'https://h/v1/regions?appIds=a,b'`,
    );
    expect(curlOf({ source: 'contract-api', url: 'https://h/' })).toContain('"Authorization: Bearer $CONTRACT_TOKEN"');
  });

  it('cannot be broken out of by a url', () => {
    expect(curlOf({ source: 'contract-api', url: "https://h/'; rm -rf /; '" })).toContain(
      "'https://h/'\\''; rm -rf /; '\\'''",
    );
  });
});
