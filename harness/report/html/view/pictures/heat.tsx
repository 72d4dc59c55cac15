import type { HeatMap, HeatRow } from '../../pictures/heat.ts';
import { OrgName } from '../organisation.tsx';
import { counted, grouped } from '../words.ts';
import { Picture } from './picture.tsx';

/** Depth of a cell's colour: each step stands for about three times as many. */
const depthOf = (count: number): number =>
  count === 0 ? 0 : Math.min(5, 1 + Math.floor(Math.log(count) / Math.log(3)));

const query = (text: string): string => `#q=${encodeURIComponent(text)}`;

function Cells({ row, rules }: { row: HeatRow; rules: readonly string[] }) {
  return (
    <>
      {row.counts.map((count, at) => {
        const rule = rules[at] ?? '';
        const text = count === 0 ? '' : grouped(count);
        return (
          <td key={rule} class={`number heat-${depthOf(count)}`}>
            {row.org === null || count === 0 ? text : <a href={query(`org:${row.org.id} rule:${rule}`)}>{text}</a>}
          </td>
        );
      })}
      <td class="number">{grouped(row.total)}</td>
    </>
  );
}

const Head = ({ row }: { row: HeatRow }) => (
  <th scope="row" class="heat-org">
    {row.org === null ? (
      <span class="muted">{counted(row.orgs, 'other organisation')}</span>
    ) : (
      <a href={query(`org:${row.org.id}`)}>
        <OrgName org={row.org} />
      </a>
    )}
  </th>
);

/** A table that is its own picture: the deeper, the more mismatches. */
export function Heat({ heat }: { heat: HeatMap }) {
  const more = heat.moreRules === 0 ? '' : ` ${counted(heat.moreRules, 'rarer rule')} count in the total only.`;
  return (
    <Picture
      id="heat"
      title="Organisations and rules"
      note={`Mismatches by where they are; those with the most first.${more}`}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section class="scroller" tabIndex={0} aria-label="Organisations and rules, scrollable">
        <table class="heat">
          <thead>
            <tr>
              <th scope="col">Organisation</th>
              {heat.rules.map((rule) => (
                <th key={rule} scope="col" class="slanted">
                  <a href={query(`rule:${rule}`)}>{rule}</a>
                </th>
              ))}
              <th scope="col" class="number">
                All
              </th>
            </tr>
          </thead>
          <tbody>
            {heat.rows.map((row) => (
              <tr key={row.org?.id ?? 'others'}>
                <Head row={row} />
                <Cells row={row} rules={heat.rules} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Picture>
  );
}
