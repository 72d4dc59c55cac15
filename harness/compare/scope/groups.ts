/** Names that belong together because something joins them: organisations by a charge, part numbers and SKUs by a product. */
export class Groups {
  readonly #parent = new Map<string, string>();

  join(names: readonly string[]): void {
    const [first = '', ...rest] = names;
    for (const name of rest) {
      const [into, from] = [this.rootOf(first), this.rootOf(name)];
      if (from !== into) this.#parent.set(from, into);
    }
  }

  /** One name of the group: the same for all its members, until more are joined. */
  rootOf(name: string): string {
    let root = name;
    for (let up = this.#parent.get(root); up !== undefined; up = this.#parent.get(root)) root = up;
    if (root !== name) this.#parent.set(name, root);
    return root;
  }
}
