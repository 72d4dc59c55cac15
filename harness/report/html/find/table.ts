/** The findings of a page, by row: texts at once, whole findings when they are asked for. */
import type { Finding } from '../../../domain/run-result.ts';
import { type ColumnName, type PackedColumn, type PackedFindings, pack, unpackFinding } from './pack.ts';

/** One column, the same shape whatever was packed: rows hold 0 for nothing, else 1 + a place in `values`. */
export interface Column {
  readonly values: readonly string[];
  readonly at: Uint32Array;
}

/** A packed column in the one shape that rows are read from. */
export function spread({ values, at }: PackedColumn, length: number): Column {
  if (typeof at === 'number') return { values, at: new Uint32Array(length).fill(at) };
  return { values, at: at === null ? Uint32Array.from({ length }, (_, row) => row + 1) : Uint32Array.from(at) };
}

export class FindingTable {
  readonly length: number;
  readonly #packed: PackedFindings;
  readonly #columns = new Map<ColumnName, Column>();
  readonly #findings = new Map<number, Finding>();
  #rowOf: ReadonlyMap<string, number> | null = null;

  constructor(packed: PackedFindings) {
    this.#packed = packed;
    this.length = packed.length;
  }

  static of(findings: readonly Finding[]): FindingTable {
    return new FindingTable(pack(findings));
  }

  column(name: ColumnName): Column {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const { values, at } = this.#packed.columns[name];
    const column: Column = {
      values: typeof values === 'string' ? this.column(values).values : values,
      at: typeof at === 'string' ? this.column(at).at : spread({ values: [], at }, this.length).at,
    };
    this.#columns.set(name, column);
    return column;
  }

  text(name: ColumnName, row: number): string | null {
    const { values, at } = this.column(name);
    const place = at[row] ?? 0;
    return place === 0 ? null : (values[place - 1] ?? null);
  }

  finding(row: number): Finding {
    const known = this.#findings.get(row);
    if (known !== undefined) return known;
    const finding = unpackFinding((name) => this.text(name, row));
    this.#findings.set(row, finding);
    return finding;
  }

  /** Null if no finding has that id. */
  byId(id: string): Finding | null {
    this.#rowOf ??= new Map(Array.from({ length: this.length }, (_, row) => [this.text('id', row) ?? '', row]));
    const row = this.#rowOf.get(id);
    return row === undefined ? null : this.finding(row);
  }
}
