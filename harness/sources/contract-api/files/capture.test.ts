import { describe, expect, it } from 'vitest';
import { telling } from '../../testing/answers.ts';
import { normaliseContracts } from '../normalise.ts';
import { captureFiles } from './capture.ts';

const CONTRACT = {
  id: 'k',
  plans: [],
  billingPeriods: [{ id: 'k-4', dateStart: '2026-04-01', dateEnd: '2026-04-30' }],
};
const PERIOD = { id: 'k-4', dateStart: '2026-04-01', dateEnd: '2026-04-30', charges: [{ id: 'c' }] };
const LINES = { entities: [{ id: 'l', amount: 1, quantity: 1 }] };

async function read(files: Readonly<Record<string, object>>) {
  const table = Object.fromEntries(Object.entries(files).map(([name, body]) => [`/${name}`, { body }]));
  const { contracts, periods } = await captureFiles(Object.keys(files), telling(table));
  const side = normaliseContracts(contracts, periods, 'auto');
  return { side, notes: contracts.probes.notes };
}

describe('bodies in files', () => {
  it('are what they name, since nothing was asked for', async () => {
    const { side, notes } = await read({ 'contracts.json': { entities: [CONTRACT] }, 'april.json': PERIOD });
    expect(notes).toEqual([]);
    expect(side.failures).toEqual([]);
    expect(side.details).toMatchObject([{ contractId: 'k', charges: [{ ref: { chargeId: 'c' } }] }]);
    expect(side.records.map(({ kind, places }) => [kind, places.length])).toEqual([
      ['contract', 1],
      ['billing-period', 2],
      ['charge', 1],
    ]);
  });

  it.each([
    ['null in place of a list', 'april.json', { ...PERIOD, charges: null }, 'has no list of charges but null'],
    ['a listing that may go on', 'contracts.json', { entities: [CONTRACT], nextLink: 'x' }, 'nextLink'],
  ])('cannot be looked at with %s', async (_, name, body, said) => {
    const { notes } = await read({ 'contracts.json': { entities: [CONTRACT] }, [name]: body });
    expect(notes).toMatchObject([{ holds: null, subject: `file ${name}`, message: expect.stringContaining(said) }]);
  });

  it('have records of lines though nobody can tell whose they are', async () => {
    const invoices = {
      entities: [
        { id: 'inv-1', dateInvoiced: '2026-04-01' },
        { id: 'inv-2', dateInvoiced: '2026-04-01' },
      ],
    };
    const { side, notes } = await read({ 'invoices.json': invoices, 'x.json': LINES });
    expect(notes).toHaveLength(1);
    expect(side.records.map(({ kind }) => kind)).toEqual(['invoice', 'invoice', 'invoice-line']);
  });
});
