/** `parity init` over worlds whose mapping is known: what it proposes is right, or said to be open. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isoDate } from '../domain/billing-period.ts';
import { decimal } from '../domain/decimal.ts';
import type { WorldFile } from '../domain/world-file.ts';
import { startSandbox } from '../sandbox/index.ts';
import { type AlteringGateway, openAlteringGateway, type Told } from './testing/altering-gateway.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import type { Served } from './testing/sandbox-scenario.ts';

interface Product {
  readonly partNumber: string;
  readonly sku?: string | readonly string[];
  readonly factor?: string | number;
  readonly kind?: string;
}

interface Written {
  readonly legacy?: {
    readonly usageApi?: { readonly fields?: Record<string, string> };
    readonly partnerBilling?: object;
  };
  readonly apps?: readonly { readonly appId: string; readonly products: readonly Product[] }[];
  readonly orgs?: unknown;
  readonly period: string;
  readonly readiness?: object;
}

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
});
afterAll(() => place.dispose());

const APPS = 'wallboard,botpack,sitekit';

const credentials = (
  { apiKey, clientId, clientSecret }: Served,
  which = 'usage,partner,contract',
): Record<string, string> => ({
  ...(which.includes('usage') ? { LEGACY_API_KEY: apiKey } : {}),
  ...(which.includes('partner') ? { PARTNER_CLIENT_ID: clientId, PARTNER_CLIENT_SECRET: clientSecret } : {}),
  ...(which.includes('contract') ? { CONTRACT_CLIENT_ID: clientId, CONTRACT_CLIENT_SECRET: clientSecret } : {}),
});

const at = (url: string): string[] => ['--usage-url', url, '--api-url', url, '--login-url', url];

/** Asks a world as one asks the real APIs. */
async function initOver(
  world: Parameters<typeof startSandbox>[0],
  file: string,
  { args = [], which, answer }: { args?: string[]; which?: string; answer?: (told: Told, url: URL) => void } = {},
) {
  const served = await startSandbox(world);
  let gateway: AlteringGateway | null = null;
  try {
    if (answer !== undefined) {
      gateway = await openAlteringGateway(served.url);
      gateway.alter({ answer });
    }
    const url = gateway?.url ?? served.url;
    const env = credentials(served, which);
    const outcome = await place.parity(['init', file, '--app', APPS, ...at(url), ...args], env);
    const run =
      outcome.code === 0
        ? await place.parity(['run', file, '--out', `${file}.run`, '--quiet', '--reporter', 'json'], env)
        : null;
    return { ...outcome, run };
  } finally {
    await gateway?.close();
    await served.close();
  }
}

const scenario = async (file: string): Promise<Written> => parse(await place.read(file)) as Written;
const products = async (file: string): Promise<Map<string, Product>> => {
  const { apps = [] } = await scenario(file);
  return new Map(apps.flatMap((app) => app.products.map((product) => [product.partNumber, product] as const)));
};

/** Names in the answers of the contract side. */
const renaming =
  (names: Readonly<Record<string, string>>) =>
  (told: Told, url: URL): void => {
    if (!url.pathname.startsWith('/api/v2/billing/contracts')) return;
    for (const [name, other] of Object.entries(names)) told.body = told.body.replaceAll(`"${name}"`, `"${other}"`);
  };

interface Charge {
  readonly product?: { readonly sku?: string };
  [field: string]: unknown;
}

/** Quantities of one SKU in other units, rates accordingly; each number keeps its exact value as all are whole multiples. */
const inOtherUnits =
  (sku: string, times: number) =>
  (told: Told, url: URL): void => {
    if (!url.pathname.startsWith('/api/v2/billing/contracts') || url.pathname.includes('invoices')) return;
    const change = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(change);
      if (typeof value !== 'object' || value === null) return value;
      const own = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner)])) as Charge;
      if (own.product?.sku !== sku) return own;
      for (const field of ['prepaidQuantity', 'fairuseQuantity', 'actualQuantity', 'overageQuantity']) {
        if (typeof own[field] === 'number') own[field] = Math.round(own[field] * times * 1e6) / 1e6;
      }
      return own;
    };
    told.body = JSON.stringify(change(JSON.parse(told.body)));
  };

