import type { Account } from '../../../domain/record.ts';
import type { RunResult } from '../../../domain/run-result.ts';
import { accountTotals, outOfScope, REASON_WORDS, RECORD_WORDS, unaccounted } from '../../words/books.ts';
import { capital, grouped } from '../../words/common.ts';

const reasonsOf = ({ outOfScope: reasons }: Account): string =>
  reasons.map(({ reason, count }) => `${grouped(count)} ${REASON_WORDS[reason]}`).join(', ');

function Row({ account }: { account: Account }) {
  const { record, received, compared, notComparable } = account;
  const outside = outOfScope(account);
  const lost = unaccounted(account);
  const words = RECORD_WORDS[record];
  return (
    <tr>
      <th scope="row">{capital(words)}</th>
      <td class="number" data-label="Read">
        {grouped(received)}
      </td>
      <td class="number" data-label="Compared">
        {grouped(compared)}
      </td>
      <td class={notComparable > 0 ? 'number open-question' : 'number'} data-label="Not comparable">
        {grouped(notComparable)}
      </td>
      <td data-label="Out of scope">
        {outside === 0 ? '0' : reasonsOf(account)}
        {lost !== 0 && <strong class="residual"> ✗ {grouped(lost)} in no account</strong>}
      </td>
    </tr>
  );
}

/** What became of every record that was read; nothing where a result does not say. */
export function Accounts({ result: { accounts = [] } }: { result: RunResult }) {
  if (accounts.length === 0) return null;
  const { received, compared } = accountTotals(accounts);
  return (
    <section class="card accounts" aria-labelledby="accounts">
      <h2 id="accounts">Accounts</h2>
      <p class="lead">
        <strong>{grouped(compared)}</strong> of {grouped(received)} records compared
      </p>
      <p class="explained">
        Every record that was read is in exactly one column: compared, not comparable (a finding says why), or out of
        scope for the reason named.
      </p>
      <table class="plain ledger">
        <caption class="unseen">Records by kind, and what became of them</caption>
        <thead>
          <tr>
            <th scope="col">Records</th>
            <th scope="col" class="number">
              Read
            </th>
            <th scope="col" class="number">
              Compared
            </th>
            <th scope="col" class="number">
              Not comparable
            </th>
            <th scope="col">Out of scope</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <Row key={account.record} account={account} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
