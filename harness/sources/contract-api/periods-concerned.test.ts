import { describe, expect, it } from 'vitest';
import { isoDate } from '../../domain/billing-period.ts';
import type { PeriodChoice } from '../../domain/policy.ts';
import { telling } from '../testing/answers.ts';
import { captureListings } from './capture.ts';
import { outlinesOf } from './outline.ts';
import { invoicedSince } from './periods-concerned.ts';

type Told = readonly [start: string | null, end: string | null, status: string];

async function since(contracts: readonly (readonly Told[])[], choice: PeriodChoice = { kind: 'open' }) {
  const entities = contracts.map((periods, at) => ({
    id: `c${at}`,
    billingPeriods: periods.map(([dateStart, dateEnd, status], place) => ({
      id: `p${place}`,
      dateStart,
      dateEnd,
      status,
    })),
  }));
  const transport = telling({ '/api/v2/billing/contracts?pageSize=10': { body: { entities } } });
  const { contracts: listing } = await captureListings({ transport, plan: () => undefined }, 'none');
  const bodies = listing.entries.map(({ id, entity }) => ({ contractId: id, bodies: [entity] }));
  const { contracts: outlines } = outlinesOf(bodies, 'inclusive');
  return invoicedSince(outlines, choice, isoDate('2026-04-20'));
}

const MARCH: Told = ['2026-03-01', '2026-03-31', 'Closed'];
const APRIL: Told = ['2026-04-01', '2026-04-30', 'Open'];

describe('the day from which invoices are looked at', () => {
  it('is the first of the earliest billing period that is compared', async () => {
    expect(await since([[MARCH, APRIL]])).toBe('2026-04-01');
    expect(await since([[MARCH, APRIL], [['2026-03-21', '2026-04-20', 'Open']]])).toBe('2026-03-21');
    expect(await since([[MARCH, APRIL]], { kind: 'date', date: isoDate('2026-03-15') })).toBe('2026-03-01');
  });

  it('covers the other piece of a period that an amendment cut', async () => {
    expect(await since([[MARCH, ['2026-04-01', '2026-04-09', 'Closed'], ['2026-04-10', '2026-04-30', 'Open']]])).toBe(
      '2026-03-31',
    );
  });

  it('is not known while a contract does not say when its periods are', async () => {
    expect(await since([[MARCH, APRIL], []])).toBeNull();
    expect(await since([[MARCH, APRIL, [null, '2026-05-31', 'Open']]])).toBeNull();
  });
});
