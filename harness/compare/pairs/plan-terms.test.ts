import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import { ACME, BYTE, date, item, number, plan, unreadable } from '../rules/testing/sides.ts';
import { committedOn, isInForce, ownPlans } from './plan-terms.ts';

const APRIL = { start: isoDate('2026-04-01'), end: isoDate('2026-04-30') };
const NOBODYS = plan({ orgs: [] });
const [ACMES, BYTES] = [plan({ orgs: [ACME] }), plan({ orgs: [BYTE] })];

describe('the plans of a charge', () => {
  it('are those of its own organisations, whoever else has one', () => {
    expect(ownPlans([BYTES, ACMES, NOBODYS], 'PC-WALL', [ACME])).toEqual([ACMES]);
    expect(ownPlans([BYTES, ACMES], 'PC-WALL', [ACME, BYTE])).toEqual([BYTES, ACMES]);
  });
  it('are those that name nobody, where none names its own', () => {
    expect(ownPlans([BYTES, NOBODYS], 'PC-WALL', [ACME])).toEqual([NOBODYS]);
    expect(ownPlans([BYTES], 'PC-WALL', [ACME])).toEqual([]);
  });
  it('are all of the SKU where the charge names nobody', () => {
    expect(ownPlans([BYTES, NOBODYS, plan({ sku: 'OTHER' }), plan({ sku: null })], ' pc-wall', [])).toEqual([
      BYTES,
      NOBODYS,
    ]);
  });
});

describe('what plans commit to', () => {
  const of = (quantity: string | number, start: string, end: string | null = null) =>
    item('20', null, {
      quantity: number(quantity),
      effectiveStart: date(start),
      ...(end === null ? {} : { effectiveEnd: date(end) }),
    });

  it('is one quantity for each day on which something changes', () => {
    const changed = plan({ items: [of(10, '2025-07-01'), of(12, '2026-04-15')] });
    expect(committedOn([changed], APRIL)).toEqual(['10', '12']);
    expect(committedOn([plan({ items: [of(10, '2025-07-01')] })], APRIL)).toEqual(['10']);
  });
  it('adds plans up day by day', () => {
    const other = plan({ items: [of(3, '2026-04-20', '2026-04-25')] });
    expect(committedOn([plan({ items: [of(10, '2025-07-01')] }), other], APRIL)).toEqual(['10', '13']);
  });
  it('is nothing on a day before the first item', () => {
    expect(committedOn([plan({ items: [of(10, '2026-04-15')] })], APRIL)).toEqual(['0', '10']);
  });
  it('knows no item of another time, and no one-time item', () => {
    expect(committedOn([plan({ items: [of(10, '2025-01-01', '2026-03-31')] })], APRIL)).toBeNull();
    const once = { ...of(10, '2025-07-01'), oneTime: true };
    expect(committedOn([plan({ items: [once] })], APRIL)).toBeNull();
  });
  it('is not known where a quantity or a date of an item in force cannot be read', () => {
    const bad = { ...of(10, '2025-07-01'), quantity: unreadable() };
    expect(committedOn([plan({ items: [bad] }), plan({ items: [of(2, '2025-07-01')] })], APRIL)).toBeNull();
    const undated = plan({ items: [{ ...of(10, '2025-07-01'), effectiveStart: unreadable() }] });
    expect(undated.items.map((each) => isInForce(each, APRIL))).toEqual([true]);
    expect(committedOn([undated], APRIL)).toBeNull();
  });
});
