/** Waivers as people use them: proposed, refused without a reason, accepted with their money, and no longer fitting. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ResultMoney } from '../domain/run-result.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded } from './testing/sandbox-scenario.ts';

const WORLD = { seed: 42, orgs: 30, defects: 'bundle-ignored*4,rate-off*2,committed-off' };
const RUN = ['--quiet', '--reporter', 'json'];
const AGAIN = ['--legacy', 'snapshot:plain', '--contract', 'snapshot:plain'];
const GATE = 'gate: { minCoverage: 90 }\n';

interface Entry {
  readonly rule?: string;
  readonly cause?: string;
  readonly delta?: string;
  readonly maxMoney?: Readonly<Record<string, string>>;
}

let place: Workplace;
let proposed: string;
beforeAll(async () => {
  place = await openWorkplace();
  await place.write('plain.yaml', embedded({ ...WORLD, extra: GATE }));
  const plain = ['run', 'plain.yaml', '--out', 'plain', '--propose-waivers', 'waivers.yaml', ...RUN];
  expect((await place.parity(plain)).code).toBe(1);
  proposed = await place.read('waivers.yaml');
});
afterAll(() => place.dispose());

const reasoned = (): string =>
  proposed
    .replaceAll('reason: ""', 'reason: renegotiated')
    .replaceAll('owner: ""', 'owner: billing@example.com\n    ticket: PURE-6749');

/** Judges the same answers again, with these waivers. */
async function judged(name: string, waivers: string, gate = GATE, args: readonly string[] = []) {
  await place.write(`${name}.yaml`, embedded({ ...WORLD, extra: `${gate}${waivers}` }));
  return place.parity(['run', `${name}.yaml`, '--out', name, ...AGAIN, '--quiet', ...args]);
}

/** Both directions added, by currency. */
const added = (money: readonly ResultMoney[] = []): Record<string, number> =>
  Object.fromEntries(
    money.map(({ currency, overBilled, underBilled }) => [currency, Number(overBilled) + Number(underBilled)]),
  );

describe('proposals', () => {
  it('name the root cause first, then what none explains, and cover every mismatch', async () => {
    const { waivers } = parse(proposed) as { waivers: Entry[] };
    expect(waivers[0]).toMatchObject({ cause: 'bundle-ignored' });
    expect(waivers.filter(({ cause }) => cause !== undefined)).toHaveLength(1);
    const own = (await place.findings('plain')).filter(
      ({ status, rootCause, derivedFrom }) => status === 'mismatch' && rootCause === null && derivedFrom === null,
    );
    expect(own.length).toBeGreaterThan(1);
    expect(waivers.slice(1).map(({ rule }) => rule)).toEqual(own.map(({ rule }) => rule));
  });

  it('of an open period carry no exact delta, and a limit of twice today’s money', async () => {
    const { waivers } = parse(proposed) as { waivers: Entry[] };
    expect((await place.findings('plain')).some(({ period }) => period?.status === 'open')).toBe(true);
    expect(waivers.filter(({ delta }) => delta !== undefined)).toEqual([]);
    const [cause] = (await place.result('plain')).rootCauses;
    const limits = Object.entries(waivers[0]?.maxMoney ?? {}).map(([currency, limit]) => [currency, Number(limit) / 2]);
    expect(Object.fromEntries(limits)).toEqual(added(cause?.moneyAtRisk));
  });

  it('of a closed period carry it, and a limit of no more than today’s money', async () => {
    await place.write('closed.yaml', embedded({ ...WORLD, extra: `${GATE}period: last-closed\n` }));
    await place.parity(['run', 'closed.yaml', '--out', 'closed', ...RUN]);
    const outcome = await place.parity(['waive', 'closed', '--json']);
    const { proposals } = JSON.parse(outcome.stdout) as { proposals: (Entry & { open: boolean })[] };
    expect(proposals.map(({ open }) => open)).not.toContain(true);
    const mismatches = (await place.findings('closed')).filter(({ status }) => status === 'mismatch');
    for (const { rule, delta } of proposals.filter((proposal) => proposal.rule !== null)) {
      expect(mismatches.some((finding) => finding.rule === rule && finding.delta === delta)).toBe(true);
    }
    expect(proposals.some(({ delta }) => delta != null)).toBe(true);
    const [cause] = (await place.result('closed')).rootCauses;
    const limits = Object.entries(proposals[0]?.maxMoney ?? {}).map(([currency, limit]) => [currency, Number(limit)]);
    expect(Object.fromEntries(limits)).toEqual(added(cause?.moneyAtRisk));
  });

  it('come from a finished run too, without a new one', async () => {
    const outcome = await place.parity(['waive', 'plain']);
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toBe(proposed);
    const { mismatch } = (await place.result('plain')).cells;
    expect(outcome.stderr).toContain(`cover ${mismatch} of ${mismatch} mismatches`);
    expect(outcome.stderr).toMatch(/cause bundle-ignored.*findings, .*USD/);
    const into = await place.parity(['waive', 'plain', '--out', 'again.yaml']);
    expect(into.code).toBe(0);
    expect(await place.read('again.yaml')).toBe(proposed);
  });

  it('never write over a file that is there', async () => {
    const runs = await place.parity(['run', 'plain.yaml', '--out', 'x', '--propose-waivers', 'waivers.yaml', ...RUN]);
    expect(runs.code).toBe(2);
    expect(runs.stderr).toContain('waivers.yaml is there already; --propose-waivers writes a new file only');
    const waives = await place.parity(['waive', 'plain', '--out', 'waivers.yaml']);
    expect(waives.code).toBe(2);
    expect(waives.stderr).toContain('waivers.yaml is there already; --out writes a new file only');
    expect(await place.read('waivers.yaml')).toBe(proposed);
  });

  it('are refused as they are: a reason and an owner are for people to write', async () => {
    const outcome = await judged('empty', proposed);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/empty\.yaml:\d+:\d+: .*reason/);
  });
});

