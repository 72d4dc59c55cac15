import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain/run-result.ts';
import { sampleContext } from '../testing/sample.ts';
import { annotations } from './annotations.ts';

const { result, findings } = sampleContext({ out: '/nowhere', findings: 64 });
const COMMAND = /^::(?:error|warning|notice) title=[^,:\r\n]+::[^\r\n]+$/;

describe('annotations', () => {
  it('are at most ten errors, causes first (golden)', async () => {
    const lines = annotations(result, findings);
    expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./testing/annotations.golden.txt');
  });

  it('are no errors where the gate only reports', () => {
    const lines = annotations({ ...result, gate: { ...result.gate, mode: 'report' } }, findings);
    expect(lines.filter((line) => line.startsWith('::error'))).toEqual([]);
  });

  it('stay one command each, whatever a name holds', () => {
    const name = 'Acme\n::error::forged %0A::set-output name=x::y,title=z\r\u0007';
    const hostile = findings.map(
      (finding): Finding => ({ ...finding, orgs: [{ id: 'o', name }], sku: name, reason: name }),
    );
    const lines = annotations({ ...result, run: { ...result.run, scenario: name } }, hostile);
    for (const line of lines) expect(line).toMatch(COMMAND);
    expect(lines.join('')).toContain('%250A');
  });

  it('warn where the bills do not tie out', () => {
    const warnings = annotations(result, findings).filter((line) => line.startsWith('::warning'));
    expect(warnings.at(-1)).toMatch(/^::warning title=The bills do not tie out::KWD: .*residual \+0\.125/);
  });

  it('are one notice on a run where all is well', () => {
    const well = {
      ...result,
      verdict: 'parity' as const,
      unread: [],
      rootCauses: [],
      cells: { ...result.cells, notComparable: 0 },
      tieOut: (result.tieOut ?? []).map((row) => ({ ...row, residual: '0.00' })),
    };
    const [only = '', ...others] = annotations(well, []);
    expect(others).toEqual([]);
    expect(only).toMatch(/^::notice title=us-nightly%3A READY%3A parity \(not compared%3A prices\)::/);
    expect(only).toMatch(
      /%0AUSD: contract bills [\d,.]+ − legacy bills .*%0Aand 3 pairs whose money cannot be worked out$/,
    );
  });
});
