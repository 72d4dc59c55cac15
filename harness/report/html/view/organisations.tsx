import type { OrgCounts } from '../../../domain/verdict.ts';
import { StackedBar } from './stacked-bar.tsx';
import { counted, grouped } from './words.ts';

/**
 * How many organisations agree wholly, differ, or were not compared.
 * @param alone the contract side was looked at alone
 */
export function Organisations({ orgs, alone }: { orgs: OrgCounts; alone: boolean }) {
  const apart = Math.max(0, orgs.compared - orgs.atParity);
  const uncompared = Math.max(0, orgs.expected - orgs.compared);
  const rows = [
    { name: 'match', glyph: '✓', word: alone ? 'Without a finding' : 'At parity', count: orgs.atParity },
    { name: 'mismatch', glyph: '✕', word: alone ? 'With a finding' : 'Not wholly at parity', count: apart },
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
      {orgs.unreachable > 0 && (
        <p class="remark">{counted(orgs.unreachable, 'organisation')} could not be fetched or read on one side.</p>
      )}
    </section>
  );
}
