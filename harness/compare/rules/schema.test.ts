import { describe, expect, it } from 'vitest';
import type { CheckedBody } from '../../domain/capture.ts';
import { schemaRules } from './schema.ts';
import {
  ACME,
  alone,
  at,
  BYTE,
  beside,
  charge,
  contract,
  detail,
  kinds,
  listing,
  note,
  subscription,
  words,
} from './testing/sides.ts';

const [violation, drift] = schemaRules as [(typeof schemaRules)[0] & object, (typeof schemaRules)[0] & object];
const body = (exchange: string, type = 'BillingContract'): CheckedBody => ({
  side: 'contract',
  source: 'contract-api',
  type,
  exchange,
});

describe('schema-violation', () => {
  it('is one check a clean body', () => {
    const found = [
      ...violation.examine(
        alone({ documents: [body('b'), body('a')], schema: [note('unknown-field', { at: at('', 'a') })] }),
      ),
    ];
    expect(found.map(({ outcome, scope }) => [outcome.kind, scope.subject])).toEqual([
      ['equal', 'BillingContract a'],
      ['equal', 'BillingContract b'],
    ]);
  });

  it('is one finding a place of a body that breaks it', () => {
    const schema = [
      note('wrong-type'),
      note('wrong-type', { at: at('/charges/9/actualQuantity', 'detail-p1') }),
      note('unknown-value', {
        type: 'BillingContract',
        pointer: '/status',
        found: '"Gone"',
        expected: 'one of Active, Inactive',
        at: at('/status', 'detail-p1'),
      }),
    ];
    const sides = alone({
      documents: [body('detail-p1', 'BillingContractPeriodDetail')],
      details: [detail([charge()])],
      schema,
    });
    const found = [...violation.examine(sides)];
    expect(words(violation, sides)).toEqual([
      'BillingCharge has "15" at /charges/*/actualQuantity, the schema wants a number',
      'BillingContract has "Gone" at /status, the schema wants one of Active, Inactive',
    ]);
    expect(found[0]?.outcome).toMatchObject({
      contract: { value: '"15"', at: { pointer: '/charges/0/actualQuantity' } },
      legacy: null,
      delta: null,
    });
    expect(found[0]?.scope).toMatchObject({
      orgs: [ACME],
      subject: 'BillingCharge /charges/*/actualQuantity in detail-p1',
    });
  });

  it('reports the legacy side as well', () => {
    const legacyNote = note('bad-format', {
      side: 'legacy',
      source: 'usage-api',
      type: 'Subscription',
      at: at('/x', 'usage-api-acme'),
    });
    const sides = beside({ subscriptions: [subscription('usage-api', [])], schema: [legacyNote] });
    const [found] = violation.examine(sides);
    expect(found?.scope).toMatchObject({ side: 'legacy', orgs: [ACME], region: 'us-east-1' });
    expect(found?.outcome).toMatchObject({ kind: 'different', contract: null, legacy: { value: '"15"' } });
  });

  it('names nobody for a listing, and passes over bodies of organisations out of scope', () => {
    const listed = contract({ at: at('/entities/0', 'list-1') });
    const schema = [note('wrong-type', { at: at('', 'list-1') }), note('wrong-type', { at: at('', 'contract-c1') })];
    const side = {
      documents: [body('list-1'), body('contract-c1')],
      listed: [listed],
      contracts: [contract()],
      schema,
    };
    const orgs = (sides: Parameters<typeof violation.examine>[0]) =>
      [...violation.examine(sides)].map(({ scope }) => scope.orgs);
    expect(orgs(alone(side))).toEqual([[ACME], []]);
    expect(orgs(alone(side, { orgs: listing(BYTE) }))).toEqual([[]]);
  });
});

describe('schema-drift', () => {
  it('is nothing where nothing drifts', () => {
    expect(kinds(drift, alone({ documents: [body('a')], schema: [note('wrong-type')] }))).toEqual([]);
  });

  it('is one finding a place in the schema, over all bodies', () => {
    const tier = { pointer: '/charges/*/tierName', found: '"gold"' };
    const schema = [
      note('unknown-field', { ...tier, at: at('/charges/1/tierName', 'b') }),
      note('unknown-field', { ...tier, at: at('/charges/0/tierName', 'a') }),
      note('old-spelling', { pointer: '/charges/*/getactualQuantity', found: '15' }),
      note('vanished-field', { pointer: '/charges/*/name', expected: 'it was in every body before' }),
    ];
    const found = [...drift.examine(alone({ schema }))];
    expect(words(drift, alone({ schema }))).toEqual([
      'BillingCharge has the field getactualQuantity at /charges/*/getactualQuantity, a former name (once): 15',
      'BillingCharge no longer has name at /charges/*/name (once): it was in every body before',
      'BillingCharge has the field tierName at /charges/*/tierName, unknown to the schema (2 times): "gold"',
    ]);
    expect(found[2]?.outcome).toMatchObject({ contract: { value: '"gold"', at: { exchange: 'a' } } });
    expect(new Set(found.map(({ scope }) => scope.subject)).size).toBe(3);
    expect([...drift.examine(alone({ schema: [...schema].reverse() }))]).toEqual(found);
  });
});