describe('the mapping that parity init proposes', () => {
  it('is right where both sides use one name, and where two SKUs add up to one part number', async () => {
    const { code, stdout, run } = await initOver({ seed: 42, orgs: 40, defects: 'none' }, 'plain/nightly.yaml', {
      args: ['--cutover', '2026-12-31'],
    });
    expect(code).toBe(0);
    const found = await products('plain/nightly.yaml');
    expect([...found.keys()].sort()).toEqual([
      'PC-170-NV-BOTMSG',
      'PC-170-NV-BOTPEAK',
      'PC-170-NV-MIN',
      'PC-170-NV-SITE',
      'PC-170-NV-WALLB',
    ]);
    expect(found.get('PC-170-NV-MIN')?.sku).toEqual(['PC-170-NV-MIN-VIDEO', 'PC-170-NV-MIN-VOICE']);
    expect(found.get('PC-170-NV-WALLB')).toEqual({ partNumber: 'PC-170-NV-WALLB', kind: 'user' });
    expect(found.get('PC-170-NV-BOTPEAK')?.kind ?? 'peak').toBe('peak');
    expect(stdout).toMatch(/✓ PC-170-NV-WALLB → PC-170-NV-WALLB: same name; held by 16/);
    expect(run).toMatchObject({ code: 0 });
    const closed = await scenario('plain/nightly-closed.yaml');
    expect(closed).toMatchObject({ period: 'last-closed', readiness: { cutover: '2026-12-31', closedCycles: 2 } });
    expect(await scenario('plain/nightly.yaml')).toMatchObject({ period: 'open', readiness: { nights: 14 } });
  }, 60_000);

  it('finds renamed SKUs by quantities and organisations, also where the names change places', async () => {
    const names = { 'PC-170-NV-WALLB': 'ADDON-77', 'PC-170-NV-BOTMSG': 'PC-170-NV-BOTPEAK', 'PC-170-NV-BOTPEAK': 'X' };
    const { code, stdout } = await initOver({ seed: 7, orgs: 40, defects: 'none' }, 'renamed/nightly.yaml', {
      // One after the other: BOTPEAK becomes X first, and then BOTMSG takes its name.
      answer: renaming({
        'PC-170-NV-BOTPEAK': names['PC-170-NV-BOTPEAK'],
        'PC-170-NV-BOTMSG': names['PC-170-NV-BOTMSG'],
        'PC-170-NV-WALLB': 'ADDON-77',
      }),
    });
    expect(code).toBe(0);
    const found = await products('renamed/nightly.yaml');
    expect(found.get('PC-170-NV-WALLB')?.sku).toBe('ADDON-77');
    expect(found.get('PC-170-NV-BOTMSG')?.sku).toBe('PC-170-NV-BOTPEAK');
    expect(found.get('PC-170-NV-BOTPEAK')?.sku).toBe('X');
    expect(stdout).toContain('PC-170-NV-WALLB → ADDON-77: ');
  }, 60_000);

  it.each([60, 1000, 0.5])(
    'finds that one side counts in units of another size: × %d',
    async (times) => {
      const file = `units-${times}/nightly.yaml`;
      const { code } = await initOver({ seed: 3, orgs: 40, defects: 'none' }, file, {
        answer: inOtherUnits('PC-170-NV-BOTMSG', times),
      });
      expect(code).toBe(0);
      const found = await products(file);
      expect(String(found.get('PC-170-NV-BOTMSG')?.factor)).toMatch(
        times === 0.5 ? /^(0\.5|1\/2)$/ : new RegExp(`^${times}$`),
      );
      expect(found.get('PC-170-NV-WALLB')?.factor).toBeUndefined();
    },
    60_000,
  );

  it('says what is open where too few organisations can tell', async () => {
    const { code, stdout } = await initOver({ seed: 3, orgs: 5, defects: 'none' }, 'few/nightly.yaml', {
      answer: renaming({ 'PC-170-NV-WALLB': 'ADDON-77', 'Wallboard Add-on': 'Extra' }),
    });
    expect(code).toBe(0);
    const text = await place.read('few/nightly.yaml');
    expect([...(await products('few/nightly.yaml')).keys()]).not.toContain('PC-170-NV-WALLB');
    expect(text).toMatch(/# - \{ partNumber: PC-170-NV-WALLB, sku: … \}/);
    expect(stdout).toMatch(/\? PC-170-NV-WALLB is open: /);
    expect(stdout).toMatch(/Open\n(?:.*\n)* {2}- PC-170-NV-WALLB: /);
    expect(stdout).toContain('ADDON-77 is on the contract side only');
  }, 60_000);

  it('finds it among defects, and leaves the defects for a run to find', async () => {
    const { code } = await initOver({ seed: 42, orgs: 60, defects: 'all' }, 'defects/nightly.yaml');
    expect(code).toBe(0);
    const found = await products('defects/nightly.yaml');
    for (const name of ['PC-170-NV-WALLB', 'PC-170-NV-BOTMSG', 'PC-170-NV-BOTPEAK', 'PC-170-NV-SITE']) {
      const { sku, factor } = found.get(name) ?? { sku: 'missing' };
      expect({ name, sku: sku ?? name, factor }).toEqual({ name, sku: name, factor: undefined });
    }
    expect(found.get('PC-170-NV-MIN')?.sku).toEqual(['PC-170-NV-MIN-VIDEO', 'PC-170-NV-MIN-VOICE']);
  }, 60_000);

  it('holds in rarer worlds: earlier SKUs of one product, and products that tokens pay for', async () => {
    const args = ['--app', 'coach,aipack'];
    const { code } = await initOver({ seed: 9, orgs: 40, shapes: 'rare', defects: 'none' }, 'rare/nightly.yaml', {
      args,
    });
    expect(code).toBe(0);
    const found = await products('rare/nightly.yaml');
    const coach = found.get('PC-170-NV-COACH');
    if (coach !== undefined) expect([coach.sku].flat()).toEqual(expect.arrayContaining(['PC-170-NV-COACH-PLUS']));
    for (const [name, { sku }] of found) {
      if (!/COACH|MIN$/.test(name)) expect([name, sku ?? name]).toEqual([name, name]);
    }
  }, 60_000);
});

describe('fields of the usage API under other names', () => {
  const wire = {
    prepayQuantity: 'commitmentQty',
    usageQuantity: 'consumed',
    unitOfMeasureType: 'uom',
    overagePrice: 'pricePerExtraUnit',
  };

  it('are found by their values, and written with their counts', async () => {
    const { code, stdout, run } = await initOver({ seed: 42, orgs: 40, defects: 'none' }, 'fields/nightly.yaml', {
      which: 'usage,contract',
      answer: (told, url) => {
        if (!url.pathname.startsWith('/v1/')) return;
        for (const [ours, theirs] of Object.entries(wire)) told.body = told.body.replaceAll(`"${ours}"`, `"${theirs}"`);
      },
    });
    expect(code).toBe(0);
    const { legacy } = await scenario('fields/nightly.yaml');
    expect(legacy?.usageApi?.fields).toMatchObject({
      prepayQuantity: 'commitmentQty',
      usageQuantity: 'consumed',
      overagePrice: 'pricePerExtraUnit',
      unitOfMeasureType: 'uom',
    });
    expect(stdout).toMatch(/usageQuantity stands as consumed on the wire: \d+ values agree/);
    expect(run?.code).not.toBe(1);
  }, 60_000);
});

/** Organisations whose billing periods all end on the last day of a month. */
const MONTHS: WorldFile = {
  products: [
    {
      appId: 'wallboard',
      partNumber: 'PC-170-NV-WALLB',
      skus: ['PC-170-NV-WALLB'],
      name: 'Wallboard',
      kind: 'user',
      units: { legacy: 'seat', contract: 'User' },
      unitsPerToken: null,
    },
  ],
  organisations: [11, 22, 33, 44].map((use, at) => ({
    id: `9d750d63-95ae-4df7-8955-2bca7152ca0${at}`,
    name: `Example ${at}`,
    region: 'us-east-1',
    currency: 'USD',
    subscriptionType: 'PREPAY',
    start: isoDate('2025-01-01'),
    termYears: null,
    holdings: [
      {
        partNumber: 'PC-170-NV-WALLB',
        committed: decimal(use),
        bundle: null,
        included: null,
        price: decimal('20.00'),
        overagePrice: decimal('23.74'),
        use: decimal(use + 3),
        earlier: [],
      },
    ],
  })),
};

describe('closed cycles where only the usage API is at hand', () => {
  it('are recorded on the last day and compared later, as the scenario says', async () => {
    const served = await startSandbox({
      seed: 1,
      orgs: 1,
      world: MONTHS,
      defects: 'none',
      today: isoDate('2026-04-30'),
    });
    try {
      const env = credentials(served, 'usage,contract');
      const args = [
        'init',
        'scenarios/nightly.yaml',
        '--app',
        'wallboard',
        '--cutover',
        '2026-12-31',
        ...at(served.url),
      ];
      const outcome = await place.parity(args, env);
      expect(outcome).toMatchObject({ code: 0 });
      const text = await place.read('scenarios/recorded/nightly-closed.yaml');
      const commands = [...text.matchAll(/^# {5}(.*parity .*)$/gm)].map(([, line = '']) => line);
      expect(commands).toHaveLength(2);
      const [record = '', compare = ''] = commands;
      expect((await place.parity(record.split(' ').slice(1), env)).code).toBe(0);
      served.setToday(isoDate('2026-05-03'));
      const [day = '', , ...rest] = compare.split(' ');
      const run = await place.parity([...rest, '--out', 'cycle', '--quiet'], {
        ...env,
        CLOSED_DAY: day.replace('CLOSED_DAY=', ''),
      });
      expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('READY') });
      expect((await place.result('cycle')).periods).toMatchObject([
        { start: '2026-04-01', end: '2026-04-30', status: 'closed' },
      ]);
    } finally {
      await served.close();
    }
  }, 60_000);
});

describe('what parity init writes', () => {
  it('names only the variables that its scenario reads', async () => {
    const { code, stdout } = await initOver({ seed: 3, orgs: 12, defects: 'none' }, 'usage/nightly.yaml', {
      which: 'usage,contract',
    });
    expect(code).toBe(0);
    const names = [...(await place.read('usage/.env.example')).matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect(names).toEqual(['LEGACY_API_KEY', 'CONTRACT_CLIENT_ID', 'CONTRACT_CLIENT_SECRET']);
    expect(stdout).toContain('- the usage API tells of the running month only');
    await expect(stat(path.join(place.dir, 'usage/nightly-closed.yaml'))).rejects.toThrow();
  }, 60_000);

  it('lists organisations where only partner billing tells of legacy', async () => {
    const { code, run } = await initOver({ seed: 3, orgs: 12, defects: 'none' }, 'partner/nightly.yaml', {
      which: 'partner,contract',
    });
    expect(code).toBe(0);
    const { orgs, apps } = await scenario('partner/nightly.yaml');
    expect(orgs).toHaveLength(12);
    expect(apps?.map(({ appId }) => appId)).toEqual(['partner-billing']);
    expect(run?.code).not.toBe(2);
  }, 60_000);

  it('is for validate where there is no legacy side', async () => {
    const served = await startSandbox({ seed: 3, orgs: 6, defects: 'none' });
    try {
      const env = credentials(served, 'contract');
      const outcome = await place.parity(['init', 'alone/nightly.yaml', ...at(served.url)], env);
      expect(outcome).toMatchObject({ code: 0 });
      expect(outcome.stdout).toContain('parity validate alone/nightly.yaml');
      expect(
        await place.parity(['validate', 'alone/nightly.yaml', '--out', 'alone-run', '--quiet'], env),
      ).toMatchObject({ code: 0 });
    } finally {
      await served.close();
    }
  }, 60_000);

  it('comes from a snapshot as from the servers, and its scenario runs over it', async () => {
    const snapshot = `snapshot:${path.join(place.dir, 'plain/nightly.yaml.run')}`;
    const both = ['--legacy', snapshot, '--contract', snapshot];
    const refused = await place.parity(['init', 'replayed/nightly.yaml', ...both]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--login-url');
    const outcome = await place.parity([
      'init',
      'replayed/nightly.yaml',
      ...both,
      '--login-url',
      'https://login.example.com',
    ]);
    expect(outcome).toMatchObject({ code: 0 });
    expect(await products('replayed/nightly.yaml')).toEqual(await products('plain/nightly.yaml'));
    expect(
      await place.parity(['run', 'replayed/nightly.yaml', ...both, '--out', 'replayed-run', '--quiet']),
    ).toMatchObject({ code: 0 });
  }, 60_000);

  it('comes from the embedded sandbox without any credentials', async () => {
    const outcome = await place.parity([
      'init',
      'embedded/nightly.yaml',
      '--legacy',
      'sandbox',
      '--contract',
      'sandbox',
    ]);
    expect(outcome).toMatchObject({ code: 0 });
    expect((await place.parity(['run', 'embedded/nightly.yaml', '--out', 'embedded-run', '--quiet'])).code).toBe(0);
  }, 60_000);

  it('is nothing where a side cannot be asked, and it says which', async () => {
    const served = await startSandbox({ seed: 3, orgs: 3, defects: 'none' });
    try {
      const env = { ...credentials(served), LEGACY_API_KEY: 'wrong', PARTNER_CLIENT_ID: '', PARTNER_CLIENT_SECRET: '' };
      const outcome = await place.parity(['init', 'blind/nightly.yaml', '--app', APPS, ...at(served.url)], env);
      expect(outcome.code).not.toBe(0);
      expect(outcome.stderr).toMatch(/usage-api at http.* could not be asked.*401/);
      await expect(stat(path.join(place.dir, 'blind/nightly.yaml'))).rejects.toThrow();
      const unknown = await place.parity(['init', 'blind/nightly.yaml', '--app', 'wallbord', ...at(served.url)], {
        ...credentials(served, 'usage,contract'),
      });
      expect(unknown.stderr).toContain('how the application ids are spelt');
    } finally {
      await served.close();
    }
  }, 60_000);

  it('never stands over a file, and without credentials nobody is asked', async () => {
    await place.write('there/nightly.yaml', 'mine');
    const taken = await place.parity(['init', 'there/nightly.yaml', '--legacy', 'sandbox', '--contract', 'sandbox']);
    expect(taken).toMatchObject({ code: 2 });
    expect(await place.read('there/nightly.yaml')).toBe('mine');
    const bare = await place.parity(['init', 'bare/nightly.yaml']);
    expect(bare.code).toBe(2);
    expect(bare.stderr).toContain('CONTRACT_CLIENT_ID');
  });
});
