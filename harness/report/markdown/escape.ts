/** Text of customers in Markdown: shown letter by letter, whatever it looks like. */
import { shortened } from '../words/safe-text.ts';

/** CommonMark lets any ASCII punctuation be escaped; these can begin markup, a table cell, an autolink or an entity. */
const MARKUP = /[\\`*_[\]<>#|~&$]|:(?=\/\/)/g;

/** @param width in characters, before escaping */
export const escaped = (text: string, width: number): string =>
  shortened(text, width)
    .replaceAll(MARKUP, '\\$&')
    .replaceAll(/\b(www)\./gi, '$1\\.')
    // Escapes do not keep GitHub from notifying whoever is @mentioned; a blank of no width does.
    .replaceAll('@', '@\u200b');
