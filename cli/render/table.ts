/** What a text takes on a terminal, colour codes not counted. */
export const widthOf = (text: string): number => [...text.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')].length;

export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Columns as wide as their widest cell, two spaces apart; the last one is not padded. */
export const table = (rows: readonly (readonly string[])[], indent = ''): string[] => {
  const widths: number[] = [];
  for (const row of rows) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  return rows.map((row) =>
    `${indent}${row.map((cell, column) => (column === row.length - 1 ? cell : padded(cell, widths[column] ?? 0))).join('  ')}`.trimEnd(),
  );
};

/** Breaks a text at spaces to fit a width; the first line keeps its indentation, further ones have `indent`. */
export const wrapped = (text: string, width: number, indent = ''): string[] => {
  const start = /^ */.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = '';
  for (const word of text.slice(start.length).split(' ')) {
    const lead = lines.length === 0 ? start : indent;
    if (line !== '' && widthOf(lead) + widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(lead + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, (lines.length === 0 ? start : indent) + line];
};
