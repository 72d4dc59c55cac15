/** A YAML file as plain data with the place of everything in it. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import type { FileIssue } from '../domain/errors.ts';
import type { Interpolated } from './interpolation.ts';
import { deepNesting } from './nesting.ts';

export type Path = readonly PropertyKey[];
/** Puts the values of variables into a text that stands at a path. */
export type Expand = (text: string, path: Path) => Interpolated;

/** More values than this come only from aliases that multiply each other. */
const MAX_VALUES = 100_000;
const MAX_SHOWN = 60;
const MAX_SENTENCE = 200;

interface Entry {
  /** Offset of the key, or of the value where there is no key (a list's item). */
  readonly keyAt: number;
  readonly at: number;
  /** As written in the file, before variables were put in; never a value from the environment. */
  readonly shown: string;
  readonly variables: readonly string[];
  readonly refused: boolean;
}

export interface Document {
  /**
   * Plain data; maps have no prototype. Every number is its literal text (`23.740`), so that no figure is ever read as
   * floating point. A key without a value (`waivers:`) counts as left out.
   */
  readonly value: unknown;
  /** The keys without a value. */
  readonly blanks: readonly Path[];
  has(path: Path): boolean;
  /** What stands there, fit for an error message. */
  shown(path: Path): string;
  /** Names of the variables used there. */
  variables(path: Path): readonly string[];
  /** A fault of its own was found there already: what else would be said of it only follows from that. */
  refused(path: Path): boolean;
  /** At the value of a path, or its key, or the nearest thing around it that exists. */
  issue(path: Path, message: string, part?: 'key' | 'value'): FileIssue;
}

export interface ParsedScenario {
  /** Null if the text is not YAML that can be used at all. */
  readonly document: Document | null;
  /** Faults of spelling, of variables, and of structure (duplicate keys). */
  readonly issues: readonly FileIssue[];
}

const keyOf = (path: Path): string => JSON.stringify(path);

export function parseScenario(text: string, file: string, expand: Expand): ParsedScenario {
  const counter = new LineCounter();
  const nested = deepNesting(text);
  if (nested !== null)
    return { document: null, issues: [{ file, ...nested, message: 'nested too deeply for a scenario' }] };

  // uniqueKeys compares every key with every other; the walk below finds duplicates in linear time.
  const parsed = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: false, merge: false });
  const place = (offset: number, message: string): FileIssue => {
    const { line, col } = counter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  const faults = [...parsed.errors, ...parsed.warnings];
  if (faults.length > 0)
    return { document: null, issues: syntaxFaults(faults, text).map(({ offset, message }) => place(offset, message)) };
  if (parsed.contents === null) return { document: null, issues: [place(0, 'the file is empty; expected a scenario')] };

  const walk = new Walk(text, expand, (alias) => (isAlias(alias) ? alias.resolve(parsed) : undefined));
  const value = walk.read(parsed.contents, [], parsed.contents.range?.[0] ?? 0);
  const document: Document = {
    value,
    blanks: walk.blanks,
    has: (path) => walk.entries.has(keyOf(path)),
    shown: (path) => walk.entries.get(keyOf(path))?.shown ?? 'nothing',
    variables: (path) => walk.entries.get(keyOf(path))?.variables ?? [],
    refused: (path) => walk.entries.get(keyOf(path))?.refused ?? false,
    issue: (path, message, part = 'value') => place(walk.offsetOf(path, part), message),
  };
  return { document, issues: walk.faults.map((fault) => place(fault.offset, fault.message)) };
}

/** What the parser complains of. Once a variable broke a `{ … }`, all that follows only follows from that. */
function syntaxFaults(faults: readonly YAMLError[], text: string): { offset: number; message: string }[] {
  const [variables, others] = [true, false].map((wanted) =>
    faults.filter((fault) => isBareVariable(fault, text) === wanted),
  );
  if (variables !== undefined && variables.length > 0) {
    const message = `inside { … } a variable must stand in quotes: "\${NAME}"`;
    return variables.map((fault) => ({ offset: fault.pos[0] - 1, message }));
  }
  return (others ?? []).map((fault) => ({ offset: fault.pos[0], message: wording(fault) }));
}

/** YAML reads the brace of an unquoted `${` inside `{ … }` as a map of its own. */
const isBareVariable = (fault: YAMLError, text: string): boolean =>
  text.slice(fault.pos[0] - 1, fault.pos[0] + 1) === '${';

