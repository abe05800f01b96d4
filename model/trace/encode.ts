import { RolecallError } from '../kernel/errors.ts';
import { byCodeUnits, compareValues } from '../kernel/order.ts';
import type { Value, ValueRecord } from '../kernel/value.ts';

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Keys that would reach an object's prototype; refused wherever they stand. */
export const prototypeKeys: readonly string[] = ['__proto__', 'constructor', 'prototype'];

const refuse = (message: string, place: string, advice: string): never => {
  throw new RolecallError({ code: 'TRACE_VALUE', message, place, advice });
};

/**
 * A value as JSON, in the words of the Informal Trace Format where JSON has none: `{"#bigint":"12"}`, `{"#map":[[k,v]]}`,
 * `{"#set":[…]}`; bytes are `{"#bytes":"0x0a"}`. A record with a key that begins with `#` is written as `{"#record":[[k,v]]}`.
 * Equal canonical values give equal text: records, maps and sets are written in the order of their content.
 */
export const encodeValue = (value: Value): Json => {
  if (typeof value === 'bigint') return { '#bigint': value.toString() };
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Uint8Array) return { '#bytes': `0x${[...value].map((byte) => byte.toString(16).padStart(2, '0')).join('')}` };
  if (Array.isArray(value)) return value.map(encodeValue);
  if (value instanceof Map)
    return { '#map': [...value].sort(([a], [b]) => compareValues(a, b)).map(([key, held]) => [encodeValue(key), encodeValue(held)]) };
  if (value instanceof Set) return { '#set': [...value].sort(compareValues).map(encodeValue) };
  const entries = Object.entries(value as ValueRecord).sort(([a], [b]) => byCodeUnits(a, b));
  const bad = entries.find(([key]) => prototypeKeys.includes(key));
  if (bad !== undefined) return refuse(`A record in a trace cannot have the key ${bad[0]}.`, bad[0], 'Rename the field.');
  if (entries.some(([key]) => key.startsWith('#'))) return { '#record': entries.map(([key, held]) => [key, encodeValue(held)]) };
  return Object.fromEntries(entries.map(([key, held]) => [key, encodeValue(held)]));
};

/** The value that {@link encodeValue} wrote. `place` names where it stands, for an error. */
export const decodeValue = (json: Json, place = 'value'): Value => {
  if (typeof json === 'number')
    return Number.isSafeInteger(json)
      ? json
      : refuse(`${json} is not a safe integer.`, place, 'Write larger integers as {"#bigint":"…"}; fractions are not values.');
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return (json as readonly Json[]).map((item, index) => decodeValue(item, `${place}[${index}]`));
  const entries = Object.entries(json as { readonly [key: string]: Json });
  const [first] = entries;
  if (first?.[0].startsWith('#') && entries.length === 1) return decodeTagged(first[0], first[1], place);
  const tagged = entries.find(([key]) => key.startsWith('#') || prototypeKeys.includes(key));
  if (tagged !== undefined)
    return refuse(`A record cannot have the key ${tagged[0]}.`, place, 'Names that begin with # say how a value is written, and stand alone.');
  return Object.fromEntries(entries.map(([key, held]) => [key, decodeValue(held, `${place}.${key}`)]));
};

const decodeTagged = (tag: string, json: Json, place: string): Value => {
  const here = `${place}.${tag}`;
  switch (tag) {
    case '#bigint':
      return typeof json === 'string' && /^-?\d{1,10000}$/.test(json)
        ? BigInt(json)
        : refuse('A bigint is written as a text of digits.', here, 'For instance {"#bigint":"-12"}.');
    case '#bytes':
      if (typeof json !== 'string' || !/^0x(?:[0-9a-f]{2})*$/.test(json))
        return refuse('Bytes are written as lower-case hex digits.', here, 'For instance {"#bytes":"0x0aff"}.');
      return Uint8Array.from({ length: json.length / 2 - 1 }, (_, index) => Number.parseInt(json.slice(2 + 2 * index, 4 + 2 * index), 16));
    case '#set':
      return new Set(listOf(json, here).map((item, index) => decodeValue(item, `${here}[${index}]`)));
    case '#map':
      return new Map(
        pairsOf(json, here).map(([key, held], index) => [decodeValue(key, `${here}[${index}][0]`), decodeValue(held, `${here}[${index}][1]`)]),
      );
    case '#record':
      return Object.fromEntries(
        pairsOf(json, here).map(([key, held], index) => [recordKey(key, `${here}[${index}][0]`), decodeValue(held, `${here}[${index}][1]`)]),
      );
    default:
      return refuse(`${tag} is no way in which a trace writes a value.`, here, 'Known are #bigint, #bytes, #map, #set and #record.');
  }
};

const listOf = (json: Json, place: string): readonly Json[] =>
  Array.isArray(json) ? (json as readonly Json[]) : (refuse('A list is wanted here.', place, 'Write it in square brackets.') as never);

const pairsOf = (json: Json, place: string): readonly (readonly [Json, Json])[] =>
  listOf(json, place).map((pair, index) =>
    Array.isArray(pair) && pair.length === 2
      ? (pair as unknown as readonly [Json, Json])
      : (refuse('A pair is wanted here.', `${place}[${index}]`, 'Write [key, value].') as never),
  );

const recordKey = (key: Json, place: string): string =>
  typeof key === 'string' && !prototypeKeys.includes(key)
    ? key
    : (refuse('The key of a record is a text, and not one of a prototype.', place, 'Rename the field.') as never);
