import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../domain/run-result.ts';
import { sampleContext } from '../testing/sample.ts';
import { summarise } from './summary.ts';

const { result, findings } = sampleContext({ out: '/nowhere', orgs: 40, findings: 40 });
const PLAIN = {
  colour: false,
  width: 80,
  files: ['reports/us-nightly/r1/result.json'],
  nextCommand: 'parity run x.yaml',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal obeys is exactly what must not come through
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const said = (change: Partial<RunResult>, options = PLAIN): string =>
  summarise({ ...result, ...change }, findings, options);

describe('the summary on the terminal', () => {
  it('tells the story in order (golden)', async () => {
    await expect(said({})).toMatchFileSnapshot('./testing/summary.golden.txt');
  });

  it('lets no control character of a hostile name through, and no colour where none is wanted', () => {
    expect(said({})).not.toMatch(CONTROL);
    expect(said({}, { ...PLAIN, colour: true })).toContain('\u001b[');
  });

  it('keeps to the width of the terminal, but for paths and commands', () => {
    const lines = said({})
      .split('\n')
      .filter((line) => !line.includes('reports/') && !line.startsWith('Next:'));
    const tooWide = lines.filter((line) => [...line].length > 80 && !line.startsWith('note:'));
    expect(tooWide).toEqual([]);
  });

  it.each([
    ['parity', '✓ READY: parity'],
    ['mismatch', '✗ NOT READY: mismatch'],
    ['inconclusive', '? INCONCLUSIVE: not all could be compared'],
  ] as const)('says %s in words first', (verdict, words) => {
    expect(said({ verdict }).trimStart().startsWith(words)).toBe(true);
  });

  it.each([
    [
      { hidden: 0, found: 0, falseAlarms: 0, missed: [] },
      'The sandbox hid nothing in this world (seed 7); 0 false alarms.',
    ],
    [
      { hidden: 1, found: 0, falseAlarms: 0, missed: ['rate-off at x'] },
      'The sandbox hid 1 defect in this world (seed 7); 0 found, 0 false alarms.\n  not found: rate-off at x',
    ],
  ])('weighs the run against the sandbox: %j', (honesty, words) => {
    const sandbox = { seed: 7, orgs: 8, ...honesty } as RunResult['run']['sandbox'];
    expect(said({ run: { ...result.run, sandbox } })).toContain(words);
  });
});
