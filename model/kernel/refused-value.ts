/** Something that cannot be interned. */
export class NotAValue extends Error {}

/** A subclass may hold what its base does not show, so only the built-in kinds themselves are values. */
const plainPrototypes: readonly unknown[] = [Object.prototype, null, Array.prototype, Map.prototype, Set.prototype];

/** Why a value, its parts aside, cannot be kept in a state or a message; null where it can. */
export const refusalOf = (value: unknown): string | null => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return null;
    case 'number':
      return Number.isSafeInteger(value) ? null : `${value} is not a safe integer`;
    case 'object': {
      if (value === null || value instanceof Uint8Array) return null;
      const prototype: unknown = Object.getPrototypeOf(value);
      if (!plainPrototypes.includes(prototype))
        return `an instance of ${value.constructor?.name ?? 'a class'} cannot be kept in a state or a message`;
      if (Object.getOwnPropertySymbols(value).length > 0) return 'a field named by a symbol cannot be kept in a state or a message';
      return null;
    }
    default:
      return `${typeof value} cannot be kept in a state or a message`;
  }
};

type Part = readonly [step: string, part: unknown];

const partsOf = (value: object): readonly Part[] => {
  if (value instanceof Uint8Array) return [];
  if (Array.isArray(value)) return Array.from(value, (part: unknown, i): Part => [`[${i}]`, part]);
  if (value instanceof Map)
    return [...value].flatMap(([key, part]): Part[] => [
      ['.key', key],
      [`.get(${String(key)})`, part],
    ]);
  if (value instanceof Set) return [...value].map((part: unknown): Part => ['.member', part]);
  return Object.entries(value).map(([name, part]): Part => [`.${name}`, part]);
};

/** The longest path that is worth showing. */
const shownSteps = 40;

/** Where in a value the first thing stands that is refused; looked for only once it is known to be there. */
export const placeOfRefused = (value: unknown): string => {
  const seen = new Set<object>();
  const open: { readonly part: unknown; readonly path: readonly string[] }[] = [{ part: value, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { part, path } = next;
    if (refusalOf(part) !== null) return path.join('');
    if (typeof part !== 'object' || part === null || seen.has(part)) continue;
    seen.add(part);
    for (const [step, inner] of [...partsOf(part)].reverse()) open.push({ part: inner, path: path.length < shownSteps ? [...path, step] : path });
  }
  return '';
};
