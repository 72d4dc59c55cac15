/** Formats as people ask for them: `--reporter` on the command line. */
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPORTER_NAMES } from '../report/names.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded } from './testing/sandbox-scenario.ts';

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
  await place.write('off.yaml', embedded({ seed: 7, orgs: 12, defects: 'rate-off*2,org-dropped' }));
});
afterAll(() => place.dispose());

const run = (out: string, reporters: string | null, env: Readonly<Record<string, string>> = {}) =>
  place.parity(['run', 'off.yaml', '--out', out, '--quiet', ...(reporters === null ? [] : ['--reporter', reporters])], {
    GITHUB_ACTIONS: 'false',
    ...env,
  });

const filesOf = async (out: string): Promise<string[]> =>
  (await readdir(path.join(place.dir, out))).filter((name) => name !== 'snapshot' && name !== 'run.log').sort();

describe('--reporter', () => {
  it('is json,html where it is left out', async () => {
    expect((await run('default', null)).code).toBe(1);
    expect(await filesOf('default')).toEqual([
      'findings.jsonl',
      'matches.txt',
      'passed.jsonl',
      'report.html',
      'result.json',
      'statement.jsonl',
    ]);
  });

  it('writes every format that help names, and tells of each file', async () => {
    const { code, stdout } = await run('all', REPORTER_NAMES.join(','));
    expect(code).toBe(1);
    const files = await filesOf('all');
    expect(files).toHaveLength(REPORTER_NAMES.length + 5);
    for (const file of files) expect(stdout).toContain(path.join('all', file));
    const help = (await place.parity(['run', '--help'])).stdout.replaceAll(/\s+/g, ' ');
    expect(help).toContain(REPORTER_NAMES.join(', '));
  });

  it('counts the same mismatches in every format', async () => {
    await run('same', 'json,junit,csv,markdown');
    const { cells } = await place.result('same');
    const rows = (await place.read('same/findings.csv')).match(/^[0-9a-f]+,mismatch,/gm);
    const lines = (await place.read('same/junit.xml')).match(/\[mismatch\]/g);
    expect([rows?.length, lines?.length]).toEqual([cells.mismatch, cells.mismatch]);
    expect(await place.read('same/summary.md')).toContain(`${cells.mismatch} mismatch`);
  });

  it('knows no other name, and says which there are before anything is asked', async () => {
    const { code, stderr } = await run('none', 'json,pdf');
    expect(code).toBe(2);
    expect(stderr).toContain(`there is no reporter pdf\n  → There are: ${REPORTER_NAMES.join(', ')}`);
    await expect(filesOf('none')).rejects.toThrow('ENOENT');
  });

  it('lets no failing format stop another, names the one that failed and does not end with 0', async () => {
    await place.write('clean.yaml', embedded({ seed: 7, orgs: 5 }));
    await mkdir(path.join(place.dir, 'blocked/junit.xml'), { recursive: true });
    const { code, stderr } = await place.parity([
      'run',
      'clean.yaml',
      '--out',
      'blocked',
      '--reporter',
      'junit,csv,json',
    ]);
    expect(code).toBe(3);
    expect(stderr).toContain(`cannot write ${path.join(place.dir, 'blocked/junit.xml')}`);
    expect(await filesOf('blocked')).toEqual([
      'findings.csv',
      'findings.jsonl',
      'junit.xml',
      'matches.txt',
      'passed.jsonl',
      'result.json',
      'statement.csv',
      'statement.jsonl',
    ]);
  });

  it('prints workflow commands in a step of GitHub, where they are asked for', async () => {
    const asked = await run('annotated', 'json,github', { GITHUB_ACTIONS: 'true' });
    expect(asked.stdout).toContain(await place.read('annotated/annotations.txt'));
    const elsewhere = await run('elsewhere', 'json,github');
    expect(elsewhere.stdout).not.toContain('::error');
    const unasked = await run('unasked', 'json', { GITHUB_ACTIONS: 'true' });
    expect(unasked.stdout).not.toContain('::error');
  });
});
