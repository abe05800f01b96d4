import type { Value, ValueRecord } from '../../kernel/value.ts';
import { byCodeUnits } from '../../kernel/order.ts';

/** A text that two values share only if they are equal. */
export const textOf = (value: Value): string => {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'bigint':
      return `${value}n`;
    case 'object':
      break;
    default:
      return String(value);
  }
  if (value === null) return 'null';
  if (value instanceof Uint8Array) return `x${[...value].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  if (value instanceof Map) return `m{${[...value].map(([key, held]) => `${textOf(key)}:${textOf(held)}`).sort(byCodeUnits)}}`;
  if (value instanceof Set) return `s{${[...value].map(textOf).sort(byCodeUnits)}}`;
  const record = value as ValueRecord;
  return `{${Object.keys(record)
    .sort(byCodeUnits)
    .map((name) => `${JSON.stringify(name)}:${textOf(record[name] as Value)}`)}}`;
};

export const sameValue = (a: Value, b: Value): boolean => a === b || (typeof a === 'object' && typeof b === 'object' && textOf(a) === textOf(b));

/** The most of a value that a sentence quotes. */
const longest = 60;

/** A value in a sentence: short, on one line, text without a space as it stands. */
export const valueWords = (value: Value): string => {
  const text = typeof value === 'string' && /^[\w.:/-]+$/.test(value) && !/^(null|true|false|-?\d+)$/.test(value) ? value : textOf(value);
  const plain = text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1)}…`;
};
