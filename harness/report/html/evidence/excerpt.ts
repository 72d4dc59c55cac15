/**
 * Cuts out of a JSON body what surrounds one pointer: the way down to it, the object that holds it, and nothing else.
 * Numbers keep the spelling that they have on the wire (`15.0`, `1e-6`).
 */
import { isLosslessNumber, parse } from 'lossless-json';
import type { Excerpt } from '../data.ts';

const MAX_LINES = 40;
const MAX_SCALAR = 160;
const MAX_HEAD = 400;
const INDENT = '  ';

export type JsonTree = unknown;

/** @returns undefined if it is not JSON (or nested beyond all reason). */
export function parseBody(body: string): JsonTree | undefined {
  try {
    return parse(body);
  } catch {
    return undefined;
  }
}

/** The beginning of a body that is not JSON. */
export const headOf = (body: string): Excerpt => ({
  text: body.length > MAX_HEAD ? `${body.slice(0, MAX_HEAD)}…` : body,
  mark: null,
});

type Container = Record<string, unknown> | readonly unknown[];
const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null && !isLosslessNumber(value);

const entriesOf = (value: Container): readonly (readonly [string, unknown])[] =>
  Array.isArray(value) ? value.map((entry, at) => [String(at), entry] as const) : Object.entries(value);

export const pointerSteps = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function scalar(value: unknown): string {
  const text = isLosslessNumber(value) ? value.value : JSON.stringify(value);
  return text.length > MAX_SCALAR ? `${text.slice(0, MAX_SCALAR)}…` : text;
}

function folded(value: unknown): string {
  if (!isContainer(value)) return scalar(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ … ${counted(value.length, 'entry', 'entries')} ]`;
  const count = Object.keys(value).length;
  return count === 0 ? '{}' : `{ … ${counted(count, 'key', 'keys')} }`;
}

const keyed = (parent: Container, key: string): string => (Array.isArray(parent) ? '' : `${JSON.stringify(key)}: `);

/** Entries of the container that are worth a line: all if they fit, else those around the one that matters. */
function windowOf(entries: ReturnType<typeof entriesOf>, wanted: string | null): readonly [number, number] {
  if (entries.length <= MAX_LINES) return [0, entries.length];
  const at = Math.max(
    0,
    entries.findIndex(([key]) => key === wanted),
  );
  const from = Math.min(Math.max(0, at - MAX_LINES / 2), entries.length - MAX_LINES);
  return [from, from + MAX_LINES];
}

class Writer {
  readonly lines: string[] = [];
  mark: [number, number] | null = null;

  line(depth: number, text: string): void {
    this.lines.push(INDENT.repeat(depth) + text);
  }

  /** Writes a container with its entries folded; the entry `wanted` is marked. */
  contents(value: Container, depth: number, wanted: string | null): void {
    const entries = entriesOf(value);
    const [from, to] = windowOf(entries, wanted);
    if (from > 0) this.line(depth, `… ${from} before`);
    for (const [key, entry] of entries.slice(from, to)) {
      if (key === wanted) this.mark = [this.lines.length, this.lines.length];
      this.line(depth, keyed(value, key) + folded(entry));
    }
    if (to < entries.length) this.line(depth, `… ${entries.length - to} more`);
  }

  /** Writes one step of the way down: its siblings are only counted. */
  step(parent: Container, key: string, depth: number, inner: () => void): void {
    const child = (parent as Record<string, unknown>)[key] as Container;
    const siblings = entriesOf(parent).length - 1;
    this.line(depth, `${keyed(parent, key)}${Array.isArray(child) ? '[' : '{'}`);
    inner();
    this.line(depth, Array.isArray(child) ? ']' : '}');
    if (siblings > 0) this.line(depth, `… ${siblings} more`);
  }
}

function descend(writer: Writer, value: Container, steps: readonly string[], depth: number): void {
  const [key, ...rest] = steps;
  const child = key === undefined || !Object.hasOwn(value, key) ? undefined : (value as Record<string, unknown>)[key];
  if (key !== undefined && isContainer(child)) {
    const start = writer.lines.length;
    writer.step(value, key, depth, () => descend(writer, child, rest, depth + 1));
    if (rest.length === 0) {
      // The pointer names an object as a whole: all its lines are what is meant.
      const siblings = entriesOf(value).length > 1 ? 2 : 1;
      writer.mark = [start, writer.lines.length - siblings];
    }
    return;
  }
  writer.contents(value, depth, rest.length === 0 ? (key ?? null) : null);
}

/** The excerpt of a parsed body around a JSON pointer (RFC 6901). */
export function excerptOf(tree: JsonTree, pointer: string): Excerpt {
  if (!isContainer(tree)) return { text: scalar(tree), mark: pointer === '' ? [0, 0] : null };
  const writer = new Writer();
  writer.line(0, Array.isArray(tree) ? '[' : '{');
  descend(writer, tree, pointerSteps(pointer), 1);
  writer.line(0, Array.isArray(tree) ? ']' : '}');
  return { text: writer.lines.join('\n'), mark: writer.mark };
}