describe('waivers with reasons', () => {
  let text: string;
  beforeAll(async () => {
    const outcome = await judged('reasoned', reasoned(), GATE, ['--reporter', 'json,csv,markdown,webhook,html']);
    expect(outcome.code).toBe(0);
    text = outcome.stdout;
  });

  it('cover every mismatch and all that follows from it, with the money that was at risk', async () => {
    const [before, after] = [await place.result('plain'), await place.result('reasoned')];
    expect(after.cells.mismatch).toBe(0);
    expect(after.cells.waived).toBe(before.cells.mismatch);
    expect(after.waivers).toMatchObject({ unused: 0, expired: 0 });
    expect(after.moneyAtRisk).toEqual([]);
    expect(after.moneyWaived).toEqual(before.moneyAtRisk);
    expect(after.rootCauses).toEqual([]);
    expect(after.tieOut).toEqual(before.tieOut);
  });

  it('keep the money, the cause and who answers for it in every finding', async () => {
    const before = new Map((await place.findings('plain')).map((finding) => [finding.id, finding]));
    const waived = (await place.findings('reasoned')).filter(({ status }) => status === 'waived');
    for (const { id, moneyAtRisk, rootCause, waiver } of waived) {
      expect(moneyAtRisk).toEqual(before.get(id)?.moneyAtRisk);
      expect(rootCause).toBe(before.get(id)?.rootCause);
      expect(waiver).toMatchObject({ owner: 'billing@example.com', ticket: 'PURE-6749' });
    }
    expect(waived.some(({ moneyAtRisk }) => moneyAtRisk !== null)).toBe(true);
  });

  it('stand beside READY wherever it stands', async () => {
    const { waivers } = await place.result('reasoned');
    const words = new RegExp(`READY with ${waivers.used} waivers, [A-Z]{3} [\\d,.]+.* waived`);
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(words);
    expect(text).not.toContain('READY: parity');
    expect(await place.read('reasoned/summary.md')).toMatch(words);
    expect(await place.read('reasoned/webhook.json')).toMatch(words);
    expect(await place.read('reasoned/report.html')).toMatch(words);
    for (const file of ['summary.md', 'webhook.json', 'report.html', 'findings.csv']) {
      expect(await place.read(`reasoned/${file}`), file).toContain('PURE-6749');
    }
    expect(text).toContain('PURE-6749');
    expect(await place.read('reasoned/report.html')).not.toContain('what could be compared bills the same');
  });

  it('are shown as waived in a comparison of runs, never as fixed', async () => {
    const outcome = await place.parity(['compare', 'plain', 'reasoned', '--json']);
    const { counts, waived, after } = JSON.parse(outcome.stdout) as {
      counts: Record<string, number>;
      waived: unknown[];
      after: { waivers: { used: number } };
    };
    const { cells, waivers, moneyWaived } = await place.result('reasoned');
    expect(counts).toMatchObject({ fixed: 0, waived: cells.waived });
    expect(waived).toHaveLength(moneyWaived?.length ?? 0);
    expect(after.waivers.used).toBe(waivers.used);
    const told = await place.parity(['compare', 'plain', 'reasoned']);
    expect(told.stdout).toContain(`READY with ${waivers.used} waivers`);
    expect(told.stdout).toMatch(/waived USD +0\.00 +\d/);
  });
});

