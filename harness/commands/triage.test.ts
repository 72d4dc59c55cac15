/** Which kind of outcome it is, in the first lines of every format: the set-up does not fit, could not look, they differ. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../sandbox/index.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded, remote } from './testing/sandbox-scenario.ts';

const ORGS = 30;
let place: Workplace;
let sandbox: RunningSandbox;
/** Its contract side contradicts itself in one place. */
let broken: RunningSandbox;
beforeAll(async () => {
  place = await openWorkplace();
  sandbox = await startSandbox({ seed: 11, orgs: ORGS, defects: 'none' });
  broken = await startSandbox({ seed: 11, orgs: ORGS, defects: ['wallet-broken'] });
});
afterAll(async () => {
  await place.dispose();
  await sandbox.close();
  await broken.close();
});

const at = (server: RunningSandbox, more = ''): string =>
  remote(server).replace(/limits: .*\n/, `limits: { requestsPerMinute: 60000, retries: 0 }\n${more}`);
const ALL = 'json,html,markdown,webhook,junit,github';

interface Told {
  readonly code: number | null;
  readonly terminal: string;
  /** What each format says first, as text on one line. */
  readonly first: Readonly<Record<string, string>>;
}

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
const ENTITIES = [
  ['&lt;', '<'],
  ['&quot;', '"'],
  ['&amp;', '&'],
] as const;
const readable = (html: string): string =>
  ENTITIES.reduce((text, [entity, letter]) => text.replaceAll(entity, letter), html.replaceAll(/<[^>]*>/g, ' '));

async function told(command: 'run' | 'validate', scenario: string): Promise<Told> {
  await place.clear('out');
  await place.write('s.yaml', scenario);
  const args = [command, 's.yaml', '--out', 'out', '--reporter', ALL, '--quiet'];
  const { code, stdout } = await place.parity(args);
  const html = await place.read('out/report.html');
  const screen = html.slice(html.indexOf('<main>'), html.indexOf('id="gates"'));
  const junit = await place.read('out/junit.xml');
  return {
    code,
    terminal: stdout,
    first: {
      terminal: flat(stdout.slice(0, stdout.indexOf('Gate '))),
      report: flat(readable(screen)),
      markdown: flat((await place.read('out/summary.md')).split('| Gate').at(0) ?? '').replaceAll('\\', ''),
      webhook: flat((JSON.parse(await place.read('out/webhook.json')) as { text: string }).text),
      junit: flat(
        readable(
          junit.slice(0, junit.indexOf('</properties>')).replaceAll(/<property name="(.*)" value="(.*)"\/>/g, '$1 $2'),
        ),
      ),
      github: flat(decodeURIComponent((await place.read('out/annotations.txt')).split('\n').slice(0, 2).join(' '))),
    },
  };
}

/** Every format leads with it, and none sounds as if all were well beside it. */
function everyFormat({ first }: Told, ...parts: readonly RegExp[]): void {
  for (const [format, text] of Object.entries(first)) {
    for (const part of parts) expect(text, format).toMatch(part);
    expect(text, format).not.toMatch(/none was found|at risk:? none\b|bills the same|Nothing was left/i);
  }
}

