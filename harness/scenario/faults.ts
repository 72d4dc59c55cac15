/** Turns what the schema refuses into places and sentences: what was found, what was expected, the nearest valid spelling. */
import type { z } from 'zod';
import type { FileIssue } from '../domain/errors.ts';
import type { Document, Path } from './document.ts';
import { type FileKind, knownKeys } from './json-schema.ts';
import { didYouMean } from './nearest.ts';
import { textAt, valueAt } from './plain.ts';

type Issue = z.core.$ZodIssue;

/** Longer lists of what is possible help nobody. */
const MAX_LISTED = 20;

/** @param issues what the schema said of `document.value`; empty if it was content. */
export const faultsOf = (document: Document, issues: readonly Issue[], kind: FileKind = 'scenario'): FileIssue[] => [
  ...issues.flatMap((issue) => faultOf(document, issue, issue.path, kind)),
  ...faultsOfBlanks(document, issues, kind),
];

/** What people comment out entry by entry; everything else without a value is more likely a slip of indentation. */
const MAY_BE_BLANK: ReadonlySet<string> = new Set([
  'fields',
  'tolerances',
  'waivers',
  'gate',
  'units',
  'checks',
  'limits',
]);

/** Keys without a value count as left out, so the schema sees at most that something is missing. */
function faultsOfBlanks(document: Document, refused: readonly Issue[], kind: FileKind): FileIssue[] {
  const reported = new Set(refused.map((issue) => JSON.stringify(issue.path)));
  return document.blanks.flatMap((path) => {
    const around = path.slice(0, -1);
    const key = String(path.at(-1));
    const known = knownKeys(around, kind);
    if (known.length > 0 && !known.includes(key)) return [unknownKey(document, around, key, kind)];
    if (MAY_BE_BLANK.has(key) || reported.has(JSON.stringify(path))) return [];
    return [document.issue(path, `\`${key}\` has no value; expected one, or no such key`, 'key')];
  });
}

function faultOf(document: Document, issue: Issue, path: Path, kind: FileKind): FileIssue[] {
  if (document.refused(path)) return [];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(document, path, key, kind));
  if (issue.code === 'invalid_key') {
    const expected = issue.issues[0]?.message ?? 'another key';
    return [document.issue(path, `expected ${expected}, found the key \`${String(path.at(-1))}\``, 'key')];
  }
  if (issue.code === 'invalid_union') return unionFault(document, issue, path, kind);
  const words = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  return [unexpected(document, path, issue.message, words)];
}

/** Of several alternatives, the one whose outer shape fits is the one that was meant. */
function unionFault(document: Document, issue: z.core.$ZodIssueInvalidUnion, path: Path, kind: FileKind): FileIssue[] {
  const isOuter = (one: Issue): boolean => one.path.length === 0;
  const branches = branchesOf(issue);
  const fitting = branches.filter((branch) => !branch.some(isOuter));
  const [meant] = fitting;
  if (meant !== undefined && fitting.length === 1) {
    return meant.flatMap((inner) => faultOf(document, inner, [...path, ...inner.path], kind));
  }
  const words = branches.flat().flatMap((one) => (one.code === 'invalid_value' ? one.values.map(String) : []));
  return [unexpected(document, path, issue.message, words)];
}

/** Alternatives within alternatives count as one row of them. */
const branchesOf = (issue: z.core.$ZodIssueInvalidUnion): readonly (readonly Issue[])[] =>
  issue.errors.flatMap((branch) => {
    const [only] = branch;
    return only?.code === 'invalid_union' && only.path.length === 0 ? branchesOf(only) : [branch];
  });

function unexpected(document: Document, path: Path, expected: string, words: readonly string[]): FileIssue {
  if (!document.has(path)) return document.issue(path, `\`${String(path.at(-1))}\` is missing; expected ${expected}`);
  const variables = document.variables(path);
  const value = variables.length === 0 ? textAt(document.value, path) : null;
  const hint = value === null ? '' : didYouMean(value, words);
  return document.issue(path, `expected ${expected}, found ${found(document, path, variables)}${hint}`);
}

/** As written; the values of variables may be secrets and are never shown. */
function found(document: Document, path: Path, variables: readonly string[]): string {
  const shown = document.shown(path);
  if (variables.length === 0) return shown;
  return valueAt(document.value, path) === '' ? `${shown}, which is empty` : `${shown} (its value is not shown)`;
}

function unknownKey(document: Document, path: Path, key: string, kind: FileKind): FileIssue {
  const known = knownKeys(path, kind);
  const where = path.length === 0 ? `a ${kind}` : `\`${describePath(path)}\``;
  const possible = known.length > 0 && known.length <= MAX_LISTED ? `; expected ${known.join(', ')}` : '';
  const hint = didYouMean(key, known);
  return document.issue([...path, key], `\`${key}\` is no key of ${where}${hint === '' ? possible : hint}`, 'key');
}

/** `apps[0].products[1].sku` */
export const describePath = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
