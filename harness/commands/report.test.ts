/** The report of a finished run, written again: the same page, or the part that concerns one organisation. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding, StatementRow } from '../domain/run-result.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';

const SCENARIO = `version: 1
name: again
apps:
  - appId: wallboard
    products: [{ partNumber: PC-170-NV-WALLB, kind: user }]
  - appId: botpack
    products: [{ partNumber: PC-170-NV-BOTMSG, kind: sum }]
orgs: discover
sandbox: { seed: 3, orgs: 20, defects: [rate-off*3, org-dropped] }
`;

let place: Workplace;
let findings: readonly Finding[];
beforeAll(async () => {
  place = await openWorkplace();
  await place.write('s.yaml', SCENARIO);
  await place.parity(['run', 's.yaml', '--quiet']);
  findings = await place.findings('reports/again/latest');
});
afterAll(() => place.dispose());

const page = (dir: string): Promise<string> => readFile(path.join(place.dir, dir, 'report.html'), 'utf8');
/** What a reader without script sees, less the picture of what agrees, which no file of a run tells. */
const told = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('id="pictures"'));

/** What the page carries as data, unpacked. */
const embeddedIn = (html: string): string[] =>
  [...html.matchAll(/id="parity-(?:data|evidence|statement)" data-encoding="([^"]+)">([^<]*)/g)].map(
    ([, encoding, text = '']) => (encoding === 'json' ? text : gunzipSync(Buffer.from(text, 'base64')).toString()),
  );

describe('parity run --org', () => {
  it('looks at one organisation again, and finds there what it found before', async () => {
    const one = findings.find(
      ({ rule, orgs, region }) => rule === 'overage-rate' && orgs.length === 1 && region !== null,
    );
    if (one === undefined) throw new Error('the sandbox hid no rate');
    const { code } = await place.parity(['run', 's.yaml', '--quiet', '--org', `${one.region}/${one.orgs[0]?.id}`]);
    expect(code).toBe(1);
    const again = await place.findings('reports/again-part/latest');
    expect(again.map(({ id }) => id)).toContain(one.id);
    expect(new Set(again.flatMap(({ orgs }) => orgs.map(({ id }) => id)))).toEqual(new Set([one.orgs[0]?.id]));
  });

  it('refuses what is no organisation', async () => {
    const { code, stderr } = await place.parity(['run', 's.yaml', '--org', 'somewhere']);
    expect(code).toBe(2);
    expect(stderr).toContain('--org somewhere: the regions list no such organisation');
  });
});

describe('parity report', () => {
  it('writes the page of a run again', async () => {
    const before = await page('reports/again/latest');
    await rm(path.join(place.dir, 'reports/again/latest/report.html'));
    const { code, stdout } = await place.parity(['report', 'reports/again/latest']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining(`${findings.length} findings\n  reports/again/`) as string,
    });
    expect(told(await page('reports/again/latest'))).toBe(told(before));
  });

  it('cuts out what concerns one organisation, and tells of no other', async () => {
    const one = findings.find(({ rule, orgs }) => rule === 'overage-rate' && orgs.length === 1)?.orgs[0];
    if (one === undefined) throw new Error('the sandbox hid no rate');
    const args = ['report', 'reports/again/latest', '--only', `org:${one.id}`, '--out', 'part'];
    expect((await place.parity(args)).code).toBe(0);
    const html = await page('part');
    expect(html).toContain('Extract of a run');
    expect(html).toContain(one.id);
    // The page's own program knows the words of every verdict.
    const said = html.replaceAll(/<script(?! type="application\/json")[\s\S]*?<\/script>/g, '');
    expect(said).not.toContain('NOT READY');
    const others = findings.flatMap(({ orgs }) => orgs).filter(({ id }) => id !== one.id);
    expect(others.length).toBeGreaterThan(0);
    const embedded = embeddedIn(html);
    expect(embedded).toHaveLength(3);
    for (const { id, name } of others) {
      for (const text of [html, ...embedded]) {
        expect(text).not.toContain(id);
        if (name !== null) expect(text).not.toContain(name);
      }
    }
  });

  describe('of one customer', () => {
    const bills = async () =>
      (await place.read('reports/again/latest/statement.jsonl'))
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as StatementRow);
    const write = (id: string | undefined) => {
      const args = ['report', 'reports/again/latest', '--only', `org:${id}`, '--out', `pack-${id}`];
      return place.parity([...args, '--reporter', 'html,csv,xlsx']);
    };
    const table = async (file: string): Promise<Record<string, string>[]> =>
      parse(await place.read(file), { bom: true, columns: true });

    it('holds its bills and all its checks, those that match too', async () => {
      const id = findings.find(({ rule, orgs }) => rule === 'overage-rate' && orgs.length === 1)?.orgs[0]?.id;
      expect((await write(id)).code).toBe(0);
      const checks = await table(`pack-${id}/checks.csv`);
      const sum = (column: string) => checks.reduce((all, row) => all + Number(row[column]), 0);
      expect(sum('match')).toBeGreaterThan(5);
      const own = findings.filter(({ orgs }) => orgs.some((org) => org.id === id));
      expect(sum('mismatch')).toBe(own.filter(({ status }) => status === 'mismatch').length);
      const theirs = (await bills()).filter(({ orgs }) => orgs.some((org) => org.id === id));
      expect(await table(`pack-${id}/statement.csv`)).toHaveLength(theirs.length);
      const html = await page(`pack-${id}`);
      expect(html).toContain(`${sum('match')} checks match. `);
      expect(html).toContain('All checks by rule');
      expect(html).toContain('This is no verdict');
    });

    it('can be made of a customer that has no finding, and claims no verdict', async () => {
      const found = new Set(findings.flatMap(({ orgs }) => orgs.map(({ id }) => id)));
      const clean = (await bills()).find(({ orgs }) => orgs.length === 1 && !found.has(orgs[0]?.id ?? ''));
      expect(clean).toBeDefined();
      const id = clean?.orgs[0]?.id;
      expect((await write(id)).code).toBe(0);
      const html = await page(`pack-${id}`);
      expect(html).toContain('0 findings');
      expect(html).toContain('This is no verdict');
      expect(html.slice(html.indexOf('<main'), html.indexOf('<script'))).not.toContain('READY');
    });

    it('says that what matched is not known where the run did not keep it', async () => {
      await place.clear('reports/again/latest/passed.jsonl');
      const id = findings.find(({ orgs }) => orgs.length === 1)?.orgs[0]?.id;
      expect((await write(id)).code).toBe(0);
      const checks = await table(`pack-${id}/checks.csv`);
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.every((row) => row['match'] === '')).toBe(true);
    });
  });

  it.each([
    [['report', 'nowhere'], 'nowhere holds no run: result.json is not there'],
    [['report', 'reports/again/latest', '--only', 'org:x'], '--only needs --out'],
    [['report', 'reports/again/latest', '--only', 'nobody-has-this', '--out', 'none'], 'no finding of'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await place.parity(args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
