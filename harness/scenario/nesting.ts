/** Finds nesting so deep that the YAML parser itself would end the process. */
import { Lexer } from 'yaml';

/** The deepest scenario needs 6. */
const MAX_DEPTH = 32;

/** @returns where brackets or list marks on one line nest deeper than any scenario does, or null. Line and column from 1. */
export function deepNesting(text: string): { line: number; column: number } | null {
  let offset = 0;
  let brackets = 0;
  let marks = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === '[' || lexeme === '{') brackets += 1;
    else if (lexeme === ']' || lexeme === '}') brackets -= 1;
    else if (lexeme === '-' || lexeme === '?') marks += 1;
    else if (lexeme.startsWith('\n') || lexeme.startsWith('\r')) marks = 0;
    if (brackets > MAX_DEPTH || marks > MAX_DEPTH) return positionAt(text, offset);
    // These lexemes are marks of the lexer itself and no part of the text.
    if (!CONTROL.has(lexeme)) offset += lexeme.length;
  }
  return null;
}

/** Byte order mark (kept in the text by nobody), document start, flow error end, scalar start: see `CST.tokenType`. */
const CONTROL: ReadonlySet<string> = new Set(['\u{FEFF}', '\u0002', '\u0018', '\u001F']);

function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
