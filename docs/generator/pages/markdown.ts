import { generatedMark } from '../mark.ts';
import { code, prose } from '../text/escape.ts';

/** The first line of every page: whoever opens the file to mend it learns where to go instead. */
export const generatedNote = `<!-- ${generatedMark}. Changes here are lost; change the model. -->`;

/** A table, or a sentence where there is nothing to list. Cells are Markdown already. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[], empty: string): string => {
  if (rows.length === 0) return empty;
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => (cell === '' ? ' ' : cell.replace(/(?<!\\)\|/g, '\\|'))).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
};

/** A page: its parts are separated by blank lines. */
export const page = (...parts: readonly string[]): string => `${[generatedNote, ...parts.filter((part) => part !== '')].join('\n\n')}\n`;

export const codes = (names: readonly string[]): string => names.map(code).join(', ');

export const link = (label: string, target: string): string => `[${label}](${target})`;

/** A picture that opens by itself when it is clicked: the column of a page may be narrower than the picture. */
export const image = (about: string, file: string): string => `[![${prose(about)}](${file})](${file})`;

/** Several lines in one cell. */
export const lines = (each: readonly string[]): string => each.filter((part) => part !== '').join('<br>');

/** The address of a heading, as GitHub and typedoc make it from a text of letters, digits, spaces and hyphens. */
export const anchor = (heading: string): string =>
  `#${heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')}`;
