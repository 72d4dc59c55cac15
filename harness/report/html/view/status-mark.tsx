import type { CellStatus } from '../../../domain/finding.ts';
import { STATUS_WORDS } from '../../words/common.ts';

/** Glyph and word, so that colour is never alone. */
export function StatusMark({ status }: { status: CellStatus }) {
  const { glyph, word } = STATUS_WORDS[status];
  return (
    <span class={`status status-${status}`}>
      <span class="glyph" aria-hidden="true">
        {glyph}
      </span>{' '}
      {word}
    </span>
  );
}
