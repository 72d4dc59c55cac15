/** Text laid out for a terminal: lines that fit, tables that survive copying. */
import Table from 'cli-table3';
import { shortened } from '../safe-text.ts';

/** As many lines as it takes, each with that many blanks before it. */
export const indented = (text: string, by: number, width: number): string[] =>
  wrap(text, width - by).map((line) => `${' '.repeat(by)}${line}`);

export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? shortened(word, width) : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Without the blanks that fill the last column. */
export const trimmed = (table: InstanceType<typeof Table>): string => table.toString().replaceAll(/ +$/gm, '');

type Alignment = 'left' | 'right';

/** Columns without borders: survives copying into a ticket. */
export function plainTable(head: string[], colAligns: Alignment[]): InstanceType<typeof Table> {
  const none = {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: '  ',
  };
  return new Table({
    head,
    colAligns,
    chars: none,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
}
