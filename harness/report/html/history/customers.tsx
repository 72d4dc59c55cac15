import type { CustomerReadiness } from '../../../domain/history.ts';
import { counted } from '../../words/common.ts';
import { Scrolled } from '../view/scrolled.tsx';

/** More are in the CSV file. */
const MOST = 200;

/** Who can be billed from the new API today; those who cannot are listed first, with the reason. */
export function Customers({ customers, id }: { customers: readonly CustomerReadiness[] | null; id: string }) {
  if (customers === null || customers.length === 0) return null;
  const ready = customers.filter((one) => one.ready).length;
  const order = [...customers].sort(
    (a, b) => Number(a.ready) - Number(b.ready) || a.nights - b.nights || (a.id < b.id ? -1 : 1),
  );
  return (
    <section class="card" aria-labelledby={`${id}-customers ${id}-name`}>
      <h3 id={`${id}-customers`}>
        {ready} of {counted(customers.length, 'customer')} can be billed from the new API
      </h3>
      <Scrolled label="Customers">
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Customer, and what is missing</th>
              <th scope="col">Ready</th>
              <th scope="col" class="number">
                Nights
              </th>
              <th scope="col" class="number">
                Cycles
              </th>
            </tr>
          </thead>
          <tbody>
            {order.slice(0, MOST).map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <bdi>{one.name ?? one.id}</bdi>
                  {one.why !== '' && <p class="muted">{one.why}</p>}
                  {one.waived > 0 && <p class="muted">{counted(one.waived, 'mismatch', 'mismatches')} waived</p>}
                </th>
                <td>
                  <span class={`status ${one.ready ? 'status-met' : 'status-mismatch'}`}>
                    <span class="glyph" aria-hidden="true">
                      {one.ready ? '✓' : '✗'}
                    </span>{' '}
                    {one.ready ? 'Yes' : 'No'}
                  </span>
                </td>
                <td class="number">{one.nights}</td>
                <td class="number">{one.closedCycles}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
      {order.length > MOST && (
        <p class="muted">{order.length - MOST} more: parity history --csv FILE writes all of them.</p>
      )}
    </section>
  );
}
