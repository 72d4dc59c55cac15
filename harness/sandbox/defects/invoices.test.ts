/** Invoices that bill twice, bill something else, or bill what cannot be placed, as they stand on the wire. */
import { describe, expect, it } from 'vitest';
import { add, subtract, sum } from '../../domain/decimal.ts';
import { read } from '../testing/both-sides.ts';
import { type Compared, endpointsOf, fieldsOf, inEndpoint, withDefect } from '../testing/changes.ts';
import { list, type Read, text } from '../testing/session.ts';

const INVOICES = '/api/v2/billing/contracts/invoices';
const SEEDS = [1, 2];

interface Lines {
  readonly was: readonly Read[];
  readonly now: readonly Read[];
  /** Of the invoice itself. */
  readonly invoice: readonly [Read, Read];
}

/** The lines of the one invoice that changed, whose amount is still their sum. */
async function linesOf({ changes, clean, broken }: Compared): Promise<Lines> {
  const [change, ...others] = inEndpoint(changes, 'lines');
  expect(others).toEqual([]);
  const id = (change?.path ?? '').split('/').at(-2);
  const find = (invoices: readonly Read[]): Read => invoices.find((invoice) => invoice['id'] === id) ?? {};
  const invoice = [find(await clean.walk(INVOICES)), find(await broken.walk(INVOICES))] as const;
  const now = list(change?.now['entities']);
  expect(read(invoice[1]['amount'])).toBe(sum(now.map(({ amount }) => read(amount))));
  return { was: list(change?.was['entities']), now, invoice };
}

/** Lines that are there now and were not before. */
const added = ({ was, now }: Lines): readonly Read[] => now.filter(({ id }) => !was.some((line) => line['id'] === id));

const withoutId = ({ id: _, ...line }: Read): Read => line;

/** The open period's fee of the line's organisation and product. */
const feeLike = (lines: readonly Read[], line: Read): Read | undefined =>
  lines.find(
    (each) =>
      JSON.stringify(each['product']) === JSON.stringify(line['product']) &&
      text((each['organization'] as Read)['id']).toLowerCase() ===
        text((line['organization'] as Read)['id']).toLowerCase() &&
      text(each['description']).startsWith('Committed'),
  );

describe.each(SEEDS)('an invoice of the world of seed %i', (seed) => {
  it('invoice-twice: comes twice, under two ids', () =>
    withDefect(
      'invoice-twice',
      async ({ clean, broken, changes }) => {
        expect(endpointsOf(changes)).toEqual(['invoices']);
        const before = await clean.walk(INVOICES);
        const [again, ...others] = (await broken.walk(INVOICES)).filter(
          ({ id }) => !before.some((invoice) => invoice['id'] === id),
        );
        expect(others).toEqual([]);
        const lines = async (id: unknown) => list((await broken.json(`${INVOICES}/${text(id)}/lines`))['entities']);
        const twin = before.find(({ amount, billToCustomer, dateInvoiced }) =>
          [
            read(amount) === read(again?.['amount']),
            JSON.stringify(billToCustomer) === JSON.stringify(again?.['billToCustomer']),
            dateInvoiced === again?.['dateInvoiced'],
          ].every(Boolean),
        );
        const amounts = (all: readonly Read[]) => all.map(({ amount }) => read(amount));
        expect(amounts(await lines(again?.['id']))).toEqual(amounts(await lines(twin?.['id'])));
      },
      { seed },
    ));

  it('invoice-line-twice: has lines twice', () =>
    withDefect(
      'invoice-line-twice',
      async (compared) => {
        const lines = await linesOf(compared);
        expect(added(lines).length).toBeGreaterThan(0);
        for (const line of added(lines)) {
          const same = ({ amount, dateStart, description }: Read) => [read(amount), dateStart, description];
          expect(lines.was.map(same)).toContainEqual(same(line));
        }
      },
      { seed },
    ));

  it('invoice-fee-for-overage: bills the fee in the place of the overage', () =>
    withDefect(
      'invoice-fee-for-overage',
      async (compared) => {
        const lines = await linesOf(compared);
        const overage = added(lines).filter(({ description }) => text(description).startsWith('Overage'));
        expect(overage.length).toBeGreaterThan(0);
        for (const line of overage) {
          const fee = feeLike(lines.now, line);
          expect([read(line['amount']), read(line['quantity'])]).toEqual([
            read(fee?.['amount']),
            read(fee?.['quantity']),
          ]);
        }
      },
      { seed },
    ));

  it('invoice-currency: is in another currency, with the same numbers', () =>
    withDefect(
      'invoice-currency',
      ({ changes, clean, broken }) => {
        expect(endpointsOf(changes)).toEqual(['invoices']);
        return Promise.all([clean.walk(INVOICES), broken.walk(INVOICES)]).then(([was, now]) => {
          const changed = now.flatMap((invoice, index) => {
            const fields = fieldsOf(was[index] ?? {}, invoice);
            return fields.length === 0 ? [] : [fields];
          });
          expect(changed.length).toBeGreaterThan(0);
          for (const fields of changed) expect(fields).toEqual(['billToAddress', 'currencyIsoCode', 'shipToAddress']);
        });
      },
      { seed },
    ));

  it('invoice-quantity: bills the same for more', () =>
    withDefect(
      'invoice-quantity',
      async (compared) => {
        const { was, now, invoice } = await linesOf(compared);
        const changed = now.flatMap((line, index) => {
          const fields = fieldsOf(was[index] ?? {}, line);
          return fields.length === 0 ? [] : [fields];
        });
        expect(changed.length).toBeGreaterThan(0);
        for (const fields of changed) expect(fields).toEqual(['quantity']);
        expect(invoice[1]).toEqual(invoice[0]);
      },
      { seed },
    ));
});

