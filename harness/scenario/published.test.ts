/** What is published beside the code: the JSON Schema, the reference of fields, and the scenarios of the package. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type SchemaNode, scenarioJsonSchema, scenarioJsonSchemaText } from './json-schema.ts';
import { loadScenario } from './load.ts';

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const env = {
  LEGACY_API_KEY: 'k',
  PARTNER_CLIENT_ID: 'p',
  PARTNER_CLIENT_SECRET: 'ps',
  CONTRACT_CLIENT_ID: 'c',
  CONTRACT_CLIENT_SECRET: 'cs',
};

interface Field {
  readonly path: string;
  readonly node: SchemaNode;
}

/** Every field as docs/scenario.md spells it: `apps[].products[].sku`. */
function fieldsOf(node: SchemaNode, path: string): Field[] {
  const children = Object.entries(node.properties ?? {}).map(([key, child]): [string, SchemaNode] => [
    path === '' ? key : `${path}.${key}`,
    child,
  ]);
  const inner = [
    ...children.flatMap(([at, child]) => [{ path: at, node: child }, ...fieldsOf(child, at)]),
    ...(node.items === undefined ? [] : fieldsOf(node.items, `${path}[]`)),
    ...(node.anyOf ?? []).flatMap((one) => fieldsOf(one, path)),
  ];
  const anyKey = node.additionalProperties;
  return typeof anyKey === 'object' ? [...inner, ...fieldsOf(anyKey, `${path}.<rule>`)] : inner;
}

/** The first cells of the tables of fields. */
const explained = (text: string): string[] =>
  [...text.matchAll(/^\|\s*`([^`]+)`\s*\|/gm)].map((match) => match[1] ?? '');

const FIELDS = fieldsOf(scenarioJsonSchema(), '');

describe('the published JSON Schema', () => {
  it('is what the code says (else: npm run build && npm run generate)', async () => {
    expect(await readFile(root('scenarios/scenario.schema.json'), 'utf8')).toBe(scenarioJsonSchemaText());
  });

  it('describes every field', () => {
    expect(FIELDS.length).toBeGreaterThan(60);
    expect(FIELDS.filter(({ node }) => !node.description).map(({ path }) => path)).toEqual([]);
  });

  it.each(['sandbox', 'example-live', 'nightly'])('accepts scenarios/%s.yaml', async (name) => {
    const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
    addFormats.default(ajv);
    const check = ajv.compile(scenarioJsonSchema());
    check(parse(await readFile(root(`scenarios/${name}.yaml`), 'utf8')));
    expect(check.errors ?? []).toEqual([]);
  });

  it('refuses what the code refuses', () => {
    const ajv = new Ajv({ allowUnionTypes: true });
    addFormats.default(ajv);
    const check = ajv.compile(scenarioJsonSchema());
    expect(check({ version: 1, name: 'x', contrct: {} })).toBe(false);
    expect(check({ version: 1, name: 'x', tolerances: { 'no-such-rule': { absolute: '1' } } })).toBe(false);
    expect(check({ version: 2, name: 'x' })).toBe(false);
    expect(check({ version: 1, name: 'x', limits: { retries: 21 } })).toBe(false);
    const withFactor = (factor: unknown) => ({
      version: 1,
      name: 'x',
      apps: [{ appId: 'a', products: [{ partNumber: 'p', factor }] }],
    });
    for (const factor of [1, 0.5, '1/17', '2.5/3', ' 0.10 ']) expect(check(withFactor(factor)), `${factor}`).toBe(true);
    for (const factor of [0, -1, '1/', '1/x', '1/2/3', '-1/17', ''])
      expect(check(withFactor(factor)), `${factor}`).toBe(false);
  });
});

const KEYS_OF_MAPS = [
  'units.<word>',
  'waivers[].maxMoney.<currency>',
  'gate.maxMoneyAtRisk.<currency>',
  'gate.maxWaivedMoney.<currency>',
];

describe('docs/scenario.md', () => {
  it('explains every field', async () => {
    const text = await readFile(root('docs/scenario.md'), 'utf8');
    expect(FIELDS.map(({ path }) => path).filter((path) => !explained(text).includes(path))).toEqual([]);
  });

  it('explains no field that is not there', async () => {
    const text = await readFile(root('docs/scenario.md'), 'utf8');
    const known = new Set([...FIELDS.map(({ path }) => path), ...KEYS_OF_MAPS]);
    expect(explained(text).filter((path) => !known.has(path))).toEqual([]);
  });
});

describe('the scenarios of the package', () => {
  it.each(['sandbox', 'example-live', 'nightly'])('%s loads without a warning', async (name) => {
    const loaded = await loadScenario(root(`scenarios/${name}.yaml`), { env });
    expect(loaded.name).toBe(name);
    expect(loaded.warnings).toEqual([]);
  });

  it('sandbox needs no variable, reports only, and hides every defect', async () => {
    const { scenario, policy } = await loadScenario(root('scenarios/sandbox.yaml'), { env: {} });
    expect(scenario.sandbox).toEqual({
      seed: 42,
      orgs: 160,
      shapes: null,
      clothes: null,
      today: null,
      defects: 'all',
      faults: [],
      apiVersion: null,
    });
    expect(policy.gate.mode).toBe('report');
    expect(policy.products.map(({ appId, partNumber, kind }) => `${appId}/${partNumber}/${kind}`)).toEqual([
      'wallboard/PC-170-NV-WALLB/user',
      'botpack/PC-170-NV-BOTMSG/sum',
      'botpack/PC-170-NV-BOTPEAK/peak',
      'sitekit/PC-170-NV-SITE/site',
      'sitekit/PC-170-NV-MIN/sum',
    ]);
    expect(policy.products.at(-1)?.skus).toEqual(['PC-170-NV-MIN-VOICE', 'PC-170-NV-MIN-VIDEO']);
  });

  it('nightly enforces its gate over listed organisations and both legacy APIs', async () => {
    const { scenario, policy } = await loadScenario(root('scenarios/nightly.yaml'), { env });
    expect(policy.gate.mode).toBe('enforce');
    expect(scenario.orgs?.map((org) => org.name)).toEqual([
      'Example Org',
      'Example Org, Inc. (pilot)',
      'Beispiel GmbH',
    ]);
    expect(scenario.legacy?.usageApi).not.toBeNull();
    expect(scenario.legacy?.partnerBilling).not.toBeNull();
    expect(policy.waivers).toHaveLength(1);
  });

  it('example-live shows every field', async () => {
    const text = await readFile(root('scenarios/example-live.yaml'), 'utf8');
    for (const field of FIELDS.filter(({ path }) => !path.startsWith('sandbox.faults'))) {
      const key = field.path.split('.').at(-1)?.replace('[]', '') ?? '';
      if (key !== '') expect(text, field.path).toMatch(new RegExp(`\\b${key}:`));
    }
  });
});
