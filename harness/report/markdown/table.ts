/** @param rows cells that are Markdown already */
export const table = (
  head: readonly string[],
  align: readonly string[],
  rows: readonly (readonly string[])[],
): string => [head, align, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
