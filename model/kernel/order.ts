import type { Value } from './value.ts';

const rank = (value: Value): number => {
  if (value === null) return 0;
  if (typeof value === 'boolean') return 1;
  if (typeof value === 'number') return 2;
  if (typeof value === 'bigint') return 3;
  if (typeof value === 'string') return 4;
  if (value instanceof Uint8Array) return 5;
  if (Array.isArray(value)) return 6;
  if (value instanceof Map) return 7;
  if (value instanceof Set) return 8;
  return 9;
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareBytes = (a: Uint8Array, b: Uint8Array): number => {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return a.length - b.length;
};

/** Scalars and bytes of one kind. */
const compareScalars = (kind: number, a: Value, b: Value): number => {
  if (kind === 4) return compareText(a as string, b as string);
  if (kind === 5) return compareBytes(a as Uint8Array, b as Uint8Array);
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
};

/** The parts of a list, Map, Set or record in the order in which they are compared; the names of a record come first. */
const partsOf = (kind: number, value: Value): readonly Value[] => {
  if (kind === 6) return value as readonly Value[];
  if (kind === 7) return [...(value as ReadonlyMap<Value, Value>)].flat();
  if (kind === 8) return [...(value as ReadonlySet<Value>)];
  const names = Object.keys(value as object).sort(compareText);
  return [names, ...names.map((name) => (value as Readonly<Record<string, Value>>)[name] as Value)];
};

/**
 * The order of canonical values: by kind, then by content; text by UTF-16 code units, so that no locale has a say.
 * Maps and Sets are compared in the order in which interning has put them. What is left to compare stands in a list, not
 * on the stack: a chain may have thousands of blocks.
 */
export const compareValues = (first: Value, second: Value): number => {
  const open: { readonly a: readonly Value[]; readonly b: readonly Value[]; at: number }[] = [];
  let [a, b] = [first, second];
  for (;;) {
    if (a !== b) {
      const kind = rank(a);
      const order = kind - rank(b) || (kind < 6 ? compareScalars(kind, a, b) : 0);
      if (order !== 0) return order;
      if (kind >= 6) open.push({ a: partsOf(kind, a), b: partsOf(kind, b), at: 0 });
    }
    let top = open.at(-1);
    while (top !== undefined && top.at >= Math.min(top.a.length, top.b.length)) {
      if (top.a.length !== top.b.length) return top.a.length - top.b.length;
      open.pop();
      top = open.at(-1);
    }
    if (top === undefined) return 0;
    [a, b] = [top.a[top.at] as Value, top.b[top.at] as Value];
    top.at++;
  }
};

/** Sorts text by code units. */
export const byCodeUnits = compareText;
