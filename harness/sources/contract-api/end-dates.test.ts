import { describe, expect, it } from 'vitest';
import type { PeriodEndReading } from '../../domain/policy.ts';
import { contractSide } from '../testing/contract-side.ts';

const period = (dateStart: string, dateEnd: string) => ({ id: dateStart, dateStart, dateEnd, status: 'Closed' });
const INCLUSIVE = [period('2026-03-01', '2026-03-31'), period('2026-04-01', '2026-04-30')];
const EXCLUSIVE = [period('2026-03-01', '2026-04-01'), period('2026-04-01', '2026-05-01')];

async function read(contract: object, reading: PeriodEndReading = 'auto') {
  const { side } = await contractSide({ contract, reading });
  const [one] = side.contracts;
  const value = (figure: { state: string; value?: unknown } | undefined) => figure?.value ?? null;
  return {
    period: side.periodEnd,
    term: side.contractEnd,
    periodEnd: value(one?.periods[0]?.end),
    contractEnd: value(one?.term.contractEnd),
    rampEnd: value(one?.term.rampEnd),
  };
}

describe('ends of contracts and ramps', () => {
  it.each([
    ['both inclusive', INCLUSIVE, '2026-06-30', 'inclusive', 'inclusive', '2026-06-30'],
    ['both exclusive', EXCLUSIVE, '2026-07-01', 'exclusive', 'exclusive', '2026-06-30'],
    [
      'half-open periods in a contract that ends inclusively',
      EXCLUSIVE,
      '2026-06-30',
      'exclusive',
      'inclusive',
      '2026-06-30',
    ],
    [
      'inclusive periods in a contract that ends exclusively',
      INCLUSIVE,
      '2026-07-01',
      'inclusive',
      'exclusive',
      '2026-06-30',
    ],
    ['nothing that speaks of the contract’s', EXCLUSIVE, '2026-06-17', 'exclusive', 'exclusive', '2026-06-16'],
  ])('are read apart from those of periods: %s', async (_, billingPeriods, dateEnd, periods, terms, end) => {
    const read1 = await read({ billingPeriods, dateEnd });
    expect([read1.period.reading, read1.term.reading]).toEqual([periods, terms]);
    expect(read1.periodEnd).toBe('2026-03-31');
    expect(read1.contractEnd).toBe(end);
  });

  it.each([
    ['29 April of a contract of the 31st', '2025-10-31', '2026-04-29', 'inclusive', '2026-04-29'],
    ['30 April of a contract of the 31st', '2025-10-31', '2026-04-30', 'exclusive', '2026-04-29'],
    ['28 February of a contract of the 29th', '2025-10-29', '2026-02-28', 'exclusive', '2026-02-27'],
  ])('follow the month from the contract’s first day: %s', async (_, dateStart, dateEnd, reading, end) => {
    const said = await read({ dateStart, dateEnd, billingPeriods: [] });
    expect(said.term.reading).toBe(reading);
    expect(said.contractEnd).toBe(end);
  });

  it('let the ramp’s end speak, too, and count what spoke', async () => {
    const said = await read({ billingPeriods: INCLUSIVE, dateEnd: '2026-06-17', dateRampEnd: '2026-04-01' });
    expect(said.term).toEqual({ reading: 'exclusive', inclusive: 0, exclusive: 1 });
    expect(said.rampEnd).toBe('2026-03-31');
  });

  it('take no date of a time that nobody will see for an end, nor let it speak', async () => {
    for (const far of ['9999-12-31', '2900-01-01', '9999-12-31T23:59:59Z', '9999-12-31T23:59:59-05:00']) {
      const said = await read({ billingPeriods: INCLUSIVE, dateEnd: far, dateRampEnd: far });
      expect(said).toMatchObject({ contractEnd: null, rampEnd: null, term: { inclusive: 0, exclusive: 0 } });
    }
    expect((await read({ billingPeriods: INCLUSIVE, dateEnd: '2899-12-31' })).contractEnd).toBe('2899-12-31');
  });

  it('are as the scenario says, like all others', async () => {
    const exclusive = await read({ billingPeriods: INCLUSIVE, dateEnd: '2026-06-30' }, 'exclusive');
    expect(exclusive).toMatchObject({ periodEnd: '2026-03-30', contractEnd: '2026-06-29' });
    const inclusive = await read({ billingPeriods: EXCLUSIVE, dateEnd: '2026-07-01' }, 'inclusive');
    expect(inclusive).toMatchObject({ periodEnd: '2026-04-01', contractEnd: '2026-07-01' });
  });
});
