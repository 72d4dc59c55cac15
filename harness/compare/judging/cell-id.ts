/** Ids of cells: the same fact has the same id in every run. */
import type { CellScope } from '../../domain/finding.ts';
import { shortHash } from '../../domain/short-hash.ts';

/** What a cell is about, in a fixed order; parts are kept apart by a character that no id holds. */
function placeOf(scope: CellScope): string {
  const orgs = scope.orgs.map((org) => org.id).join(' ');
  const product = `${scope.appId ?? ''}/${scope.partNumber ?? ''}/${scope.sku ?? ''}`;
  return `${scope.side ?? ''}\n${orgs}\n${product}\n${scope.period?.start ?? ''}\n${scope.subject}`;
}

/** Gives out ids, never the same twice: two things that nothing tells apart are numbered in the order they come. */
export class CellIds {
  readonly #given = new Set<string>();
  // All rules of one pair share one scope, so its text is made once for all of them.
  #scope: CellScope | null = null;
  #place = '';

  next(rule: string, scope: CellScope): string {
    if (scope !== this.#scope) {
      this.#scope = scope;
      this.#place = placeOf(scope);
    }
    const text = `${rule}\n${this.#place}`;
    let id = shortHash(text);
    for (let number = 2; this.#given.has(id); number += 1) id = shortHash(`${text}\n${number}`);
    this.#given.add(id);
    return id;
  }
}
