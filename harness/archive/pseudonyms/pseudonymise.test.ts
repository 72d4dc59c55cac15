/** What real snapshots hold beside what the sandbox says: other spellings, refusals, texts for people, fields of tomorrow. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../domain/exchange.ts';
import { requestId } from '../../http/exchange-id.ts';
import { openRecorder } from '../../http/recording/recorder.ts';
import { openSnapshot } from '../../http/recording/snapshot.ts';
import { answered, exchangeOf, META, request, temporaryFolder } from '../../http/recording/testing/exchanges.ts';
import { rewriteJson } from './json-text.ts';
import { pseudonymise } from './pseudonymise.ts';

const ID = '9d750d63-95ae-4df7-8955-2bca7152ca19';
const TOOL = { name: 'cutover-parity', version: '0.0.0' };

it('an earlier mapping is used on, so that two copies agree', async () => {
  const dir = await temporaryFolder();
  const recorder = await openRecorder(path.join(dir, 'original'), META);
  await recorder.append(answered('/a', `{"orgId":"${ID}","orgName":"Acme Corp","note":"x"}`));
  await recorder.finish();
  const input = {
    dir: path.join(dir, 'original'),
    scenario: null,
    mapping: path.join(dir, 'mapping.json'),
    tool: TOOL,
  };
  for (const name of ['one', 'two']) await pseudonymise({ ...input, out: path.join(dir, name) });
  await pseudonymise({ ...input, out: path.join(dir, 'other'), mapping: path.join(dir, 'another.json') });
  const read = (name: string): Promise<string> => readFile(path.join(dir, name, 'exchanges.jsonl'), 'utf8');
  expect(await read('two')).toBe(await read('one'));
  expect(await read('other')).not.toBe(await read('one'));
});

async function copyOf(exchanges: readonly Exchange[], scenario: string | null = null) {
  const dir = await temporaryFolder();
  const recorder = await openRecorder(path.join(dir, 'original'), META);
  for (const exchange of exchanges) await recorder.append(exchange);
  await recorder.finish();
  const file = scenario === null ? null : path.join(dir, 'scenario.yaml');
  if (file !== null) await writeFile(file, scenario ?? '');
  const [out, mapping] = [path.join(dir, 'copy'), path.join(dir, 'mapping.json')];
  const done = await pseudonymise({ dir: path.join(dir, 'original'), out, scenario: file, mapping, tool: TOOL });
  const found: Exchange[] = [];
  for await (const exchange of (await openSnapshot(out)).exchanges()) found.push(exchange);
  const text = (await readFile(path.join(out, 'exchanges.jsonl'), 'utf8')).toLowerCase();
  const said = file === null ? '' : await readFile(path.join(out, 'scenario.yaml'), 'utf8');
  return { done, found, text, scenario: said };
}

const bodyOf = (exchange: Exchange | undefined): string =>
  exchange?.outcome.kind === 'answer' ? exchange.outcome.body : '';

it('the same organisation is the same everywhere: both letter cases, paths, subjects, figures untouched', async () => {
  const asked = { source: 'usage-api', path: `/v1/regions/us-east-1/organizations/${ID}?appIds=wallboard` } as const;
  const subject = 'organisation Müller & Söhne (us-east-1)';
  const { found, text } = await copyOf([
    answered(
      '/a',
      `{"orgId":"${ID.toUpperCase()}","orgName":"MÜLLER & SÖHNE ","usages":[{"usageQuantity":" 23.740 "}],"n":1.50}`,
    ),
    {
      ...answered(asked.path, '{"organization":{"name":"Müller & Söhne"}}'),
      ...asked,
      subject,
      id: requestId({ ...asked, subject }),
    },
  ]);
  const [first, second] = found;
  const { orgId, orgName } = JSON.parse(bodyOf(first)) as { orgId: string; orgName: string };
  expect(orgId).toMatch(/^[0-9A-F-]{36}$/);
  expect(orgName).toBe('CUSTOMER 0001 ');
  expect(bodyOf(first)).toContain('"usageQuantity":" 23.740 "}],"n":1.50}');
  expect(second?.path).toBe(`/v1/regions/us-east-1/organizations/${orgId.toLowerCase()}?appIds=wallboard`);
  expect(second?.subject).toBe('organisation Customer 0001 (us-east-1)');
  expect(second?.id).toBe(requestId({ source: 'usage-api', path: second?.path ?? '', subject }));
  expect(text).not.toMatch(/müller|9d750d63/);
});

it('what is not known to be harmless is replaced, words of the APIs are not', async () => {
  const { found, text } = await copyOf([
    answered(
      '/a',
      JSON.stringify({
        accountManager: 'Jane Doe',
        contact: 'jane.doe@acme.example',
        accountNumber: 4711234,
        notes: ['call Jane'],
        product: { name: 'Wallboard for ACME Corp', sku: 'PC-170-NV-WALLB', unitOfMeasure: 'User' },
        organization: { name: 'Acme Corp' },
        purchaseOrderNumbers: ['PO-000123'],
        link: `https://files.acme.internal/acme/${ID}?expires=12`,
        dateStart: '2026-04-01',
        amount: 4711234,
      }),
    ),
  ]);
  expect(text).not.toMatch(/jane|acme|9d750d63|po-000123|"accountnumber\\":4711234/);
  const body = JSON.parse(bodyOf(found[0])) as Record<string, unknown>;
  expect(body).toMatchObject({ amount: 4711234, dateStart: '2026-04-01' });
  expect(body['product']).toMatchObject({
    name: 'Wallboard for Customer 0001',
    sku: 'PC-170-NV-WALLB',
    unitOfMeasure: 'User',
  });
  expect(body['link']).toMatch(/^https:\/\/host-\d{4}\.example\//);
});

it('a customer called like a word of the APIs does not change the words', async () => {
  const { found } = await copyOf([
    answered('/a', '{"organization":{"name":"Message"},"unitOfMeasure":"Message","status":"Open"}'),
  ]);
  expect(bodyOf(found[0])).toBe('{"organization":{"name":"Customer 0001"},"unitOfMeasure":"Message","status":"Open"}');
});

it('a body that is no JSON is left out, failures speak of nobody', async () => {
  const message = `organisation Acme Corp: GET /v1/regions/eu-west-1/organizations/${ID} timed out; ask jane@acme.example`;
  const { done, found, text } = await copyOf([
    answered('/html', '<html>Acme Corp</html>'),
    answered('/cut', '{"organizations":[{"orgName":"Bluebird Hea'),
    answered('/name', '{"orgName":"Acme Corp"}'),
    exchangeOf(request('/b'), { kind: 'failure', code: 'timeout', message }),
  ]);
  expect(done.leftOut).toHaveLength(2);
  expect(bodyOf(found[0])).toBe('[left out: 22 bytes that are no JSON]');
  expect(text).not.toMatch(/acme|bluebird|9d750d63/);
  expect(text).toContain('organisation customer 0001: get /v1/regions/eu-west-1/organizations/');
});

it('the id by which the vendor finds a request stays, in the header and in the body of an error', async () => {
  const correlation = '50974cd7-34c9-4126-9952-1dbf742de8ac';
  const body = JSON.stringify({ status: 404, contextId: correlation, message: `no ${ID} (${correlation})` });
  const headers = { 'inin-correlation-id': correlation };
  const { found, text } = await copyOf([exchangeOf(request('/a'), { kind: 'answer', status: 404, headers, body })]);
  expect(found[0]?.outcome).toMatchObject({ headers });
  expect(JSON.parse(bodyOf(found[0]))).toMatchObject({ contextId: correlation });
  expect(text).not.toContain('9d750d63');
});

it('cursors of pages stay in step with the addresses that lead to them', async () => {
  const next = '/api/v2/billing/contracts?pageSize=10&after=WyJhY21lIl0%3D';
  const { found } = await copyOf([
    answered('/api/v2/billing/contracts?pageSize=10', JSON.stringify({ entities: [], nextUri: next })),
    answered(next),
  ]);
  expect((JSON.parse(bodyOf(found[0])) as { nextUri: string }).nextUri).toBe(found[1]?.path);
  expect(found[1]?.path).toMatch(/^\/api\/v2\/billing\/contracts\?pageSize=10&after=[a-z]+$/);
});

it('the scenario goes along: same ids, no credentials, no comments', async () => {
  const { scenario, found } = await copyOf(
    [answered('/a', `{"orgId":"${ID}"}`)],
    `# for Jane at Acme
version: 1
name: acme-nightly
legacy: { usageApi: { apiKey: secret-key-of-acme, baseUrl: "https://gateway.acme.internal" } }
contract: { region: us-east-1, clientId: acme-client, clientSecret: "acme-secret" }
orgs:
  - { id: ${ID.toUpperCase()}, region: us-east-1, name: Acme Corp } # the big one
waivers:
  - { rule: overage-rate, org: ${ID}, reason: agreed with Jane, owner: jane@acme.example, ticket: ACME-12, expires: 2999-12-31, delta: "1.260" }
`,
  );
  const { orgId } = JSON.parse(bodyOf(found[0])) as { orgId: string };
  expect(scenario).toContain(`id: ${orgId.toUpperCase()}`);
  expect(scenario).toContain(`org: ${orgId}`);
  expect(scenario).toContain('delta: "1.260"');
  expect(scenario.toLowerCase()).not.toMatch(/jane|acme|secret-key|9d750d63|the big one/);
});

describe('rewriteJson', () => {
  const rename = (json: string): string[] => {
    const seen: string[] = [];
    rewriteJson(json, {
      text: (value, path) => {
        seen.push(`${path.join('.')}=${value}`);
        return value;
      },
      number: (literal, path) => {
        seen.push(`${path.join('.')}=${literal}`);
        return literal;
      },
      name: (name) => name,
    });
    return seen;
  };

  it('knows where each value stands', () => {
    const json = '{"a":{"b":[{"c":"1"},{"c":2.50}],"d":{}},"e":[],"f":"x","g":[["y"],-1e3,true,null]}';
    expect(rename(json)).toEqual(['a.b.c=1', 'a.b.c=2.50', 'f=x', 'g=y', 'g=-1e3']);
  });

  it('goes as deep as it must', () => {
    const depth = 10_000;
    expect(rename(`${'[{"a":'.repeat(depth)}"x"${'}]'.repeat(depth)}`)).toHaveLength(1);
  });
});
