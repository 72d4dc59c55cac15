/** Families: organisations that contracts or invoices name together, so that neither can be judged without the other. */
import { ascending, group } from 'd3-array';

/** Organisations by family; the head of a family is its lowest id. */
export class Families {
  readonly #parent = new Map<string, string>();

  headOf(orgId: string): string {
    let head = orgId;
    for (let next = this.#parent.get(head); next !== undefined; next = this.#parent.get(head)) head = next;
    return head;
  }

  join(orgIds: readonly string[]): void {
    const heads = [...new Set(orgIds.map((id) => this.headOf(id)))].sort();
    const [first, ...others] = heads;
    if (first !== undefined) for (const other of others) this.#parent.set(other, first);
  }
}

export interface FamilyBatch {
  readonly families: readonly (readonly string[])[];
  /** Of all of them. */
  readonly orgs: ReadonlySet<string>;
}

/**
 * Whole families, in the order of their heads, about so many organisations at a time.
 * @param orgIds everyone; lower-case ids
 */
export function batchesOf(orgIds: Iterable<string>, families: Families, size: number): readonly FamilyBatch[] {
  const byHead = group(new Set(orgIds), (id) => families.headOf(id));
  const batches: { families: string[][]; orgs: Set<string> }[] = [];
  for (const [, family] of [...byHead].sort(([a], [b]) => ascending(a, b))) {
    const last = batches.at(-1);
    if (last === undefined || last.orgs.size >= size) batches.push({ families: [family], orgs: new Set(family) });
    else {
      last.families.push(family);
      for (const id of family) last.orgs.add(id);
    }
  }
  return batches;
}
