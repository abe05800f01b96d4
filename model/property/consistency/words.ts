import type { Value } from '../../kernel/value.ts';
import type { Obstacle } from './obstacle.ts';
import type { Operation } from './operation.ts';
import type { Call, Ending } from './specification.ts';
import { valueWords } from './values.ts';

/** `a`, `a or b`, `a, b or c`; at most six of them. */
export const listWords = (items: readonly string[], last = 'and'): string => {
  const named = items.length > 6 ? [...items.slice(0, 5), `${items.length - 5} more`] : items;
  return named.length < 2 ? (named[0] ?? '') : `${named.slice(0, -1).join(', ')} ${last} ${named.at(-1)}`;
};

/** What a call names, and what it brings: the key or file of its input, and the value; or the input itself. */
const partsOf = (input: Value): { readonly name: Value | undefined; readonly value: Value } => {
  const isNamed = typeof input === 'object' && input !== null && (Object.hasOwn(input, 'key') || Object.hasOwn(input, 'file'));
  if (!isNamed) return { name: undefined, value: input };
  const { key, file, value = null } = input as { readonly key?: Value; readonly file?: Value; readonly value?: Value };
  return { name: key ?? file, value };
};

/** `read`, `write 3`; `put x 3` where the input names a key. */
export const callWords = ({ operation, input }: Call): string => {
  const { name, value } = partsOf(input);
  return [operation, ...(name === undefined ? [] : [valueWords(name)]), ...(value === null ? [] : [valueWords(value)])].join(' ');
};

/** `write 3`, `read → 3`, `read, without an answer`. */
export const operationWords = ({ call, ending }: Operation): string => {
  switch (ending.type) {
    case 'returned':
      // What brings a value is told nothing of interest by a null.
      return ending.output === null && partsOf(call.input).value !== null ? callWords(call) : `${callWords(call)} → ${valueWords(ending.output)}`;
    case 'failed':
      return `${callWords(call)}, failed`;
    case 'indefinite':
      return `${callWords(call)}, without an answer`;
    default:
      return callWords(call);
  }
};

const returnWords = (ending: Ending): string => (ending.type === 'returned' ? `returned ${valueWords(ending.output)}` : 'returned');

/** Why a history is not linearizable, in a sentence; `at` says where in the history a position stands, and `who` names a client. */
export const obstacleWords = (
  { operation, blocker, possible }: Obstacle,
  at: (position: number) => string,
  who: (client: string) => string,
): string => {
  const { client, call, ending, ends, begins } = operation;
  const only = possible.length === 0 ? '' : ` Only ${listWords(possible.map(valueWords), 'or')} was possible.`;
  const why =
    blocker === null
      ? 'although no order of the operations until then makes that possible'
      : `although ${callWords(blocker.call)} of ${who(blocker.client)} had ${blocker.ending.type === 'returned' && blocker.ending.output !== null ? returnWords(blocker.ending) : 'returned'} (${at(blocker.ends)}) before it was called (${at(begins)})`;
  return `${callWords(call)} of ${who(client)} ${returnWords(ending)} (${at(ends)}), ${why}.${only}`;
};
