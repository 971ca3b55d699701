import { stripVTControlCharacters } from 'node:util';

/** Lines of columns as wide as their widest cell, two spaces apart. The last column is not padded. */
export function formatTable(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, width(cell));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function pad(cell: string, to: number): string {
  return cell + ' '.repeat(to - width(cell));
}

/** Columns on a terminal: colours take none. */
function width(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
