/** `npm run supply-chain` can fail. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const dir = mkdtempSync(path.join(tmpdir(), 'parity-supply-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const put = (name: string, text: string): string => {
  writeFileSync(path.join(dir, name), text);
  return path.join(dir, name);
};
const finding = (severity: string): string =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {
      undici: { name: 'undici', severity, range: '<8', via: [{ title: 'leaks', url: 'https://advisory.example' }] },
    },
  });
const NONE = '{"auditReportVersion":2,"vulnerabilities":{}}';

function check(audit: string, ...more: string[]): { code: number | null; text: string } {
  const args = ['scripts/supply-chain.mjs', '--audit', put('audit.json', audit), ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return { code: status, text: stdout + stderr };
}

it.each([
  ['high', 1, 'error: undici <8: high, leaks (https://advisory.example)'],
  ['critical', 1, 'error: undici <8: critical'],
  ['moderate', 0, '1 below it'],
])('a known vulnerability of level %s ends with %i', (level, code, words) => {
  expect(check(finding(level))).toEqual({ code, text: expect.stringContaining(words) });
});

it('a registry that cannot be asked is said, and is no failure', () => {
  const outcome = check('{"message":"405 Method Not Allowed","error":{"summary":""}}');
  expect(outcome).toEqual({ code: 0, text: expect.stringMatching(/could not be asked: 405[\s\S]*NOT looked for/) });
});

it('a dependency without its reason, and a reason without its dependency', () => {
  const list = readFileSync(path.join(ROOT, 'docs/dependencies.md'), 'utf8').replace('| `undici` |', '| `undicii` |');
  const { code, text } = check(NONE, '--list', put('list.md', list));
  expect(code).toBe(1);
  expect(text).toContain('gives no reason for undici\n');
  expect(text).toContain('lists undicii, which package.json does not have');
});
