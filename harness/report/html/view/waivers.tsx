import type { Finding } from '../../../domain/run-result.ts';
import { amountsOf } from '../../words/books.ts';
import { grouped } from '../../words/common.ts';
import { type LedgerEntry, ledgerOf } from '../../words/waived.ts';
import { LedgerHead } from './ledger-head.tsx';
import { Scrolled } from './scrolled.tsx';

function Row({ entry: { waiver, findings, money } }: { entry: LedgerEntry }) {
  const amounts = amountsOf(money);
  return (
    <tr>
      <th scope="row" class="date">
        {waiver.expires}
      </th>
      <td data-label="Reason">
        <bdi>{waiver.reason}</bdi>
      </td>
      <td data-label="Owner">
        <bdi>{waiver.owner}</bdi>
      </td>
      <td data-label="Ticket">{waiver.ticket ?? 'none'}</td>
      <td class="number" data-label="Findings">
        {grouped(findings)}
      </td>
      <td data-label="Money">{amounts.length === 0 ? 'none' : amounts.join(', ')}</td>
    </tr>
  );
}

/** Who accepted what, how much money it is, and until when; nothing where no waiver is in use. */
export function Waivers({ findings }: { findings: readonly Finding[] }) {
  const entries = ledgerOf(findings);
  if (entries.length === 0) return null;
  return (
    <section class="card waivers" aria-labelledby="waivers">
      <h2 id="waivers">Waived</h2>
      <p class="explained">
        These differences are there, and somebody accepts them for a time. Their money is in no sum of money at risk.
      </p>
      <Scrolled label="Waived">
        <table class="plain ledger">
          <caption class="unseen">Waivers in use and what they cover</caption>
          <LedgerHead until="Until" />
          <tbody>
            {entries.map((entry) => (
              <Row key={JSON.stringify(entry.waiver)} entry={entry} />
            ))}
          </tbody>
        </table>
      </Scrolled>
    </section>
  );
}
