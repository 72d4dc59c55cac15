/** Customers, products and contracts with names made to do harm, from the wire to everything that a person or a program reads. */

import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { marked } from 'marked';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create } from 'xmlbuilder2';
import type { StatementRow } from '../domain/run-result.ts';
import { activeParts, readBack, sheetIn, textOf } from '../report/xlsx/testing/read-back.ts';
import { type RunningSandbox, startSandbox } from '../sandbox/index.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { remote } from './testing/sandbox-scenario.ts';

const HARMFUL = [
  '</script><script>globalThis.hacked=1</script>',
  '"><img src=x onerror="globalThis.hacked=1">',
  '\u001b[2J\u001b]0;hacked\u0007\u001b[31mred',
  '\u202Etxt.exe\u202C \u2066isolated',
  '=HYPERLINK("http://evil.example","pay")',
  '+1+cmd|/C calc!A0',
  '@SUM(1)',
  '-2+3',
  '../../../../tmp/hacked',
  String.raw`C:\windows\system32`,
  'lone \uD800 surrogate \uDC00 and \uFFFE',
  'a\u0000b\r\nerror: injected line\u2028next',
  '| [x](javascript:alert(1)) `code` <!-- -->',
  ']]>&amp;<!DOCTYPE x [<!ENTITY e "boom">]>',
  '%0A::error::injected',
  `${'long '.repeat(2000)}end`,
] as const;

let place: Workplace;
let sandbox: RunningSandbox;
let gateway: Server;
const outputs: string[] = [];
beforeAll(async () => {
  place = await openWorkplace();
  sandbox = await startSandbox({ seed: 3, orgs: 2 * HARMFUL.length, defects: ['actual-off*9', 'rate-off*3'] });
  gateway = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { authorization = '', 'x-api-key': key = '', 'content-type': type = '' } = request.headers;
      const headers = { authorization, 'x-api-key': String(key), 'content-type': type };
      const init = request.method === 'POST' ? { method: 'POST', body: Buffer.concat(chunks) } : {};
      const inner = await fetch(`${sandbox.url}${request.url}`, { ...init, headers });
      const date = inner.headers.get('date') ?? '';
      response.writeHead(inner.status, { 'content-type': 'application/json', date });
      response.end(harmful(await inner.text()));
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  await place.write('s.yaml', remote({ ...sandbox, url }));
  const reporters = 'json,html,junit,csv,xlsx,markdown,github';
  const ran = await place.parity(['run', 's.yaml', '--out', 'out', '--reporter', reporters, '--verbose'], {
    GITHUB_ACTIONS: 'true',
  });
  expect(ran.code).toBe(1);
  outputs.push(ran.stdout, ran.stderr);
});
afterAll(async () => {
  await place.dispose();
  await sandbox.close();
  gateway.closeAllConnections();
  gateway.close();
});

/** The same in every run, whichever answer comes first. */
const sum = (name: string): number =>
  [...name].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);

/** Each name by another, the same for the same; escaped as JSON demands. */
const chosen = new Map<string, string>();
const harmful = (body: string): string =>
  body.replaceAll(
    /("(?:orgName|name|externalNumber|customerPoNumber|description)":)("(?:[^"\\]|\\.)*")/g,
    (_all, key, name) => {
      const known = chosen.get(name) ?? HARMFUL[sum(name) % HARMFUL.length] ?? '';
      chosen.set(name, known);
      return `${key}${JSON.stringify(known)}`;
    },
  );

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is to be found.
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;