function wording({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document starts here; expected one scenario a file';
  return message.length > MAX_SENTENCE ? `${message.slice(0, MAX_SENTENCE)}…` : message;
}

class Walk {
  readonly entries = new Map<string, Entry>();
  readonly blanks: Path[] = [];
  readonly faults: { offset: number; message: string }[] = [];
  readonly #text: string;
  readonly #expand: Expand;
  readonly #resolve: (alias: unknown) => Node | undefined;
  readonly #open = new Set<Node>();
  #values = 0;

  constructor(text: string, expand: Expand, resolve: (alias: unknown) => Node | undefined) {
    this.#text = text;
    this.#expand = expand;
    this.#resolve = resolve;
  }

  /** @returns the plain value; undefined for what was refused or has no value. */
  read(node: unknown, path: Path, keyAt: number): unknown {
    const at = offsetOf(node) ?? keyAt;
    // In `{ key }` there is no node for the value at all.
    if (node === null) {
      this.#note(path, { keyAt, at, shown: 'nothing', variables: [], refused: false });
      return null;
    }
    const resolved = this.#resolve(node) ?? node;
    this.#values += 1;
    if (this.#values > MAX_VALUES) {
      if (this.#values === MAX_VALUES + 1)
        this.#fault(at, `more than ${MAX_VALUES} values: aliases multiply each other`);
      return undefined;
    }
    if (isMap(resolved)) return this.#within(resolved, at, () => this.#readMap(resolved, path, keyAt, at));
    if (isAlias(resolved))
      this.#fault(at, `the alias ${quoted(`*${cut(resolved.source)}`)} names no anchor in this file`);
    if (isSeq(resolved)) {
      this.#note(path, {
        keyAt,
        at,
        shown: resolved.items.length === 0 ? 'an empty list' : 'a list',
        variables: [],
        refused: false,
      });
      return this.#within(resolved, at, () =>
        resolved.items.map((item, index) => this.read(item, [...path, index], offsetOf(item) ?? at)),
      );
    }
    return isScalar(resolved) ? this.#readScalar(resolved, path, keyAt, at) : undefined;
  }

  /** Of the value, or of what is nearest around it. */
  offsetOf(path: Path, part: 'key' | 'value'): number {
    const own = this.entries.get(keyOf(path));
    if (own !== undefined) return part === 'key' ? own.keyAt : own.at;
    return path.length === 0 ? 0 : this.offsetOf(path.slice(0, -1), 'key');
  }

  #readMap(map: YAMLMap, path: Path, keyAt: number, at: number): Record<string, unknown> {
    this.#note(path, { keyAt, at, shown: 'a map', variables: [], refused: false });
    const result: Record<string, unknown> = Object.create(null);
    for (const pair of map.items) {
      const key = this.#readKey(pair, at);
      if (key === null) continue;
      const keyOffset = offsetOf(pair.key) ?? at;
      if (Object.hasOwn(result, key)) {
        this.#fault(keyOffset, `${quoted(key)} stands here for the second time; expected each key once`);
        continue;
      }
      const value = this.read(pair.value, [...path, key], keyOffset);
      if (value !== null && value !== undefined) result[key] = value;
      else if (value === null) this.blanks.push([...path, key]);
    }
    return result;
  }

  #readKey(pair: Pair, at: number): string | null {
    const key = isScalar(pair.key) && pair.key.value !== null ? (pair.key.source ?? String(pair.key.value)) : null;
    if (key !== null && key !== '__proto__') return key;
    this.#fault(offsetOf(pair.key) ?? at, 'expected a plain word as the key');
    return null;
  }

  #readScalar(node: Node & { value: unknown; source?: string }, path: Path, keyAt: number, at: number): unknown {
    const { value } = node;
    const plain = { keyAt, at, shown: this.#written(node), variables: [], refused: false };
    this.#note(path, plain);
    if (typeof value === 'number' || typeof value === 'bigint') return node.source ?? String(value);
    if (typeof value !== 'string') return typeof value === 'boolean' ? value : null;
    const expanded = this.#expand(value, path);
    for (const name of expanded.missing) {
      this.#fault(at, `the variable ${name} is neither in the environment nor in an .env file beside the scenario`);
    }
    for (const shape of expanded.malformed) {
      this.#fault(
        at,
        `${quoted(cut(shape))} names no variable; expected \${NAME} of letters, digits and _, or $\${ for the text itself`,
      );
    }
    const refused = expanded.missing.length > 0 || expanded.malformed.length > 0;
    this.#note(path, { ...plain, variables: expanded.names, refused });
    return expanded.text;
  }

  #written(node: Node): string {
    const [start, end] = node.range ?? [0, 0];
    const text = this.#text.slice(start, end).trim();
    return text === '' ? 'nothing' : quoted(cut(text));
  }

  #within<T>(node: Node, at: number, read: () => T): T | undefined {
    if (this.#open.has(node)) {
      this.#fault(at, 'this alias contains itself');
      return undefined;
    }
    this.#open.add(node);
    const value = read();
    this.#open.delete(node);
    return value;
  }

  #note(path: Path, entry: Entry): void {
    this.entries.set(keyOf(path), entry);
  }

  #fault(offset: number, message: string): void {
    this.faults.push({ offset, message });
  }
}

const offsetOf = (node: unknown): number | undefined =>
  isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
const quoted = (text: string): string => `\`${text}\``;
const cut = (text: string): string => {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > MAX_SHOWN || line.length < text.length ? `${line.slice(0, MAX_SHOWN)}…` : line;
};
