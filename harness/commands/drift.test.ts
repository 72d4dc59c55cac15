/** Drift against the baseline of the shape, over the contract API as it was and may become. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_VERSIONS, type ApiVersion } from '../domain/api-version.ts';
import { openWorkplace, type Workplace } from './testing/cli.ts';
import { embedded } from './testing/sandbox-scenario.ts';

let place: Workplace;
beforeAll(async () => {
  place = await openWorkplace();
});
afterAll(() => place.dispose());

const DRIFTS: Readonly<Record<ApiVersion, readonly string[]>> = {
  '2025-05': [],
  '2025-11': [
    'renamed-field BillingCharge.actualQuantity none',
    'renamed-field BillingCharge.fairuseQuantity none',
    'renamed-field BillingCharge.overageQuantity none',
    'renamed-field BillingCharge.prepaidQuantity none',
    'renamed-field BillingContract.purchaseOrderNumbers none',
    'renamed-field InvoiceAddress.citySubdivision1 none',
    'renamed-field InvoiceAddress.dateEffective none',
  ],
  '2026-06': [],
  '2026-07': ['retyped-field BillingCharge.actualQuantity none', 'retyped-field BillingCharge.overageQuantity none'],
  '2026-08': ['page-maximum BillingContractListing.pageSize none'],
  next: [
    'always-there BillingContract.purchaseOrderNumbers none',
    'new-field BillingCharge.tierName none',
    'newly-null BillingContract.externalNumber none',
    'page-maximum BillingContractListing.pageSize none',
    'renamed-field BillingCharge.overageAmount breaks',
    'retyped-field BillingCharge.prepaidQuantity weakens',
  ],
};

/** Fields that the schema knows and that had not been there. */
const FIRST_SEEN: Readonly<Partial<Record<ApiVersion, readonly string[]>>> = {
  '2026-06': ['BillingCharge.convertedTokenCount', 'BillingCharge.tokenConversionRate'],
  '2026-07': ['BillingCharge.name'],
};

describe('drift', () => {
  const versioned = (version: ApiVersion, name = 'drift'): string =>
    embedded({ name, seed: 7, orgs: 36 }).replace('defects: "none"', `defects: none, apiVersion: "${version}"`);
  const run = async (...args: string[]): ReturnType<Workplace['parity']> =>
    place.parity(['validate', 'd.yaml', '--reporter', 'json', '--quiet', '--out', 'drift', ...args]);

  it('names each change of the preview since it came, and what it does to a comparison', async () => {
    for (const version of API_VERSIONS) {
      await place.write('d.yaml', versioned(version));
      await run('--update-shape');
      const { drift, notes } = await place.result('drift');
      const told = drift.map(
        ({ kind, type, pointer, severity }) =>
          `${kind} ${type}.${pointer.slice(pointer.lastIndexOf('/') + 1)} ${severity ?? ''}`,
      );
      const against = version === '2025-05' ? [] : told.sort();
      expect({ version, against }).toStrictEqual({ version, against: DRIFTS[version] });
      const renamings = drift.filter(({ kind, severity }) => kind === 'renamed-field' && severity === 'none');
      for (const { effect } of renamings) expect(effect).toContain('Both names are read');
      const first = notes.filter((note) => note.includes('first time')).map((note) => note.split(' ')[0]);
      expect({ version, first }).toStrictEqual({ version, first: FIRST_SEEN[version] ?? [] });
      await place.clear('drift');
    }
  }, 120_000);

  it('concerns no comparison where a known name comes back', async () => {
    await place.write('d.yaml', versioned('2025-11', 'back'));
    const back = (out: string) => ['validate', 'd.yaml', '--reporter', 'json', '--quiet', '--out', out];
    await place.parity([...back('before'), '--update-shape']);
    await place.write('d.yaml', versioned('2025-05', 'back'));
    await place.parity(back('back'));
    const { drift } = await place.result('back');
    const renamed = drift.filter(({ kind }) => kind === 'renamed-field');
    expect(renamed.map(({ pointer }) => pointer.split('/').at(-1))).toContain('getactualQuantity');
    for (const { severity, effect } of renamed) {
      expect({ severity, effect }).toEqual({
        severity: 'none',
        effect: expect.stringContaining('Both names are read'),
      });
    }
  });

  it('says nothing of what a baseline has, not even of fields that the schema does not know', async () => {
    await place.write('d.yaml', versioned('next'));
    const before = await place.read('snapshots/drift/shape.json');
    await run('--update-shape');
    expect((await place.result('drift')).drift).toStrictEqual([]);
    expect(await place.read('snapshots/drift/shape.json')).toBe(before);
    await place.clear('drift');
  });

  it('finds a unit of measure that was added', async () => {
    await place.write('d.yaml', versioned('next'));
    await run();
    const units = (await place.findings('drift')).filter(
      ({ rule, reason }) => rule === 'schema-violation' && reason?.includes('Parcel'),
    );
    expect(units[0]?.reason).toMatch(
      /BillingProduct has "Parcel" at \S*\/unitOfMeasure, the schema wants one of 36 values \(Call, /,
    );
    await place.clear('drift');
  });

  it('refuses a baseline that is none, before anything is asked', async () => {
    await place.write('snapshots/drift/shape.json', '{"version": 2}');
    const { code, stderr } = await run();
    expect(code).toBe(2);
    expect(stderr).toContain('snapshots/drift/shape.json is no baseline of this release: version:');
    await place.clear('snapshots');
  });

  it('writes no baseline from a capture with holes, and says so', async () => {
    await place.write(
      'd.yaml',
      versioned('2026-08', 'holes')
        .replace('defects: none', 'defects: none, faults: "unavailable*forever@/billingperiods/"')
        .concat('limits: { retries: 0 }\n'),
    );
    const { code } = await run('--update-shape');
    expect(code).toBe(3);
    await expect(place.read('snapshots/holes/shape.json')).rejects.toThrow('ENOENT');
    expect((await place.result('drift')).notes.join()).toMatch(
      /shape\.json was not written: \d+ answers could not be had/,
    );
    await place.clear('drift');
  });

  it('says in a run, too, what changed, and not in a run without a baseline', async () => {
    await place.write('d.yaml', versioned('2026-07', 'both'));
    const both = (...args: string[]) =>
      place.parity(['run', 'd.yaml', '--reporter', 'json', '--quiet', '--out', 'drift', ...args]);
    await both();
    expect((await place.result('drift')).drift).toStrictEqual([]);
    await place.clear('drift');
    await both('--update-shape');
    await place.clear('drift');
    await place.write('d.yaml', versioned('next', 'both'));
    await both();
    const { drift } = await place.result('drift');
    expect(drift.map(({ pointer, kind }) => `${kind} ${pointer}`)).toContain('renamed-field /charges/*/overageAmount');
    expect(drift.map(({ kind }) => kind)).not.toContain('page-maximum');
    await place.clear('drift');
  });

  it('keeps in the baseline what a run does not ask for', async () => {
    await place.write('d.yaml', versioned('2026-07', 'kept'));
    await run('--update-shape');
    await place.clear('drift');
    await place.write('d.yaml', versioned('next', 'kept'));
    await place.parity(['run', 'd.yaml', '--reporter', 'json', '--quiet', '--out', 'drift', '--update-shape']);
    await place.clear('drift');
    const baseline = JSON.parse(await place.read('snapshots/kept/shape.json'));
    expect(baseline.contractsPageMaximum).toBe(200);
    expect(Object.keys(baseline.types)).toContain('UrlResponse');
    expect(Object.keys(baseline.types.BillingCharge.fields)).toContain('overageAmount');
  });
});
