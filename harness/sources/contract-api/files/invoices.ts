/** Invoices that were sent as files, with the lines that belong to them. */
import type { ProbeNote } from '../../../domain/capture.ts';
import type { Cursor } from '../../cursor.ts';
import type { CapturedInvoice, Pages } from '../capture.ts';
import type { NamedDocument } from './named-document.ts';

export interface FileInvoices {
  readonly invoices: readonly CapturedInvoice[];
  /** Invoices whose lines were not sent: of them nothing can be added up. */
  readonly withoutLines: number;
  /** Lines of which nobody can tell whose they are. */
  readonly strays: readonly ProbeNote[];
  readonly strayLines: Pages;
}

/** Lines are told by the invoice's id in their `selfUri` or in the name of their file, or belong to the one invoice there is. */
export function invoicesOf(files: readonly NamedDocument[], lineFiles: readonly NamedDocument[]): FileInvoices {
  const entities = files.flatMap(({ document: { root } }) =>
    root.field('entities').isList ? root.field('entities').items() : [root],
  );
  const byId = new Map(
    entities.flatMap((entity) => {
      const id = entity.field('id').string();
      return id === null ? [] : [[id, entity] as const];
    }),
  );
  const lines = new Map<string, Cursor[][]>();
  const strays: ProbeNote[] = [];
  const strayLines: Cursor[][] = [];
  for (const { name, document } of lineFiles) {
    const { root } = document;
    const hints = [root.field('selfUri').string() ?? '', root.field('nextUri').string() ?? '', name];
    const named = [...byId.keys()].find((id) => hints.some((hint) => hint.includes(id)));
    const id = named ?? (byId.size === 1 ? [...byId.keys()][0] : undefined);
    if (id === undefined) {
      strays.push(stray(name, document.root));
      strayLines.push(root.field('entities').items());
    } else lines.set(id, [...(lines.get(id) ?? []), root.field('entities').items()]);
  }
  const invoices = [...byId].flatMap(([id, entity]) => {
    const own = lines.get(id);
    return own === undefined ? [] : [{ id, entity, asked: true, lines: own.flat(), pages: own }];
  });
  return { invoices, withoutLines: byId.size - invoices.length, strays, strayLines };
}

const stray = (name: string, root: Cursor): ProbeNote => ({
  rule: 'schema-violation',
  subject: `file ${name}`,
  holds: null,
  message: `${name} holds lines of an invoice, but nothing tells of which: give the file the invoice's id as its name`,
  at: root.at,
});
