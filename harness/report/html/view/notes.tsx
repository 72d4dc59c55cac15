import type { DriftEffect } from '../../../domain/capture.ts';
import type { RunResult } from '../../../domain/run-result.ts';
import { counted, grouped } from '../../words/common.ts';

/** Things seen that are no findings. */
export function Notes({ notes }: Pick<RunResult, 'notes'>) {
  if (notes.length === 0) return null;
  return (
    <details class="card about">
      <summary>
        <h2 id="notes">Notes</h2> <span class="muted">{notes.length}</span>
      </summary>
      <ul>
        {notes.map((note) => (
          <li key={note}>
            <bdi>{note}</bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}

const SEVERITY: Readonly<Record<DriftEffect, string>> = {
  breaks: 'breaks comparisons',
  weakens: 'weakens comparisons',
  none: 'no effect on comparisons',
};

/** Where the wire no longer has the shape that is documented. */
export function Drift({ drift }: Pick<RunResult, 'drift'>) {
  if (drift.length === 0) return null;
  return (
    <details class="card about">
      <summary>
        <h2 id="drift">Schema drift</h2> <span class="muted">{counted(drift.length, 'place')}</span>
      </summary>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Pointer</th>
            <th scope="col">What changed</th>
            <th scope="col" class="number">
              Seen
            </th>
          </tr>
        </thead>
        <tbody>
          {drift.map(({ type, pointer, kind, count, severity, effect }) => (
            <tr key={`${type} ${pointer} ${kind}`}>
              <th scope="row">
                <bdi>{type}</bdi>
              </th>
              <td>
                <code>{pointer}</code>
              </td>
              <td>
                {kind}
                {severity !== undefined && (
                  <>
                    {' '}
                    · <strong>{SEVERITY[severity]}</strong>
                    <br />
                    <span class="muted">{effect}</span>
                  </>
                )}
              </td>
              <td class="number">{grouped(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
