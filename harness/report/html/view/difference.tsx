import { useState } from 'preact/hooks';
import { counted, legible } from '../../words/common.ts';
import type { DiffLine } from '../data.ts';

interface Props {
  readonly lines: readonly DiffLine[];
  readonly label: string;
  /** What stands left and right. */
  readonly names: readonly [before: string, after: string];
  /** Class of each column. */
  readonly kinds: readonly [string, string];
}

const GLYPHS: Readonly<Record<DiffLine['kind'], string>> = { equal: '=', changed: '≠', added: '+', removed: '−' };
const WORDS: Readonly<Record<DiffLine['kind'], string>> = {
  equal: 'equal',
  changed: 'differs',
  added: 'only right',
  removed: 'only left',
};

function Line({ line: { path, kind, before, after }, kinds }: { line: DiffLine; kinds: Props['kinds'] }) {
  const value = (text: string | null) =>
    text === null ? <span class="muted">nothing</span> : <bdi>{legible(text)}</bdi>;
  return (
    <tr class={`diff-${kind}`}>
      <td class="diff-glyph">
        <span aria-hidden="true">{GLYPHS[kind]}</span>
        <span class="unseen">{WORDS[kind]}</span>
      </td>
      <th scope="row">
        <code>{path}</code>
      </th>
      <td class={`number ${kinds[0]}`}>{value(before)}</td>
      <td class={`number ${kinds[1]}`}>{value(after)}</td>
    </tr>
  );
}

/** Two things side by side: what differs in full sight, what is equal folded. */
export function Difference({ lines, label, names, kinds }: Props) {
  const [isOpen, setOpen] = useState(false);
  const differing = lines.filter(({ kind }) => kind !== 'equal');
  const equal = lines.filter(({ kind }) => kind === 'equal');
  const table = (rows: readonly DiffLine[], caption: string) => (
    <table class="plain diff">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">Field</th>
          <th scope="col" class="number">
            {names[0]}
          </th>
          <th scope="col" class="number">
            {names[1]}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((line) => (
          <Line key={line.path} line={line} kinds={kinds} />
        ))}
      </tbody>
    </table>
  );
  return (
    <section class="difference" aria-label={label}>
      <h4>{label}</h4>
      {differing.length > 0 && table(differing, `${label}: what differs`)}
      {equal.length > 0 && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary class="muted">{counted(equal.length, 'field')} equal</summary>
          {isOpen && table(equal, `${label}: what is equal`)}
        </details>
      )}
    </section>
  );
}
