/** Text laid out for a terminal: lines that fit, tables that survive copying. */
import Table from 'cli-table3';
import { safeText } from '../words/safe-text.ts';

/** As many lines as it takes, each with that many blanks before it. */
export const indented = (text: string, by: number, width: number): string[] =>
  wrap(text, width - by).map((line) => `${' '.repeat(by)}${line}`);

/** Nothing is cut off: a word that is longer than a line, as addresses are, goes on on the next. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  for (const word of text.split(' ').map((part) => [...safeText(part)])) {
    if (line.length > 0 && line.length + word.length + 1 > width) {
      lines.push(line.join(''));
      line = [];
    }
    line = line.length === 0 ? word : [...line, ' ', ...word];
    while (line.length > width) lines.push(line.splice(0, Math.max(1, width)).join(''));
  }
  return [...lines, line.join('')];
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
