// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the places of variables in a scenario are the subject here.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IsoDate } from '../domain/billing-period.ts';
import type { FileIssue } from '../domain/errors.ts';
import { checkTogether } from './checks.ts';
import { type Document, parseScenario } from './document.ts';
import { faultsOf } from './faults.ts';
import { interpolate } from './interpolation.ts';
import { scenarioSchema } from './schema.ts';
import { ENV, faults, LIVE } from './testing/write-scenario.ts';

const LINES = LIVE.split('\n').length;
/** The faults of the least scenario with more at its end, or with one thing put in another's place. */
const withMore = (text: string): Promise<string[]> => faults(`${LIVE}${text}`);
const instead = (old: string, text: string): Promise<string[]> => faults(LIVE.replace(old, text));
const ORG = '9d750d63-95ae-4df7-8955-2bca7152ca19';

const saidOf = (document: Document): FileIssue[] => [
  ...faultsOf(document, scenarioSchema.safeParse(document.value).error?.issues ?? []),
  ...checkTogether(document, '2026-11-28' as IsoDate),
];

describe('a broken scenario', () => {
  it('is told of all its faults at once, in the order of the file', async () => {
    const text = `version: 1
name: all/wrong
legacy:
  usageApi:
    baseURL: https://example.com
    apiKey: \${MISSING}
contract:
  region: us-eats-1
  clientId: c
apps:
  - appId: wallboard
    products:
      - partNumber: PC-1
        kind: usr
      - partNumber: pc-1
gate:
  minParity: 101
orgz: discover
`;
    expect(await faults(text, { env: {} })).toEqual([
      '2:7: expected a name of letters, digits, dots, dashes and underscores (it names a folder), found `all/wrong`',
      '5:5: `baseURL` is no key of `legacy.usageApi`; did you mean `baseUrl`?',
      '6:13: the variable MISSING is neither in the environment nor in an .env file beside the scenario',
      '7:1: `clientSecret` is missing; expected text',
      expect.stringMatching(/^8:11: expected one of us-east-1, .*, found `us-eats-1`; did you mean `us-east-1`\?$/),
      '14:15: expected one of user, sum, peak, site, found `usr`; did you mean `user`?',
      '15:21: `pc-1` stands in `apps[0].products[0].partNumber` already; expected it once',
      '17:14: expected a percentage from 0 to 100, found `101`',
      '18:1: `orgz` is no key of a scenario; did you mean `orgs`?',
    ]);
  });

  it.each([
    ['orgs: discovr', '7: expected discover, or a list of organisations, found `discovr`; did you mean `discover`?'],
    ['orgs: []', '7: expected discover, or a list of organisations, found an empty list'],
    ['orgs: [{ id: nope, region: us-east-1 }]', `14: expected an organisation id, such as ${ORG}, found \`nope\``],
    [`orgs: [{ id: ${ORG} }]`, '8: `region` is missing; expected an AWS region such as us-east-1'],
    [
      `orgs: [{ id: ${ORG}, region: us-east-1 }, { id: ${ORG.toUpperCase()}, region: us-east-1 }]`,
      `79: \`${ORG.toUpperCase()}\` stands in \`orgs[0].id\` already; expected it once`,
    ],
    [
      'period: opne',
      '9: expected open, last-closed, or a date yyyy-MM-dd within the period, found `opne`; did you mean `open`?',
    ],
    ['period: 2026-02-30', '9: expected open, last-closed, or a date yyyy-MM-dd within the period, found `2026-02-30`'],
    [
      'periodEnd: inclusiv',
      '12: expected one of inclusive, exclusive, auto, found `inclusiv`; did you mean `inclusive`?',
    ],
    [
      'tolerances: { actual-quantty: { absolute: 1 } }',
      '15: `actual-quantty` is no key of `tolerances`; did you mean `actual-quantity`?',
    ],
    ['tolerances: { currency: { when: open } }', '15: expected at least one of `absolute`, `relative`'],
    [
      'tolerances: { overage-rate: { absolute: -1 } }',
      '41: expected a decimal, zero or more, such as "0.01", found `-1`',
    ],
    ['tolerances: { overage-rate: { relative: 5 } }', '41: expected a share from 0 to 1 ("0.01" is 1 %), found `5`'],
    [
      'waivers: [{ rule: overage-rat, reason: r, owner: o, expires: 2026-07-31 }]',
      '19: expected a rule id (docs/rules.md lists them), found `overage-rat`; did you mean `overage-rate`?',
    ],
    [
      'waivers: [{ rule: currency, reason: " ", owner: o, expires: 2026-07-31 }]',
      '37: expected the reason why this mismatch is accepted, found `" "`',
    ],
    [
      'waivers: [{ rule: currency, reason: r, owner: o, expires: 31.07.2026 }]',
      '59: expected a date that exists, yyyy-MM-dd, found `31.07.2026`',
    ],
    ['waivers: [{ reason: r, owner: o, expires: 2026-07-31 }]', '11: expected `rule` or `cause`, found neither'],
    [
      'waivers: [{ rule: currency, cause: rounding, reason: r, owner: o, expires: 2026-07-31 }]',
      '29: expected either `rule` or `cause`, found both',
    ],
    [
      'waivers: [{ cause: roundin, reason: r, owner: o, expires: 2026-07-31 }]',
      '20: expected the id of a root cause (docs/rules.md lists them), found `roundin`; did you mean `rounding`?',
    ],
    [
      'waivers: [{ cause: rounding, delta: 1, reason: r, owner: o, expires: 2026-07-31 }]',
      '30: `delta` is for a waiver of a rule; expected `maxMoney` here',
    ],
    [
      'waivers: [{ cause: rounding, maxMoney: { usd: 1 }, reason: r, owner: o, expires: 2026-07-31 }]',
      '42: expected a currency code of ISO 4217 in capitals, such as USD, found the key `usd`',
    ],
    ['gate: { mode: enforced }', '15: expected one of enforce, report, found `enforced`; did you mean `enforce`?'],
    [
      'gate: { maxMoneyAtRisk: { usd: 1 } }',
      '27: expected a currency code of ISO 4217 in capitals, such as USD, found the key `usd`',
    ],
    ['gate: { maxMoneyAtRisk: { USD: much } }', '32: expected a decimal, zero or more, such as "0.01", found `much`'],
    ['gate: { failOnDrift: maybe }', '22: expected true or false, found `maybe`'],
    ['gate: { maxMoneyAtRisk: { USD: } }', '27: `USD` has no value; expected one, or no such key'],
    ['limits: { retries: 1.5 }', '20: expected a whole number from 0 to 20, found `1.5`'],
    [
      'limits: { colour }',
      '11: `colour` is no key of `limits`; expected concurrency, requestsPerMinute, timeoutSeconds, retries, maxBodyMegabytes',
    ],
    ['units: { seat: [] }', '16: expected a list of words, found an empty list'],
    [
      'sandbox: { defects: [rate-off, all] }',
      '32: expected all, none, or defects such as rate-off or rate-off@org:sku, as a list or with commas, found `all`',
    ],
    ['sandbox: { orgs: 0 }', '18: expected a whole number from 1 to 100000, found `0`'],
    ['period:', '1: `period` has no value; expected one, or no such key'],
    ['waivers: {}', '10: expected a list of waivers, found a map'],
  ])('with %s', async (text, expected) => {
    expect(await withMore(text)).toEqual([`${LINES}:${expected}`]);
  });

  it.each([
    ['version: 1', 'version: 2', '1:10: expected 1, the only version there is, found `2`'],
    [
      'name: live',
      'name: ../../etc',
      '2:7: expected a name of letters, digits, dots, dashes and underscores (it names a folder), found `../../etc`',
    ],
    ['    apiKey: ${LEGACY_API_KEY}\n', '    apiKey:\n', '5:12: expected text, found nothing'],
    [
      '    apiKey: ${LEGACY_API_KEY}\n',
      '    baseUrl: https://example.com/v1\n    apiKey: x\n',
      '5:14: expected an address of scheme and host alone, such as https://api.mypurecloud.com, found `https://example.com/v1`',
    ],
    [
      '    apiKey: ${LEGACY_API_KEY}\n',
      '    baseUrl: ftp://example.com\n    apiKey: x\n',
      '5:14: expected an address of scheme and host alone, such as https://api.mypurecloud.com, found `ftp://example.com`',
    ],
    [
      '    apiKey: ${LEGACY_API_KEY}\n',
      '    apiKey: x\n    fields: { orgID: id }\n',
      '6:15: `orgID` is no key of `legacy.usageApi.fields`; did you mean `orgId`?',
    ],
    ['  region: us-east-1\n', '', '6:1: `region` (or `apiUrl` and `loginUrl`) is missing in `contract`'],
    ['  region: us-east-1\n', '  apiUrl: https://a.example\n', '6:1: `loginUrl` is missing in `contract`'],
    [
      '  region: us-east-1\n',
      '  region: us-east-1\n  apiUrl: https://a.example\n',
      '8:3: expected either `region`, or `apiUrl` and `loginUrl`; found `region` and `apiUrl`',
    ],
    ['appId: wallboard', 'appId: "a,b"', '11:12: expected an application id without spaces and commas, found `"a,b"`'],
    ['partNumber: PC-1', 'partnumber: PC-1', '13:9: `partNumber` is missing; expected text'],
    [
      'partNumber: PC-1',
      '{ partNumber: PC-1, factor: 0 }',
      '13:37: expected a decimal or a ratio above zero, such as 1, "0.5" or "1/17", found `0`',
    ],
    ...['1/0', '1/x', '1/2/3', '-1/17', '"/17"', '17/'].map((factor) => [
      'partNumber: PC-1',
      `{ partNumber: PC-1, factor: ${factor} }`,
      `13:37: expected a decimal or a ratio above zero, such as 1, "0.5" or "1/17", found \`${factor}\``,
    ]),
    [
      'partNumber: PC-1',
      '{ partNumber: PC-1, trial: fre }',
      '13:36: expected one of free, charged, unknown, found `fre`; did you mean `free`?',
    ],
    [
      'partNumber: PC-1',
      '{ partNumber: PC-1, ramp: paid }',
      '13:35: expected one of free, charged, unknown, found `paid`',
    ],
    [
      'partNumber: PC-1',
      '{ partNumber: PC-1, sku: [A, " a "] }',
      '13:38: `" a "` stands in `apps[0].products[0].sku[0]` already; expected it once',
    ],
    [
      'partNumber: PC-1',
      '{ partNumber: PC-1, expected: { currency: USS } }',
      '13:51: expected a currency code of ISO 4217 such as USD, found `USS`',
    ],
    [
      'partNumber: PC-1',
      '{ partNumber: PC-1, expected: {} }',
      '13:29: expected at least one of `currency`, `committedRate`, `overageRate`',
    ],
    ['partNumber: PC-1', '{ partNumber: true }', '13:23: expected text, found `true`'],
    [
      'partNumber: PC-1\n',
      'partNumber: PC-1\n  - appId: wallboard\n    products: [{ partNumber: P }]\n',
      '14:12: `wallboard` stands in `apps[0].appId` already; expected it once',
    ],
  ])('with %j changed to %j', async (old, text, expected) => {
    expect(await instead(old, text)).toContain(expected);
  });

  it('is told what its parts must mean together', async () => {
    const partner = 'partnerBilling: { region: us-east-1, clientId: p, clientSecret: q }';
    expect(await instead('usageApi:\n    apiKey: ${LEGACY_API_KEY}', partner)).toEqual([
      '1:1: organisations can be discovered by `legacy.usageApi` only; expected it, or a list of organisations in `orgs`',
    ]);
    expect(await faults('version: 1\nname: x\nlegacy: {}\n')).toEqual([
      '1:1: `contract` is missing; expected it, or `sandbox`',
      '1:1: `apps` is missing; expected the applications and products to compare',
      '3:1: expected at least one of `usageApi` and `partnerBilling`',
    ]);
  });

  it.each(['null', '[]', 'word', '12'])('is refused whole where it is %s', async (text) => {
    const said = await faults(text);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^1:1: expected a map, found /);
  });

  it('never shows the value of a variable', async () => {
    const secret = 'hunter2-unguessable';
    const env = { ...ENV, SECRET: secret, EMPTY: '' };
    const text = `version: \${SECRET}
name: \${SECRET}/
legacy: { usageApi: { apiKey: "\${EMPTY}", baseUrl: "\${SECRET}" } }
contract: { region: "\${SECRET}", clientId: "\${SECRET}", clientSecret: "\${EMPTY}" }
apps: [{ appId: "a \${SECRET}", products: [{ partNumber: "\${SECRET}", kind: "\${SECRET}" }, { partNumber: "\${SECRET}" }] }]
orgs: \${SECRET}
period: \${SECRET}
gate: { minParity: "\${SECRET}", failOnDrift: "\${SECRET}" }
waivers: [{ rule: "\${SECRET}", reason: "\${EMPTY}", owner: o, expires: "\${SECRET}", delta: "\${SECRET}" }]
sandbox: { defects: "\${SECRET} x", seed: "\${SECRET}" }
`;
    const said = await faults(text, { env });
    expect(said.length).toBeGreaterThan(14);
    expect(said.join('\n')).not.toContain('hunter2');
    expect(said).toContain('3:31: expected text, found `"${EMPTY}"`, which is empty');
    expect(said).toContain(
      '6:7: expected discover, or a list of organisations, found `${SECRET}` (its value is not shown)',
    );
  });

  it('never ends the reading, whatever stands in it', () => {
    const edit = fc.tuple(
      fc.nat(LIVE.length),
      fc.nat(20),
      fc.string({ unit: fc.constantFrom(...'{}[]:,-?&*!|>%@`"\'#\n\t $<~ax1') }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 4 }), (edits) => {
        const text = edits.reduce((old, [at, length, put]) => old.slice(0, at) + put + old.slice(at + length), LIVE);
        const { document, issues } = parseScenario(text, 'x', (value) => interpolate(value, () => 'v'));
        expect(document !== null || issues.length > 0).toBe(true);
        const said = document === null ? [] : saidOf(document);
        const lines = text.split('\n').length;
        for (const issue of [...issues, ...said]) {
          expect(issue.line).toBeGreaterThanOrEqual(1);
          expect(issue.line).toBeLessThanOrEqual(lines);
          expect(issue.message).not.toMatch(/Invalid input|undefined|\[object/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
