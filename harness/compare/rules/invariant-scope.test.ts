import { describe, expect, it } from 'vitest';
import { align } from '../pairs/align.ts';
import { onePair, policyForP1 } from '../testing/sides.ts';
import { examinationOf, failuresOf, Observer } from './invariant-scope.ts';
import { EQUAL } from './outcome.ts';
import {
  ACME,
  alone,
  BYTE,
  beside,
  charge,
  contract,
  detail,
  failure,
  legacyLine,
  listing,
  plan,
  subscription,
  wallet,
} from './testing/sides.ts';

describe('whom an examination concerns', () => {
  it('is everyone where nobody is listed', () => {
    expect(examinationOf(alone({})).concerns([BYTE])).toBe(true);
  });
  it('is a listed organisation, alone or among others, and what names nobody', () => {
    const examination = examinationOf(alone({}, { orgs: listing(ACME) }));
    expect([[ACME], [BYTE, ACME], []].map((orgs) => examination.concerns(orgs))).toEqual([true, true, true]);
    expect(examination.concerns([BYTE])).toBe(false);
  });
});

describe('what an examination covers', () => {
  it('is everything of the contract side alone', () => {
    expect(examinationOf(alone({})).covers('OTHER')).toBe(true);
  });
  it('is a mapped product beside a legacy side, and what names none', () => {
    const examination = examinationOf(beside({}));
    expect(['PC-WALL', ' pc-wall ', null, 'OTHER'].map((sku) => examination.covers(sku))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('contracts', () => {
  const view = (sides: ReturnType<typeof alone>) => examinationOf(sides).contracts.get('c1');

  it('name whom their plans, charges and wallets name, in the order of ids', () => {
    const details = [
      detail([charge({}, { orgs: [BYTE] })], { wallets: [wallet({}, { orgs: [{ id: 'aaa', name: null }] })] }),
    ];
    expect(view(alone({ details }))?.orgs.map(({ id }) => id)).toEqual(['aaa', 'acme', 'byte']);
  });

  it('are looked at by what either of them says, the listing or the contract by id', () => {
    const listed = [contract({ plans: [plan({ orgs: [BYTE] })] })];
    expect(view(alone({ listed, contracts: [] }))?.orgs).toEqual([BYTE]);
    expect(view(alone({ listed, contracts: [contract()] }))?.orgs).toEqual([ACME]);
  });

  it('are examined where they concern someone and something of the run', () => {
    expect(view(alone({}, { orgs: listing(BYTE) }))?.examined).toBe(false);
    expect(view(beside({}))?.examined).toBe(true);
    const other = contract({ plans: [plan({ sku: 'OTHER' })] });
    expect(view(beside({}, { contracts: [other] }))?.examined).toBe(false);
    const charged = [detail([charge()])];
    expect(view(beside({}, { contracts: [other], details: charged }))?.examined).toBe(true);
    const nameless = [detail([charge({}, { sku: null })])];
    expect(view(beside({}, { contracts: [other], details: nameless }))?.examined).toBe(true);
  });

  it('are open where a plan names nobody, or there is none', () => {
    const open = (plans: Parameters<typeof contract>[0]) => view(alone({ contracts: [contract(plans)] }))?.open;
    expect(open({})).toBe(false);
    expect(open({ plans: [] })).toBe(true);
    expect(open({ plans: [plan(), plan({ orgs: [] })] })).toBe(true);
  });
});

describe('scopes', () => {
  it('spell names, products and regions as the run knows them', () => {
    const sides = beside({ subscriptions: [subscription('usage-api', [legacyLine('usage-api')])] });
    expect(
      examinationOf(sides).scope({
        side: 'contract',
        subject: 's',
        orgs: [{ id: 'acme', name: null }],
        sku: ' pc-wall',
      }),
    ).toEqual({
      orgs: [ACME],
      region: 'us-east-1',
      appId: 'wallboard',
      sku: 'PC-WALL',
      partNumber: 'PC-WALL',
      period: null,
      side: 'contract',
      subject: 's',
    });
  });

  it('give no region to an organisation of two', () => {
    const own = subscription('usage-api', [legacyLine('usage-api')]);
    const sides = beside({ subscriptions: [own, { ...own, region: 'eu-west-1' }] });
    expect(examinationOf(sides).scope({ side: 'legacy', subject: 's', orgs: [ACME] }).region).toBeNull();
  });

  it('find the pair of a charge by its place', () => {
    const { legacy, contract: side } = onePair();
    const policy = policyForP1();
    const examination = examinationOf({ legacy, contract: side, policy, alignment: align(legacy, side, policy) });
    const [line] = side.lines;
    if (line === undefined) throw new Error('no line');
    expect(examination.pairAt(line.at)?.orgs.map(({ id }) => id)).toEqual(['a']);
    expect(examination.pairAt({ ...line.at, pointer: '/charges/9' })).toBeNull();
  });
});

describe('observations', () => {
  it('number what would be the same subject twice, and nothing else', () => {
    const observer = new Observer();
    const scope = examinationOf(alone({})).scope({ side: 'contract', subject: 's', orgs: [ACME] });
    const subjects = [scope, scope, { ...scope, orgs: [BYTE] }, scope].map(
      (one) => observer.observe(one, EQUAL).scope.subject,
    );
    expect(subjects).toEqual(['s', 's (2)', 's', 's (3)']);
  });
});

describe('failures', () => {
  it('are told of one kind, of the contract side', () => {
    const failures = [failure({ kind: 'contract', contractId: 'c1' }), failure({ kind: 'contracts' })];
    expect(failuresOf(alone({ failures }), 'contract').map(({ subject }) => subject.contractId)).toEqual(['c1']);
  });
});
