import { counted, grouped } from '../../../words/common.ts';
import type { HeatCell, HeatMap, HeatRow } from '../../picture-data/heat.ts';
import { OrgName } from '../organisation.tsx';
import { Picture } from './picture.tsx';

/** Depth of a cell's colour: each step stands for about three times as much of the largest cell of its currency. */
const depthOf = ({ count, share }: HeatCell): number =>
  count === 0 ? 0 : share === 0 ? 1 : Math.max(1, Math.min(5, 5 + Math.ceil(Math.log(share) / Math.log(3))));

const query = (text: string): string => `#q=${encodeURIComponent(text)}`;

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** `USD 4.18M`; without money how many mismatches. */
const textOf = ({ count, money }: HeatCell): string => {
  if (count === 0) return '';
  return money === null ? `${grouped(count)} ×` : `${money.currency} ${COMPACT.format(Number(money.amount))}`;
};

function Cells({ row, rules }: { row: HeatRow; rules: readonly string[] }) {
  return (
    <>
      {row.cells.map((cell, at) => {
        const rule = rules[at] ?? '';
        const text = textOf(cell);
        return (
          <td key={rule} class={`number heat-${depthOf(cell)}`}>
            {cell.count === 0 ? null : (
              <a href={query(row.org === null ? `rule:${rule}` : `org:${row.org.id} rule:${rule}`)}>{text}</a>
            )}
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
      <a href="#customers">{counted(row.orgs, 'other organisation')}</a>
    ) : (
      <a href={query(`org:${row.org.id}`)}>
        <OrgName org={row.org} />
      </a>
    )}
  </th>
);

/** A table that is its own picture: the deeper, the more money against the largest cell of the same currency. */
export function Heat({ heat }: { heat: HeatMap }) {
  const more = heat.moreRules === 0 ? '' : ` ${counted(heat.moreRules, 'other rule')} count in the total only.`;
  return (
    <Picture
      id="heat"
      title="Organisations and rules"
      note={`Money at risk by where it is: the deeper, the closer to the largest cell of the same currency.${more}`}
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
                Mismatches
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