describe('a set-up that does not fit', () => {
  it('is a misspelt app id: nobody is called missing because of it, and doctor says the same', async () => {
    const outcome = await told('run', at(sandbox).replace('appId: wallboard', 'appId: wallbord'));
    expect(outcome.code).toBe(3);
    everyFormat(outcome, /The set-up does not fit/i, /counts no organisation with the app wallbord.*mend `?appId/);
    const result = await place.result('out');
    expect(result.cells.mismatch).toBe(0);
    expect(result.moneyAtRisk).toEqual([]);
    const jpy = result.tieOut?.find(({ currency }) => currency === 'JPY');
    expect(Number(jpy?.notCompared.contract)).toBeGreaterThan(1_000_000);
    expect(outcome.terminal).toMatch(/\nNext: parity doctor s\.yaml\n$/);
    const doctor = await place.parity(['doctor', 's.yaml']);
    expect(doctor.code).toBe(3);
    expect(doctor.stdout).toMatch(/✗ app wallbord/);
  });

  it.each([
    ['part number', '{ partNumber: PC-170-NV-BOTMGS, sku: PC-170-NV-BOTMSG,'],
    ['SKU', '{ partNumber: PC-170-NV-BOTMSG, sku: PC-170-NV-BOTMGS,'],
  ])('is a misspelt %s', async (_, product) => {
    const outcome = await told('run', at(sandbox).replace('{ partNumber: PC-170-NV-BOTMSG,', product));
    expect(outcome.code).toBe(3);
    everyFormat(outcome, /The set-up does not fit/i, /PC-170-NV-BOTMGS nowhere; mend/);
  });

  it('is a key that is refused, which leads whatever the other side contradicts itself in', async () => {
    const outcome = await told('run', at({ ...broken, apiKey: 'wrong' }));
    expect(outcome.code).toBe(1);
    everyFormat(
      outcome,
      /NOT READY.*the set-up does not fit; the contract side contradicts itself/i,
      /Legacy, usage API: the credential is not accepted \(status 401\); check the API key \(legacy\.usageApi\.apiKey\)/,
    );
    const { terminal, report } = outcome.first;
    // Reason and remedy before the request, and the request before what was broken elsewhere.
    expect(terminal).toMatch(/check the API key.*GET \/v1\/regions.*1 mismatch at/);
    expect(terminal).toContain('Money at risk: not known');
    expect(report).toContain('Not known, as not all could be looked at.');
    const parity = (await place.result('out')).gate.checks.find(({ name }) => name === 'minParity');
    expect(parity).toMatchObject({ met: false });
  });

  it('is a client that is refused, in validate too, where nothing is called without a finding', async () => {
    const outcome = await told('validate', at({ ...sandbox, clientSecret: 'wrong' }));
    expect(outcome.code).toBe(3);
    everyFormat(
      outcome,
      /INCONCLUSIVE.*the set-up does not fit/i,
      /Contract side \(2 times\): the login failed: status 401/,
    );
    expect(outcome.terminal).not.toMatch(/0 of 0 organisations|all invoices|✓ met.*parity/);
    expect(outcome.terminal).toMatch(/parity, at least \(%\) +100 +nothing compared +✗ not met/);
  });

  it.each(['run', 'validate'] as const)(
    'is a period that has not begun by the date of the answers (%s)',
    async (command) => {
      const outcome = await told(command, at(sandbox, 'period: 2026-06-15\n'));
      expect(outcome.code).toBe(3);
      everyFormat(
        outcome,
        /The set-up does not fit/i,
        /The billing period of 2026-06-15 is in the future: the answers are of 2026-04-20/,
      );
      // Answers of the periods that there are do not count as failures beside it.
      const [, settle = ''] = (outcome.first['report'] ?? '').split('To settle first');
      expect(settle).toContain('2026-06-15');
      expect(settle).not.toContain('trusteebillingoverview');
    },
  );

  it('is said by doctor as well, of a period that has not begun by the date of the answers', async () => {
    await place.write('s.yaml', at(sandbox, 'period: 2026-06-15\n'));
    const { code, stdout } = await place.parity(['doctor', 's.yaml']);
    expect(stdout).toMatch(/✗ period +2026-06-15 is after the date of the answers of usage-api \(2026-04-20\)/);
    expect(code).toBe(3);
  });
});

describe('what could not be looked at', () => {
  it('leads with side, reason, remedy and request', async () => {
    const closed = at(broken).replace(/baseUrl: "[^"]+"/, 'baseUrl: "http://127.0.0.1:9"');
    const outcome = await told('run', closed);
    expect(outcome.code).toBe(1);
    everyFormat(
      outcome,
      /could not look at legacy; the contract side contradicts itself/i,
      /Legacy, usage API: connection refused \(ECONNREFUSED\); nothing listens there: check the address and its port/,
      /GET \/v1\/regions\?appIds=wallboard/,
    );
  });

  it('is told whole on the terminal, its reason first, and once for all that differ by an id only', async () => {
    const faults = 'faults: ["server-error*forever@/billingperiods/"], defects:';
    const outcome = await told(
      'run',
      embedded({ seed: 11, orgs: 12, extra: 'limits: { retries: 0 }\n' }).replace('defects:', faults),
    );
    expect(outcome.code).toBe(3);
    const lines = outcome.terminal.split('\n');
    const from = lines.findIndex((line) => /^ {2}\? \d/.test(line));
    expect(from).toBeGreaterThan(0);
    const reason = flat(lines.slice(from, from + 8).join(' '));
    expect(reason).toMatch(
      /^\? \d+ × .*could not be read: the server could not answer \(status 500\); run again later/,
    );
    expect(reason).toMatch(/asked for billing period .*: GET \/api\/v2\/billing\/contracts\/\S+/);
    expect(reason).toMatch(/\(the first of \d+ like it\)/);
    expect(outcome.terminal).not.toMatch(/(?:GET|status|appIds)[^\n]*…/);
    const alike = lines.filter((line) => /^ {2}\? \d+ × .*could not be read/.test(line));
    expect(alike).toHaveLength(1);
  });
});

describe('what differs', () => {
  it('is how many, how much, and what makes most of it', async () => {
    const outcome = await told('run', embedded({ seed: 11, orgs: ORGS, defects: 'rate-off*4' }));
    expect(outcome.code).toBe(1);
    everyFormat({ ...outcome, first: { ...outcome.first, github: '' } });
    const { github, report, ...formats } = outcome.first;
    expect(github).toContain('NOT READY: they differ');
    expect(report).toMatch(/NOT READY They differ.*\d+ checks at \d organisations do not agree\. .* too much/);
    expect(report).toMatch(/Why .*overage-rate \d+/);
    for (const text of Object.values(formats)) {
      expect(text).toMatch(/NOT READY.*they differ.*\d+ mismatches at \d of 30 organisations; at risk: over-billed/i);
      expect(text).toMatch(/All of them are overage-rate|overage-rate, \d+ of/);
    }
  });
});

describe('validate', () => {
  it.each([
    ['none', 'VALID', 0],
    ['wallet-broken', 'NOT VALID', 1],
  ] as const)('with defects %s speaks of %s in every format', async (defects, word, code) => {
    const outcome = await told('validate', embedded({ seed: 11, orgs: ORGS, defects }));
    expect(outcome.code).toBe(code);
    for (const [format, text] of Object.entries(outcome.first)) {
      expect(text, format).toMatch(new RegExp(`(?:^|\\W)${word}\\b`));
      expect(text, format).not.toMatch(/\bREADY\b|at parity/);
    }
  });
});