describe('waivers that do not hold', () => {
  it('open again, all that they cover, once it costs more than they accept', async () => {
    const less = reasoned().replace(/maxMoney: \{[^}]*\}/, 'maxMoney: { AUD: "0.01" }');
    const outcome = await judged('less', less, GATE, ['--reporter', 'json']);
    expect(outcome.code).toBe(1);
    const reopened = (await place.findings('less')).filter(({ status }) => status === 'mismatch');
    const [cause] = (await place.result('plain')).rootCauses;
    expect(reopened.map(({ id }) => id).sort()).toEqual([...(cause?.findings ?? [])].sort());
    for (const { reason } of reopened) expect(reason).toMatch(/accepts [A-Z]{3} [\d.]+, and it covers [A-Z]{3} [\d.]+/);
    const result = await place.result('less');
    expect(result.rootCauses.map(({ id }) => id)).toEqual(['bundle-ignored']);
    expect(result.notes.some((note) => note.includes('no longer fits: it accepts'))).toBe(true);
  });

  it('open again where the difference is another one now', async () => {
    const rule = (await place.findings('plain')).find(
      ({ rule: id, status }) => id === 'overage-rate' && status === 'mismatch',
    );
    const waiver = `waivers:\n  - { rule: overage-rate, org: ${rule?.orgs[0]?.id}, reason: r, owner: o, expires: 2099-01-01, delta: "0.001" }\n`;
    expect((await judged('other', waiver, GATE, ['--reporter', 'json'])).code).toBe(1);
    const found = (await place.findings('other')).find(({ id }) => id === rule?.id);
    expect(found?.status).toBe('mismatch');
    expect(found?.reason).toContain('accepts 0.001');
  });

  it('fail the gate once they have expired', async () => {
    const expired = reasoned().replaceAll(/expires: "[^"]+"/g, 'expires: "2026-04-01"');
    expect((await judged('expired', expired, GATE, ['--reporter', 'json'])).code).toBe(1);
    expect((await place.result('expired')).gate.checks).toContainEqual(
      expect.objectContaining({ name: 'expiredWaivers', met: false }),
    );
  });

  it('fail the gate where they cover more money than it allows: nothing is proven, so nothing is ready', async () => {
    const gate = 'gate: { minCoverage: 90, maxWaivedMoney: { AUD: "9999", GBP: "9999", JPY: "9999999" } }\n';
    const { code, stdout } = await judged('much', reasoned(), gate, ['--reporter', 'json']);
    expect(code).toBe(3);
    expect(stdout).toContain('INCONCLUSIVE: more money is waived than the gate accepts');
    const { gate: outcome, verdict } = await place.result('much');
    expect(verdict).toBe('inconclusive');
    expect(outcome.checks.filter(({ met }) => !met).map(({ name }) => name)).toEqual(['maxWaivedMoney.USD']);
  });
});

describe('a waiver of what a run leaves out', () => {
  it('is not told to be needless: with --org, and in a shard', async () => {
    const at = (await place.findings('plain')).flatMap(({ status, orgs }) =>
      status === 'mismatch' ? [orgs[0]?.id] : [],
    );
    const calm = (await place.findings('plain')).flatMap(({ orgs }) => orgs).find(({ id }) => !at.includes(id));
    const idle = `  - { rule: currency, reason: r, owner: anyone, expires: 2099-01-01 }\n  - { rule: currency, org: ${calm?.id}, reason: r, owner: one, expires: 2099-01-01 }\n`;
    const waivers = `${reasoned()}${idle}`;
    await judged('part', waivers, GATE, ['--org', calm?.id ?? '', '--reporter', 'json']);
    const narrow = await place.result('part');
    expect(narrow.notes.filter((note) => note.includes('was not needed'))).toEqual([
      expect.stringContaining('Waiver of one'),
    ]);
    expect(narrow.waivers.unused).toBe(1);
    await judged('shard', waivers, GATE, ['--shard', '1/2', '--reporter', 'json']);
    const shard = await place.result('shard');
    expect(shard.notes.filter((note) => /was not needed/.test(note) && !note.includes('Waiver of one'))).toEqual([]);
    await judged('whole', waivers, GATE, ['--reporter', 'json']);
    expect((await place.result('whole')).notes.filter((note) => note.includes('was not needed'))).toHaveLength(2);
  });
});
