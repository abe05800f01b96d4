import * as z from 'zod';
import type { Value, ValueRecord } from '../../../kernel/value.ts';
import type { HostName } from '../../../role/effect.ts';

/** What a host is called instead. */
export type Rename = (name: HostName) => HostName;

/** Puts together what has no order of its own, where several hosts are called by one name. */
export type Gather = (parts: readonly Value[]) => Value;

/** Writes the host names in a value anew, where its schema says that they stand. With `gather`, Sets, Maps and records become what it makes of them. */
export type Renamer = (value: Value, rename: Rename, gather?: Gather) => Value;

/** A part of a value, under the name that it has in a record or the place that it has in a list. */
type Part = Renamer | null;

const isRecord = (value: Value): value is ValueRecord => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== null;

const withFields = (shape: Readonly<Record<string, Part>>, rest: Part): Part => {
  if (rest === null && Object.values(shape).every((part) => part === null)) return null;
  return (value, rename, gather) => {
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [name, ((Object.hasOwn(shape, name) ? shape[name] : rest) ?? same)(field, rename, gather)]),
    );
  };
};

const same: Renamer = (value) => value;

const ofItems =
  (partAt: (index: number) => Part): Renamer =>
  (value, rename, gather) =>
    Array.isArray(value) ? value.map((item: Value, index) => (partAt(index) ?? same)(item, rename, gather)) : value;

const ofEntries =
  (key: Part, of: Part, isMap: boolean): Renamer =>
  (value, rename, gather) => {
    if (isMap ? !(value instanceof Map) : !isRecord(value)) return value;
    const entries = isMap ? [...(value as ReadonlyMap<Value, Value>)] : Object.entries(value as ValueRecord);
    const renamed = entries.map(([name, each]) => [(key ?? same)(name, rename, gather), (of ?? same)(each, rename, gather)] as const);
    if (gather !== undefined) return gather(renamed);
    return isMap ? new Map(renamed) : Object.fromEntries(renamed);
  };

const ofSet =
  (item: Renamer): Renamer =>
  (value, rename, gather) => {
    if (!(value instanceof Set)) return value;
    const renamed = [...(value as ReadonlySet<Value>)].map((each) => item(each, rename, gather));
    return gather === undefined ? new Set(renamed) : gather(renamed);
  };

/** The first of the alternatives that fits decides where the names stand. */
const ofChoice = (options: readonly (readonly [schema: z.core.$ZodType, part: Part])[]): Part => {
  if (options.every(([, part]) => part === null)) return null;
  return (value, rename, gather) => {
    const fitting = options.find(([schema]) => z.safeParse(schema, value).success);
    return (fitting?.[1] ?? same)(value, rename, gather);
  };
};

/**
 * How values of a schema are written anew when hosts are called by each other's names: what has the type `hostName` is
 * replaced, in lists, sets, maps and records too. Null where the schema speaks of no host.
 */
export const renamerOf = (schema: z.core.$ZodType): Renamer | null => {
  const known = renamers.get(schema);
  if (known !== undefined) return known;
  // A schema that refers to itself meets this.
  renamers.set(schema, (value, rename, gather) => (renamers.get(schema) ?? same)(value, rename, gather));
  const made = partOf(schema);
  renamers.set(schema, made);
  return made;
};

const renamers = new WeakMap<z.core.$ZodType, Renamer | null>();

const partOf = (schema: z.core.$ZodType): Part => {
  if (z.globalRegistry.get(schema)?.['rolecall'] === 'hostName') return (value, rename) => (typeof value === 'string' ? rename(value) : value);
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return withFields(
        Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, renamerOf(field)])),
        def.catchall === undefined ? null : renamerOf(def.catchall),
      );
    case 'array': {
      const item = renamerOf(def.element);
      return item === null ? null : ofItems(() => item);
    }
    case 'tuple': {
      const items = def.items.map(renamerOf);
      const rest = def.rest === null ? null : renamerOf(def.rest);
      return [...items, rest].every((part) => part === null) ? null : ofItems((index) => (index < items.length ? (items[index] as Part) : rest));
    }
    case 'set': {
      const item = renamerOf(def.valueType);
      return item === null ? null : ofSet(item);
    }
    case 'map':
    case 'record': {
      const [key, of] = [renamerOf(def.keyType), renamerOf(def.valueType)];
      if (key === null && of === null) return null;
      return ofEntries(key, of, def.type === 'map');
    }
    case 'union':
      return ofChoice(def.options.map((option) => [option, renamerOf(option)] as const));
    case 'intersection': {
      const [left, right] = [renamerOf(def.left), renamerOf(def.right)];
      if (left === null || right === null) return left ?? right;
      return (value, rename, gather) => right(left(value, rename, gather), rename, gather);
    }
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'readonly':
    case 'default':
    case 'prefault':
    case 'catch':
      return renamerOf(def.innerType);
    case 'lazy':
      return renamerOf(def.getter());
    default:
      return null;
  }
};
