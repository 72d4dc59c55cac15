/** Organisations that belong together because some charge covers them jointly. */
export class OrgGroups {
  readonly #parent = new Map<string, string>();

  join(ids: readonly string[]): void {
    const [first, ...rest] = ids;
    if (first === undefined) return;
    for (const id of rest) {
      const a = this.rootOf(first);
      const b = this.rootOf(id);
      if (a !== b) this.#parent.set(a < b ? b : a, a < b ? a : b);
    }
  }

  /** The least id of the group: the same for all its members. */
  rootOf(id: string): string {
    let root = id;
    for (let up = this.#parent.get(root); up !== undefined; up = this.#parent.get(root)) root = up;
    if (root !== id) this.#parent.set(id, root);
    return root;
  }
}
