/** Every fault that the sandbox can play (docs/faults.md), over real HTTP: outlived where it passes, never a match where it lasts. */
import { beforeAll, describe, expect, it } from 'vitest';
import { NETWORK_FAULTS } from '../sandbox/faults/registry.ts';
import { type Disturbed, disturbed } from './testing/disturbed.ts';

const WORLD = { seed: 3, orgs: 6 } as const;
const DEFECTS = ['actual-off*2', 'rate-off'] as const;

/** Ended by the client's time-out, which counts in whole seconds: aimed at one endpoint, so that a test waits only once or twice. */
const STALLS = new Set(['no-answer', 'stalled-body']);
/** Those that a run takes without being disturbed at all, however long they last. */
const HARMLESS = new Set(['slow-body', 'clock-off']);

let calm: Disturbed;
let clean: Disturbed;
let org: { readonly id: string; readonly name: string | null };
beforeAll(async () => {
  calm = await disturbed({ ...WORLD, defects: DEFECTS });
  clean = await disturbed({ ...WORLD, defects: 'none' });
  const found = calm.findings.find(({ rule }) => rule === 'actual-quantity')?.orgs[0];
  if (found === undefined) throw new Error('the world hides nothing');
  org = found;
});

/** What holds whatever happens. */
function nothingLost(run: Disturbed): void {
  expect(run.leaks).toEqual([]);
  expect(run.strays).toEqual([]);
  expect(run.recorded).toEqual(run.told);
}

const limitsFor = (id: string): string =>
  [...(STALLS.has(id) ? ['timeoutSeconds: 1'] : []), ...(id === 'endless-body' ? ['maxBodyMegabytes: 2'] : [])]
    .concat('retries: 1')
    .join(', ');

const idsOf = (faults: readonly { readonly id: string }[]): string[] => faults.map(({ id }) => id);

it('an undisturbed run says the same twice', async () => {
  expect(calm.code).toBe(1);
  expect(clean.code).toBe(0);
  expect((await disturbed({ ...WORLD, defects: DEFECTS })).outcome).toEqual(calm.outcome);
});

describe.concurrent('a fault that passes is outlived', () => {
  it.each(idsOf(NETWORK_FAULTS.filter(({ passes }) => passes)))('%s', async (id) => {
    const aimed = STALLS.has(id) ? `${id}@/v1/` : id;
    const run = await disturbed(
      { ...WORLD, defects: DEFECTS, faults: [aimed] },
      limitsFor(id).replace('retries: 1', 'retries: 5'),
    );
    nothingLost(run);
    expect(run.outcome).toEqual(calm.outcome);
    expect(run.recorded).toEqual(calm.recorded);
    if (!HARMLESS.has(id)) expect(run.result.requests.retries).toBeGreaterThan(0);
  });

  it('three different ones, one after the other', async () => {
    const run = await disturbed({
      ...WORLD,
      defects: DEFECTS,
      faults: ['unavailable@/v1/', 'reset@/v1/', 'truncated-json@/v1/'],
    });
    nothingLost(run);
    expect(run.outcome).toEqual(calm.outcome);
  });
});

