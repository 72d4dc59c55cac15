import type { OrgCounts } from '../../../domain/verdict.ts';
import { counted, grouped } from '../../words/common.ts';
import type { Customer } from '../find/customers.ts';
import { CustomerMoney, customerHref } from './customer.tsx';
import { OrgNames } from './organisation.tsx';
import { StackedBar } from './stacked-bar.tsx';

interface Props {
  readonly orgs: OrgCounts;
  readonly alone: boolean;
  /** The costliest first. */
  readonly customers: readonly Customer[];
}

const MOST = 4;

/** Whose money it is; all of them stand in the list of customers. */
function Costliest({ customers }: { customers: readonly Customer[] }) {
  const hit = customers.filter(({ mismatch }) => mismatch > 0);
  if (hit.length === 0) return null;
  return (
    <>
      <ol class="answer-list">
        {hit.slice(0, MOST).map((customer) => (
          <li key={customer.key}>
            <a href={customerHref(customer)}>
              <OrgNames orgs={customer.orgs} />
            </a>{' '}
            <span class="answer-money">
              <CustomerMoney customer={customer} most={2} />
            </span>
          </li>
        ))}
      </ol>
      {hit.length > MOST && (
        <p class="remark">
          <a href="#customers">All {counted(customers.length, 'customer')}</a>
        </p>
      )}
    </>
  );
}

/**
 * How many organisations agree wholly, differ, or were not compared.
 * @param alone the contract side was looked at alone
 */
export function Organisations({ orgs, alone, customers }: Props) {
  const apart = Math.max(0, orgs.compared - orgs.atParity);
  const uncompared = Math.max(0, orgs.expected - orgs.compared);
  const rows = [
    { name: 'match', glyph: '✓', word: alone ? 'Without a finding' : 'At parity', count: orgs.atParity },
    { name: 'mismatch', glyph: '✗', word: alone ? 'With a finding' : 'Not at parity', count: apart },
    { name: 'not-comparable', glyph: '?', word: alone ? 'Not checked' : 'Not compared', count: uncompared },
  ];
  return (
    <section class="card organisations" aria-labelledby="organisations">
      <h2 id="organisations">Organisations</h2>
      <p class="lead">
        <strong>{grouped(orgs.atParity)}</strong> of {counted(orgs.expected, 'organisation')}{' '}
        {alone ? 'without a finding' : 'at parity'}
      </p>
      <StackedBar parts={rows} />
      <ul class="legend">
        {rows.map(({ name, glyph, word, count }) => (
          <li key={name}>
            <span class={`status status-${name}`}>
              <span class="glyph" aria-hidden="true">
                {glyph}
              </span>{' '}
              <span>{word}</span>
            </span>{' '}
            <span class="number">{grouped(count)}</span>
          </li>
        ))}
      </ul>
      <Costliest customers={customers} />
      {orgs.unreachable > 0 && (
        <p class="remark">{counted(orgs.unreachable, 'organisation')} could not be fetched or read on one side.</p>
      )}
    </section>
  );
}
