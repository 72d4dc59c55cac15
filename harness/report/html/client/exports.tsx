import type { ReportEvidence, ReportFrame } from '../data.ts';
import type { Selection } from '../find/select.ts';
import { type SliceFormat, sliceFile } from '../share/slice.ts';
import { save } from './save.ts';

const FORMATS: readonly (readonly [SliceFormat, string, string])[] = [
  ['csv', 'CSV', 'for spreadsheets'],
  ['json', 'JSON', 'with the evidence of these findings alone, to pass on to a partner'],
  ['markdown', 'Markdown', 'as a table'],
];

interface Props {
  readonly frame: ReportFrame;
  readonly evidence: () => Promise<ReportEvidence>;
  readonly selection: Selection;
}

/** Saves what the search and the filters leave. */
export function Exports({ frame, evidence, selection }: Props) {
  const saveAs = async (format: SliceFormat): Promise<void> => {
    const findings = selection.entries.map(({ finding }) => finding);
    save(sliceFile(format, findings, { ...frame, evidence: await evidence() }));
  };
  return (
    <fieldset class="exports" disabled={selection.entries.length === 0}>
      <legend>Save these as</legend>
      {FORMATS.map(([format, label, use]) => (
        <button
          key={format}
          type="button"
          class="button small"
          title={`${label}, ${use}`}
          onClick={() => saveAs(format)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