describe('harmful names', () => {
  it('were all served', async () => {
    const text = await place.read('out/snapshot/exchanges.jsonl');
    expect(new Set(chosen.values())).toEqual(new Set(HARMFUL));
    expect([text.includes(String.raw`\\u001b[2J`), text.includes(String.raw`\\ud800`)]).toEqual([true, true]);
  });

  it('do nothing on the terminal, whichever command prints them', async () => {
    const some = (await place.findings('out')).filter(({ status }) => status === 'mismatch').slice(0, 1);
    for (const { id } of some) outputs.push((await place.parity(['explain', id, '--run', 'out'])).stdout);
    for (const args of [
      ['snapshot', 'stats', 'out'],
      ['snapshot', 'verify', 'out'],
    ])
      outputs.push((await place.parity(args)).stdout);
    for (const text of outputs) {
      expect(CONTROLS.exec(text.replaceAll('\n', ' '))).toBeNull();
      expect(/^(?:error: injected|::error::injected)/m.exec(text)).toBeNull();
    }
  });

  it('are text in the report', async () => {
    const html = await place.read('out/report.html');
    expect([html.includes('<script>globalThis'), html.includes('<img src=x')]).toEqual([false, false]);
    expect(/http-equiv="Content-Security-Policy"/i.test(html)).toBe(true);
  });

  it('are no formulas in CSV', async () => {
    const rows: string[][] = parseCsv(await place.read('out/findings.csv'), { bom: true });
    const cells = rows.flat();
    expect(cells.length).toBeGreaterThan(100);
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(?:\.\d+)?$/.test(cell))).toEqual([]);
  });

  it('are text in the workbook, whole but for what XML cannot hold, and nothing in it can be run', async () => {
    const bytes = await readFile(path.join(place.dir, 'out/report.xlsx'));
    expect(activeParts(bytes)).toEqual([]);
    const sheets = await readBack(bytes);
    expect([...sheets.values()].filter(({ formulas }) => formulas > 0)).toEqual([]);
    const told = sheetIn(sheets, 'Statement').rows.map((row) => textOf(row['organisations']));
    const rows = (await place.read('out/statement.jsonl')).trim().split('\n');
    const orgs = rows.map((row) =>
      (JSON.parse(row) as StatementRow).orgs.map(({ id, name }) => name ?? id).join(' + '),
    );
    const formulas = orgs.filter((text) => /^[=+@-]/.test(text));
    expect(new Set(formulas).size).toBeGreaterThan(2);
    for (const text of formulas) expect(told).toContain(text);
  });

  it('leave JUnit XML well-formed, and Markdown without elements', async () => {
    const names = await readdir(path.join(place.dir, 'out'));
    const xml = names.find((name) => name.endsWith('.xml')) ?? '';
    const document = create(await place.read(`out/${xml}`)).end({ format: 'object' });
    expect(Object.keys(document)).toContain('testsuites');
    const markdown = names.filter((name) => name.endsWith('.md'));
    expect(markdown.length).toBeGreaterThan(0);
    for (const name of markdown) {
      const rendered = await marked(await place.read(`out/${name}`));
      expect(/<script|<img|href="javascript:/i.exec(rendered)).toBeNull();
    }
  });

  it('name no file', async () => {
    const entries = await readdir(place.dir, { recursive: true });
    expect(entries.filter((name) => !/^(?:s\.yaml|out(?:\/snapshot)?(?:\/[a-z-]+\.[a-z.]+)?)$/.test(name))).toEqual([]);
    await expect(readdir('/tmp/hacked')).rejects.toThrow('ENOENT');
  });

  it('are shareable: the HTTP Archive is JSON, a pseudonymised copy holds none of them', async () => {
    expect((await place.parity(['snapshot', 'export', 'out', '--har', 'out.har'])).code).toBe(0);
    JSON.parse(await place.read('out.har'));
    const made = await place.parity(['snapshot', 'pseudonymise', 'out', '--out', 'pack', '--scenario', 's.yaml']);
    expect([made.code, made.stderr]).toEqual([0, '']);
    const copy = await place.read('pack/exchanges.jsonl');
    const named = [...copy.matchAll(/\\"orgName\\":\\"(.*?)\\"/g)].map(([, name = '']) => name.trim());
    expect(named.length).toBeGreaterThan(HARMFUL.length);
    expect(named.filter((name) => !/^customer \d{4}$/i.test(name))).toEqual([]);
  });
});

it('a scenario of 100 MB is refused at once, with exit 2', async () => {
  const file = path.join(place.dir, 'huge.yaml');
  await writeFile(file, 'version: 1\n');
  await truncate(file, 100 * 1024 * 1024);
  const begun = performance.now();
  const outcome = await place.parity(['run', 'huge.yaml']);
  expect(outcome.code).toBe(2);
  expect(outcome.stderr).toContain('larger than 1 MiB');
  expect(performance.now() - begun).toBeLessThan(10_000);
});
