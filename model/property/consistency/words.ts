import type { Call } from './specification.ts';
import { valueWords } from './values.ts';

/** `a`, `a or b`, `a, b or c`; at most six of them. */
export const listWords = (items: readonly string[], last = 'and'): string => {
  const named = items.length > 6 ? [...items.slice(0, 5), `${items.length - 5} more`] : items;
  return named.length < 2 ? (named[0] ?? '') : `${named.slice(0, -1).join(', ')} ${last} ${named.at(-1)}`;
};

/** `read`, `write 3`. */
export const callWords = ({ operation, input }: Call): string => (input === null ? operation : `${operation} ${valueWords(input)}`);
