/** Cells of a workbook: figures as numbers to the last digit, dates as dates, everything else as text that is never run. */
import { minorUnit } from '../../domain/money.ts';
import type { CellKind } from '../columns/column.ts';
import { FORMULA } from '../columns/formula.ts';
import { type CellStyle, numberStyle, QUOTED, STYLES, type StyleName } from './styles.ts';

export interface Cell {
  /** What a number shows is its `text`, to the letter: it never becomes a binary number on the way. */
  readonly type: 'text' | 'number';
  readonly text: string;
  readonly style: CellStyle | null;
}

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;
/** No other spelling of a number is one: `00123` names something. */
const CANONICAL = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Excel holds this many digits of a number and makes the rest 0. */
const MOST_DIGITS = 15;
/** Of characters in a cell, as Excel counts them (UTF-16); it takes a file with more for a damaged one. */
const MOST_TEXT = 32_767;
/** Excel counts days from the end of 1899, and takes 1900 for a leap year: from here on its calendar is right. */
const FIRST_DATE = '1900-03-01';
const DAYS_BEFORE_1970 = 25_569;
const DAY_MS = 86_400_000;

export function textCell(text: string, style: StyleName | null = null): Cell {
  const held = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text;
  if (style !== null) return { type: 'text', text: held, style: STYLES[style] };
  return { type: 'text', text: held, style: FORMULA.test(text) ? QUOTED : null };
}

const digitsOf = (number: string): number => number.replace(/[-.]/g, '').replace(/^0+|0+$/g, '').length;
const placesOf = (number: string): number => number.split('.')[1]?.length ?? 0;

/** A number of more digits than a spreadsheet holds is text on the right, so that none is lost. */
function numberCell(number: string, places: number): Cell {
  if (digitsOf(number) > MOST_DIGITS) return { type: 'text', text: number, style: STYLES.right };
  return { type: 'number', text: number, style: numberStyle(places) };
}

/** An amount with the places of its currency's minor unit, or with more if it states more. */
export const amountCell = (amount: string, currency: string | null): Cell =>
  PLAIN_NUMBER.test(amount)
    ? numberCell(amount, Math.max(placesOf(amount), currency === null ? 0 : minorUnit(currency)))
    : textCell(amount);

const figureCell = (figure: string): Cell =>
  PLAIN_NUMBER.test(figure) ? numberCell(figure, placesOf(figure)) : textCell(figure);

export const countCell = (count: number): Cell => numberCell(String(count), 0);

/** `2026-04-30`; what is no date that a spreadsheet knows stays text. */
export function dateCell(date: string): Cell {
  if (!ISO_DATE.test(date) || date < FIRST_DATE) return textCell(date);
  const time = Date.parse(`${date}T00:00:00.000Z`);
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(date)) return textCell(date);
  return { type: 'number', text: String(time / DAY_MS + DAYS_BEFORE_1970), style: STYLES.date };
}

/** An ISO instant, shown in UTC to the second. */
export function instantCell(instant: string): Cell {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return textCell(instant);
  return { type: 'number', text: (time / DAY_MS + DAYS_BEFORE_1970).toFixed(8), style: STYLES.instant };
}

function valueCell(value: string): Cell {
  if (CANONICAL.test(value)) return figureCell(value);
  return ISO_DATE.test(value) ? dateCell(value) : textCell(value);
}

const MAKERS: Readonly<Record<CellKind, (text: string, currency: string | null) => Cell>> = {
  text: (text) => textCell(text),
  amount: amountCell,
  figure: figureCell,
  count: figureCell,
  date: dateCell,
  value: valueCell,
};

/** @param currency of the row, for its amounts. */
export const cellOf = (kind: CellKind, text: string, currency: string | null): Cell => MAKERS[kind](text, currency);
