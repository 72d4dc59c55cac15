import { STATUS_WORDS } from '../../words/common.ts';
import { type HistoryData, STANDING } from '../data.ts';

const NAMES = new Map<string, { readonly glyph: string; readonly word: string }>([
  ...(['mismatch', 'not-comparable', 'unstable', 'tolerated', 'waived'] as const).map(
    (status) => [STANDING[status], STATUS_WORDS[status]] as const,
  ),
  [STANDING.absent, { glyph: '·', word: 'No finding' }],
]);

/** How one finding stood in the runs before, oldest first. */
export function FindingHistory({ id, history }: { id: string; history: HistoryData }) {
  const letters = [...(history.of[id] ?? STANDING.absent.repeat(history.runs.length))];
  if (letters.every((letter) => letter === STANDING.absent)) {
    return <>new: in none of the {history.runs.length} runs before</>;
  }
  return (
    <ol class="bare history">
      {history.runs.map(({ id: run, startedAt }, at) => {
        const name = NAMES.get(letters[at] ?? STANDING.absent);
        const day = startedAt.slice(0, 10);
        return (
          <li key={run} title={`${day}: ${name?.word}`}>
            <span aria-hidden="true">{name?.glyph}</span>
            <span class="unseen">
              {day}: {name?.word}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
