/** Looking into plain data of unknown shape. */
import type { Path } from './document.ts';

/** What stands at a path, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<PropertyKey, unknown>)[step];
  }
  return current;
}

/** The text at a path, trimmed, or null if there is none. */
export function textAt(value: unknown, path: Path): string | null {
  const found = valueAt(value, path);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : null;
}

/** How many entries the list at a path has; 0 if it is no list. */
export function countAt(value: unknown, path: Path): number {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.length : 0;
}

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
