import { describe, expect, it } from 'vitest';
import type { Charge, PeriodDetail, Plan } from '../../domain/contract-side.ts';
import { examinedCharges } from './invariant-charges.ts';
import { planRule } from './invariant-plan.ts';
import { examinationOf } from './invariant-scope.ts';
import { planGroups } from './plan-groups.ts';
import {
  ACME,
  alone,
  at,
  BYTE,
  charge,
  contract,
  date,
  detail,
  item,
  kinds,
  number,
  period,
  plan,
  unreadable,
} from './testing/sides.ts';

const of = (quantity: number, rest: Partial<Plan> = {}, dates: Parameters<typeof item>[2] = {}): Plan =>
  plan({
    at: at(`/plans/${rest.id ?? 0}`, 'contract-c1'),
    ...rest,
    items: [item('20', null, { quantity: number(quantity), ...dates })],
  });
const charged = (prepaid: number | null, id: string, rest: Partial<Charge> = {}, exchange = 'x-1') =>
  charge(
    { prepaid },
    { ref: { contractId: 'c1', periodId: 'p1', chargeId: id }, at: at(`/charges/${id}`, exchange), ...rest },
  );

function seen(plans: readonly Plan[], ...details: readonly PeriodDetail[]) {
  const sides = alone({ contracts: [contract({ plans, periods: details.map((one) => one.period) })], details });
  const examination = examinationOf(sides);
  const groups = planGroups(examination);
  const figures = examinedCharges(examination).map((one) => {
    const group = groups.get(one);
    return [
      group?.charges.length,
      group?.prepaid,
      group?.committed?.join(' ') ?? null,
      group?.withPieces.at(-1) ?? null,
    ];
  });
  return { figures, kinds: kinds(planRule, sides) };
}

describe('charges that share plans', () => {
  it('add up to what the plan commits to', () => {
    const { figures, kinds: said } = seen([of(10)], detail([charged(4, 'a'), charged(6, 'b')]));
    expect(figures).toEqual([
      [2, '10', '10', null],
      [2, '10', '10', null],
    ]);
    expect(said).toEqual(['equal', 'equal']);
    // Told once, at the first.
    expect(seen([of(10)], detail([charged(4, 'a'), charged(5, 'b')])).kinds).toEqual(['different', 'equal']);
  });

  it('are joined by a plan over both their organisations, and only then', () => {
    const [one, two] = [charged(4, 'a'), charged(6, 'b', { orgs: [BYTE] })];
    expect(seen([of(10, { orgs: [ACME, BYTE] })], detail([one, two])).kinds).toEqual(['equal', 'equal']);
    const own = [of(4, { id: '1' }), of(6, { id: '2', orgs: [BYTE] })];
    expect(seen(own, detail([one, two])).figures).toEqual([
      [1, '4', '4', null],
      [1, '6', '6', null],
    ]);
    // Each is held against its own: that the sums agree is not enough.
    const swapped = [of(6, { id: '1' }), of(4, { id: '2', orgs: [BYTE] })];
    expect(seen(swapped, detail([one, two])).kinds).toEqual(['different', 'different']);
  });

  it('fit the quantity of some day of the period', () => {
    const changed = plan({
      items: [
        item('20', null, { quantity: number(10) }),
        item('20', null, { quantity: number(12), effectiveStart: date('2026-04-15') }),
      ],
    });
    const said = (prepaid: number) => seen([changed], detail([charged(prepaid, 'a')])).kinds[0];
    expect([10, 12, 11, 22].map(said)).toEqual(['equal', 'equal', 'different', 'different']);
  });

  it('count a prepaid quantity that is left out as zero, and cannot be held against anything if one cannot be read', () => {
    expect(seen([of(10)], detail([charged(null, 'a')])).kinds).toEqual(['different']);
    const unread = seen([of(10)], detail([charged(4, 'a'), charged(null, 'b', { prepaid: unreadable() })]));
    expect(unread.figures.map(([, prepaid]) => prepaid)).toEqual([null, null]);
  });

  it('are held against nothing where no plan states a quantity', () => {
    expect(seen([plan()], detail([charged(7, 'a')])).kinds).toEqual(['equal']);
  });
});

describe('the pieces of a period that was cut', () => {
  const piece = (id: string, start: string, end: string, charges: readonly Charge[]): PeriodDetail =>
    detail(
      charges.map((one) => ({ ...one, ref: { ...one.ref, periodId: id } })),
      { period: period(id, start, end) },
    );
  const first = (quantity: number) => piece('p1', '2026-04-01', '2026-04-14', [charged(quantity, 'a')]);
  const second = (quantity: number) => piece('p2', '2026-04-15', '2026-04-30', [charged(quantity, 'b', {}, 'x-2')]);

  it('together state what the plan commits to, or each all of it', () => {
    expect(seen([of(10)], first(4), second(6)).kinds).toEqual(['equal', 'equal']);
    expect(seen([of(10)], first(10), second(10)).kinds).toEqual(['equal', 'equal']);
    expect(seen([of(10)], first(4), second(7)).kinds).toEqual(['different', 'different']);
  });

  it('are no two whole periods, and none with a gap between', () => {
    const may = piece('p2', '2026-05-01', '2026-05-31', [charged(6, 'b', {}, 'x-2')]);
    const april = piece('p1', '2026-04-01', '2026-04-30', [charged(4, 'a')]);
    expect(seen([of(10)], april, may).figures.map(([, , , together]) => together)).toEqual([null, null]);
    const late = piece('p2', '2026-04-16', '2026-04-30', [charged(6, 'b', {}, 'x-2')]);
    expect(seen([of(10)], first(4), late).kinds).toEqual(['different', 'different']);
  });

  it('do not borrow from another SKU or organisation', () => {
    const other = (rest: Partial<Charge>) => piece('p2', '2026-04-15', '2026-04-30', [charged(6, 'b', rest, 'x-2')]);
    expect(seen([of(10)], first(4), other({ sku: 'OTHER' })).kinds[0]).toBe('different');
    expect(seen([of(10)], first(4), other({ orgs: [BYTE] })).kinds[0]).toBe('different');
  });
});
