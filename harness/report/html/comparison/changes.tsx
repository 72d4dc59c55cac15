import type { Change, ChangeKind, RunComparison } from '../../../domain/run-comparison.ts';
import { grouped } from '../../words/common.ts';
import { productOf, whoOf } from '../../words/finding.ts';
import { amountWords, changeWords, findingOf, KIND_WORDS, rowsOf, titleOf } from '../../words/run-comparison.ts';
import { Scrolled } from '../view/scrolled.tsx';

/** Rows of a list in the page; `parity compare --json` has them all. */
const MOST = 500;

const TONE: Readonly<Record<ChangeKind, string>> = {
  new: 'status-mismatch',
  changed: 'status-unstable',
  persisting: '',
  unverified: 'status-unstable',
  'not-looked-at': 'status-unstable',
  waived: '',
  tolerated: '',
  fixed: 'status-met',
};

/** Lists that ask for nothing stand closed. */
const CLOSED: ReadonlySet<ChangeKind> = new Set(['persisting', 'waived', 'tolerated']);

/** Words of money with the separators that the page has everywhere. */
const separated = (words: string): string => words.replaceAll(/\d+(?:\.\d+)?/g, grouped);

function Row({ change }: { change: Change }) {
  const finding = findingOf(change);
  if (finding === null) return null;
  return (
    <tr>
      <th scope="row">
        {change.trend === 'worse' && <strong class="status-mismatch">▲ worse </strong>}
        <code>{finding.rule}</code>
      </th>
      <td>
        <bdi>{whoOf(finding)}</bdi>
        <br />
        <bdi class="muted">{productOf(finding)}</bdi>
      </td>
      <td class="money-words">{separated(amountWords(change))}</td>
      <td>
        <bdi>{changeWords(change)}</bdi>
      </td>
      <td>
        <code class="muted">{change.id}</code>
      </td>
    </tr>
  );
}

function Table({ rows, label }: { rows: readonly Change[]; label: string }) {
  return (
    <Scrolled label={label}>
      <table class="plain changes">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Organisation and product</th>
            <th scope="col">Money</th>
            <th scope="col">What</th>
            <th scope="col">Finding</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST).map((change) => (
            <Row key={change.id} change={change} />
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

/** The changes of one kind. */
export function Changes({ comparison, kind }: { comparison: RunComparison; kind: ChangeKind }) {
  if (comparison.counts[kind] === 0) return null;
  const rows = rowsOf(comparison, kind);
  const more = rows.length - MOST;
  return (
    <details class="card about change-list" open={!CLOSED.has(kind)}>
      <summary>
        <h2 id={`changes-${kind}`}>
          <span class={`status ${TONE[kind]}`}>
            <span class="glyph" aria-hidden="true">
              {KIND_WORDS[kind].glyph}
            </span>
          </span>{' '}
          {titleOf(comparison, kind)}
        </h2>
      </summary>
      <Table rows={rows} label={KIND_WORDS[kind].title} />
      {more > 0 && (
        <p class="muted">
          … and {grouped(more)} more; <code>parity compare --json</code> has them all.
        </p>
      )}
    </details>
  );
}
