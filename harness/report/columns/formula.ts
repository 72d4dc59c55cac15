/** What spreadsheets take for the beginning of a formula, its full-width spellings included. */
export const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
