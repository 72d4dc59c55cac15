/** Tables on the terminal, the same in every command. */
import Table from 'cli-table3';

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
