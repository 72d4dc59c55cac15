import type { ReportBasis } from '../data.ts';
import type { Selection } from '../find/select.ts';
import { type SliceFormat, sliceFile } from '../share/slice.ts';
import { save } from './save.ts';

const FORMATS: readonly (readonly [SliceFormat, string, string])[] = [
  ['csv', 'CSV', 'for spreadsheets'],
  ['json', 'JSON', 'with the evidence of these findings alone, to pass on to a partner'],
  ['markdown', 'Markdown', 'as a table'],
];

/** Saves what the search and the filters leave. */
export function Exports({ data, selection }: { data: ReportBasis; selection: Selection }) {
  return (
    <fieldset class="exports" disabled={selection.entries.length === 0}>
      <legend>Save these as</legend>
      {FORMATS.map(([format, label, use]) => (
        <button
          key={format}
          type="button"
          class="button small"
          title={`${label}, ${use}`}
          onClick={() =>
            save(
              sliceFile(
                format,
                selection.entries.map(({ finding }) => finding),
                data,
              ),
            )
          }
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
