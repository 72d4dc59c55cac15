/** Names that ECMA-376 gives to the parts of a workbook. */
export const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const PACKAGE_RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
export const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const CONTENT_TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
export const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
