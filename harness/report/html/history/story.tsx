import type { HistoryEvent, LeftOut, WaiverInUse } from '../../../domain/history.ts';
import { amountsOf } from '../../words/books.ts';
import { counted, grouped } from '../../words/common.ts';
import { LedgerHead } from '../view/ledger-head.tsx';
import { Scrolled } from '../view/scrolled.tsx';

const KINDS = {
  good: { glyph: '✓', name: 'status-met' },
  bad: { glyph: '✗', name: 'status-mismatch' },
  unsure: { glyph: '?', name: 'status-unstable' },
  note: { glyph: '·', name: '' },
} as const;

/** What happened when; the newest first. */
export function Story({ events, id }: { events: readonly HistoryEvent[]; id: string }) {
  return (
    <section class="card" aria-labelledby={`${id}-story ${id}-name`}>
      <h3 id={`${id}-story`}>What happened</h3>
      <ol class="story" reversed>
        {events.toReversed().map(({ date, kind, text }) => (
          <li key={`${date} ${text}`}>
            <time dateTime={date}>{date}</time>{' '}
            <span class={`status ${KINDS[kind].name}`}>
              <span class="glyph" aria-hidden="true">
                {KINDS[kind].glyph}
              </span>
            </span>{' '}
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function Waivers({ waivers, id }: { waivers: readonly WaiverInUse[]; id: string }) {
  if (waivers.length === 0) return null;
  return (
    <section class="card" aria-labelledby={`${id}-waivers ${id}-name`}>
      <h3 id={`${id}-waivers`}>Waivers in use on the newest night</h3>
      <Scrolled label="Waivers">
        <table class="plain">
          <LedgerHead until="Expires" />
          <tbody>
            {waivers.map(({ reason, owner, ticket, expires, findings, money }) => (
              <tr key={`${reason} ${owner} ${ticket} ${expires}`}>
                <th scope="row" class="date">
                  {expires}
                </th>
                <td>{reason}</td>
                <td>{owner}</td>
                <td>{ticket ?? ''}</td>
                <td class="number">{grouped(findings)}</td>
                <td>{amountsOf(money).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </section>
  );
}

/** What was found and does not count, and why. */
export function NotCounted({ leftOut }: { leftOut: readonly LeftOut[] }) {
  if (leftOut.length === 0) return null;
  return (
    <details class="card about">
      <summary>
        <h2 id="left-out">{counted(leftOut.length, 'folder')} left out</h2>
      </summary>
      <ul>
        {leftOut.map(({ dir, why }) => (
          <li key={`${dir} ${why}`}>
            <bdi>
              <code>{dir || '.'}</code>
            </bdi>{' '}
            {why}
          </li>
        ))}
      </ul>
    </details>
  );
}