describe('invoice-stray', () => {
  const stray = (variant: string, look: (lines: Lines, compared: Compared) => void): Promise<void> =>
    withDefect(`invoice-stray[${variant}]`, async (compared) => {
      expect(compared.defect).toMatchObject({ variant, outcome: 'not-comparable' });
      look(await linesOf(compared), compared);
    });

  it.each([
    ['no-sku', ['product']],
    ['no-organisation', ['organization']],
    ['no-dates', ['dateEnd', 'dateStart']],
  ])('[%s] has lines more without %j', (variant, fields) =>
    stray(variant, (lines) => {
      const more = added(lines);
      expect(more.length).toBeGreaterThan(0);
      const whole = Object.keys(withoutId(lines.was[0] ?? {}));
      for (const line of more) {
        const lacks = whole.filter((field) => !(field in line)).sort();
        expect(lacks).toEqual(fields);
      }
    }),
  );

  it('[no-charge] has lines more for a product that no charge is for', () =>
    stray('no-charge', (lines, { paths }) => {
      const skus = new Set(lines.was.map(({ product }) => (product as Read)['sku']));
      for (const line of added(lines)) expect(skus).not.toContain((line['product'] as Read)['sku']);
      expect(added(lines).length * paths.length).toBeGreaterThan(0);
    }));

  it('[shifted] has lines more for parts of two periods', () =>
    stray('shifted', (lines) => {
      const starts = new Set(lines.was.map(({ dateStart }) => dateStart));
      expect(added(lines).length).toBeGreaterThan(0);
      for (const line of added(lines)) expect(starts).not.toContain(line['dateStart']);
    }));

  it('[two-charges] has one line in place of two', () =>
    stray('two-charges', ({ was, now, invoice }) => {
      const gone = was.filter(({ id }) => !now.some((line) => line['id'] === id));
      const grown = now.filter((line) => {
        const before = was.find(({ id }) => id === line['id']);
        return read(before?.['amount']) !== read(line['amount']);
      });
      expect(gone.length).toBeGreaterThan(0);
      expect(grown).toHaveLength(gone.length);
      const more = grown.map((line) =>
        subtract(read(line['amount']), read(was.find(({ id }) => id === line['id'])?.['amount'])),
      );
      expect(sum(more)).toBe(sum(gone.map(({ amount }) => read(amount))));
      expect(add(read(invoice[0]['amount']), sum([]))).toBe(read(invoice[1]['amount']));
    }));
});