describe.concurrent('a fault that lasts', () => {
  const lasting = NETWORK_FAULTS.filter(({ id }) => !HARMLESS.has(id) && id !== 'token-expires');

  /** Neither a match that was none before, nor a mismatch that is gone without a word. */
  function nothingHidden(run: Disturbed, before: Disturbed): void {
    expect([...run.matches].filter((id) => !before.matches.has(id))).toEqual([]);
    const said = new Set(run.findings.map(({ id }) => id));
    const silent = run.findings
      .filter(({ status }) => status === 'not-comparable')
      .flatMap(({ orgs }) => orgs.map(({ id }) => id));
    const gone = before.findings.filter(
      ({ id, orgs }) => !said.has(id) && !orgs.some((one) => silent.includes(one.id)),
    );
    expect(gone).toEqual([]);
  }

  it.each(idsOf(lasting.filter(({ hits }) => hits?.({ method: 'GET', url: '/v1/' }) ?? true)))(
    'for one organisation: %s',
    async (id) => {
      const faults = [`${id}*forever@${org.id}`];
      const run = await disturbed({ ...WORLD, defects: DEFECTS, faults }, limitsFor(id));
      nothingLost(run);
      nothingHidden(run, calm);
      const named = run.findings.filter(
        ({ status, orgs }) => status === 'not-comparable' && orgs.some((one) => one.id === org.id),
      );
      expect(named.map(({ reason }) => reason).join('\n')).toMatch(new RegExp(`GET /\\S*${org.id}`, 'i'));
      // A server that wants no request for an hour is not asked for the others either.
      if (id !== 'retry-after-hour') expect(run.result.orgs.unreachable).toBe(1);
      const alone = await disturbed({ ...WORLD, defects: 'none', faults }, limitsFor(id));
      expect([alone.code, alone.result.verdict, alone.result.cells.mismatch]).toEqual([3, 'inconclusive', 0]);
      nothingHidden(alone, clean);
    },
  );

  it.each(idsOf(lasting))('for the listing of contracts: %s', async (id) => {
    const faults = [`${id}*forever@/contracts?`];
    const run = await disturbed({ ...WORLD, defects: 'none', faults }, limitsFor(id));
    nothingLost(run);
    nothingHidden(run, clean);
    expect(run.findings.map(({ reason }) => reason).join('\n')).toMatch(
      /GET \/api\/v2\/billing\/contracts\?pageSize=10/,
    );
    // That a listing has no end is proven, and a mismatch of its own.
    const proven = id === 'looping-pages' || id === 'endless-pages' ? ['paging'] : [];
    expect(run.findings.filter(({ status }) => status === 'mismatch').map(({ rule }) => rule)).toEqual(proven);
    expect([run.code, run.result.verdict]).toEqual(proven.length > 0 ? [1, 'mismatch'] : [3, 'inconclusive']);
  });

  // The second world is large enough for listings of several pages, and only these are tried there.
  it.each([
    [WORLD, /./],
    [{ seed: 5, orgs: 24 }, /[?&]after=/],
  ])(
    'for one request, whichever it is: nothing is called wrong because of it, and nothing right %#',
    async (world, form) => {
      const calmly = { ...world, defects: 'none' } as const;
      const whole = await disturbed(calmly);
      const paths = whole.paths.filter((path) => form.test(path));
      expect(paths.length).toBeGreaterThan(1);
      for (const path of paths) {
        const run = await disturbed({ ...calmly, faults: [`unavailable*forever@${path}`] }, 'retries: 0');
        nothingHidden(run, whole);
        const wrong = run.findings
          .filter(({ status }) => status === 'mismatch')
          .map(({ rule, reason }) => [rule, reason]);
        expect([path, wrong, run.code]).toEqual([path, [], 3]);
      }
    },
  );

  it.each([
    ['partner billing', 'trusteebillingoverview'],
    ['the usage API', 'organizations'],
  ])('of one legacy API, while the other answers: nobody can say that the two agree (%s)', async (name, endpoint) => {
    const faults = [`unavailable*forever@/${endpoint}/${org.id}`];
    const run = await disturbed({ ...WORLD, defects: 'none', faults }, 'retries: 1');
    nothingLost(run);
    nothingHidden(run, clean);
    expect([run.code, run.result.verdict, run.result.cells.mismatch]).toEqual([3, 'inconclusive', 0]);
    const [told] = run.findings.filter(({ rule }) => rule === 'source-agreement');
    expect(told).toMatchObject({ status: 'not-comparable', side: 'legacy', orgs: [{ id: org.id }] });
    expect(told?.reason).toMatch(new RegExp(`^${name} could not be read: .*status 503.*${endpoint}/${org.id}`, 'i'));
  });

  it('tokens that never last: what cannot be had is not comparable', async () => {
    const run = await disturbed({ ...WORLD, defects: 'none', faults: ['token-expires*forever'] }, 'retries: 1');
    nothingLost(run);
    nothingHidden(run, clean);
    expect(run.result.cells.mismatch).toBe(0);
    expect(run.code).toBe(run.result.gate.met ? 0 : 3);
  });

  it('a login that is refused', async () => {
    const run = await disturbed({ ...WORLD, defects: 'none', faults: ['unavailable*forever@/oauth/'] }, 'retries: 1');
    nothingLost(run);
    expect(run.code).toBe(3);
    nothingHidden(run, clean);
    expect(run.findings.map(({ reason }) => reason).join('\n')).toMatch(
      /the login failed: status 503 .*\/oauth\/token/,
    );
  });
});

it('a clock that is off changes nothing but the times of the evidence', async () => {
  const run = await disturbed({ ...WORLD, defects: DEFECTS, faults: ['clock-off'] });
  nothingLost(run);
  const withoutTimes = ([findings, result]: Disturbed['outcome']): string[] => [
    findings.replaceAll(/"at":"[^"]*"/g, ''),
    result,
  ];
  expect(withoutTimes(run.outcome)).toEqual(withoutTimes(calm.outcome));
  expect(run.outcome[0]).toContain('"at":"2026-04-20T01:00:00.000Z"');
});
